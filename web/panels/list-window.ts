// Which rows of a long list are in sight. A place in the list is a row and how far it is scrolled out, not a number of
// pixels: it stays right when rows above it are dropped or filtered away.

interface Numbered {
  /** Grows from row to row. */
  readonly id: number;
}

/** `newest` follows the end of the list. */
export type Place = "newest" | { readonly id: number; readonly offset: number };

export interface ListWindow {
  /** How far the list is scrolled, in pixels. */
  readonly top: number;
  /** The rows to draw: those in sight and some around them. */
  readonly first: number;
  readonly end: number;
  readonly rowsInSight: number;
  /** The place that a scroll to `top` pixels leads to. */
  placeAt(top: number): Place;
  /** The place nearest to this one at which row `index` is whole in sight. */
  placeShowing(index: number): Place;
}

/** Rows drawn beyond either edge, so that scrolling finds them there. */
const AROUND = 8;

/** The first row whose id is `id` or more; the length when there is none. */
export function indexOfRow(rows: readonly Numbered[], id: number): number {
  let [low, high] = [0, rows.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((rows[middle]?.id ?? Infinity) < id) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** `row` is a row's height and `height` that of the place for rows, in pixels. */
export function listWindow(
  rows: readonly Numbered[],
  place: Place,
  row: number,
  height: number,
): ListWindow {
  const most = Math.max(0, rows.length * row - height);
  const wanted = place === "newest" ? most : indexOfRow(rows, place.id) * row + place.offset;
  const top = Math.min(most, Math.max(0, wanted));
  const first = Math.max(0, Math.floor(top / row) - AROUND);
  const end = Math.min(rows.length, Math.ceil((top + height) / row) + AROUND);
  const placeAt = (to: number): Place => {
    if (to >= most - 1) return "newest";
    const index = Math.floor(to / row);
    return { id: rows[index]?.id ?? 0, offset: to - index * row };
  };
  return {
    top,
    first,
    end,
    rowsInSight: Math.max(1, Math.floor(height / row)),
    placeAt,
    placeShowing(index) {
      if (index === rows.length - 1) return "newest";
      if (index * row < top) return placeAt(index * row);
      if ((index + 1) * row > top + height) return placeAt((index + 1) * row - height);
      // Where it is, and no longer following: the row would be drawn away from under the reader.
      return place === "newest"
        ? { id: rows[Math.floor(top / row)]?.id ?? 0, offset: top % row }
        : place;
    },
  };
}
