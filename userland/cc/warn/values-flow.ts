// Where values come from and where they go, along the ways through a function: reads of variables that have none, variables that
// only get values, and cases that go on into the next one. The walk follows the order of execution and keeps for each variable what
// is known: it has no value, it has one, or it has one on some ways.
//
// The file is long because one walk over all statements and expressions finds the three.

import { isScalar } from "../types/conversions.ts";
import { VOLATILE } from "../types/type.ts";
import type { Loc } from "../source/sources.ts";
import type { CompoundStatement, Expression, Statement, Variable } from "../tree/ast.ts";
import { warnOfBlankObjects } from "./blank-objects.ts";
import { warnOfFallThrough } from "./fall-through.ts";
import { neverReturns } from "./flow.ts";
import { doubtful, join, MISSING, NONE, SOME, VALUE } from "./known-values.ts";
import { rootOf } from "../tree/nodes.ts";
import type { Report } from "./report.ts";
import { eachChild, eachPart } from "../tree/walk.ts";

interface Ways {
  /** By variable's number; undefined: nobody comes here. */
  known: Uint8Array | undefined;
  /** Of breaks and continues that leave the statement that is walked. */
  breaks: Uint8Array | undefined;
  continues: Uint8Array | undefined;
}

/** Where a variable got no value: when the condition of an `if` was that, or when no label of a switch fitted. */
interface Gap {
  readonly loc: Loc;
  readonly when: boolean | undefined;
}

interface Walk {
  readonly report: Report;
  readonly numbers: Map<Variable, number>;
  readonly ways: Ways;
  /** What a switch begins with, for its labels. */
  entry: Uint8Array | undefined;
  /** By variable's number: the `if` that gave no value. */
  readonly missing: Map<number, Gap>;
  /** Variables that some plain assignment anywhere gives a value: behind a label all is possible. */
  readonly assigned: Set<Variable>;
  /** How often each variable was only given a value. */
  readonly sets: Map<Variable, number>;
}

/** More of them than in any function that was written by hand: each condition copies what is known. */
const MOST_VARIABLES = 2000;

/** Warns, and says how often each variable was the target of an assignment whose value nobody takes. */
export function checkValues(
  report: Report,
  locals: Iterable<Variable>,
  body: CompoundStatement,
): ReadonlyMap<Variable, number> {
  const variables = [...locals];
  const walk: Walk = {
    report,
    numbers: new Map(),
    ways: { known: undefined, breaks: undefined, continues: undefined },
    entry: undefined,
    missing: new Map(),
    assigned: new Set(),
    sets: new Map(),
  };
  for (const variable of variables) {
    const isCandidate =
      !variable.isParameter &&
      !variable.isStatic &&
      variable.register === undefined &&
      isScalar(variable.type) &&
      (variable.type.qualifiers & VOLATILE) === 0;
    if (isCandidate && walk.numbers.size < MOST_VARIABLES)
      walk.numbers.set(variable, walk.numbers.size);
  }
  collectAssigned(body, walk.assigned);
  warnOfBlankObjects(report, variables, body);
  walk.ways.known = new Uint8Array(walk.numbers.size).fill(VALUE);
  statement(walk, body);
  return walk.sets;
}

function collectAssigned(one: Statement, into: Set<Variable>): void {
  const inExpression = (e: Expression): void => {
    if (e.kind === "assign" || e.kind === "address") {
      const root = rootOf(e.kind === "assign" ? e.place : e.of);
      if (root !== undefined) into.add(root);
    }
    eachChild(e, inExpression, inStatement);
  };
  const inStatement = (inner: Statement): void => {
    if (inner.kind === "asm")
      for (const { value } of inner.outputs) {
        const root = rootOf(value);
        if (root !== undefined) into.add(root);
      }
    eachPart(inner, inStatement, inExpression);
  };
  inStatement(one);
}

/** What is known where a loop comes round, or behind a label: whatever is assigned somewhere may have a value. */
function reopened(walk: Walk, known: Uint8Array | undefined, assigned: ReadonlySet<Variable>) {
  const next = doubtful(known) ?? new Uint8Array(walk.numbers.size).fill(SOME);
  for (const [variable, index] of walk.numbers)
    if (next[index] === NONE && assigned.has(variable)) next[index] = SOME;
  return next;
}

