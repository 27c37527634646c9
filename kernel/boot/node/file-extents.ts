// Which places of a file are taken: runs of pages are given out where they first fit, and given back.

interface Extent {
  readonly start: number;
  readonly length: number;
}

export class FileExtents {
  /** In pages, ascending; no two touch, and the last does not touch `#end`. */
  #free: Extent[] = [];
  /** Everything from here on is free, in pages. */
  #end = 0;

  /** Takes so many pages; gives the first one's place in the file, in pages. */
  take(length: number): number {
    const index = this.#free.findIndex((extent) => extent.length >= length);
    const extent = this.#free[index];
    if (extent === undefined) {
      this.#end += length;
      return this.#end - length;
    }
    const rest = { start: extent.start + length, length: extent.length - length };
    this.#free.splice(index, 1, ...(rest.length > 0 ? [rest] : []));
    return extent.start;
  }

  /** Gives back what `take` gave, whole. */
  give(start: number, length: number): void {
    const found = this.#free.findIndex((extent) => extent.start > start);
    const index = found < 0 ? this.#free.length : found;
    const before = this.#free[index - 1];
    const after = this.#free[index];
    const joinsBefore = before !== undefined && before.start + before.length === start;
    const joinsAfter = after !== undefined && after.start === start + length;
    const first = joinsBefore ? before.start : start;
    const end = joinsAfter ? after.start + after.length : start + length;
    const at = joinsBefore ? index - 1 : index;
    const joined = Number(joinsBefore) + Number(joinsAfter);
    if (end === this.#end) {
      this.#end = first;
      this.#free.splice(at, joined);
    } else {
      this.#free.splice(at, joined, { start: first, length: end - first });
    }
  }
}
