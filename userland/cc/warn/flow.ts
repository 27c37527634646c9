// Whether control can reach the end of a statement: for the warning about functions that forget to return a value. It errs on
// the side of silence: a condition is known only when it is a constant.

import type { Expression, Statement } from "../tree/ast.ts";

export function canComplete(statement: Statement): boolean {
  switch (statement.kind) {
    case "compound": {
      let reaches = true;
      for (const inner of statement.statements) {
        // A label makes reachable again what follows it.
        if (!reaches && !hasEntry(inner)) continue;
        reaches = canComplete(inner);
      }
      return reaches;
    }
    case "expression":
      return !neverReturns(statement.expression);
    case "if": {
      const { condition } = statement;
      if (condition.kind === "integer") {
        if (condition.value !== 0n) return canComplete(statement.then);
        return statement.else === undefined || canComplete(statement.else);
      }
      return (
        statement.else === undefined || canComplete(statement.then) || canComplete(statement.else)
      );
    }
    case "while":
      return !isTrue(statement.condition) || hasBreak(statement.body);
    case "do":
      if (hasBreak(statement.body)) return true;
      if (isTrue(statement.condition)) return false;
      return canComplete(statement.body) || hasContinue(statement.body);
    case "for":
      return (
        (statement.condition !== undefined && !isTrue(statement.condition)) ||
        hasBreak(statement.body)
      );
    case "switch":
      return (
        !statement.cases.some((label) => label.range === undefined) ||
        canComplete(statement.body) ||
        hasBreak(statement.body)
      );
    case "case":
    case "label":
      return canComplete(statement.statement);
    case "return":
    case "goto":
    case "computed-goto":
    case "break":
    case "continue":
      return false;
    case "asm":
    case "declaration":
    case "empty":
      return true;
  }
}

function isTrue(condition: Expression): boolean {
  return condition.kind === "integer" && condition.value !== 0n;
}

export function neverReturns(e: Expression): boolean {
  switch (e.kind) {
    case "call":
      return e.function.kind === "function" && e.function.function.attributes.noreturn === true;
    case "builtin":
      return e.name === "unreachable" || e.name === "trap";
    case "convert":
      return neverReturns(e.value);
    case "comma":
      return neverReturns(e.left) || neverReturns(e.right);
    case "conditional":
      return e.then !== undefined && neverReturns(e.then) && neverReturns(e.else);
    case "statement-expression":
      return !canComplete(e.body) || (e.result !== undefined && neverReturns(e.result));
    default:
      return false;
  }
}

/** A label or case within it, through which control may come in. */
function hasEntry(statement: Statement): boolean {
  return some(statement, (inner) => inner.kind === "label" || inner.kind === "case", "everywhere");
}

function hasBreak(body: Statement): boolean {
  return some(body, (inner) => inner.kind === "break", "break");
}

function hasContinue(body: Statement): boolean {
  return some(body, (inner) => inner.kind === "continue", "continue");
}

/** Looks through a statement; not into inner ones that a break or continue in them would belong to. */
function some(
  statement: Statement,
  matches: (statement: Statement) => boolean,
  target: "break" | "continue" | "everywhere",
): boolean {
  if (matches(statement)) return true;
  switch (statement.kind) {
    case "compound":
      return statement.statements.some((inner) => some(inner, matches, target));
    case "if":
      return (
        some(statement.then, matches, target) ||
        (statement.else !== undefined && some(statement.else, matches, target))
      );
    case "case":
    case "label":
      return some(statement.statement, matches, target);
    case "while":
    case "do":
    case "for":
      return target === "everywhere" && some(statement.body, matches, target);
    case "switch":
      return target !== "break" && some(statement.body, matches, target);
    default:
      return false;
  }
}
