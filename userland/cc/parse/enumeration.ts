// Enumerations (C11 6.7.2.2): constants are ints where an int has room for all of them; the type is what GNU C takes: unsigned
// int unless a constant is negative, wider where needed, as small as possible when it is packed.

import {
  INT,
  LONG,
  POISON,
  SHORT,
  SIGNED_CHAR,
  UNSIGNED_CHAR,
  UNSIGNED_INT,
  UNSIGNED_LONG,
  UNSIGNED_SHORT,
} from "../types/make.ts";
import { largest, smallest } from "../types/conversions.ts";
import type { EnumTag, IntegerType, Type } from "../types/type.ts";
import type { Token } from "../preprocess/token.ts";
import { attributes, noAttributes } from "./attributes.ts";
import { integerConstant } from "./integer-constant.ts";
import { missesBraceOfConstants } from "./missing-brace.ts";
import { declareTag, lookUpTag } from "./scope.ts";
import {
  advance,
  endOf,
  expectClosing,
  expectName,
  is,
  isName,
  missesComma,
  syntaxError,
  take,
} from "./state.ts";
import type { Parser } from "./state.ts";

/** From the keyword on. */
export function enumSpecifier(p: Parser): Type {
  const keyword = advance(p);
  const given = noAttributes();
  attributes(p, given);
  const name = isName(p.token) ? advance(p) : undefined;
  const isImplied = !is(p, "{") && missesBraceOfConstants(p, keyword);
  if (!is(p, "{") && !isImplied) {
    if (name === undefined) {
      return syntaxError(p, p.token.loc, "expected an enumeration's name or '{'", endOf(p.token));
    }
    return reference(p, name);
  }
  const open = isImplied ? keyword : advance(p);
  const tag = tagToDefine(p, name, keyword);
  const constants: { name: Token; value: bigint }[] = [];
  let next = 0n;
  while (p.token.text !== "}" && p.token.kind !== "end") {
    const constant = expectName(p, "an enumeration constant's name");
    attributes(p, noAttributes());
    if (take(p, "="))
      next = integerConstant(p, "the value of an enumeration constant")?.value ?? next;
    declareConstant(p, constant, next, INT);
    constants.push({ name: constant, value: next });
    next++;
    if (!take(p, ",") && !(isName(p.token) && missesComma(p))) break;
  }
  if (constants.length === 0) p.diagnostics.error(open.loc, "an enumeration without constants");
  expectClosing(p, "}", open);
  attributes(p, given);
  let least = 0n;
  let most = 0n;
  for (const { value } of constants) {
    if (value < least) least = value;
    if (value > most) most = value;
  }
  tag.constants = constants.map(({ name: { text }, value }) => ({ name: text, value }));
  tag.underlying = smallestFor(least, most, given.packed);
  // Constants that an int has no room for have the type of the enumeration, and so have the others of it.
  if (least < smallest(INT) || most > largest(INT)) {
    for (const { name, value } of constants) declareConstant(p, name, value, tag.underlying, true);
  }
  return { kind: "enum", tag, qualifiers: 0, alignas: 0 };
}

function smallestFor(least: bigint, most: bigint, packed: boolean): IntegerType {
  const candidates =
    least < 0n
      ? packed
        ? [SIGNED_CHAR, SHORT, INT, LONG]
        : [INT, LONG]
      : packed
        ? [UNSIGNED_CHAR, UNSIGNED_SHORT, UNSIGNED_INT, UNSIGNED_LONG]
        : [UNSIGNED_INT, UNSIGNED_LONG];
  for (const type of candidates) {
    if (least >= smallest(type) && most <= largest(type)) return type;
  }
  return UNSIGNED_LONG;
}

function declareConstant(
  p: Parser,
  name: Token,
  value: bigint,
  guess: IntegerType,
  again = false,
): void {
  const type =
    value >= smallest(guess) && value <= largest(guess)
      ? guess
      : value < 0n || value <= largest(LONG)
        ? LONG
        : UNSIGNED_LONG;
  const previous = p.scope.names.get(name.text);
  if (previous !== undefined && !again) {
    p.diagnostics.error(name.loc, `redefinition of '${name.text}'`, {
      end: endOf(name),
      notes: [{ loc: previous.loc, message: "previous definition is here" }],
    });
    return;
  }
  p.scope.names.set(name.text, { kind: "constant", type, value, loc: name.loc });
}

function reference(p: Parser, name: Token): Type {
  const known = lookUpTag(p.scope, name.text);
  if (known?.kind === "struct") return wrongKind(p, name);
  let tag = known?.tag;
  if (tag === undefined) {
    // ISO C has no such forward declaration, GNU C has.
    tag = { name: name.text, loc: name.loc, underlying: undefined, constants: [] };
    declareTag(p.scope, name.text, { kind: "enum", tag });
  }
  return { kind: "enum", tag, qualifiers: 0, alignas: 0 };
}

function wrongKind(p: Parser, name: Token): Type {
  p.diagnostics.error(
    name.loc,
    `use of '${name.text}' with tag type that does not match previous declaration`,
    {
      end: endOf(name),
    },
  );
  return POISON;
}

function tagToDefine(p: Parser, name: Token | undefined, keyword: Token): EnumTag {
  if (name === undefined)
    return { name: undefined, loc: keyword.loc, underlying: undefined, constants: [] };
  const known = p.scope.tags?.get(name.text);
  if (known?.kind === "struct") wrongKind(p, name);
  else if (known !== undefined && known.tag.underlying === undefined) return known.tag;
  else if (known !== undefined) {
    p.diagnostics.error(name.loc, `redefinition of 'enum ${name.text}'`, {
      end: endOf(name),
      notes: [{ loc: known.tag.loc, message: "previous definition is here" }],
    });
  }
  const tag: EnumTag = { name: name.text, loc: name.loc, underlying: undefined, constants: [] };
  declareTag(p.scope, name.text, { kind: "enum", tag });
  return tag;
}
