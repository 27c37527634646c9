// Declarators and type names (C11 6.7.6, 6.7.7): from specifiers' type to the declared one.
//
// A declarator is read from the inside out, but what stands around the name has to be known first: `(*name)[3]` is skipped up
// to the closing parenthesis, the suffixes behind make the type, and then the inside is read with it.

import {
  qualified,
  pointerTo,
  arrayOf,
  functionType,
  INT,
  POISON,
  unqualified,
} from "../types/make.ts";
import { alignOf, hasFlexibleArray, isComplete, sizeOf } from "../types/layout.ts";
import { isInteger } from "../types/conversions.ts";
import { quoted } from "../types/name.ts";
import { ATOMIC, CONST, RESTRICT, VOLATILE } from "../types/type.ts";
import type { FunctionType, Parameter, Type } from "../types/type.ts";
import type { Token } from "../preprocess/token.ts";
import type { Expression, Variable } from "../tree/ast.ts";
import { attributes, noAttributes } from "./attributes.ts";
import type { Given } from "./attributes.ts";
import { evaluate } from "../tree/constant.ts";
import { isPoisoned } from "../tree/nodes.ts";
import { LARGEST_TYPE } from "./record.ts";
import { inMode } from "./mode.ts";
import { newScope } from "./scope.ts";
import type { Scope } from "./scope.ts";
import { isUnknownType, specifiers, startsDeclaration } from "./specifiers.ts";
import {
  advance,
  endOf,
  enter,
  expectClosing,
  is,
  isName,
  keywordOf,
  leave,
  misplaced,
  moveTo,
  peek,
  previousEnd,
  refuse,
  skipToClosing,
  syntaxError,
  take,
} from "./state.ts";
import type { Parser } from "./state.ts";
import { spanFrom, valueOf } from "./value.ts";

export interface Declarator {
  readonly name: Token | undefined;
  readonly type: Type;
}

/** What a parameter list declares: a function's body is in its scope. */
export interface ParameterList {
  /** Sizes of array parameters that are no constants. */
  readonly sizes: readonly Expression[];
  readonly scope: Scope;
  readonly variables: (Variable | undefined)[];
  /** Of a definition in the style before prototypes: the names alone. */
  readonly names: readonly Token[];
}

/** `named`: there has to be a name; `abstract`: there must be none; `either`: in parameter lists. */
export type Naming = "named" | "abstract" | "either";

export function declarator(p: Parser, base: Type, naming: Naming, given: Given): Declarator {
  enter(p);
  let type = base;
  let stars = 0;
  for (;;) {
    if (is(p, "*")) {
      advance(p);
      if (++stars > 64) p.diagnostics.fatal(p.token.loc, "a pointer of more than 64 levels");
      if (type !== POISON || stars > 1) type = pointerTo(type);
      else type = pointerTo(POISON);
      type = qualified(type, pointerQualifiers(p, given));
    } else if (keywordOf(p.token) === "__attribute__") attributes(p, given);
    else break;
  }
  const result = direct(p, type, naming, given);
  if (result.type !== base) checkLevels(p, result.type);
  leave(p);
  return result;
}

/** Typedefs can pile up what no single declarator may: others walk types recursively. */
function checkLevels(p: Parser, type: Type): void {
  let levels = 0;
  for (let at = type; ; levels++) {
    if (at.kind === "pointer") at = at.to;
    else if (at.kind === "array") at = at.of;
    else if (at.kind === "function") at = at.returns;
    else break;
  }
  if (levels > MOST_LEVELS) {
    p.diagnostics.fatal(p.token.loc, `a type of more than ${MOST_LEVELS} levels`);
  }
}

const MOST_LEVELS = 512;

function pointerQualifiers(p: Parser, given: Given): number {
  let qualifiers = 0;
  for (;;) {
    switch (keywordOf(p.token)) {
      case "const":
        qualifiers |= CONST;
        break;
      case "volatile":
        qualifiers |= VOLATILE;
        break;
      case "restrict":
        qualifiers |= RESTRICT;
        break;
      case "_Atomic":
        qualifiers |= ATOMIC;
        break;
      case "__attribute__":
        attributes(p, given);
        continue;
      default:
        return qualifiers;
    }
    advance(p);
  }
}

