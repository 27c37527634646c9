// The slots' twin for people who read rather than look: every slot in use as a row.

import { useMemo } from "preact/hooks";
import { SLOT_FREE, type SwapGrid } from "../client/api.ts";
import { chooseSlot, selectedSlot } from "../store/view.ts";
import { formatCount } from "../ui/format.ts";
import { slotStyle } from "./slots.ts";

/** More rows would only slow the page; the count below says how many there are. */
const MOST_ROWS = 500;

function usedSlots({ state }: SwapGrid): {
  readonly first: readonly number[];
  readonly all: number;
} {
  const first: number[] = [];
  let all = 0;
  for (let slot = 0; slot < state.length; slot++) {
    if (state[slot] === SLOT_FREE) continue;
    all++;
    if (first.length < MOST_ROWS) first.push(slot);
  }
  return { first, all };
}

export function SlotTable({ grid }: { grid: SwapGrid }) {
  const { first, all } = useMemo(() => usedSlots(grid), [grid]);
  return (
    <div class="table-room" tabIndex={0} role="region" aria-label="Slots in use">
      <table>
        <thead>
          <tr>
            <th class="number">Slot</th>
            <th>State</th>
            <th class="number">References</th>
            <th class="number">Pid</th>
          </tr>
        </thead>
        <tbody>
          {first.map((slot) => {
            const { label } = slotStyle(grid.state[slot] ?? SLOT_FREE);
            return (
              <tr key={slot} class={slot === selectedSlot.value ? "selected" : ""}>
                <td class="number">
                  <button type="button" class="link" onClick={() => chooseSlot(slot)}>
                    {slot}
                  </button>
                </td>
                <td>
                  <i class={`swatch slot-${label}`} /> {label}
                </td>
                <td class="number">{grid.references[slot]}</td>
                <td class="number">{grid.owner[slot] === 0 ? "" : grid.owner[slot]}</td>
              </tr>
            );
          })}
        </tbody>
      </table>
      <p class="about">
        {all > MOST_ROWS
          ? `The first ${formatCount(MOST_ROWS)} of ${formatCount(all)} slots in use.`
          : `${formatCount(all)} ${all === 1 ? "slot" : "slots"} in use.`}
      </p>
    </div>
  );
}
