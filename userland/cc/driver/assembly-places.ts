// Preprocessed assembly is read from text that nobody wrote. Its line markers (`# line "file"`) say where each line came
// from, so that messages and line tables can show what somebody did write.

import type { AsmItem } from "../assemble/item.ts";
import type { Diagnostic } from "../source/diagnostics.ts";
import type { Loc, SourceFile, Sources } from "../source/sources.ts";

type Translate = (loc: Loc) => Loc;

/** Places in the text that begins at `base`, as places in the files that it was made of. */
export function translator(text: string, base: Loc, sources: Sources): Translate {
  const files = new Map<string, SourceFile>();
  // A file may have been included several times: any of its copies will do.
  for (const file of sources.files) if (!files.has(file.name)) files.set(file.name, file);
  const lineStarts = new Map<SourceFile, number[]>();
  const startOf = (file: SourceFile, line: number): Loc => {
    let starts = lineStarts.get(file);
    if (starts === undefined) {
      starts = [0];
      for (let at = file.text.indexOf("\n"); at >= 0; at = file.text.indexOf("\n", at + 1)) {
        starts.push(at + 1);
      }
      lineStarts.set(file, starts);
    }
    return file.base + (starts[line - 1] ?? file.text.length);
  };
  /** Of each line of the text: its offset, and where it comes from. */
  const offsets: number[] = [];
  const origins: Loc[] = [];
  let file: SourceFile | undefined;
  let line = 0;
  for (let at = 0; at < text.length;) {
    let end = text.indexOf("\n", at);
    if (end < 0) end = text.length;
    const marker = text.startsWith("# ", at)
      ? /^# (\d+) "(.*?)"/.exec(text.slice(at, end))
      : undefined;
    if (marker) {
      line = Number(marker[1]);
      file = files.get(marker[2] ?? "");
    } else {
      offsets.push(at);
      origins.push(file === undefined ? 0 : startOf(file, line));
      line++;
    }
    at = end + 1;
  }
  return (loc) => {
    const offset = loc - base;
    if (offset < 0 || offset > text.length) return loc;
    let low = 0;
    let high = offsets.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >>> 1;
      if ((offsets[middle] ?? Infinity) <= offset) low = middle;
      else high = middle - 1;
    }
    const origin = origins[low] ?? 0;
    return origin === 0 ? loc : origin + offset - (offsets[low] ?? 0);
  };
}

export function translateItems(items: readonly AsmItem[], translate: Translate): AsmItem[] {
  return items.map((item) => ({ ...item, loc: translate(item.loc) }));
}

/** Those from index `from` on, which spoke of the text. */
export function translateDiagnostics(list: Diagnostic[], from: number, translate: Translate): void {
  const one = (diagnostic: Diagnostic): Diagnostic => ({
    ...diagnostic,
    loc: translate(diagnostic.loc),
    end: translate(diagnostic.end),
    notes: diagnostic.notes.map(one),
  });
  for (let index = from; index < list.length; index++) {
    const diagnostic = list[index];
    if (diagnostic !== undefined) list[index] = one(diagnostic);
  }
}