function direct(p: Parser, base: Type, naming: Naming, given: Given): Declarator {
  if (is(p, "(") && isNested(p, naming)) {
    const open = p.at;
    const openToken = p.token;
    if (!skipToClosing(p, open)) {
      moveTo(p, open + 1);
      return syntaxError(p, openToken.loc, "this '(' is never closed");
    }
    advance(p);
    const type = suffixes(p, base, given);
    const behind = p.at;
    moveTo(p, open + 1);
    const result = declarator(p, type, naming, given);
    expectClosing(p, ")", openToken);
    moveTo(p, behind);
    return result;
  }
  let name: Token | undefined;
  if (naming !== "abstract" && isName(p.token)) name = advance(p);
  else if (naming === "named") {
    const token = p.token;
    if (token.kind === "identifier") {
      return syntaxError(
        p,
        token.loc,
        `expected a name, but '${token.text}' is a keyword`,
        endOf(token),
      );
    }
    const gap = token.startsLine ? (p.tokens[p.at - 1] ?? token) : undefined;
    const isNumber = token.kind === "number" && /[A-Za-z_]/.test(token.text);
    return syntaxError(
      p,
      gap === undefined ? token.loc : endOf(gap),
      isNumber ? `a name cannot begin with a digit: '${token.text}'` : "expected a name or '('",
      isNumber ? endOf(token) : undefined,
    );
  }
  return { name, type: suffixes(p, base, given) };
}

/** Whether the parenthesis is around a declarator, and does not begin a parameter list. */
function isNested(p: Parser, naming: Naming): boolean {
  if (naming === "named") return true;
  const next = peek(p);
  if (next.text === ")") return false;
  if (next.text === "*" || next.text === "(" || next.text === "[") return true;
  if (keywordOf(next) === "__attribute__") return true;
  if (!isName(next)) return false;
  if (naming === "abstract") return false;
  // `int (name)`: a typedef's name there is a parameter's type (6.7.6.3p11).
  advance(p);
  const isType = p.rules.startsType(p) || isUnknownType(p);
  moveTo(p, p.at - 1);
  return !isType;
}

/** Arrays and parameter lists, from the last to the first: the last one is the innermost type. */
function suffixes(p: Parser, base: Type, given: Given): Type {
  if (is(p, "[")) return arraySuffix(p, base, given);
  if (is(p, "(")) return functionSuffix(p, base, given);
  return base;
}

interface Dimension {
  readonly loc: number;
  readonly length: number;
}

function arraySuffix(p: Parser, base: Type, given: Given): Type {
  const dimensions: Dimension[] = [];
  while (is(p, "[")) {
    if (dimensions.length >= 256)
      p.diagnostics.fatal(p.token.loc, "an array of more than 256 dimensions");
    dimensions.push(dimension(p, dimensions.length === 0));
  }
  let type = is(p, "(") ? functionSuffix(p, base, given) : base;
  for (const { loc, length } of dimensions.toReversed()) {
    if (type === POISON) return POISON;
    if (type.kind === "void" || type.kind === "function" || !isComplete(type)) {
      p.diagnostics.error(loc, `array has incomplete element type ${quoted(type)}`);
      return POISON;
    }
    if (hasFlexibleArray(type)) {
      p.diagnostics.warning(
        "flexible-array-extensions",
        loc,
        `${quoted(type)} may not be used as an array element: it ends in a flexible array member`,
      );
    }
    if (type.alignas > sizeOf(type)) {
      p.diagnostics.error(
        loc,
        `the alignment of the elements (${type.alignas}) is larger than their size (${sizeOf(type)})`,
      );
    }
    if (length === 0)
      p.diagnostics.warning(
        "zero-length-array",
        loc,
        "an array of no elements is an extension of GNU C",
      );
    if (length > 0 && length * Math.max(sizeOf(type), 1) > LARGEST_TYPE) {
      p.diagnostics.error(loc, "array is too large");
      return POISON;
    }
    type = arrayOf(type, length);
  }
  return type;
}

