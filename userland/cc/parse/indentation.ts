// A statement that is indented as if an if, else or loop before it guarded it, which without braces it does not.

import type { Token } from "../preprocess/token.ts";
import { columnsAt } from "./layout-of-text.ts";
import type { Parser } from "./state.ts";

/** The current token is behind the body of the guard. */
export function warnOfIndentation(p: Parser, guard: Token, body: Token): void {
  const next = p.token;
  if (body.text === "{" || body.text === ";" || next.text === "}" || next.text === ";") return;
  if (next.kind === "end" || next.text === "else" || next.text === "{") return;
  if (guard.from !== undefined || body.from !== undefined || next.from !== undefined) return;
  if (!isMisleading(p, guard, body, next)) return;
  p.diagnostics.warning(
    "misleading-indentation",
    guard.loc,
    `this '${guard.text}' guards only the statement behind it`,
    {
      end: guard.loc + guard.text.length,
      notes: [
        {
          loc: next.loc,
          message: "this one stands as if it were guarded too; braces around both make it so",
        },
      ],
    },
  );
}

function isMisleading(p: Parser, guard: Token, body: Token, next: Token): boolean {
  // On one line all seem to belong together, unless more stands before the guard.
  if (!next.startsLine) return guard.startsLine;
  if (!body.startsLine) return false;
  const inner = columnsAt(p, body.loc);
  const after = columnsAt(p, next.loc);
  const outer = columnsAt(p, guard.loc);
  if (inner === undefined || after === undefined || outer === undefined) return false;
  return after.column === inner.column && inner.column > outer.indent;
}
