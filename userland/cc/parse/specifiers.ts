// Declaration specifiers (C11 6.7.1 to 6.7.5): storage classes, types, qualifiers, alignment, attributes.

import {
  BOOL,
  CHAR,
  INT,
  LONG,
  LONG_LONG,
  POISON,
  qualified,
  SHORT,
  SIGNED_CHAR,
  unqualified,
  UNSIGNED_CHAR,
  UNSIGNED_INT,
  UNSIGNED_LONG,
  UNSIGNED_LONG_LONG,
  UNSIGNED_SHORT,
  VOID,
} from "../types/make.ts";
import { alignOf } from "../types/layout.ts";
import { quoted } from "../types/name.ts";
import { ATOMIC, CONST, RESTRICT, VOLATILE } from "../types/type.ts";
import type { Type } from "../types/type.ts";
import type { Token } from "../preprocess/token.ts";
import type { Loc } from "../source/sources.ts";
import { expressionInteger } from "./attribute-arguments.ts";
import { attributes, checkedAlignment, noAttributes } from "./attributes.ts";
import type { Given } from "./attributes.ts";
import { enumSpecifier } from "./enumeration.ts";
import { forgotten, recordSpecifier, startsAnother } from "./record.ts";
import { lookUp } from "./scope.ts";
import {
  advance,
  endOf,
  enter,
  expect,
  expectClosing,
  isName,
  keywordOf,
  leave,
  misplaced,
  peek,
  refuse,
  syntaxError,
} from "./state.ts";
import type { Parser } from "./state.ts";
import { reportUnknownType } from "./unknown-name.ts";
import { valueOf } from "./value.ts";

export type Storage = "typedef" | "extern" | "static" | "auto" | "register";

export interface Specifiers {
  storage: Storage | undefined;
  threadLocal: boolean;
  inline: boolean;
  /** With _Alignas; an attribute's alignment is in `given`. */
  alignas: number;
  type: Type;
  /** __auto_type: the initialiser says. */
  isDeduced: boolean;
  /** The type was a structure, union or enumeration: `struct s;` declares something. */
  hasTag: boolean;
  readonly given: Given;
  readonly loc: Loc;
}

const TYPE_KEYWORDS: ReadonlySet<string> = new Set(
  (
    "void char short int long float double signed unsigned _Bool _Complex _Imaginary struct union enum const volatile restrict " +
    "_Atomic typeof typeof_unqual __auto_type _Float128 _Float16 _Float32 _Float64 _Decimal32 _Decimal64 _Decimal128 __int128"
  ).split(" "),
);

const DECLARATION_KEYWORDS: ReadonlySet<string> = new Set(
  "typedef extern static auto register _Thread_local inline _Noreturn _Alignas __attribute__".split(
    " ",
  ),
);

/** Whether a type name, or the specifiers of a member or parameter, begin at the current token. */
export function startsType(p: Parser): boolean {
  if (p.token.kind !== "identifier") return false;
  const keyword = keywordOf(p.token);
  if (keyword === undefined)
    return lookUp(p.scope, p.token.text)?.kind === "typedef" || isVaList(p.token);
  if (keyword === "__extension__") return startsTypeBehindExtension(p);
  return TYPE_KEYWORDS.has(keyword) || keyword === "__attribute__";
}

function startsTypeBehindExtension(p: Parser): boolean {
  const next = peek(p);
  const keyword = keywordOf(next);
  if (keyword === undefined) {
    return isName(next) && (lookUp(p.scope, next.text)?.kind === "typedef" || isVaList(next));
  }
  return TYPE_KEYWORDS.has(keyword) || DECLARATION_KEYWORDS.has(keyword);
}

/** Whether a declaration begins at the current token. */
export function startsDeclaration(p: Parser): boolean {
  const keyword = keywordOf(p.token);
  if (keyword !== undefined && DECLARATION_KEYWORDS.has(keyword)) return true;
  return startsType(p);
}

function isVaList(token: Token): boolean {
  return token.text === "__builtin_va_list";
}

/** How often each word for integers was said, two bits a word. */
const SHIFTS = { signed: 0, unsigned: 2, short: 4, long: 6, int: 8, char: 10, bool: 12 } as const;

function counted(words: number, word: keyof typeof SHIFTS): number {
  const shift = SHIFTS[word];
  return ((words >> shift) & 3) === 3 ? words : words + (1 << shift);
}