// Statements.

function statement(walk: Walk, one: Statement): void {
  const { ways } = walk;
  switch (one.kind) {
    case "compound":
      block(walk, one.statements);
      return;
    case "expression":
      effect(walk, one.expression);
      return;
    case "declaration":
      for (const variable of one.variables) declare(walk, variable);
      return;
    case "empty":
      return;
    case "if":
      ifStatement(walk, one);
      return;
    case "while":
    case "do":
    case "for":
      loop(walk, one);
      return;
    case "switch":
      switchStatement(walk, one);
      return;
    case "case":
      ways.known = join(undefined, doubtful(walk.entry), ways.known, false);
      statement(walk, one.statement);
      return;
    case "label":
      ways.known = reopened(walk, ways.known, walk.assigned);
      statement(walk, one.statement);
      return;
    case "break":
      ways.breaks =
        ways.breaks === undefined
          ? doubtful(ways.known)
          : ways.known === undefined
            ? ways.breaks
            : join(undefined, ways.breaks, ways.known, false);
      ways.known = undefined;
      return;
    case "continue":
      ways.continues =
        ways.continues === undefined
          ? doubtful(ways.known)
          : ways.known === undefined
            ? ways.continues
            : join(undefined, ways.continues, ways.known, false);
      ways.known = undefined;
      return;
    case "return":
      if (one.value !== undefined) value(walk, one.value);
      ways.known = undefined;
      return;
    case "goto":
      ways.known = undefined;
      return;
    case "computed-goto":
      value(walk, one.target);
      ways.known = undefined;
      return;
    case "asm":
      for (const { value: operand } of one.inputs) value(walk, operand);
      for (const { value: operand, constraint } of one.outputs) {
        if (constraint.startsWith("+") && operand.kind === "variable") read(walk, operand);
        place(walk, operand);
        if (operand.kind === "variable") give(walk, operand.variable);
      }
  }
}

function block(walk: Walk, statements: readonly Statement[]): void {
  let before: Statement | undefined;
  for (const [index, inner] of statements.entries()) {
    if (inner.kind === "case" && walk.ways.known !== undefined)
      warnOfFallThrough(walk.report, statements, index, before);
    statement(walk, inner);
    before = inner;
  }
}

function declare(walk: Walk, variable: Variable): void {
  const { init } = variable;
  const number = walk.numbers.get(variable);
  const { known } = walk.ways;
  if (init === undefined) {
    if (number !== undefined && known !== undefined) known[number] = NONE;
    return;
  }
  const [entry] = init.entries;
  let only: Expression | undefined = entry?.value;
  while (only?.kind === "convert") only = only.value;
  // `int x = x;` is how a program says that it means to have no value there.
  const isSelf =
    only?.kind === "load" && only.place.kind === "variable" && only.place.variable === variable;
  if (!isSelf) {
    if (number !== undefined && known !== undefined) known[number] = NONE;
    for (const part of init.entries) value(walk, part.value);
  }
  give(walk, variable);
}

function ifStatement(walk: Walk, first: Extract<Statement, { kind: "if" }>): void {
  const { ways } = walk;
  /** Of `else if` after `else if`, which is a list however deep it nests. */
  const arms: { before: Uint8Array | undefined; then: Uint8Array | undefined; loc: Loc }[] = [];
  for (let one = first; ;) {
    value(walk, one.condition);
    const { condition } = one;
    const before = ways.known;
    const known = condition.kind === "integer" ? condition.value !== 0n : undefined;
    ways.known = known === false ? undefined : doubtful(before);
    statement(walk, one.then);
    arms.push({ before, then: ways.known, loc: one.loc });
    ways.known = known === true ? undefined : doubtful(before);
    if (one.else?.kind !== "if") {
      if (one.else !== undefined) statement(walk, one.else);
      break;
    }
    one = one.else;
  }
  for (const { before, then, loc } of arms.toReversed()) {
    const otherwise = ways.known;
    ways.known = join(before, then, otherwise, true);
    if (ways.known === undefined || then === undefined || otherwise === undefined) continue;
    for (let index = 0; index < then.length; index++) {
      if (ways.known[index] !== MISSING || before?.[index] === MISSING) continue;
      if (then[index] === MISSING || otherwise[index] === MISSING) continue;
      walk.missing.set(index, { loc, when: then[index] === NONE });
    }
  }
}

