// What the debugging sections are made from: the line rows and functions of a finished object, places looked up.

import type { DebugInput } from "../object/debug-draft.ts";
import type { DebugOptions } from "./assemble.ts";
import type { Finish } from "./finish.ts";
import { mayMove } from "./rigid.ts";
import { offsetOf, type Position } from "./section-builder.ts";

export function debugInput(f: Finish, { sources, unit, folder }: DebugOptions): DebugInput {
  const input: DebugInput = {
    unit: unit ?? sources.files[0]?.name ?? "",
    folder: folder ?? "",
    sections: [],
    functions: [],
  };
  for (const [builder, section] of f.made) {
    if (builder.lines.length === 0) continue;
    const rows: DebugInput["sections"][number]["rows"][number][] = [];
    let last: Position | undefined;
    for (const { raw, index, loc } of builder.lines) {
      const place = sources.locate(loc);
      if (place === undefined) continue;
      const { file, line, column } = place;
      const here: Position = { section: builder, raw, index };
      const moves = last !== undefined && mayMove(builder, last, here);
      const offset = offsetOf(builder, raw, index);
      rows.push({ offset, moves, file: file.name, line, column });
      last = here;
    }
    if (last === undefined) continue;
    const end: Position = {
      section: builder,
      raw: builder.length,
      index: builder.fragments.length,
    };
    const endMoves = mayMove(builder, last, end);
    input.sections.push({ section, rows, endMoves, moves: builder.sites.length > 0 });
  }
  const linesOf = new Map(input.sections.map(({ section, rows }) => [section, rows]));
  for (const symbol of f.symbols) {
    const { section, size, value } = symbol;
    if (symbol.type !== "function" || typeof section !== "object" || size === 0) continue;
    const offset = Number(value);
    const first = linesOf.get(section)?.find((row) => row.offset >= offset);
    input.functions.push({
      symbol,
      section,
      file: first?.file ?? input.unit,
      line: first?.line ?? 0,
    });
  }
  return input;
}
