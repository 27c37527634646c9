// The labels of one switch (C11 6.8.4.2), looked at when all of them are known.

import type { EnumType } from "../types/type.ts";
import type { Token } from "../preprocess/token.ts";
import type { CaseStatement, Statement } from "../tree/ast.ts";
import type { Span } from "../source/sources.ts";
import { endOf } from "./state.ts";
import type { Parser } from "./state.ts";

/** Enumerations with more values are not compared with a switch's labels. */
const MOST_NAMES = 1000;

/** A switch over an enumeration has all of its values, or a default. */
export function warnOfMissingCases(
  p: Parser,
  { tag }: EnumType,
  cases: readonly CaseStatement[],
  token: Token,
): void {
  if (tag.constants.length > MOST_NAMES) return;
  warnOfForeignValues(p, tag, cases);
  if (cases.some(({ range }) => range === undefined)) return;
  const missing = tag.constants.filter(
    ({ value }) =>
      !cases.some(
        ({ range }) => range !== undefined && range.first <= value && value <= range.last,
      ),
  );
  const [first, second] = missing;
  if (first === undefined) return;
  const message =
    second === undefined
      ? `enumeration value '${first.name}' not handled in switch`
      : missing.length === 2
        ? `enumeration values '${first.name}' and '${second.name}' not handled in switch`
        : `${missing.length} enumeration values not handled in switch: '${first.name}', '${second.name}'…`;
  p.diagnostics.warning("switch", token.loc, message, { end: endOf(token) });
}

/** `case 7:` where no constant is 7. Those of flags may be or-ed together. */
function warnOfForeignValues(p: Parser, tag: EnumType["tag"], cases: readonly CaseStatement[]) {
  const all = tag.constants.reduce((bits, { value }) => bits | value, 0n);
  const isFlags = tag.constants.length > 2 && tag.constants.every(({ value }) => isBit(value));
  for (const { range, loc } of cases) {
    if (range === undefined || range.first !== range.last) continue;
    if (tag.constants.some(({ value }) => value === range.first)) continue;
    if (isFlags && (range.first & ~all) === 0n) continue;
    p.diagnostics.warning(
      "switch",
      loc,
      `case value '${range.first}' is not in 'enum ${tag.name ?? "(unnamed)"}'`,
    );
  }
}

function isBit(value: bigint): boolean {
  return value >= 0n && (value & (value - 1n)) === 0n;
}

export function warnOfBooleanSwitch(p: Parser, { loc, end }: Span): void {
  p.diagnostics.warning("switch-bool", loc, "this switch is about true or false; use 'if'", {
    end,
  });
}

/** What stands before the first label is never executed. */
export function warnOfUnreachedStart(p: Parser, body: Statement): void {
  if (body.kind !== "compound") return;
  const first = body.statements.find(({ kind }) => kind !== "declaration" && kind !== "empty");
  if (first === undefined || !UNREACHED.has(first.kind)) return;
  p.diagnostics.warning(
    "switch-unreachable",
    first.loc,
    "this is never executed: it stands before the first 'case'",
  );
}

const UNREACHED: ReadonlySet<string> = new Set([
  "expression",
  "if",
  "return",
  "break",
  "continue",
  "goto",
]);

/** No value may have two labels. */
export function checkCases(p: Parser, cases: readonly CaseStatement[]): void {
  const fallbacks = cases.filter(({ range }) => range === undefined);
  const [first, second] = fallbacks;
  if (first !== undefined && second !== undefined) {
    p.diagnostics.error(second.loc, "multiple default labels in one switch", {
      notes: [{ loc: first.loc, message: "previous label is here" }],
    });
  }
  const ranges = cases
    .flatMap(({ range, loc }) => (range === undefined ? [] : [{ ...range, loc }]))
    .toSorted((a, b) => (a.first < b.first ? -1 : a.first > b.first ? 1 : a.loc - b.loc));
  let previous = ranges[0];
  for (const range of ranges.slice(1)) {
    if (previous !== undefined && range.first <= previous.last) {
      p.diagnostics.error(range.loc, `duplicate case value '${range.first}'`, {
        notes: [{ loc: previous.loc, message: "previous case is here" }],
      });
    }
    if (previous === undefined || range.last > previous.last) previous = range;
  }
}
