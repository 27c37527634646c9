// How many columns of how large a cell show all frames of RAM, or all slots of the swap area, in the room there is.

export interface GridGeometry {
  readonly columns: number;
  readonly rows: number;
  /** Edge of a cell in CSS pixels, its one-pixel gap included. */
  readonly cell: number;
  /** How many frames or slots one cell stands for. */
  readonly each: number;
}

const LARGEST = 28;

/** The largest whole cell with which `count` cells fill `width` × `height` row by row; at least 2 pixels. */
export function fitGrid(count: number, width: number, height: number): GridGeometry {
  let cell = Math.max(2, Math.floor(Math.sqrt((width * height) / Math.max(1, count))));
  while (cell > 2 && Math.floor(width / cell) * Math.floor(height / cell) < count) cell--;
  cell = Math.min(cell, LARGEST);
  // A power of two is easier to count in, where the room allows it.
  const most = Math.max(1, Math.floor(width / cell));
  const power = 2 ** Math.floor(Math.log2(most));
  const columns = Math.ceil(count / power) * cell <= height ? power : most;
  return { columns, rows: Math.ceil(count / columns), cell, each: 1 };
}

/** As `fitGrid`, but a cell of less than `least` pixels stands for several: for a power of two of them. */
export function fitGroups(
  count: number,
  width: number,
  height: number,
  least: number,
): GridGeometry {
  const room = Math.max(1, Math.floor(width / least) * Math.floor(height / least));
  let each = 1;
  while (Math.ceil(count / each) > room) each *= 2;
  return { ...fitGrid(Math.ceil(count / each), width, height), each };
}

/** The first frame or slot of the cell at a point, -1 outside. */
export function itemAt(geometry: GridGeometry, count: number, x: number, y: number): number {
  const column = Math.floor(x / geometry.cell);
  const row = Math.floor(y / geometry.cell);
  const item = (row * geometry.columns + column) * geometry.each;
  return column < 0 || column >= geometry.columns || row < 0 || item >= count ? -1 : item;
}
