// The swap area in the Frames panel: what it holds in a line, its slots as a second grid or as a table, and what is wrong
// with it when something is.

import { useMemo, useRef, useState } from "preact/hooks";
import type { SwapGrid, SwapStatus } from "../client/api.ts";
import { flashes, swapGrid } from "../store/grids.ts";
import { slotDetail, status } from "../store/machine.ts";
import { asTable, chooseSlot, colouring, selectedSlot } from "../store/view.ts";
import { formatBytes, formatCount } from "../ui/format.ts";
import { Icon } from "../ui/icon.tsx";
import { CellGrid } from "./cell-grid.tsx";
import { fitGroups, type GridGeometry } from "./grid-geometry.ts";
import { LEAST_CELL, paintSlots } from "./slot-paint.ts";
import { SlotTable } from "./slot-table.tsx";
import {
  countSlots,
  describeCell,
  describeShown,
  describeSlot,
  legendStates,
  shownSlots,
  slotCells,
  slotInCell,
  slotStyle,
} from "./slots.ts";

const PAGE = 4096;

function summary({ total, used, clusters, out, in: back, policy }: SwapStatus): string {
  return [
    `${formatBytes(used * PAGE)} of ${formatBytes(total * PAGE)} used`,
    `${formatCount(clusters)} ${clusters === 1 ? "cluster" : "clusters"}`,
    `since boot ${formatCount(out)} pages out, ${formatCount(back)} in`,
    `policy ${policy}`,
  ].join(" · ");
}

function SlotLegend({ grid, shown }: { grid: SwapGrid; shown: string }) {
  const counts = useMemo(() => countSlots(grid), [grid]);
  return (
    <ul class="slot-legend">
      {legendStates.map((state) => (
        <li key={state}>
          <i class={`swatch slot-${slotStyle(state).label}`} />
          {slotStyle(state).label}
          <b>{formatCount(counts[state] ?? 0)}</b>
        </li>
      ))}
      {shown !== "" && (
        <>
          <li class="flash leaving">
            <Icon name="out" /> just went out
          </li>
          <li class="flash returning">
            <Icon name="back" /> just came back
          </li>
          <li class="shown">{shown}</li>
        </>
      )}
    </ul>
  );
}

function SlotGridView({ grid }: { grid: SwapGrid }) {
  const [geometry, setGeometry] = useState<GridGeometry | null>(null);
  const [hovered, setHovered] = useState(-1);
  const before = useRef(0);
  const selected = selectedSlot.value;
  const shown = useMemo(() => shownSlots(grid, selected, before.current), [grid, selected]);
  before.current = shown;
  const each = geometry?.each ?? 1;
  const cells = useMemo(() => slotCells(grid, shown, each), [grid, shown, each]);
  const bursts = flashes.value.slots;
  const readout =
    hovered >= 0 && each > 1
      ? describeCell(grid, hovered, each)
      : hovered >= 0 || selected >= 0
        ? describeSlot(grid, hovered >= 0 ? hovered : selected, slotDetail.value)
        : "Choose a slot to see whose page it holds, and where.";
  return (
    <>
      <SlotLegend grid={grid} shown={describeShown(shown, grid.state.length, each)} />
      <CellGrid
        count={shown}
        label="Slots of the swap area; the arrow keys move from slot to slot"
        name="slot"
        layer="slot-cells"
        geometry={geometry}
        fit={(width, height) => fitGroups(shown, width, height, LEAST_CELL)}
        onGeometry={setGeometry}
        chosen={selected}
        onChoose={(slot, clicked) =>
          chooseSlot(clicked && slot >= 0 ? slotInCell(grid, slot, each) : slot)
        }
        onHover={setHovered}
        paint={(canvas) =>
          paintSlots(canvas, { cells, colouring: colouring.value, selected, hovered, bursts })
        }
      />
      <p class="readout" id="slot-readout" aria-live="polite">
        {readout}
      </p>
    </>
  );
}

export function SwapSection() {
  const swap = status.value?.swap;
  if (swap === undefined) return null;
  const trouble = swap.trouble !== null && (
    <p class="trouble" role="alert">
      <Icon name="warning" /> {swap.trouble}
    </p>
  );
  if (swap.total === 0) {
    return (
      <>
        {trouble}
        <p class="about no-swap">This machine has no swap.</p>
      </>
    );
  }
  const grid = swapGrid.value;
  return (
    <section class="swap" aria-label="Swap">
      <header class="panel-head">
        <h3>Swap</h3>
        <span class="about">{summary(swap)}</span>
      </header>
      {trouble}
      {grid !== null &&
        (asTable.value ? (
          <>
            <SlotLegend grid={grid} shown="" />
            <SlotTable grid={grid} />
          </>
        ) : (
          <SlotGridView grid={grid} />
        ))}
    </section>
  );
}
