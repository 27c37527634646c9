// The grid's twin for people who read rather than look: every frame in use as a row.

import { frameKindNames } from "../client/api.ts";
import { grid } from "../store/grids.ts";
import { chooseFrame, selectedFrame } from "../store/view.ts";
import { formatCount } from "../ui/format.ts";
import { kindStyles } from "../ui/palette.ts";

/** More rows would only slow the page; the count below says how many there are. */
const MOST_ROWS = 500;

export function FrameTable() {
  const seen = grid.value;
  if (seen === null) return null;
  const used = Array.from(seen.kind.keys()).filter((pfn) => seen.kind[pfn] !== 0);
  return (
    <div class="table-room" tabIndex={0} role="region" aria-label="Frames in use">
      <table>
        <thead>
          <tr>
            <th class="number">Frame</th>
            <th>Kind</th>
            <th class="number">Mappings</th>
            <th class="number">Pid</th>
            <th>State</th>
          </tr>
        </thead>
        <tbody>
          {used.slice(0, MOST_ROWS).map((pfn) => {
            const kind = frameKindNames[seen.kind[pfn] ?? 0] ?? "free";
            return (
              <tr key={pfn} class={pfn === selectedFrame.value ? "selected" : ""}>
                <td class="number">
                  <button type="button" class="link" onClick={() => chooseFrame(pfn)}>
                    {pfn}
                  </button>
                </td>
                <td>
                  <i class={`swatch ${kind}`} /> {kindStyles[kind].label}
                </td>
                <td class="number">{seen.mappings[pfn]}</td>
                <td class="number">{seen.owner[pfn] === 0 ? "" : seen.owner[pfn]}</td>
                <td>{((seen.flags[pfn] ?? 0) & 1) !== 0 ? "dirty" : ""}</td>
              </tr>
            );
          })}
        </tbody>
      </table>
      <p class="about">
        {used.length > MOST_ROWS
          ? `The first ${formatCount(MOST_ROWS)} of ${formatCount(used.length)} frames in use.`
          : `${formatCount(used.length)} frames in use.`}
      </p>
    </div>
  );
}
