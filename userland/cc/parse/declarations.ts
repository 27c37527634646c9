// Declarations (C11 6.7): which object, function or type a declarator introduces, in blocks and at file scope.

import { declarator } from "./declarator.ts";
import type { Declarator } from "./declarator.ts";
import { alignOf, isComplete, sizeOf } from "../types/layout.ts";
import { isScalar } from "../types/conversions.ts";
import { INT, POISON, unqualified } from "../types/make.ts";
import { named, quoted } from "../types/name.ts";
import type { Type } from "../types/type.ts";
import type { Token } from "../preprocess/token.ts";
import type { Statement, Variable } from "../tree/ast.ts";
import { temporary } from "../tree/nodes.ts";
import {
  reportBareBody,
  beginsBareBody,
  beginsStatement,
  strayBlock,
  strayStatement,
} from "./outside.ts";
import { nestedFunction } from "./nested-function.ts";
import { attributes, textOf } from "./attributes.ts";
import { addCleanup } from "./cleanup.ts";
import { assignmentValue } from "./expression.ts";
import { integerConstant } from "./integer-constant.ts";
import { functionDefinition } from "./function-definition.ts";
import { initializer } from "./initializer.ts";
import { declareFunction, declareObject, declareTypedef, refuseThreadLocal } from "./linkage.ts";
import { stringLiteral } from "./literals.ts";
import { inMode } from "./mode.ts";
import { stringTokens } from "./primary.ts";
import { specifiers, startsDeclaration } from "./specifiers.ts";
import type { Specifiers } from "./specifiers.ts";
import {
  advance,
  endOf,
  enter,
  expect,
  expectClosing,
  expectSemicolon,
  is,
  isName,
  keywordOf,
  leave,
  misplaced,
  peek,
  syntaxError,
  SyntaxProblem,
  take,
} from "./state.ts";
import type { Parser } from "./state.ts";
import { spanFrom } from "./value.ts";

/** A declaration at file scope: perhaps a function's definition. */
export function externalDeclaration(p: Parser): void {
  const token = p.token;
  if (take(p, ";")) return;
  const keyword = keywordOf(token);
  if (keyword === "_Static_assert") {
    staticAssert(p);
    return;
  }
  if (keyword === "asm") {
    fileScopeAssembly(p);
    return;
  }
  if (is(p, "{")) {
    strayBlock(p);
    return;
  }
  if (beginsStatement(p)) strayStatement(p);
  const specs = specifiers(p, true);
  p.isAdrift = false;
  if (p.forgottenSemicolon) {
    p.forgottenSemicolon = false;
    return;
  }
  if (is(p, ";")) {
    declaresNothing(p, specs);
    advance(p);
    return;
  }
  let isFirst = true;
  do {
    const one = { ...specs, given: copyOf(specs) };
    attributes(p, one.given);
    const declared = namedDeclarator(p, specs.type, one.given);
    if (isFirst && declared.type.kind === "function" && specs.storage !== "typedef") {
      const list = p.parameterLists.get(declared.type);
      const isOldStyle = list !== undefined && list.names.length > 0;
      if (isFirst && (is(p, "{") || (isOldStyle && startsDeclaration(p)))) {
        functionDefinition(p, one, declared);
        return;
      }
      if (declared.name !== undefined && beginsBareBody(p)) {
        reportBareBody(p, declared.name.text);
        p.impliedBrace = true;
        functionDefinition(p, one, declared);
        return;
      }
    }
    isFirst = false;
    initDeclarator(p, one, declared);
  } while (take(p, ","));
  if (is(p, "{") && p.tokens[p.at - 1]?.text === ")") {
    syntaxError(p, p.token.loc, "a function's body is not expected here");
  }
  expectSemicolon(p, "declaration");
}

/** A declaration in a block. */
export function blockDeclaration(p: Parser, isFor = false): Statement {
  const loc = p.token.loc;
  const start = p.at;
  const specs = specifiers(p, true);
  const automatic: Variable[] = [];
  if (is(p, ";")) declaresNothing(p, specs);
  else {
    do {
      if (isFor && isConditionBehindComma(p)) {
        const comma = p.tokens[p.at - 1] ?? p.token;
        syntaxError(
          p,
          comma.loc,
          "expected ';': semicolons separate the parts of 'for'",
          endOf(comma),
        );
      }
      const one = { ...specs, given: copyOf(specs) };
      attributes(p, one.given);
      const declared = namedDeclarator(p, specs.type, one.given);
      if (declared.name !== undefined && declared.type.kind === "function" && is(p, "{")) {
        declareFunction(p, declared.name, declared.type, one, undefined);
        nestedFunction(p, start, declared.name);
        return { kind: "empty", loc };
      }
      const variable = initDeclarator(p, one, declared);
      if (variable !== undefined && variable.linkage === "none" && !variable.isStatic) {
        automatic.push(variable);
      }
    } while (take(p, ","));
  }
  expectSemicolon(p, "declaration");
  return { kind: "declaration", variables: automatic, loc };
}