export function specifiers(p: Parser, allowStorage: boolean): Specifiers {
  const specs: Specifiers = {
    storage: undefined,
    threadLocal: false,
    inline: false,
    alignas: 0,
    type: INT,
    isDeduced: false,
    hasTag: false,
    given: noAttributes(),
    loc: p.token.loc,
  };
  let words = 0;
  let type: Type | undefined;
  let qualifiers = 0;
  for (;;) {
    const token = p.token;
    if (token.kind !== "identifier") break;
    const keyword = keywordOf(token);
    if (keyword === undefined) {
      if (type !== undefined || words !== 0) break;
      const entity = lookUp(p.scope, token.text);
      if (entity?.kind === "typedef") {
        type = entity.type;
        entity.isUsed = true;
      } else if (isVaList(token)) type = p.vaList;
      else if (isUnknownType(p)) type = unknownType(p, token);
      else break;
      advance(p);
      continue;
    }
    switch (keyword) {
      case "typedef":
      case "extern":
      case "static":
      case "auto":
      case "register":
        if (!allowStorage) complainAboutStorage(p, token);
        else if (specs.storage !== undefined && specs.storage !== keyword) {
          p.diagnostics.error(
            token.loc,
            `cannot combine '${keyword}' with the previous '${specs.storage}'`,
            { end: endOf(token) },
          );
        }
        specs.storage = keyword;
        break;
      case "_Thread_local":
        if (!allowStorage) complainAboutStorage(p, token);
        specs.threadLocal = true;
        break;
      case "inline":
        specs.inline = true;
        break;
      case "_Noreturn":
        specs.given.symbol.noreturn = true;
        break;
      case "__extension__":
        break;
      case "const":
        if (qualifiers & CONST && token.from === undefined) {
          p.diagnostics.warning("duplicate-decl-specifier", token.loc, "'const' is here already", {
            end: endOf(token),
          });
        }
        qualifiers |= CONST;
        break;
      case "volatile":
        qualifiers |= VOLATILE;
        break;
      case "restrict":
        qualifiers |= RESTRICT;
        break;
      case "__attribute__":
        attributes(p, specs.given);
        continue;
      case "_Alignas":
        specs.alignas = Math.max(specs.alignas, alignmentSpecifier(p));
        continue;
      case "_Atomic":
        if (peek(p).text === "(" && type === undefined && words === 0) {
          advance(p);
          type = qualified(parenthesisedType(p), ATOMIC);
          continue;
        }
        qualifiers |= ATOMIC;
        break;
      case "void":
        type = once(p, type, words, token) ? VOID : type;
        break;
      case "float":
      case "double":
      case "_Float16":
      case "_Float32":
      case "_Float64":
      case "_Float128":
      case "_Decimal32":
      case "_Decimal64":
      case "_Decimal128":
        refuse(p, "floating point", token.loc, endOf(token), "floating point is not supported yet");
        type = POISON;
        break;
      case "_Complex":
      case "_Imaginary":
        refuse(p, "complex", token.loc, endOf(token), "complex numbers are not supported");
        type = POISON;
        break;
      case "__int128":
        refuse(p, "int128", token.loc, endOf(token), "integers of 128 bits are not supported");
        type = POISON;
        break;
      case "struct":
      case "union":
        if (!once(p, type, words, token)) return specs;
        type = recordSpecifier(p, specs.given);
        specs.hasTag = true;
        if (p.forgottenSemicolon) return finish(p, specs, words, type, qualifiers);
        continue;
      case "enum":
        if (!once(p, type, words, token)) return specs;
        type = enumSpecifier(p);
        specs.hasTag = true;
        if (p.function === undefined && p.token.startsLine && p.tokens[p.at - 1]?.text === "}") {
          if (startsAnother(p)) forgotten(p, token);
          if (p.forgottenSemicolon) return finish(p, specs, words, type, qualifiers);
        }
        continue;
      case "typeof":
      case "typeof_unqual":
        if (!once(p, type, words, token)) return specs;
        type = typeofSpecifier(p, keyword === "typeof_unqual");
        continue;
      case "__auto_type":
        specs.isDeduced = true;
        type = INT;
        break;
      case "signed":
      case "unsigned":
      case "short":
      case "long":
      case "int":
      case "char":
        words = counted(words, keyword);
        break;
      case "_Bool":
        words = counted(words, "bool");
        break;
      default:
        return finish(p, specs, words, type, qualifiers);
    }
    advance(p);
  }
  return finish(p, specs, words, type, qualifiers);
}

function finish(
  p: Parser,
  specs: Specifiers,
  words: number,
  given: Type | undefined,
  qualifiers: number,
): Specifiers {
  let type = given;
  if (words !== 0 && type === undefined) type = integerFromWords(p, words, specs.loc);
  else if (words !== 0 && type !== POISON && type !== undefined) {
    p.diagnostics.error(specs.loc, `cannot combine ${quoted(type)} with other types`);
  }
  if (type === undefined) {
    if (p.dialect.implicit) {
      p.diagnostics.warning(
        "implicit-int",
        specs.loc,
        "type specifier missing; it is taken to be 'int'",
      );
    } else {
      misplaced(p, specs.loc, "type specifier missing; it is not taken to be 'int' since ISO C99");
    }
    // Nobody knows what was meant, so nothing about it is wrong.
    type = p.dialect.implicit ? INT : POISON;
  }
  if (qualifiers !== 0) {
    if (qualifiers & RESTRICT && type.kind !== "pointer" && type !== POISON) {
      p.diagnostics.error(specs.loc, `restrict requires a pointer (${quoted(type)} is none)`);
    }
    if (qualifiers & ATOMIC && (type.kind === "array" || type.kind === "function")) {
      p.diagnostics.error(specs.loc, `_Atomic cannot be applied to ${quoted(type)}`);
    }
    type = type === POISON ? POISON : qualified(type, qualifiers);
  }
  specs.type = type;
  return specs;
}

