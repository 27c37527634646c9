// A grid of cells that fills its room: one tab stop, arrow keys from one frame or slot to the next, a click, a pointer
// over it. What the cells look like is the caller's.

import { useEffect, useRef } from "preact/hooks";
import { type CellCanvas, createCellCanvas } from "./cell-canvas.ts";
import { type GridGeometry, itemAt } from "./grid-geometry.ts";

/** How far a key goes, in items; a row is `columns` cells of `each`. */
const steps: Readonly<Record<string, (row: number) => number>> = {
  ArrowLeft: () => -1,
  ArrowRight: () => 1,
  ArrowUp: (row) => -row,
  ArrowDown: (row) => row,
  PageUp: (row) => -8 * row,
  PageDown: (row) => 8 * row,
  Home: () => -Infinity,
  End: () => Infinity,
};

interface CellGridProps {
  /** Frames or slots; not 0. */
  readonly count: number;
  /** What they are, for those who hear it. */
  readonly label: string;
  /** `NAME-grid` is the grid's class, `NAME-readout` the id of the text that tells about the chosen one. */
  readonly name: string;
  /** Class of the canvas with the cells. */
  readonly layer: string;
  readonly geometry: GridGeometry | null;
  /** Computes the geometry for the room in CSS pixels. */
  readonly fit: (width: number, height: number) => GridGeometry;
  readonly onGeometry: (geometry: GridGeometry) => void;
  readonly chosen: number;
  /** A key or a click: `clicked` is the first of its cell, -1 beside the grid. */
  readonly onChoose: (item: number, clicked: boolean) => void;
  /** The first of the cell under the pointer, -1 for none. */
  readonly onHover: (item: number) => void;
  readonly paint: (canvas: CellCanvas) => void;
}

export function CellGrid(props: CellGridProps) {
  const { count, label, name, geometry, fit, onGeometry, chosen, onChoose, onHover } = props;
  const room = useRef<HTMLDivElement>(null);
  const cells = useRef<HTMLCanvasElement>(null);
  const marks = useRef<HTMLCanvasElement>(null);
  const canvas = useRef<CellCanvas | null>(null);

  useEffect(() => {
    const element = room.current;
    if (element === null) return undefined;
    // A new object each time: canvases drawn anew also have the colours anew.
    const measure = (): void => {
      if (element.clientWidth > 0) onGeometry(fit(element.clientWidth, element.clientHeight));
    };
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    const darkness = matchMedia("(prefers-color-scheme: dark)");
    darkness.addEventListener("change", measure);
    return () => {
      observer.disconnect();
      darkness.removeEventListener("change", measure);
    };
  }, [count]);

  useEffect(() => {
    if (geometry === null || cells.current === null || marks.current === null) return;
    canvas.current = createCellCanvas(cells.current, marks.current, geometry);
  }, [geometry]);

  useEffect(() => {
    const drawn = canvas.current;
    // A grid that has just grown waits for its new geometry.
    if (
      drawn !== null &&
      drawn.geometry === geometry &&
      drawn.pixels.length * geometry.each >= count
    )
      props.paint(drawn);
  });

  // The chosen cell stays in sight where the grid is taller than its room.
  useEffect(() => {
    const element = room.current;
    if (element === null || geometry === null || chosen < 0) return;
    const top = Math.floor(chosen / geometry.each / geometry.columns) * geometry.cell;
    if (top < element.scrollTop) element.scrollTop = top;
    const least = top + geometry.cell - element.clientHeight;
    if (element.scrollTop < least) element.scrollTop = least;
  }, [chosen, geometry]);

  const pointed = (event: MouseEvent): number => {
    const box = marks.current?.getBoundingClientRect();
    if (box === undefined || geometry === null) return -1;
    return itemAt(geometry, count, event.clientX - box.left, event.clientY - box.top);
  };
  const key = (event: KeyboardEvent): void => {
    const step = steps[event.key];
    if (step === undefined || geometry === null) return;
    event.preventDefault();
    const to = Math.max(0, chosen) + step(geometry.columns * geometry.each);
    onChoose(Math.min(count - 1, Math.max(0, to)), false);
  };
  return (
    <div class="grid-room" ref={room}>
      <div
        class={`cell-grid ${name}-grid`}
        role="application"
        aria-label={label}
        aria-describedby={`${name}-readout`}
        tabIndex={0}
        onKeyDown={key}
        onClick={(event) => onChoose(pointed(event), true)}
        onPointerMove={(event) => onHover(pointed(event))}
        onPointerLeave={() => onHover(-1)}
      >
        <canvas class={props.layer} ref={cells} />
        <canvas class="marks" ref={marks} />
      </div>
    </div>
  );
}