/** A declarator with a name. When it cannot be read the name is known all the same, so that nobody misses it below. */
function namedDeclarator(p: Parser, base: Type, given: Specifiers["given"]): Declarator {
  const start = p.at;
  try {
    return declarator(p, base, "named", given);
  } catch (problem) {
    let at = start;
    while (/^(?:[*(]|const|volatile|restrict)$/.test(p.tokens[at]?.text ?? "")) at++;
    const name = p.tokens[at];
    if (problem instanceof SyntaxProblem && name !== undefined && isName(name)) {
      const scope = p.function === undefined ? p.fileScope : p.scope;
      if (!scope.names.has(name.text))
        scope.names.set(name.text, temporary(name.text, POISON, undefined, 4, name.loc));
    }
    throw problem;
  }
}

/** `for (int i = 0, i < 9, i++)`: what stands behind the comma is no declarator. */
function isConditionBehindComma(p: Parser): boolean {
  if (p.tokens[p.at - 1]?.text !== "," || !isName(p.token)) return false;
  return p.scope.names.has(p.token.text) && !/^[=;,[]$/.test(peek(p).text);
}

/** Attributes among the specifiers belong to every declarator, those behind a declarator to it alone. */
function copyOf(specs: Specifiers): Specifiers["given"] {
  return { ...specs.given, symbol: { ...specs.given.symbol } };
}

function declaresNothing(p: Parser, specs: Specifiers): void {
  if (specs.hasTag || specs.type === POISON) return;
  p.diagnostics.warning("missing-declarations", specs.loc, "declaration does not declare anything");
}

/** Behind a declarator: asm label, attributes, initialiser. */
function initDeclarator(p: Parser, specs: Specifiers, declared: Declarator): Variable | undefined {
  const { name } = declared;
  if (name === undefined) return undefined;
  const label = asmLabel(p);
  attributes(p, specs.given);
  if (specs.storage === "typedef") {
    refuseThreadLocal(p, specs, "a type");
    declareTypedef(
      p,
      name,
      alias(p, inMode(p, declared.type, specs.given.mode, name), specs, name),
      specs.given.unused,
    );
    if (is(p, "=")) syntaxError(p, p.token.loc, "a typedef has no initialiser");
    return undefined;
  }
  if (specs.isDeduced) return deduced(p, specs, name);
  if (declared.type.kind === "function") {
    declareFunction(p, name, declared.type, specs, label);
    if (is(p, "="))
      syntaxError(p, p.token.loc, `function '${name.text}' is initialised like a variable`);
    return undefined;
  }
  if (is(p, "==")) {
    const { loc } = p.token;
    misplaced(p, loc, "'==' compares; did you mean '='?", {
      end: loc + 2,
      fix: { from: loc, to: loc + 2, text: "=" },
    });
  }
  const hasInit = is(p, "=") || is(p, "==");
  const { cleanup, mode } = specs.given;
  if (cleanup !== undefined) specs.given.unused = true;
  const variable = declareObject(
    p,
    name,
    inMode(p, objectType(p, declared.type, name), mode, name),
    specs,
    label,
    hasInit,
  );
  if (hasInit) initialise(p, variable, specs);
  checkObject(p, variable, specs, name);
  if (cleanup !== undefined) addCleanup(p, variable, cleanup);
  return variable;
}

function alias(p: Parser, type: Type, specs: Specifiers, name: Token): Type {
  if (type === POISON) return POISON;
  const alignment = Math.max(specs.given.aligned, 0);
  if (specs.alignas > 0) p.diagnostics.error(specs.loc, "'_Alignas' is not allowed in a typedef");
  const own = named(type, name.text);
  return alignment > alignOf(type) ? named({ ...own, alignas: alignment }, name.text) : own;
}

function objectType(p: Parser, type: Type, name: Token): Type {
  if (type.kind !== "void") return type;
  p.diagnostics.error(name.loc, `variable '${name.text}' has incomplete type 'void'`, {
    end: endOf(name),
  });
  return INT;
}

function initialise(p: Parser, variable: Variable, specs: Specifiers): void {
  advance(p);
  if (specs.storage === "extern" && p.function !== undefined) {
    p.diagnostics.error(
      variable.loc,
      `'extern' variable '${variable.name}' cannot have an initialiser here`,
    );
  }
  const type = variable.type;
  const canBe = isComplete(type) || (type.kind === "array" && isComplete(type.of));
  const target = canBe ? type : POISON;
  const { type: whole, init } = initializer(p, target, variable.isStatic);
  if (!canBe) return;
  variable.type = whole;
  variable.init = init;
}

/** What can only be said when the initialiser has been seen. */
function checkObject(p: Parser, variable: Variable, specs: Specifiers, name: Token): void {
  const { type } = variable;
  const isTentative = variable.linkage !== "none" && p.function === undefined;
  if (type === POISON || specs.storage === "extern") return;
  if (!isComplete(type) && !isTentative) {
    p.diagnostics.error(
      name.loc,
      type.kind === "array" && type.length < 0
        ? `definition of variable '${name.text}' with array type needs an explicit size or an initialiser`
        : `variable '${name.text}' has incomplete type ${quoted(type)}`,
      {
        end: endOf(name),
        notes:
          type.kind === "struct"
            ? [{ loc: type.tag.loc, message: `forward declaration of ${quoted(type)}` }]
            : [],
      },
    );
    variable.type = POISON;
    return;
  }
  if (sizeOf(type) > LARGEST_OBJECT) {
    p.diagnostics.error(name.loc, `variable '${name.text}' is too large (${sizeOf(type)} bytes)`, {
      end: endOf(name),
    });
    variable.type = INT;
  }
}

/** All of a program lies below 2 GiB (the psABI's medlow code model). */
const LARGEST_OBJECT = 2 ** 31 - 4096;

/** GNU's __auto_type name = value */
function deduced(p: Parser, specs: Specifiers, name: Token): Variable | undefined {
  expect(p, "=");
  const start = p.at;
  const value = assignmentValue(p);
  const type = unqualified(value.type);
  const span = spanFrom(p, start);
  if (!isScalar(type) && type.kind !== "struct") {
    p.diagnostics.error(
      span.loc,
      `the type of '${name.text}' cannot be deduced from ${quoted(type)}`,
    );
    return undefined;
  }
  const { qualifiers } = specs.type;
  const variable = declareObject(p, name, { ...type, qualifiers }, specs, undefined, true);
  if (variable.isStatic && value.kind !== "integer") {
    p.diagnostics.error(span.loc, "initializer element is not a compile-time constant", {
      end: span.end,
    });
  }
  variable.init = { entries: [{ offset: 0, bits: undefined, type, value }] };
  return variable;
}

/** asm("name") behind a declarator. */
export function asmLabel(p: Parser): string | undefined {
  if (keywordOf(p.token) !== "asm") return undefined;
  advance(p);
  const open = expect(p, "(");
  const text = assemblyText(p);
  expectClosing(p, ")", open);
  return text;
}

export function assemblyText(p: Parser): string {
  if (p.token.kind !== "string") {
    return syntaxError(p, p.token.loc, "expected a string of assembly", endOf(p.token));
  }
  return textOf(stringLiteral(p, stringTokens(p)).bytes);
}

function fileScopeAssembly(p: Parser): void {
  const loc = advance(p).loc;
  if (keywordOf(p.token) === "volatile") advance(p);
  const open = expect(p, "(");
  const text = assemblyText(p);
  expectClosing(p, ")", open);
  expectSemicolon(p, "file-scope assembly");
  p.assembly.push({ text, loc });
}

/** 6.7.10 */
export function staticAssert(p: Parser): void {
  const token = advance(p);
  const open = expect(p, "(");
  enter(p);
  const start = p.at;
  const constant = integerConstant(p, "the condition of a static assertion");
  const span = spanFrom(p, start);
  let message = "";
  if (take(p, ",")) {
    if (p.token.kind !== "string") {
      syntaxError(p, p.token.loc, "expected a string as the assertion's message", endOf(p.token));
    }
    message = textOf(stringLiteral(p, stringTokens(p)).bytes);
  }
  leave(p);
  expectClosing(p, ")", open);
  expectSemicolon(p, "a static assertion");
  if (constant?.value === 0n) {
    p.diagnostics.error(
      token.loc,
      `static assertion failed${message === "" ? "" : `: ${message}`}`,
      { end: span.end },
    );
  }
}
