// The parts of expressions and statements, for those who look through all of a function.

import type { Expression, Statement } from "./ast.ts";

/** What an expression consists of, in the order of the text; of a compound literal its initial values. */
export function eachChild(
  e: Expression,
  expression: (inner: Expression) => void,
  statement: (inner: Statement) => void,
): void {
  switch (e.kind) {
    case "integer":
    case "string":
    case "variable":
    case "function":
    case "label-address":
      return;
    case "compound-literal":
      for (const entry of e.variable.init?.entries ?? []) expression(entry.value);
      return;
    case "member":
    case "address":
      expression(e.of);
      return;
    case "dereference":
      expression(e.pointer);
      return;
    case "load":
      expression(e.place);
      return;
    case "convert":
    case "unary":
      expression(e.value);
      return;
    case "binary":
    case "compare":
    case "pointer-difference":
    case "logical":
    case "comma":
      expression(e.left);
      expression(e.right);
      return;
    case "pointer-add":
      expression(e.pointer);
      expression(e.index);
      return;
    case "conditional":
      expression(e.condition);
      if (e.then !== undefined) expression(e.then);
      expression(e.else);
      return;
    case "assign":
    case "compound-assign":
      expression(e.place);
      expression(e.value);
      return;
    case "increment":
      expression(e.place);
      return;
    case "call":
      expression(e.function);
      for (const argument of e.arguments) expression(argument);
      return;
    case "statement-expression":
      statement(e.body);
      if (e.result !== undefined) expression(e.result);
      return;
    case "builtin":
      for (const argument of e.arguments) expression(argument);
      return;
    case "va-arg":
      expression(e.list);
  }
}

/** What a statement consists of. */
export function eachPart(
  one: Statement,
  statement: (inner: Statement) => void,
  expression: (inner: Expression) => void,
): void {
  switch (one.kind) {
    case "compound":
      for (const inner of one.statements) statement(inner);
      return;
    case "expression":
      expression(one.expression);
      return;
    case "declaration":
      for (const { init } of one.variables)
        for (const entry of init?.entries ?? []) expression(entry.value);
      return;
    case "if": {
      // `else if` after `else if` is a list, however deep it nests.
      let at = one;
      for (;;) {
        expression(at.condition);
        statement(at.then);
        if (at.else?.kind !== "if") break;
        at = at.else;
      }
      if (at.else !== undefined) statement(at.else);
      return;
    }
    case "while":
    case "do":
      expression(one.condition);
      statement(one.body);
      return;
    case "for":
      if (one.init !== undefined) statement(one.init);
      if (one.condition !== undefined) expression(one.condition);
      if (one.step !== undefined) expression(one.step);
      statement(one.body);
      return;
    case "switch":
      expression(one.value);
      statement(one.body);
      return;
    case "case":
    case "label":
      statement(one.statement);
      return;
    case "computed-goto":
      expression(one.target);
      return;
    case "return":
      if (one.value !== undefined) expression(one.value);
      return;
    case "asm":
      for (const { value } of [...one.outputs, ...one.inputs]) expression(value);
      return;
    case "goto":
    case "break":
    case "continue":
    case "empty":
      return;
  }
}
