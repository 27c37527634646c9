// The Frames panel: all of RAM, a cell a frame. A click or Enter chooses a frame; the lower pane then shows who maps it.

import { useEffect, useRef, useState } from "preact/hooks";
import { frameKindNames } from "../client/api.ts";
import { grid, status } from "../store/machine.ts";
import { asTable, colouring, selectedFrame } from "../store/view.ts";
import { formatCount } from "../ui/format.ts";
import { Icon } from "../ui/icon.tsx";
import { Legend } from "../ui/legend.tsx";
import { ownerColour } from "../ui/palette.ts";
import { countKinds, countOwners, describeFrame } from "./describe.ts";
import { FrameTable } from "./frame-table.tsx";
import { fitGrid, frameAt, type GridGeometry } from "./grid-geometry.ts";
import { createPainter, type Painter } from "./grid-paint.ts";

const steps: Readonly<Record<string, (geometry: GridGeometry) => number>> = {
  ArrowLeft: () => -1,
  ArrowRight: () => 1,
  ArrowUp: ({ columns }) => -columns,
  ArrowDown: ({ columns }) => columns,
  PageUp: ({ columns }) => -8 * columns,
  PageDown: ({ columns }) => 8 * columns,
  Home: () => -Infinity,
  End: () => Infinity,
};

function FrameGridView() {
  const room = useRef<HTMLDivElement>(null);
  const cells = useRef<HTMLCanvasElement>(null);
  const marks = useRef<HTMLCanvasElement>(null);
  const painter = useRef<Painter | null>(null);
  const [geometry, setGeometry] = useState<GridGeometry | null>(null);
  const [hovered, setHovered] = useState(-1);
  const seen = grid.value;
  const count = seen?.kind.length ?? 0;

  useEffect(() => {
    const element = room.current;
    if (element === null || count === 0) return undefined;
    const fit = (): void => {
      if (element.clientWidth > 0)
        setGeometry(fitGrid(count, element.clientWidth, element.clientHeight));
    };
    const observer = new ResizeObserver(fit);
    observer.observe(element);
    const darkness = matchMedia("(prefers-color-scheme: dark)");
    const repaint = (): void => setGeometry((old) => (old === null ? null : { ...old }));
    darkness.addEventListener("change", repaint);
    return () => {
      observer.disconnect();
      darkness.removeEventListener("change", repaint);
    };
  }, [count]);

  useEffect(() => {
    if (geometry === null || cells.current === null || marks.current === null) return;
    painter.current = createPainter(cells.current, marks.current, geometry);
  }, [geometry]);

  useEffect(() => {
    if (seen !== null) painter.current?.paint(seen, colouring.value, selectedFrame.value, hovered);
  });

  // The chosen cell stays in sight where the grid is taller than its room.
  useEffect(() => {
    const element = room.current;
    if (element === null || geometry === null || selectedFrame.value < 0) return;
    const top = Math.floor(selectedFrame.value / geometry.columns) * geometry.cell;
    if (top < element.scrollTop) element.scrollTop = top;
    const least = top + geometry.cell - element.clientHeight;
    if (element.scrollTop < least) element.scrollTop = least;
  }, [selectedFrame.value, geometry]);

  const pointed = (event: MouseEvent): number => {
    const box = marks.current?.getBoundingClientRect();
    if (box === undefined || geometry === null) return -1;
    return frameAt(geometry, count, event.clientX - box.left, event.clientY - box.top);
  };
  const key = (event: KeyboardEvent): void => {
    const step = steps[event.key];
    if (step === undefined || geometry === null) return;
    event.preventDefault();
    const from = Math.max(0, selectedFrame.value);
    selectedFrame.value = Math.min(count - 1, Math.max(0, from + step(geometry)));
  };
  const spoken = hovered >= 0 ? hovered : selectedFrame.value;
  return (
    <>
      <div class="grid-room" ref={room}>
        <div
          class="frame-grid"
          role="application"
          aria-label="Frames of RAM; the arrow keys move from frame to frame"
          aria-describedby="frame-readout"
          tabIndex={0}
          onKeyDown={key}
          onClick={(event) => (selectedFrame.value = pointed(event))}
          onPointerMove={(event) => setHovered(pointed(event))}
          onPointerLeave={() => setHovered(-1)}
        >
          <canvas class="cells" ref={cells} />
          <canvas class="marks" ref={marks} />
        </div>
      </div>
      <p class="readout" id="frame-readout" aria-live="polite">
        {seen !== null && spoken >= 0 && spoken < count
          ? describeFrame(seen, spoken)
          : "Each cell is a frame of 4 KiB. Choose one to see who maps it."}
      </p>
    </>
  );
}

/** Whose colour is whose; a frame of several is its first owner's. */
function OwnerLegend() {
  const seen = grid.value;
  if (seen === null) return null;
  const { owners, others } = countOwners(seen, 8);
  const names = new Map(status.value?.processes.map(({ pid, name }) => [pid, name]));
  return (
    <ul class="legend">
      {owners.map(({ pid, frames }) => (
        <li key={pid}>
          {pid !== 0 && <i class="swatch" style={{ background: ownerColour(pid) }} />}
          {pid === 0
            ? "nobody, in the colour of its kind"
            : `${pid} ${names.get(pid) ?? "(ended)"}`}
          <b>{formatCount(frames)}</b>
        </li>
      ))}
      {others > 0 && <li>and {formatCount(others)} more</li>}
    </ul>
  );
}

export function FramesPanel() {
  const seen = grid.value;
  const counts = seen === null ? [] : countKinds(seen);
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
        <Legend kinds={frameKindNames} counts={counts} />
      )}
      {asTable.value ? <FrameTable /> : <FrameGridView />}
    </section>
  );
}