function dimension(p: Parser, isFirst: boolean): Dimension {
  const open = advance(p);
  enter(p);
  const noGiven = noAttributes();
  pointerQualifiers(p, noGiven);
  if (keywordOf(p.token) === "static") {
    advance(p);
    pointerQualifiers(p, noGiven);
  }
  const loc = open.loc;
  let length = -1;
  if (is(p, "*") && peek(p).text === "]") {
    advance(p);
    if (!p.inParameters || !isFirst) refuseVla(p, loc, loc + 1);
  } else if (!is(p, "]")) {
    const start = p.at;
    const e = valueOf(p, p.rules.assignment(p));
    const span = spanFrom(p, start);
    const value = e.kind === "integer" ? { value: e.value, symbol: undefined } : evaluate(e);
    if (isPoisoned(e)) length = 1;
    else if (!isInteger(e.type)) {
      p.diagnostics.error(span.loc, `size of array has non-integer type ${quoted(e.type)}`, {
        end: span.end,
      });
      length = 1;
    } else if (value === undefined || value.symbol !== undefined) {
      // The outermost size of a parameter says nothing: it is a pointer.
      if (p.inParameters && isFirst) p.arraySizes.push(e);
      else refuseVla(p, span.loc, span.end);
      length = 1;
    } else if (value.value < 0n) {
      p.diagnostics.error(span.loc, "array size is negative", { end: span.end });
      length = 1;
    } else if (value.value > BigInt(LARGEST_TYPE)) {
      p.diagnostics.error(span.loc, "array is too large", { end: span.end });
      length = 1;
    } else length = Number(value.value);
  }
  leave(p);
  expectClosing(p, "]", open);
  return { loc, length };
}

function refuseVla(p: Parser, loc: number, end: number): void {
  refuse(
    p,
    "variable length",
    loc,
    end,
    "arrays of variable length are not supported: the size has to be a constant",
  );
}

function functionSuffix(p: Parser, returns: Type, given: Given): Type {
  const open = advance(p);
  enter(p);
  const outer = p.scope;
  const wasInParameters = p.inParameters;
  const { arraySizes } = p;
  p.arraySizes = [];
  const scope = newScope(outer);
  p.scope = scope;
  p.inParameters = true;
  try {
    const type = parameterList(p, open, returns, scope);
    attributesBehind(p, given);
    if (is(p, "[") || is(p, "(")) {
      syntaxError(
        p,
        p.token.loc,
        is(p, "[") ? "a function cannot return an array" : "a function cannot return a function",
      );
    }
    if (returns.kind === "array" || returns.kind === "function") {
      p.diagnostics.error(
        open.loc,
        `a function cannot return ${returns.kind === "array" ? "an array" : "a function"} (${quoted(returns)})`,
      );
      return { ...type, returns: INT };
    }
    return type;
  } finally {
    p.scope = outer;
    p.inParameters = wasInParameters;
    p.arraySizes = arraySizes;
    leave(p);
  }
}

function attributesBehind(p: Parser, given: Given): void {
  if (keywordOf(p.token) === "__attribute__") attributes(p, given);
}

function parameterList(p: Parser, open: Token, returns: Type, scope: Scope): FunctionType {
  const result = unqualified(returns);
  const finish = (
    parameters: readonly Parameter[],
    variadic: boolean,
    unprototyped: boolean,
    list: Omit<ParameterList, "sizes">,
  ): FunctionType => {
    if (is(p, "{") && !p.token.startsLine && list.names.length === 0) {
      misplaced(p, previousEnd(p), "expected ')'", {
        notes: [{ loc: open.loc, message: "to match this '('" }],
      });
    } else expectClosing(p, ")", open);
    const type = functionType(result, parameters, variadic, unprototyped);
    p.parameterLists.set(type, { ...list, sizes: p.arraySizes });
    return type;
  };
  if (is(p, ")")) return finish([], false, true, { scope, variables: [], names: [] });
  if (keywordOf(p.token) === "void" && peek(p).text === ")") {
    advance(p);
    return finish([], false, false, { scope, variables: [], names: [] });
  }
  if (isName(p.token) && !startsDeclaration(p) && [",", ")"].includes(peek(p).text)) {
    const names: Token[] = [];
    do {
      if (!isName(p.token))
        syntaxError(p, p.token.loc, "expected a parameter's name", endOf(p.token));
      names.push(advance(p));
    } while (take(p, ","));
    return finish([], false, true, { scope, variables: [], names });
  }
  const parameters: Parameter[] = [];
  const variables: (Variable | undefined)[] = [];
  let variadic = false;
  do {
    if (is(p, "...")) {
      if (parameters.length === 0)
        p.diagnostics.error(p.token.loc, "a named parameter is required before '...'");
      advance(p);
      variadic = true;
      break;
    }
    const parameter = parameterDeclaration(p);
    parameters.push(parameter.parameter);
    variables.push(parameter.variable);
  } while (take(p, ",") || missesParameterComma(p));
  return finish(parameters, variadic, false, { scope, variables, names: [] });
}

