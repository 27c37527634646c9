// -Wimplicit-fallthrough: a case whose statements go on into the next case without saying that they are to. An attribute says so,
// and a comment does; which comments do is gcc's to say (its manual, -Wimplicit-fallthrough=N).

import type { Loc } from "../source/sources.ts";
import type { Statement } from "../tree/ast.ts";
import type { Report } from "./report.ts";

/** `before` is what stands before the label at `index`, whose end is reached. */
export function warnOfFallThrough(
  report: Report,
  statements: readonly Statement[],
  index: number,
  before: Statement | undefined,
): void {
  const label = statements[index];
  if (before === undefined || label === undefined) return;
  if (before.kind === "case" && before.statement.kind === "empty") return;
  if (before.kind === "empty" && before.fallsThrough === true) return;
  if (before.kind === "declaration" || before.kind === "label") return;
  // To go on to a `break` is as good as one.
  let next = index;
  while (statements[next]?.kind === "case") next++;
  if (statements[next]?.kind === "break" || saysFallThrough(report, label.loc)) return;
  report.diagnostics.warning(
    "implicit-fallthrough",
    label.loc,
    "the case before goes on into this one",
    {
      notes: [
        {
          loc: label.loc,
          message: "write 'break;' before it, or '__attribute__((fallthrough));' if it is meant",
        },
      ],
    },
  );
}

const LINT = String.raw`-fallthrough|@fallthrough@|lint -fallthrough[ \t]*`;
const REASON = String.raw`[ \t.!]*(?:-[^\n\r]*)?`;

/** What a comment's text is, by level; with 3 it says nothing else, but for a reason behind a dash. */
const SAYINGS: readonly RegExp[] = [
  /$^/,
  /^/,
  /falls?[ \t-]*thr(?:ough|u)/i,
  new RegExp(
    `^(?:${LINT}|[ \\t.!]*(?:(?:ELSE,? |INTENTIONAL(?:LY)? )?FALL(?:S | |-)?THR(?:OUGH|U)` +
      "|(?:Else,? |Intentional(?:ly)? )?Fall(?:(?:s | |-)[Tt]|t)hr(?:ough|u)" +
      `|(?:[Ee]lse,? |[Ii]ntentional(?:ly)? )?fall(?:s | |-)?thr(?:ough|u))${REASON})$`,
  ),
  new RegExp(`^(?:${LINT}|[ \\t]*FALLTHR(?:OUGH|U)[ \\t]*)$`),
  /$^/,
];

/** Comments far before the label are not looked at. */
const FAR = 1000;

/** Whether one of the comments just before the label says that it is meant. */
function saysFallThrough(report: Report, loc: Loc): boolean {
  const file = report.sources.fileOf(loc);
  const level = report.diagnostics.regions.at(loc, "implicit-fallthrough").fallThroughLevel;
  const saying = SAYINGS[level];
  if (file === undefined || saying === undefined) return false;
  let before = file.text.slice(Math.max(0, loc - file.base - FAR), loc - file.base);
  for (;;) {
    before = before.trimEnd();
    const comment = lastComment(before);
    if (comment === undefined) return false;
    if (saying.test(comment.text)) return true;
    before = before.slice(0, comment.at);
  }
}

/** The comment with which the text ends, without its marks. */
function lastComment(text: string): { readonly text: string; readonly at: number } | undefined {
  if (text.endsWith("*/")) {
    const at = text.lastIndexOf("/*", text.length - 4);
    return at < 0 ? undefined : { text: text.slice(at + 2, -2), at };
  }
  const line = text.slice(text.lastIndexOf("\n") + 1);
  const slashes = line.indexOf("//");
  if (slashes < 0) return undefined;
  return { text: line.slice(slashes + 2), at: text.length - line.length + slashes };
}
