// All text of a compilation in one space of offsets, so that a place in it is one number: a file's base plus the offset in
// the file. Tokens, expressions and IR instructions carry such a number, and only messages and line tables look it up.

/** A place in the source: an index into all files of the compilation, one after the other. 0 is nowhere. */
export type Loc = number;

/** From the first byte to the one behind the last, of tokens: where to underline. */
export interface Span {
  readonly loc: Loc;
  readonly end: Loc;
}

export const NOWHERE: Loc = 0;

export interface SourceFile {
  /** As it was named by the command line or an #include; what messages and `__FILE__` say. */
  readonly name: string;
  readonly text: string;
  /** The Loc of its first character. */
  readonly base: Loc;
  /** The #include that brought it; NOWHERE for what nobody included. */
  readonly includedAt: Loc;
  /** A header of the system: warnings about it are nobody's business here. */
  readonly isSystem: boolean;
  /** What is in no file: the compiler's own macros and the command line's. */
  readonly isOwn: boolean;
}

export interface Place {
  readonly file: SourceFile;
  /** From 1. */
  readonly line: number;
  /** From 1, in UTF-16 units. */
  readonly column: number;
  /** The line without its end. */
  readonly text: string;
}

interface Entry extends SourceFile {
  /** Offsets of the lines' first characters; made when first asked for. */
  lineStarts: Uint32Array | undefined;
}

export class Sources {
  readonly #files: Entry[] = [];
  #end = 1;

  /** Adds a file's text; the same file may be added again for each time it is included. */
  add(
    name: string,
    text: string,
    includedAt: Loc = NOWHERE,
    { isSystem = false, isOwn = false } = {},
  ): SourceFile {
    const base = this.#end;
    const file: Entry = { name, text, base, includedAt, isSystem, isOwn, lineStarts: undefined };
    this.#files.push(file);
    // One place behind the last character is the file's end.
    this.#end += text.length + 1;
    return file;
  }

  get files(): readonly SourceFile[] {
    return this.#files;
  }

  /** The file that a place is in; undefined for NOWHERE. */
  fileOf(loc: Loc): SourceFile | undefined {
    return this.#entryOf(loc);
  }

  #entryOf(loc: Loc): Entry | undefined {
    if (loc <= 0 || loc >= this.#end) return undefined;
    let low = 0;
    let high = this.#files.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >>> 1;
      if ((this.#files[middle]?.base ?? Infinity) <= loc) low = middle;
      else high = middle - 1;
    }
    return this.#files[low];
  }

  /** File, line and column; undefined for NOWHERE. */
  locate(loc: Loc): Place | undefined {
    const file = this.#entryOf(loc);
    if (file === undefined) return undefined;
    const offset = loc - file.base;
    const starts = (file.lineStarts ??= lineStartsOf(file.text));
    let low = 0;
    let high = starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >>> 1;
      if ((starts[middle] ?? Infinity) <= offset) low = middle;
      else high = middle - 1;
    }
    const start = starts[low] ?? 0;
    let end = file.text.indexOf("\n", start);
    if (end < 0) end = file.text.length;
    if (end > start && file.text[end - 1] === "\r") end--;
    return { file, line: low + 1, column: offset - start + 1, text: file.text.slice(start, end) };
  }
}

function lineStartsOf(text: string): Uint32Array {
  const starts = [0];
  for (let at = text.indexOf("\n"); at >= 0; at = text.indexOf("\n", at + 1)) starts.push(at + 1);
  return Uint32Array.from(starts);
}