function loop(walk: Walk, one: Extract<Statement, { kind: "while" | "do" | "for" }>): void {
  const { ways } = walk;
  if (one.kind === "for" && one.init !== undefined) statement(walk, one.init);
  const { breaks, continues } = ways;
  ways.breaks = undefined;
  ways.continues = undefined;
  if (ways.known !== undefined) {
    const assigned = new Set<Variable>();
    collectAssigned(one, assigned);
    ways.known = reopened(walk, ways.known, assigned);
  }
  const { condition } = one;
  const isEndless =
    condition === undefined || (condition.kind === "integer" && condition.value !== 0n);
  let done: Uint8Array | undefined;
  if (one.kind !== "do") {
    if (condition !== undefined) value(walk, condition);
    done = isEndless ? undefined : ways.known?.slice();
  }
  statement(walk, one.body);
  if (ways.continues !== undefined)
    ways.known =
      ways.known === undefined
        ? ways.continues
        : join(undefined, ways.known, ways.continues, false);
  if (one.kind === "for" && one.step !== undefined) effect(walk, one.step);
  if (one.kind === "do") {
    if (condition !== undefined) value(walk, condition);
    done = isEndless ? undefined : doubtful(ways.known);
  }
  if (ways.breaks !== undefined)
    done = done === undefined ? ways.breaks : join(undefined, done, ways.breaks, false);
  ways.known = one.kind === "do" ? done : doubtful(done);
  ways.breaks = breaks;
  ways.continues = continues;
}

function switchStatement(walk: Walk, one: Extract<Statement, { kind: "switch" }>): void {
  const { ways } = walk;
  value(walk, one.value);
  const { entry } = walk;
  const { breaks } = ways;
  walk.entry = ways.known;
  const begin = ways.known;
  Object.assign<Ways, Partial<Ways>>(ways, { known: undefined, breaks: undefined });
  statement(walk, one.body);
  let done = ways.breaks;
  if (ways.known !== undefined)
    done = done === undefined ? ways.known : join(undefined, done, ways.known, false);
  if (one.cases.some(({ range }) => range === undefined)) ways.known = doubtful(done);
  else if (isOfEnumeration(one.value) || begin === undefined || done === undefined)
    ways.known = doubtful(done === undefined ? begin : join(undefined, begin, done, false));
  else {
    // A value that no label has: what only the cases give a value has none then.
    const gaps = begin.map((before, index) => (before === NONE && done?.[index] === VALUE ? 1 : 0));
    ways.known = doubtful(join(undefined, begin, done, false))?.map((known, index) => {
      if (gaps[index] === 0) return known;
      walk.missing.set(index, { loc: one.loc, when: undefined });
      return MISSING;
    });
  }
  ways.breaks = breaks;
  walk.entry = entry;
}

/** All of its values may have labels. */
function isOfEnumeration(e: Expression): boolean {
  return e.type.kind === "enum" || (e.kind === "convert" && isOfEnumeration(e.value));
}

// Expressions.

/** An expression whose value nobody takes. */
function effect(walk: Walk, e: Expression): void {
  switch (e.kind) {
    case "assign":
    case "compound-assign":
    case "increment":
      {
        const variable = ownerOf(e.place);
        if (variable !== undefined) walk.sets.set(variable, (walk.sets.get(variable) ?? 0) + 1);
      }
      value(walk, e);
      return;
    case "convert":
      // (void)x is how a program says that x is not used.
      if (e.type.kind === "void" && e.value.kind === "load" && e.value.place.kind === "variable")
        return;
      effect(walk, e.value);
      return;
    case "comma":
      effect(walk, e.left);
      effect(walk, e.right);
      return;
    default:
      value(walk, e);
  }
}

