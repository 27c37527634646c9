// The two canvases of a grid. The colours of all cells are one small ImageData, a pixel a cell, which the browser
// enlarges; gaps, marks, letters and the selection lie over it on the second.

import { FLASH_MS, type Burst } from "../store/flash.ts";
import { colourNumber, ownerColour } from "../ui/palette.ts";
import type { GridGeometry } from "./grid-geometry.ts";

/** Edge from which a cell has a gap, in CSS pixels, and a letter. */
export const LEAST_FOR_GAP = 3;
export const LEAST_FOR_LETTER = 16;
/** Edge from which a flash is an arrowhead; on smaller cells it fills the cell. */
const LEAST_FOR_ARROW = 6;
const MOST_ARROW = 12;
/** How strong a flash begins. */
const FLASH_STRENGTH = 0.75;

const stillness = matchMedia("(prefers-reduced-motion: reduce)");

export interface CellCanvas {
  readonly geometry: GridGeometry;
  /** A colour a cell, row by row; drawn by `begin`. */
  readonly pixels: Uint32Array;
  readonly above: CanvasRenderingContext2D;
  /** The page's background: gaps and marks are cut out in it. */
  readonly background: string;
  /** A custom property of tokens.css as the number that `pixels` takes. */
  colour(property: string): number;
  ownerColour(pid: number): number;
  /** Draws the cells and their gaps, and takes away all marks. */
  begin(): void;
  letters(count: number, letterOf: (cell: number) => string): void;
  /** Pages that went out point down, to where the swap area is drawn, and those that came back point up. */
  flash(bursts: readonly Burst[], now: number): void;
  /** Outlines a cell, none when it is negative. */
  ring(cell: number, width: number): void;
}

function hslNumber(text: string, context: CanvasRenderingContext2D): number {
  context.fillStyle = text;
  const value = Number.parseInt(context.fillStyle.slice(1), 16);
  return (0xff000000 | ((value & 0xff) << 16) | (value & 0xff00) | ((value >> 16) & 0xff)) >>> 0;
}

/** Prepares two canvases of one size: `cells` below and `marks` above. */
export function createCellCanvas(
  cells: HTMLCanvasElement,
  marks: HTMLCanvasElement,
  geometry: GridGeometry,
): CellCanvas {
  const { columns, rows, cell, each } = geometry;
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
  const styles = getComputedStyle(document.documentElement);
  const token = (property: string): string => styles.getPropertyValue(property).trim();
  const background = token("--bg");
  const selectColour = token("--select");
  const flashColours = { leaving: token("--flash-leaving"), returning: token("--flash-returning") };
  const font = `9px ${token("--mono")}`;
  const colours = new Map<string, number>();
  const ownerColours = new Map<number, number>();

  const left = (at: number): number => (at % columns) * cell;
  const top = (at: number): number => Math.floor(at / columns) * cell;

  /** Adds a cell, or an arrowhead in it, to the path. */
  const trace = (item: number, down: boolean): void => {
    const at = Math.floor(item / each);
    if (at >= columns * rows) return;
    const [x, y] = [left(at), top(at)];
    const edge = cell < LEAST_FOR_GAP ? cell : cell - 1;
    if (cell < LEAST_FOR_ARROW) {
      above.rect(x, y, edge, edge);
      return;
    }
    const half = Math.min(edge, MOST_ARROW) / 2;
    const [middle, centre] = [x + edge / 2, y + edge / 2];
    const base = down ? centre - half : centre + half;
    above.moveTo(middle - half, base);
    above.lineTo(middle + half, base);
    above.lineTo(middle, centre + (down ? half : -half));
    above.closePath();
  };

  return {
    geometry,
    pixels,
    above,
    background,
    colour(property) {
      let colour = colours.get(property);
      if (colour === undefined) colours.set(property, (colour = colourNumber(property)));
      return colour;
    },
    ownerColour(pid) {
      let colour = ownerColours.get(pid);
      if (colour === undefined) {
        colour = hslNumber(ownerColour(pid), above);
        ownerColours.set(pid, colour);
      }
      return colour;
    },
    begin() {
      below.putImageData(image, 0, 0);
      above.setTransform(scale, 0, 0, scale, 0, 0);
      above.clearRect(0, 0, columns * cell, rows * cell);
      if (cell < LEAST_FOR_GAP) return;
      above.fillStyle = background;
      for (let column = 1; column <= columns; column++)
        above.fillRect(column * cell - 1, 0, 1, rows * cell);
      for (let row = 1; row <= rows; row++) above.fillRect(0, row * cell - 1, columns * cell, 1);
    },
    letters(count, letterOf) {
      if (cell < LEAST_FOR_LETTER) return;
      above.fillStyle = "#000";
      above.font = font;
      for (let at = 0; at < count; at++) {
        const letter = letterOf(at);
        if (letter !== "") above.fillText(letter, left(at) + 1, top(at) + 8);
      }
    },
    flash(bursts, now) {
      if (stillness.matches) return;
      for (const burst of bursts) {
        const strength = 1 - (now - burst.at) / FLASH_MS;
        if (strength <= 0) continue;
        above.globalAlpha = Math.min(1, strength) * FLASH_STRENGTH;
        for (const name of ["leaving", "returning"] as const) {
          above.fillStyle = flashColours[name];
          above.beginPath();
          for (const item of burst[name]) trace(item, name === "leaving");
          above.fill();
        }
      }
      above.globalAlpha = 1;
    },
    ring(at, width) {
      if (at < 0) return;
      // Just around the cell, and not over the canvas's edge.
      const half = width / 2;
      const x = Math.max(half, left(at) - 1.5);
      const y = Math.max(half, top(at) - 1.5);
      const right = Math.min(columns * cell - half, left(at) + cell + 0.5);
      const bottom = Math.min(rows * cell - half, top(at) + cell + 0.5);
      above.strokeStyle = selectColour;
      above.lineWidth = width;
      above.strokeRect(x, y, right - x, bottom - y);
    },
  };
}
