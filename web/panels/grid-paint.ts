// Draws the frames. Nothing is told by colour alone: a frame that several page-table entries map has a light square in
// its middle, page tables have a diagonal and the swap cache the other one, pipe buffers a dash, the vDSO an upright;
// large cells carry their kind's letter.

import { type FrameGrid, frameKindNames } from "../client/api.ts";
import type { Burst } from "../store/flash.ts";
import type { Colouring } from "../store/view.ts";
import { kindStyles } from "../ui/palette.ts";
import { type CellCanvas, LEAST_FOR_GAP, LEAST_FOR_LETTER } from "./cell-canvas.ts";

const FREE = frameKindNames.indexOf("free");
const PAGE_TABLE = frameKindNames.indexOf("page-table");
const BUFFER = frameKindNames.indexOf("buffer");
const VDSO = frameKindNames.indexOf("vdso");
const SWAP_CACHE = frameKindNames.indexOf("swap-cache");
const letters = frameKindNames.map((name) => kindStyles[name].letter);

/** Edge from which a cell has the stroke of its kind, in CSS pixels. */
const LEAST_FOR_STROKE = 5;

/** Strokes by kind, from one point of the cell to another, in parts of its edge. */
const strokes: readonly (readonly [x1: number, y1: number, x2: number, y2: number] | undefined)[] =
  frameKindNames.map((_, kind) => {
    if (kind === PAGE_TABLE) return [0, 1, 1, 0];
    if (kind === SWAP_CACHE) return [0, 0, 1, 1];
    if (kind === BUFFER) return [0, 0.5, 1, 0.5];
    return kind === VDSO ? [0.5, 0, 0.5, 1] : undefined;
  });

function mark({ above, background, geometry }: CellCanvas, grid: FrameGrid): void {
  const { columns, cell } = geometry;
  const inner = Math.max(1, Math.floor((cell - 1) / 3));
  const inset = Math.floor((cell - 1 - inner) / 2);
  const edge = cell - 1;
  // Strokes keep off the letter in the corner.
  const corner = cell < LEAST_FOR_LETTER ? 0 : edge / 3;
  above.strokeStyle = background;
  above.lineWidth = 1;
  above.fillStyle = background;
  above.beginPath();
  for (let pfn = 0; pfn < grid.kind.length; pfn++) {
    const kind = grid.kind[pfn] ?? FREE;
    if (kind === FREE) continue;
    const x = (pfn % columns) * cell;
    const y = Math.floor(pfn / columns) * cell;
    const stroke = strokes[kind];
    if (stroke !== undefined) {
      if (cell < LEAST_FOR_STROKE) continue;
      above.moveTo(x + Math.max(corner, stroke[0] * edge), y + Math.max(corner, stroke[1] * edge));
      above.lineTo(x + Math.max(corner, stroke[2] * edge), y + Math.max(corner, stroke[3] * edge));
    } else if ((grid.mappings[pfn] ?? 0) > 1 && cell >= LEAST_FOR_GAP) {
      above.fillRect(x + inset, y + inset, inner, inner);
    }
  }
  above.stroke();
}

export interface FramePicture {
  readonly grid: FrameGrid;
  readonly colouring: Colouring;
  readonly selected: number;
  readonly hovered: number;
  readonly bursts: readonly Burst[];
}

export function paintFrames(canvas: CellCanvas, picture: FramePicture): void {
  const { grid, colouring } = picture;
  const kindColours = frameKindNames.map((name) => canvas.colour(kindStyles[name].property));
  for (let pfn = 0; pfn < grid.kind.length; pfn++) {
    const owner = grid.owner[pfn] ?? 0;
    canvas.pixels[pfn] =
      colouring === "owner" && owner !== 0
        ? canvas.ownerColour(owner)
        : (kindColours[grid.kind[pfn] ?? FREE] ?? 0);
  }
  canvas.begin();
  mark(canvas, grid);
  canvas.letters(grid.kind.length, (pfn) => letters[grid.kind[pfn] ?? FREE] ?? "");
  canvas.flash(picture.bursts, performance.now());
  canvas.ring(picture.hovered, 1);
  canvas.ring(picture.selected, 2);
}
