// The Frames panel: all of RAM, a cell a frame, and below it the swap area, a cell a slot. A click or an arrow key chooses
// one; the lower pane then shows who maps it.

import { frameKindNames } from "../client/api.ts";
import { grid, swapGrid } from "../store/grids.ts";
import { status } from "../store/machine.ts";
import { asTable, colouring } from "../store/view.ts";
import { formatCount } from "../ui/format.ts";
import { Icon } from "../ui/icon.tsx";
import { Legend } from "../ui/legend.tsx";
import { ownerColour } from "../ui/palette.ts";
import { countKinds, countOwners } from "./describe.ts";
import { FrameGridView } from "./frame-grid.tsx";
import { FrameTable } from "./frame-table.tsx";
import { SwapSection } from "./swap-section.tsx";

const SWAP_CACHE = frameKindNames.indexOf("swap-cache");

/** Whose colour is whose; a frame of several is its first owner's. */
function OwnerLegend() {
  const seen = grid.value;
  if (seen === null) return null;
  const { owners, others } = countOwners(seen, swapGrid.value, 8);
  const names = new Map(status.value?.processes.map(({ pid, name }) => [pid, name]));
  return (
    <ul class="legend">
      {owners.map(({ pid, frames, slots }) => (
        <li key={pid}>
          {pid !== 0 && <i class="swatch" style={{ background: ownerColour(pid) }} />}
          {pid === 0
            ? "nobody, in the colour of its kind"
            : `${pid} ${names.get(pid) ?? "(ended)"}`}
          <b>{formatCount(frames)}</b>
          {slots > 0 && <span>and {formatCount(slots)} in swap</span>}
        </li>
      ))}
      {others > 0 && <li>and {formatCount(others)} more</li>}
    </ul>
  );
}

export function FramesPanel() {
  const seen = grid.value;
  const counts = seen === null ? [] : countKinds(seen);
  const hasSwap = (status.value?.swap.total ?? 0) > 0 || (counts[SWAP_CACHE] ?? 0) > 0;
  const kinds = hasSwap ? frameKindNames : frameKindNames.filter((name) => name !== "swap-cache");
  return (
    <section class="panel frames" aria-label="Frames">
      <header class="panel-head">
        <h2>Frames</h2>
        <span class="about">
          {seen === null ? "" : `${formatCount(seen.kind.length)} frames of 4 KiB`}
        </span>
        <span class="spacer" />
        <label class="choice">
          Colour by
          <select
            value={colouring.value}
            onChange={(event) =>
              (colouring.value = event.currentTarget.value === "owner" ? "owner" : "kind")
            }
          >
            <option value="kind">kind</option>
            <option value="owner">owner</option>
          </select>
        </label>
        <button
          type="button"
          aria-pressed={asTable.value}
          onClick={() => (asTable.value = !asTable.value)}
        >
          <Icon name={asTable.value ? "grid" : "table"} />
          {asTable.value ? "Grid" : "Table"}
        </button>
      </header>
      {colouring.value === "owner" && !asTable.value ? (
        <OwnerLegend />
      ) : (
        <Legend kinds={kinds} counts={counts} />
      )}
      {asTable.value ? <FrameTable /> : <FrameGridView />}
      <SwapSection />
    </section>
  );
}
