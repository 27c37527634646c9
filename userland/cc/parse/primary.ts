// Primary expressions (C11 6.5.1): names, literals, parentheses, _Generic, statement expressions, and compound literals
// (6.5.2.5), which look like casts.

import { compatible } from "../types/compatible.ts";
import { alignOf, isComplete, sizeOf } from "../types/layout.ts";
import { arrayOf, CHAR, qualified, VOID } from "../types/make.ts";
import { quoted } from "../types/name.ts";
import { CONST } from "../types/type.ts";
import type { Type } from "../types/type.ts";
import { isBroken } from "../preprocess/token.ts";
import type { Token } from "../preprocess/token.ts";
import type { Expression, Statement, Variable } from "../tree/ast.ts";
import { builtinCall, isBuiltinName } from "./builtin-calls.ts";
import { implicitDeclaration } from "./builtin-library.ts";
import { characterLiteral, encode, integerLiteral, stringLiteral } from "./literals.ts";
import * as nodes from "../tree/nodes.ts";
import { poison } from "../tree/nodes.ts";
import { lookUp } from "./scope.ts";
import {
  advance,
  endOf,
  enter,
  expect,
  expectClosing,
  keywordOf,
  leave,
  previousEnd,
  syntaxError,
  take,
} from "./state.ts";
import type { Parser } from "./state.ts";
import { reportUnknownName } from "./unknown-name.ts";
import { valueOf } from "./value.ts";

export function primary(p: Parser): Expression {
  const token = p.token;
  switch (token.kind) {
    case "number": {
      advance(p);
      const { value, type } = integerLiteral(p, token);
      return nodes.integer(value, type, token.loc);
    }
    case "character": {
      advance(p);
      if (isBroken(token)) return poison(token.loc);
      const { value, type } = characterLiteral(p, token);
      return nodes.integer(value, type, token.loc);
    }
    case "string":
      return stringExpression(p);
    case "identifier":
      return keywordOf(token) === undefined ? name(p) : keywordExpression(p);
    case "punctuator":
      if (token.text === "(") return parenthesised(p);
      break;
    case "other":
    case "end":
      break;
  }
  return expectedExpression(p);
}

function expectedExpression(p: Parser): never {
  const token = p.token;
  if (token.kind === "end")
    return syntaxError(p, previousEnd(p), "expected an expression before the end of the file");
  const gap = token.startsLine && (token.text === "}" || token.kind !== "punctuator");
  return syntaxError(
    p,
    gap ? previousEnd(p) : token.loc,
    "expected an expression",
    gap ? previousEnd(p) : endOf(token),
  );
}

/** Adjacent string tokens from the current one on. */
export function stringTokens(p: Parser): Token[] {
  const tokens: Token[] = [];
  while (p.token.kind === "string") tokens.push(advance(p));
  return tokens;
}

export function stringExpression(p: Parser): Expression {
  const loc = p.token.loc;
  const tokens = stringTokens(p);
  if (tokens.some(isBroken)) return poison(loc);
  const { bytes, element } = stringLiteral(p, tokens);
  return { kind: "string", bytes, type: arrayOf(element, bytes.length / element.size), loc };
}

function keywordExpression(p: Parser): Expression {
  const token = p.token;
  switch (keywordOf(token)) {
    case "_Generic":
      return generic(p);
    case "__func__":
    case "__FUNCTION__":
    case "__PRETTY_FUNCTION__": {
      advance(p);
      const text = nameBytes(p.function?.symbol.name ?? "");
      const type = arrayOf(qualified(CHAR, CONST), text.length);
      return { kind: "string", bytes: text, type, loc: token.loc };
    }
    default:
      break;
  }
  if (p.rules.startsType(p)) {
    return syntaxError(
      p,
      token.loc,
      `expected an expression, but '${token.text}' begins a type`,
      endOf(token),
    );
  }
  return syntaxError(p, token.loc, `expected an expression before '${token.text}'`, endOf(token));
}

/** A function's name as a string: identifiers are ASCII but for what the program writes as itself. */
function nameBytes(name: string): Uint8Array {
  const units: number[] = [];
  for (const character of name) encode(character.codePointAt(0) ?? 0, 1, units);
  units.push(0);
  return Uint8Array.from(units);
}

function name(p: Parser): Expression {
  const token = advance(p);
  const entity = lookUp(p.scope, token.text);
  if (entity === undefined) {
    if (isBuiltinName(token.text)) return builtinCall(p, token);
    if (p.dialect.implicit && p.token.text === "(") return implicitFunction(p, token);
    return undeclared(p, token);
  }
  if (
    (entity.kind === "variable" || entity.kind === "function") &&
    entity.attributes.deprecated !== undefined
  )
    warnOfDeprecated(p, token, entity, entity.attributes.deprecated);
  switch (entity.kind) {
    case "variable":
      noteUse(p, entity);
      return nodes.variable(entity, token.loc);
    case "function":
      if (p.unevaluated === 0) entity.isUsed = true;
      else p.mayBeUnused.add(entity);
      return { kind: "function", function: entity, type: entity.type, loc: token.loc };
    case "constant":
      return nodes.integer(entity.value, entity.type, token.loc);
    case "typedef":
      return syntaxError(
        p,
        token.loc,
        `unexpected type name '${token.text}': expected an expression`,
        endOf(token),
      );
  }
}