function once(p: Parser, type: Type | undefined, words: number, token: Token): boolean {
  if (type === undefined && words === 0) return true;
  p.diagnostics.error(token.loc, `cannot combine '${token.text}' with the type before it`, {
    end: endOf(token),
  });
  return token.text === "void";
}

function complainAboutStorage(p: Parser, token: Token): void {
  p.diagnostics.error(token.loc, `'${token.text}' is not allowed here`, { end: endOf(token) });
}

/** 6.7.2p2 */
function integerFromWords(p: Parser, words: number, loc: Loc): Type {
  const count = (word: keyof typeof SHIFTS) => (words >> SHIFTS[word]) & 3;
  const signed = count("signed");
  const unsigned = count("unsigned");
  const short = count("short");
  const long = count("long");
  const int = count("int");
  const char = count("char");
  const bool = count("bool");
  const isUnsigned = unsigned > 0;
  const wrong =
    signed > 1 ||
    unsigned > 1 ||
    short > 1 ||
    long > 2 ||
    int > 1 ||
    char > 1 ||
    bool > 1 ||
    (signed > 0 && isUnsigned) ||
    (short > 0 && long > 0) ||
    (char > 0 && short + long + int > 0) ||
    (bool > 0 && signed + unsigned + short + long + int + char > 0);
  if (wrong) {
    const last = p.tokens[p.at - 1];
    // `int int = 3;`: a keyword where the name should be.
    if (last !== undefined && /^[=;,)[]$/.test(p.token.text)) {
      syntaxError(p, last.loc, `expected a name, but '${last.text}' is a keyword`, endOf(last));
    }
    p.diagnostics.error(loc, "these type specifiers cannot be combined");
    return INT;
  }
  if (bool > 0) return BOOL;
  if (char > 0) return isUnsigned ? UNSIGNED_CHAR : signed > 0 ? SIGNED_CHAR : CHAR;
  if (short > 0) return isUnsigned ? UNSIGNED_SHORT : SHORT;
  if (long === 2) return isUnsigned ? UNSIGNED_LONG_LONG : LONG_LONG;
  if (long === 1) return isUnsigned ? UNSIGNED_LONG : LONG;
  return isUnsigned ? UNSIGNED_INT : INT;
}

/** `foo x` where nothing is called foo: a declaration with a type that is not known. */
export function isUnknownDeclaration(p: Parser): boolean {
  return isUnknownType(p) && !peek(p).startsLine;
}

/** A name that nothing has, where only a type makes sense: `foo x`, `foo *x`. */
export function isUnknownType(p: Parser): boolean {
  if (!isName(p.token)) return false;
  const next = peek(p);
  if (!isName(next) && next.text !== "*") return false;
  if (lookUp(p.scope, p.token.text) !== undefined) return false;
  if (next.text !== "*") return true;
  let ahead = 2;
  while (peek(p, ahead).text === "*" || keywordOf(peek(p, ahead)) === "const") ahead++;
  const third = peek(p, ahead);
  if (p.function === undefined || p.inParameters)
    return isName(third) || third.text === ")" || third.text === ",";
  // As a product it would be good for nothing.
  return isName(third) && /^[=;,[]$/.test(peek(p, ahead + 1).text);
}

function unknownType(p: Parser, token: Token): Type {
  reportUnknownType(p, token);
  return POISON;
}

function parenthesisedType(p: Parser): Type {
  const open = expect(p, "(");
  enter(p);
  const type = p.rules.typeName(p);
  leave(p);
  expectClosing(p, ")", open);
  return type;
}

function alignmentSpecifier(p: Parser): number {
  const token = advance(p);
  const open = expect(p, "(");
  enter(p);
  const value = p.rules.startsType(p) ? alignOf(p.rules.typeName(p)) : expressionInteger(p);
  leave(p);
  expectClosing(p, ")", open);
  return value === 0 ? 0 : checkedAlignment(p, token, value);
}

function typeofSpecifier(p: Parser, strips: boolean): Type {
  advance(p);
  const open = expect(p, "(");
  enter(p);
  let type: Type;
  if (p.rules.startsType(p)) type = p.rules.typeName(p);
  else {
    p.unevaluated++;
    const e = p.rules.expression(p);
    p.unevaluated--;
    // An rvalue's type has no qualifiers; an lvalue is not read for its type.
    type = e.type.kind === "void" ? valueOf(p, e).type : e.type;
  }
  leave(p);
  expectClosing(p, ")", open);
  return strips ? unqualified(type) : type;
}
