// Inline assembly (GCC manual 6.47): templates with operands, named ones too.

import { isComplete } from "../types/layout.ts";
import { quoted } from "../types/name.ts";
import type { AsmOperand, AsmStatement, Expression } from "../tree/ast.ts";
import { textOf } from "./attributes.ts";
import { assemblyText } from "./declarations.ts";
import { stringLiteral } from "./literals.ts";
import { isLvalue, isPoisoned } from "../tree/nodes.ts";
import { isModifiable } from "./modifiable.ts";
import { stringTokens } from "./primary.ts";
import {
  advance,
  endOf,
  expect,
  expectClosing,
  expectName,
  expectSemicolon,
  is,
  keywordOf,
  syntaxError,
  take,
} from "./state.ts";
import type { Parser } from "./state.ts";
import { spanFrom, valueOf } from "./value.ts";

export function asmStatement(p: Parser): AsmStatement {
  const token = advance(p);
  let isVolatile = false;
  for (;;) {
    const keyword = keywordOf(p.token);
    if (keyword === "volatile") isVolatile = true;
    else if (keyword === "goto")
      syntaxError(p, p.token.loc, "'asm goto' is not supported", endOf(p.token));
    else if (keyword !== "inline") break;
    advance(p);
  }
  const open = expect(p, "(");
  let template = assemblyText(p);
  let outputs: AsmOperand[] = [];
  let inputs: AsmOperand[] = [];
  const clobbers: string[] = [];
  const colons = () => is(p, ":") || is(p, "::");
  if (!colons()) {
    // Without operands a percent sign is no more than that.
    template = template.replaceAll("%", "%%");
    isVolatile = true;
  } else {
    if (!skipTwo(p)) {
      if (!colons() && !is(p, ")")) outputs = operands(p, true);
      if (is(p, ":")) advance(p);
      else if (is(p, "::")) {
        advance(p);
        readClobbers(p, clobbers);
      }
    }
    if (!is(p, ")") && clobbers.length === 0) {
      if (!colons()) inputs = operands(p, false);
      if (take(p, ":")) readClobbers(p, clobbers);
    }
  }
  if (is(p, ":")) syntaxError(p, p.token.loc, "'asm goto' is not supported");
  expectClosing(p, ")", open);
  expectSemicolon(p, "asm statement");
  return {
    kind: "asm",
    template,
    // What gives no result is there for its effect.
    isVolatile: isVolatile || outputs.length === 0,
    outputs,
    inputs,
    clobbers,
    loc: token.loc,
  };
}

/** The lexer of C does not know `::`; whether the outputs' list was left out. */
function skipTwo(p: Parser): boolean {
  if (is(p, "::")) {
    advance(p);
    return true;
  }
  advance(p);
  return false;
}

function readClobbers(p: Parser, clobbers: string[]): void {
  if (is(p, ")") || is(p, ":")) return;
  do {
    if (p.token.kind !== "string")
      syntaxError(p, p.token.loc, "expected a register's name in quotes", endOf(p.token));
    clobbers.push(textOf(stringLiteral(p, stringTokens(p)).bytes).replace(/^%/, ""));
  } while (take(p, ","));
}

function operands(p: Parser, areOutputs: boolean): AsmOperand[] {
  const list: AsmOperand[] = [];
  do {
    let name: string | undefined;
    if (is(p, "[")) {
      const bracket = advance(p);
      name = expectName(p, "an operand's name").text;
      expectClosing(p, "]", bracket);
    }
    if (p.token.kind !== "string") {
      syntaxError(p, p.token.loc, "expected an operand's constraint in quotes", endOf(p.token));
    }
    const at = p.token;
    const constraint = textOf(stringLiteral(p, stringTokens(p)).bytes);
    const isOutput = constraint.startsWith("=") || constraint.startsWith("+");
    if (isOutput !== areOutputs) {
      p.diagnostics.error(
        at.loc,
        areOutputs
          ? `constraint '${constraint}' of an output must begin with '=' or '+'`
          : `constraint '${constraint}' of an input begins like an output's`,
        { end: endOf(at) },
      );
    }
    const open = expect(p, "(");
    const start = p.at;
    const e = p.rules.expression(p);
    const span = spanFrom(p, start);
    expectClosing(p, ")", open);
    let value: Expression = e;
    if (areOutputs) {
      if (constraint.startsWith("+")) valueOf(p, e);
      // An array stays where it is: assembly gets its place.
      if (!isLvalue(e) || e.type.kind !== "array" || !/^[=+]&?[mo]+$/.test(constraint))
        isModifiable(p, e, span);
    } else if (/[rRgniIJKA0-9[]/.test(constraint) || !isLvalue(e)) value = valueOf(p, e);
    else {
    }
    if (!isPoisoned(value) && value.type.kind !== "void" && !isComplete(value.type)) {
      p.diagnostics.error(span.loc, `an operand of incomplete type ${quoted(value.type)}`, {
        end: span.end,
      });
    }
    list.push({ name, constraint, value });
  } while (take(p, ","));
  return list;
}
