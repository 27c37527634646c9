// __attribute__((cleanup(f))): f gets a variable's address when its scope is left, whatever the way (GCC manual, "Common
// Variable Attributes"). The calls become statements here, so that later stages know nothing of them: at the end of a block,
// and before what jumps out of it. A label may come after its goto, so that gotos wait for the function's end.

import { VOID, pointerTo } from "../types/make.ts";
import type { FunctionType } from "../types/type.ts";
import type { Token } from "../preprocess/token.ts";
import type { Loc } from "../source/sources.ts";
import { assignable } from "./assignable.ts";
import type { Expression, Statement, Variable } from "../tree/ast.ts";
import * as nodes from "../tree/nodes.ts";
import { lookUp } from "./scope.ts";
import { endOf } from "./state.ts";
import type { CleanupChain, FunctionContext, LabelUse, Parser } from "./state.ts";

/** From here to the end of its scope the variable has to be cleaned up. */
export function addCleanup(p: Parser, variable: Variable, name: Token): void {
  const context = p.function;
  const entity = lookUp(p.scope, name.text);
  if (entity?.kind !== "function") {
    p.diagnostics.error(name.loc, `'cleanup' takes the name of a function, not '${name.text}'`, {
      end: endOf(name),
    });
    return;
  }
  if (context === undefined || variable.isStatic) {
    p.diagnostics.warning(
      "attributes",
      name.loc,
      "'cleanup' is ignored: it is for variables that end with their block",
      { end: endOf(name) },
    );
    return;
  }
  entity.isUsed = true;
  const span = { loc: variable.loc, end: variable.loc + variable.name.length };
  const callee: Expression = {
    kind: "function",
    function: entity,
    type: entity.type,
    loc: variable.loc,
  };
  const place = nodes.variable(variable, variable.loc);
  const address = nodes.address(place, pointerTo(variable.type), variable.loc);
  const argument = argumentOf(p, entity.type, address, span);
  if (argument === undefined) {
    p.diagnostics.error(
      name.loc,
      `'${name.text}' does not take one argument, which 'cleanup' gives it`,
      { end: endOf(name) },
    );
    return;
  }
  const call = nodes.call(callee, entity.type, [argument], variable.loc);
  context.cleanups = { call: nodes.convert(call, VOID), outer: context.cleanups };
}

function argumentOf(
  p: Parser,
  { parameters, variadic, unprototyped }: FunctionType,
  address: Expression,
  span: { readonly loc: Loc; readonly end: Loc },
): Expression | undefined {
  const [first, second] = parameters;
  if (second !== undefined) return undefined;
  if (first === undefined) return unprototyped || variadic ? address : undefined;
  return assignable(p, address, first.type, { kind: "passing" }, span);
}

/** The calls for all that has been added since `until`, the last first. */
export function cleanupCalls(
  from: CleanupChain | undefined,
  until: CleanupChain | undefined,
  loc: Loc,
): Statement[] {
  const calls: Statement[] = [];
  for (let at = from; at !== until && at !== undefined; at = at.outer)
    calls.push({ kind: "expression", expression: at.call, loc });
  return calls;
}

/** Ends the scope that began when `before` was the chain: appends its calls to the block's statements. */
export function endScope(
  context: FunctionContext,
  before: CleanupChain | undefined,
  statements: Statement[],
  end: Loc,
): void {
  const calls = cleanupCalls(context.cleanups, before, end);
  context.cleanups = before;
  if (calls.length === 0) return;
  const last = statements.at(-1);
  if (last?.kind !== "expression" || last.expression.type.kind === "void") {
    statements.push(...calls);
    return;
  }
  // It may be the value of a statement expression, which is taken before.
  statements.pop();
  const { kept, result } = keep(last.expression);
  statements.push(kept, ...calls, { kind: "expression", expression: result, loc: last.loc });
}

/** A value in a variable, and how to read it. */
function keep(value: Expression): { kept: Statement; result: Expression } {
  const place = nodes.temporary("kept", value.type, value, 1, value.loc);
  return {
    kept: { kind: "declaration", variables: [place], loc: value.loc },
    result: nodes.load(nodes.variable(place, value.loc)),
  };
}

/** `break`, `continue` and `return`, behind the calls for the scopes that they leave. */
export function leaving(
  context: FunctionContext,
  until: CleanupChain | undefined,
  jump: Statement,
): Statement {
  const { loc } = jump;
  const calls = cleanupCalls(context.cleanups, until, loc);
  if (calls.length === 0) return jump;
  const statements: Statement[] = [...calls, jump];
  if (jump.kind === "return" && jump.value !== undefined && jump.value.type.kind !== "void") {
    const { kept, result } = keep(jump.value);
    statements.unshift(kept);
    statements[statements.length - 1] = { ...jump, value: result };
  }
  return { kind: "compound", statements, loc, end: loc };
}

/** A goto whose label may come later. */
export function leavingFor(context: FunctionContext, use: LabelUse, jump: Statement): Statement {
  const from = context.cleanups;
  if (from === undefined) return jump;
  const statements = [jump];
  context.pendingGotos.push({ from, use, statements });
  return { kind: "compound", statements, loc: jump.loc, end: jump.loc };
}

/** At the function's end: what each goto leaves is what its label does not stand in. */
export function resolveGotos(context: FunctionContext): void {
  for (const { from, use, statements } of context.pendingGotos) {
    const around = new Set<CleanupChain>();
    for (let at = use.cleanups; at !== undefined; at = at.outer) around.add(at);
    let until: CleanupChain | undefined = from;
    while (until !== undefined && !around.has(until)) until = until.outer;
    statements.unshift(...cleanupCalls(from, until, statements[0]?.loc ?? 0));
  }
}