/** The variable that a place is a part of: itself, a member, an element. */
function ownerOf(place: Expression): Variable | undefined {
  switch (place.kind) {
    case "variable":
      return place.variable;
    case "member":
      return ownerOf(place.of);
    case "dereference": {
      const { pointer } = place;
      const base = pointer.kind === "pointer-add" ? pointer.pointer : pointer;
      return base.kind === "address" ? ownerOf(base.of) : undefined;
    }
    default:
      return undefined;
  }
}

function value(walk: Walk, e: Expression): void {
  const { ways } = walk;
  switch (e.kind) {
    case "load":
      if (e.place.kind === "variable") read(walk, e.place);
      else place(walk, e.place);
      return;
    case "address": {
      place(walk, e.of);
      const root = rootOf(e.of);
      if (root !== undefined) give(walk, root);
      return;
    }
    case "assign":
      value(walk, e.value);
      place(walk, e.place);
      if (e.place.kind === "variable") give(walk, e.place.variable);
      return;
    case "compound-assign":
      value(walk, e.value);
      if (e.place.kind === "variable") read(walk, e.place);
      else place(walk, e.place);
      return;
    case "increment":
      if (e.place.kind === "variable") read(walk, e.place);
      else place(walk, e.place);
      return;
    case "logical": {
      value(walk, e.left);
      const before = ways.known;
      ways.known = doubtful(before);
      value(walk, e.right);
      ways.known = join(before, before, ways.known, false);
      return;
    }
    case "conditional": {
      value(walk, e.condition);
      const before = ways.known;
      ways.known = doubtful(before);
      if (e.then !== undefined) value(walk, e.then);
      const then = ways.known;
      ways.known = doubtful(before);
      value(walk, e.else);
      ways.known = join(before, then, ways.known, false);
      return;
    }
    case "comma":
      effect(walk, e.left);
      value(walk, e.right);
      return;
    case "statement-expression":
      block(walk, e.body.statements);
      if (e.result !== undefined) value(walk, e.result);
      return;
    case "compound-literal":
      declare(walk, e.variable);
      return;
    case "builtin":
    case "va-arg":
      eachChild(
        e,
        (inner) => value(walk, inner),
        () => {},
      );
      // va_start and its kin take the list itself.
      for (const argument of e.kind === "builtin" ? e.arguments : [e.list])
        if (argument.kind === "variable") give(walk, argument.variable);
      if (neverReturns(e)) ways.known = undefined;
      return;
    default:
      eachChild(
        e,
        (inner) => value(walk, inner),
        (inner) => statement(walk, inner),
      );
      if (neverReturns(e)) ways.known = undefined;
  }
}

/** A place whose value is not read: what leads to it is. */
function place(walk: Walk, e: Expression): void {
  switch (e.kind) {
    case "member":
      place(walk, e.of);
      return;
    case "dereference":
      value(walk, e.pointer);
      return;
    case "compound-literal":
      declare(walk, e.variable);
      return;
    default:
  }
}

function give(walk: Walk, variable: Variable): void {
  const number = walk.numbers.get(variable);
  const { known } = walk.ways;
  if (number !== undefined && known !== undefined) known[number] = VALUE;
}

function read(walk: Walk, e: Extract<Expression, { kind: "variable" }>): void {
  const { variable, loc } = e;
  const number = walk.numbers.get(variable);
  const { known } = walk.ways;
  if (number === undefined || known === undefined) return;
  const what = known[number];
  if (what === NONE || what === MISSING) {
    const gap = walk.missing.get(number);
    const isSometimes = what === MISSING;
    walk.report.diagnostics.warning(
      isSometimes ? "sometimes-uninitialized" : "uninitialized",
      loc,
      isSometimes
        ? `variable '${variable.name}' may be uninitialized when used here`
        : `variable '${variable.name}' is uninitialized when used here`,
      {
        end: loc + variable.name.length,
        notes: [
          ...(isSometimes && gap !== undefined
            ? [
                {
                  loc: gap.loc,
                  message:
                    gap.when === undefined
                      ? "it gets no value when no 'case' of this 'switch' fits"
                      : `it gets no value when the condition of this 'if' is ${gap.when ? "true" : "false"}`,
                },
              ]
            : []),
          { loc: variable.loc, message: `'${variable.name}' is declared here without a value` },
        ],
      },
    );
    // Once is enough.
    walk.numbers.delete(variable);
  }
}