/** `int a int b` */
function missesParameterComma(p: Parser): boolean {
  if (p.token.startsLine || !startsDeclaration(p)) return false;
  const loc = previousEnd(p);
  misplaced(p, loc, "expected ',' between parameters", { fix: { from: loc, to: loc, text: "," } });
  return true;
}

function parameterDeclaration(p: Parser): { parameter: Parameter; variable: Variable | undefined } {
  const start = p.token;
  if (!startsDeclaration(p) && !isUnknownType(p)) {
    if (!isName(start))
      return syntaxError(p, start.loc, "expected a parameter's declaration", endOf(start));
    if (!p.dialect.implicit && /^[,)[]$/.test(peek(p).text)) {
      // `int a, b`: each has to say its type.
      misplaced(p, start.loc, `parameter '${start.text}' has no type`, { end: endOf(start) });
      advance(p);
      const parameter: Parameter = { name: start.text, type: POISON, loc: start.loc };
      return { parameter, variable: declareParameter(p, start, POISON) };
    }
  }
  const specs = specifiers(p, true);
  if (specs.storage !== undefined && specs.storage !== "register") {
    p.diagnostics.error(specs.loc, `'${specs.storage}' is not allowed for a parameter`);
  }
  if (specs.threadLocal)
    p.diagnostics.error(specs.loc, "'_Thread_local' is not allowed for a parameter");
  const { name, type } = declarator(p, specs.type, "either", specs.given);
  attributes(p, specs.given);
  const loc = name?.loc ?? start.loc;
  const declared = name === undefined ? type : inMode(p, type, specs.given.mode, name);
  const adjusted = adjustedParameter(p, declared, loc, name);
  const parameter: Parameter = { name: name?.text, type: unqualified(adjusted), loc };
  if (name === undefined) return { parameter, variable: undefined };
  const variable = declareParameter(p, name, adjusted);
  if (specs.storage === "register") p.registers.add(variable);
  if (type.kind === "array") p.arrayParameters.add(variable);
  if (specs.given.unused) p.unusedParameters.add(variable);
  return { parameter, variable };
}

/** 6.7.6.3p7, p8 */
export function adjustedParameter(
  p: Parser,
  type: Type,
  loc: number,
  name: Token | undefined,
): Type {
  if (type.kind === "array") return pointerTo(type.of);
  if (type.kind === "function") return pointerTo(type);
  if (type.kind === "void") {
    p.diagnostics.error(
      loc,
      name === undefined
        ? "'void' must be the only parameter"
        : `parameter '${name.text}' has incomplete type 'void'`,
    );
    return INT;
  }
  return type;
}

export function declareParameter(p: Parser, name: Token, type: Type): Variable {
  const previous = p.scope.names.get(name.text);
  if (previous !== undefined) {
    p.diagnostics.error(name.loc, `redefinition of parameter '${name.text}'`, {
      end: endOf(name),
      notes: [{ loc: previous.loc, message: "previous declaration is here" }],
    });
  }
  const variable: Variable = {
    kind: "variable",
    name: name.text,
    type,
    linkage: "none",
    isStatic: false,
    isParameter: true,
    symbol: undefined,
    isDefined: true,
    init: undefined,
    align: alignOf(type),
    register: undefined,
    threadLocal: false,
    attributes: {},
    loc: name.loc,
  };
  p.scope.names.set(name.text, variable);
  return variable;
}

/** type-name */
export function typeName(p: Parser): Type {
  const first = p.token;
  const specs = specifiers(p, false);
  const { type } = declarator(p, specs.type, "abstract", specs.given);
  return inMode(p, type, specs.given.mode, first);
}
