// How many columns of how large a cell show all frames of RAM in the room there is.

export interface GridGeometry {
  readonly columns: number;
  readonly rows: number;
  /** Edge of a cell in CSS pixels, its one-pixel gap included. */
  readonly cell: number;
}

/** The largest whole cell with which `count` cells fill `width` × `height` row by row; at least 2 pixels. */
export function fitGrid(count: number, width: number, height: number): GridGeometry {
  let cell = Math.max(2, Math.floor(Math.sqrt((width * height) / Math.max(1, count))));
  while (cell > 2 && Math.floor(width / cell) * Math.floor(height / cell) < count) cell--;
  cell = Math.min(cell, 28);
  // A power of two is easier to count in, where the room allows it.
  const most = Math.max(1, Math.floor(width / cell));
  const power = 2 ** Math.floor(Math.log2(most));
  const columns = Math.ceil(count / power) * cell <= height ? power : most;
  return { columns, rows: Math.ceil(count / columns), cell };
}

/** The frame at a point, -1 outside. */
export function frameAt(geometry: GridGeometry, count: number, x: number, y: number): number {
  const column = Math.floor(x / geometry.cell);
  const row = Math.floor(y / geometry.cell);
  const pfn = row * geometry.columns + column;
  return column < 0 || column >= geometry.columns || row < 0 || pfn >= count ? -1 : pfn;
}
