// Draws the slots of the swap area. All states but a lost one have the colour of swap, and each has its shape: stored is
// a full cell, a page of zeros is hollow, what is being written has a diagonal, what is in a frame too a dash; a lost one
// is crossed out. Large cells carry letters.

import { SLOT_BAD, SLOT_CACHED, SLOT_FREE, SLOT_WRITING, SLOT_ZERO } from "../client/api.ts";
import type { Burst } from "../store/flash.ts";
import type { Colouring } from "../store/view.ts";
import { type CellCanvas, LEAST_FOR_LETTER } from "./cell-canvas.ts";
import { type SlotCells, slotStyle } from "./slots.ts";

/** Edge of the smallest cell, in CSS pixels: the marks are still to be told apart. */
export const LEAST_CELL = 4;

function mark({ above, background, geometry }: CellCanvas, { state }: SlotCells): void {
  const { columns, cell } = geometry;
  // Marks keep off the letter in the corner.
  const corner = cell < LEAST_FOR_LETTER ? 0 : Math.round(cell / 3);
  const edge = cell - 1 - corner;
  const inset = Math.max(1, Math.floor(edge / 4));
  const inner = Math.max(1, edge - 2 * inset);
  const dash = Math.max(1, Math.round(edge / 5));
  above.strokeStyle = background;
  above.lineWidth = Math.max(1, Math.round(edge / 8));
  above.fillStyle = background;
  above.beginPath();
  for (let at = 0; at < state.length; at++) {
    const x = (at % columns) * cell + corner;
    const y = Math.floor(at / columns) * cell + corner;
    switch (state[at] ?? SLOT_FREE) {
      case SLOT_ZERO:
        above.fillRect(x + inset, y + inset, inner, inner);
        break;
      case SLOT_CACHED:
        above.fillRect(x, y + Math.floor((edge - dash) / 2), edge, dash);
        break;
      case SLOT_WRITING:
        above.moveTo(x, y + edge);
        above.lineTo(x + edge, y);
        break;
      case SLOT_BAD:
        above.moveTo(x, y + edge);
        above.lineTo(x + edge, y);
        above.moveTo(x, y);
        above.lineTo(x + edge, y + edge);
    }
  }
  above.stroke();
}

export interface SlotPicture {
  readonly cells: SlotCells;
  readonly colouring: Colouring;
  /** Slots. */
  readonly selected: number;
  readonly hovered: number;
  readonly bursts: readonly Burst[];
}

/** `share` of the way from one colour to another, both as `pixels` takes them. */
function blend(from: number, to: number, share: number): number {
  let mixed = 0xff;
  for (const shift of [16, 8, 0]) {
    const [a, b] = [(from >>> shift) & 0xff, (to >>> shift) & 0xff];
    mixed = mixed * 256 + Math.round(a + (b - a) * share);
  }
  return mixed;
}

/** How strong the colour of a cell is of whose slots hardly one is in use. */
const FAINTEST = 0.35;

export function paintSlots(canvas: CellCanvas, picture: SlotPicture): void {
  const { cells, colouring } = picture;
  const { each } = canvas.geometry;
  const [free, swap, lost] = [
    canvas.colour("--free"),
    canvas.colour("--swap"),
    canvas.colour("--fault"),
  ];
  for (let at = 0; at < cells.state.length; at++) {
    const state = cells.state[at] ?? SLOT_FREE;
    const owner = cells.owner[at] ?? 0;
    let colour = state === SLOT_FREE ? free : state === SLOT_BAD ? lost : swap;
    if (colouring === "owner" && owner !== 0 && state !== SLOT_FREE)
      colour = canvas.ownerColour(owner);
    const fullness = each === 1 ? 1 : (cells.used[at] ?? 0) / each;
    canvas.pixels[at] =
      fullness === 1 || state === SLOT_FREE
        ? colour
        : blend(free, colour, FAINTEST + (1 - FAINTEST) * fullness);
  }
  canvas.begin();
  mark(canvas, cells);
  canvas.letters(cells.state.length, (at) => slotStyle(cells.state[at] ?? SLOT_FREE).letter);
  canvas.flash(picture.bursts, performance.now());
  canvas.ring(Math.floor(picture.hovered / each), 1);
  canvas.ring(Math.floor(picture.selected / each), 2);
}
