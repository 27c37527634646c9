// How wide the characters of a source line are on a terminal, and what stands for those that a terminal would take as an order.

export interface Column {
  /** Offset in the line, and how many UTF-16 units. */
  readonly at: number;
  readonly length: number;
  /** What is printed, and how many columns it takes. */
  readonly text: string;
  readonly width: number;
}

const TAB = 8;

/** The characters of a line from one offset to before another. */
export function columnsOf(line: string, from: number, to: number): Column[] {
  const columns: Column[] = [];
  let column = 0;
  const end = Math.min(to, line.length);
  for (let at = from; at < end;) {
    const point = line.codePointAt(at) ?? 0;
    const length = point > 0xffff ? 2 : 1;
    let text: string;
    let width = 1;
    if (point === 9) {
      width = TAB - (column % TAB);
      text = " ".repeat(width);
    } else if (isUnsafe(point)) {
      text = `<U+${point.toString(16).toUpperCase().padStart(4, "0")}>`;
      width = text.length;
    } else {
      text = line.slice(at, at + length);
      width = widthOf(point);
    }
    columns.push({ at, length, text, width });
    column += width;
    at += length;
  }
  return columns;
}

/** Control characters, halves of code points, and what turns the direction of writing round. */
function isUnsafe(point: number): boolean {
  return (
    point < 32 ||
    (point >= 127 && point < 160) ||
    (point >= 0x200b && point <= 0x200f) ||
    (point >= 0x202a && point <= 0x202e) ||
    (point >= 0x2066 && point <= 0x2069) ||
    (point >= 0xd800 && point <= 0xdfff) ||
    point === 0xfeff
  );
}

/** Combining marks take no column, East Asian wide characters and emoji two. */
function widthOf(point: number): number {
  if (point < 0x300) return 1;
  if (point <= 0x36f || (point >= 0xfe00 && point <= 0xfe0f)) return 0;
  const isWide =
    (point >= 0x1100 && point <= 0x115f) ||
    (point >= 0x2e80 && point <= 0xa4cf) ||
    (point >= 0xac00 && point <= 0xd7a3) ||
    (point >= 0xf900 && point <= 0xfaff) ||
    (point >= 0xfe30 && point <= 0xfe6f) ||
    (point >= 0xff00 && point <= 0xff60) ||
    (point >= 0xffe0 && point <= 0xffe6) ||
    (point >= 0x1f300 && point <= 0x1faff) ||
    (point >= 0x20000 && point <= 0x3fffd);
  return isWide ? 2 : 1;
}