function warnOfDeprecated(
  p: Parser,
  token: Token,
  entity: { readonly name: string; readonly loc: number },
  why: string,
): void {
  if (p.function?.symbol.attributes.deprecated !== undefined) return;
  p.diagnostics.warning(
    "deprecated-declarations",
    token.loc,
    `'${entity.name}' is deprecated${why === "" ? "" : `: ${why}`}`,
    {
      end: endOf(token),
      notes: [{ loc: entity.loc, message: `'${entity.name}' is declared here` }],
    },
  );
}

function noteUse(p: Parser, variable: Variable): void {
  const use = p.locals.get(variable);
  if (use !== undefined) use.mentions++;
  else if (variable.isStatic) p.usedStatics.add(variable);
}

/** Before C99 a call declares what it calls: as `int name()`, or as the library has it. */
function implicitFunction(p: Parser, token: Token): Expression {
  const symbol = implicitDeclaration(p, token);
  p.diagnostics.warning(
    "implicit-function-declaration",
    token.loc,
    `implicit declaration of function '${token.text}' as ${quoted(symbol.type)}`,
    { end: endOf(token) },
  );
  p.scope.names.set(token.text, symbol);
  return { kind: "function", function: symbol, type: symbol.type, loc: token.loc };
}

function undeclared(p: Parser, token: Token): Expression {
  reportUnknownName(p, token);
  return poison(token.loc);
}

function parenthesised(p: Parser): Expression {
  const open = advance(p);
  enter(p);
  let e: Expression;
  if (p.token.text === "{") e = statementExpression(p, open);
  else {
    const chain = p.chain;
    e = p.rules.expression(p);
    p.chain = chain;
  }
  expectClosing(p, ")", open);
  leave(p);
  p.parenthesised = e;
  return e;
}

/** GNU's ({ … }) */
function statementExpression(p: Parser, open: Token): Expression {
  if (p.function === undefined) {
    return syntaxError(p, open.loc, "statement expression outside a function");
  }
  const chain = p.chain;
  if (open.from === undefined)
    p.diagnostics.warning(
      "gnu-statement-expression",
      open.loc,
      "a statement expression is an extension of GNU C",
    );
  const block = p.rules.compoundStatement(p);
  p.chain = chain;
  const last: Statement | undefined = block.statements.at(-1);
  if (last?.kind !== "expression") {
    return {
      kind: "statement-expression",
      body: block,
      result: undefined,
      type: VOID,
      loc: open.loc,
    };
  }
  return {
    kind: "statement-expression",
    body: { ...block, statements: block.statements.slice(0, -1) },
    result: last.expression,
    type: last.expression.type,
    loc: open.loc,
  };
}

/** 6.5.1.1 */
function generic(p: Parser): Expression {
  const token = advance(p);
  const open = expect(p, "(");
  enter(p);
  p.unevaluated++;
  const control = valueOf(p, p.rules.assignment(p));
  p.unevaluated--;
  let chosen: Expression | undefined;
  let fallback: Expression | undefined;
  const seen: Type[] = [];
  while (take(p, ",")) {
    let type: Type | undefined;
    const at = p.token;
    if (keywordOf(at) === "default") advance(p);
    else type = p.rules.typeName(p);
    expect(p, ":");
    const matches = type !== undefined && compatible(type, control.type);
    const other = type === undefined ? undefined : seen.find((known) => compatible(known, type));
    if (other !== undefined && type !== undefined) {
      p.diagnostics.error(
        at.loc,
        `type ${quoted(type)} is compatible with the one of an earlier association`,
      );
    }
    if (type !== undefined) seen.push(type);
    // What is not chosen is not evaluated, and nothing in it counts as used; what is chosen is not known before the end for `default`.
    if (!matches && type !== undefined) p.unevaluated++;
    const e = p.rules.assignment(p);
    if (!matches && type !== undefined) p.unevaluated--;
    if (type === undefined) fallback = e;
    else if (matches) chosen ??= e;
  }
  expectClosing(p, ")", open);
  leave(p);
  const result = chosen ?? fallback;
  if (result === undefined) {
    p.diagnostics.error(
      token.loc,
      `controlling expression of type ${quoted(control.type)} is compatible with no association of the _Generic`,
      { end: endOf(token) },
    );
    return poison(token.loc);
  }
  return result;
}

/** 6.5.2.5: the current token is the opening brace. */
export function compoundLiteral(p: Parser, type: Type, open: Token): Expression {
  const isStatic = p.function === undefined;
  if (
    type.kind === "void" ||
    type.kind === "function" ||
    (!isComplete(type) && type.kind !== "array")
  ) {
    p.diagnostics.error(open.loc, `a compound literal cannot have the type ${quoted(type)}`);
    p.rules.bracedInitializer(p, poison(open.loc).type, isStatic);
    return poison(open.loc);
  }
  const { type: whole, init } = p.rules.bracedInitializer(p, type, isStatic);
  const number = p.staticNames.get("") ?? 0;
  p.staticNames.set("", number + 1);
  const literal: Variable = {
    kind: "variable",
    name: "compound literal",
    type: whole,
    linkage: "none",
    isStatic,
    isParameter: false,
    symbol: isStatic ? `.compound.${number}` : undefined,
    isDefined: true,
    init,
    align: alignOf(whole),
    register: undefined,
    threadLocal: false,
    attributes: {},
    loc: open.loc,
  };
  if (isStatic) {
    p.variables.push(literal);
    p.usedStatics.add(literal);
  }
  if (sizeOf(whole) === 0 && whole.kind === "array" && whole.length < 0) return poison(open.loc);
  return { kind: "compound-literal", variable: literal, type: whole, loc: open.loc };
}
