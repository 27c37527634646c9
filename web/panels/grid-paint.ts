// Draws the frames. The colours of all cells are one small ImageData, a pixel a cell, which the browser enlarges; gaps,
// marks and the selection lie over it. Nothing is told by colour alone: a frame that several page-table entries map has a
// light square in its middle, page tables have a diagonal, pipe buffers a dash, the vDSO an upright; large cells carry
// their kind's letter.

import { type FrameGrid, frameKindNames } from "../client/api.ts";
import type { Colouring } from "../store/view.ts";
import { colourNumber, kindStyles, ownerColour } from "../ui/palette.ts";
import type { GridGeometry } from "./grid-geometry.ts";

const FREE = frameKindNames.indexOf("free");
const PAGE_TABLE = frameKindNames.indexOf("page-table");
const BUFFER = frameKindNames.indexOf("buffer");
const VDSO = frameKindNames.indexOf("vdso");
const letters = frameKindNames.map((name) => kindStyles[name].letter);

/** Edge from which a cell has a gap, a mark, a letter, in CSS pixels. */
const LEAST_FOR_GAP = 3;
const LEAST_FOR_MARK = 5;
const LEAST_FOR_LETTER = 16;

function hslNumber(text: string, context: CanvasRenderingContext2D): number {
  context.fillStyle = text;
  const value = Number.parseInt(context.fillStyle.slice(1), 16);
  return (0xff000000 | ((value & 0xff) << 16) | (value & 0xff00) | ((value >> 16) & 0xff)) >>> 0;
}

export interface Painter {
  paint(grid: FrameGrid, colouring: Colouring, selected: number, hovered: number): void;
}

/** A painter over two canvases of one size: `cells` below and `marks` above. */
export function createPainter(
  cells: HTMLCanvasElement,
  marks: HTMLCanvasElement,
  geometry: GridGeometry,
): Painter {
  const { columns, rows, cell } = geometry;
  const scale = Math.max(1, Math.round(devicePixelRatio));
  cells.width = columns;
  cells.height = rows;
  marks.width = columns * cell * scale;
  marks.height = rows * cell * scale;
  for (const canvas of [cells, marks]) {
    canvas.style.width = `${columns * cell}px`;
    canvas.style.height = `${rows * cell}px`;
  }
  const below = cells.getContext("2d");
  const above = marks.getContext("2d");
  if (below === null || above === null) throw new Error("this browser gives no 2D canvas");
  const image = below.createImageData(columns, rows);
  const pixels = new Uint32Array(image.data.buffer);
  const kindColours = Uint32Array.from(frameKindNames, (name) =>
    colourNumber(kindStyles[name].property),
  );
  const ownerColours = new Map<number, number>();
  const styles = getComputedStyle(document.documentElement);
  const background = styles.getPropertyValue("--bg").trim();
  const selectColour = styles.getPropertyValue("--select").trim();

  const ownerNumber = (pid: number): number => {
    let colour = ownerColours.get(pid);
    if (colour === undefined) {
      colour = hslNumber(ownerColour(pid), above);
      ownerColours.set(pid, colour);
    }
    return colour;
  };

  const gaps = (): void => {
    if (cell < LEAST_FOR_GAP) return;
    above.fillStyle = background;
    for (let column = 1; column <= columns; column++)
      above.fillRect(column * cell - 1, 0, 1, rows * cell);
    for (let row = 1; row <= rows; row++) above.fillRect(0, row * cell - 1, columns * cell, 1);
  };

  const mark = (grid: FrameGrid): void => {
    const inner = Math.max(1, Math.floor((cell - 1) / 3));
    const inset = Math.floor((cell - 1 - inner) / 2);
    const edge = cell - 1;
    above.strokeStyle = background;
    above.lineWidth = 1;
    above.fillStyle = background;
    above.beginPath();
    for (let pfn = 0; pfn < grid.kind.length; pfn++) {
      const kind = grid.kind[pfn] ?? FREE;
      if (kind === FREE) continue;
      const x = (pfn % columns) * cell;
      const y = Math.floor(pfn / columns) * cell;
      if (kind === PAGE_TABLE || kind === BUFFER || kind === VDSO) {
        if (cell < LEAST_FOR_MARK) continue;
        above.moveTo(kind === VDSO ? x + edge / 2 : x, kind === BUFFER ? y + edge / 2 : y + edge);
        above.lineTo(kind === VDSO ? x + edge / 2 : x + edge, kind === BUFFER ? y + edge / 2 : y);
      } else if ((grid.mappings[pfn] ?? 0) > 1 && cell >= LEAST_FOR_GAP) {
        above.fillRect(x + inset, y + inset, inner, inner);
      }
    }
    above.stroke();
    if (cell < LEAST_FOR_LETTER) return;
    above.fillStyle = "#000";
    above.font = `9px ${styles.getPropertyValue("--mono")}`;
    for (let pfn = 0; pfn < grid.kind.length; pfn++) {
      const letter = letters[grid.kind[pfn] ?? FREE];
      if (!letter) continue;
      above.fillText(letter, (pfn % columns) * cell + 1, Math.floor(pfn / columns) * cell + 8);
    }
  };

  const ring = (pfn: number, colour: string, width: number): void => {
    if (pfn < 0) return;
    const x = (pfn % columns) * cell - 0.5;
    const y = Math.floor(pfn / columns) * cell - 0.5;
    above.strokeStyle = colour;
    above.lineWidth = width;
    above.strokeRect(x - 1, y - 1, cell + 2, cell + 2);
  };

  return {
    paint(grid, colouring, selected, hovered) {
      for (let pfn = 0; pfn < grid.kind.length; pfn++) {
        const owner = grid.owner[pfn] ?? 0;
        const kind = grid.kind[pfn] ?? 0;
        pixels[pfn] =
          colouring === "owner" && owner !== 0 ? ownerNumber(owner) : (kindColours[kind] ?? 0);
      }
      below.putImageData(image, 0, 0);
      above.setTransform(scale, 0, 0, scale, 0, 0);
      above.clearRect(0, 0, columns * cell, rows * cell);
      gaps();
      mark(grid);
      ring(hovered, selectColour, 1);
      ring(selected, selectColour, 2);
    },
  };
}
