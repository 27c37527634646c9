// Structures and unions (C11 6.7.2.1), with GNU's empty ones and trailing arrays of length 0.

import { integerOf, isInteger } from "../types/conversions.ts";
import { hasFlexibleArray, isComplete, layOut, sizeOf } from "../types/layout.ts";
import type { Field } from "../types/layout.ts";
import { memberNames } from "../types/members.ts";
import { INT, POISON } from "../types/make.ts";
import { quoted } from "../types/name.ts";
import type { StructTag, Type } from "../types/type.ts";
import type { Token } from "../preprocess/token.ts";
import type { Loc } from "../source/sources.ts";
import { attributes, noAttributes } from "./attributes.ts";
import type { Given } from "./attributes.ts";
import { integerConstant } from "./integer-constant.ts";
import { isAtMargin } from "./layout-of-text.ts";
import { missesBraceOfMembers } from "./missing-brace.ts";
import { inMode } from "./mode.ts";
import { synchronise } from "./recover.ts";
import { declareTag, lookUpTag } from "./scope.ts";
import {
  SyntaxProblem,
  advance,
  endOf,
  enter,
  expectClosing,
  expectSemicolon,
  is,
  isName,
  keywordOf,
  leave,
  misplaced,
  previousEnd,
  syntaxError,
  take,
} from "./state.ts";
import type { Parser } from "./state.ts";

/** From the keyword on. Attributes behind the closing brace belong to the type unless they are about symbols. */
export function recordSpecifier(p: Parser, outer: Given): Type {
  const keyword = advance(p);
  const isUnion = keyword.text === "union";
  const given = noAttributes();
  attributes(p, given);
  const name = isName(p.token) ? advance(p) : undefined;
  const isImplied = !is(p, "{") && missesBraceOfMembers(p, keyword);
  if (!is(p, "{") && !isImplied) {
    if (name === undefined) {
      return syntaxError(
        p,
        p.token.loc,
        `expected a ${keyword.text}'s name or '{'`,
        endOf(p.token),
      );
    }
    const type = reference(p, name, isUnion);
    const isAnother = isAtMargin(p.token) && keywordOf(p.token) !== undefined && startsAnother(p);
    if (p.function === undefined && isAnother && !p.inParameters) forgotten(p, keyword);
    return type;
  }
  const tag = tagToDefine(p, name, isUnion, keyword);
  const open = isImplied ? keyword : advance(p);
  enter(p);
  const fields = members(p, tag);
  if (fields.length === 0 && keyword.from === undefined)
    p.diagnostics.warning(
      "gnu-empty-struct",
      keyword.loc,
      `an empty ${keyword.text} is an extension of GNU C`,
    );
  leave(p);
  if (beginsOutside(p)) {
    misplaced(p, previousEnd(p), `expected '};' at the end of this ${keyword.text}`, {
      notes: [{ loc: open.loc, message: "to match this '{'" }],
    });
    p.forgottenSemicolon = true;
  } else expectClosing(p, "}", open);
  attributes(p, given);
  if (p.function === undefined && p.token.startsLine && startsAnother(p)) forgotten(p, keyword);
  Object.assign(outer.symbol, given.symbol);
  outer.unused ||= given.unused;
  layOut(tag, fields, given.packed, given.aligned, keyword.pack ?? 0);
  if (tag.size > LARGEST_TYPE) {
    p.diagnostics.error(tag.loc, `this ${keyword.text} is too large`);
    layOut(tag, [], false, 0, 0);
  }
  return { kind: "struct", tag, qualifiers: 0, alignas: 0 };
}

/** A type or a storage class on the next line belongs to another declaration. */
export function startsAnother(p: Parser): boolean {
  const keyword = keywordOf(p.token);
  return keyword === undefined
    ? p.rules.startsType(p)
    : /^(?:void|char|short|int|long|signed|unsigned|_Bool|struct|union|enum|typedef|extern|static)$/.test(
        keyword,
      );
}

/** `struct s { … }` without its semicolon, which is then taken to be there. */
export function forgotten(p: Parser, keyword: Token): void {
  const loc = previousEnd(p);
  p.diagnostics.error(loc, `expected ';' after ${keyword.text}`, {
    fix: { from: loc, to: loc, text: ";" },
  });
  p.forgottenSemicolon = true;
}

/** Bytes of a type. Layout counts in bits, with numbers that are exact below 2^53. */
export const LARGEST_TYPE = 2 ** 46;

function reference(p: Parser, name: Token, isUnion: boolean): Type {
  // `struct s;` alone declares it anew in this scope (6.7.2.3p7).
  const known = is(p, ";") ? p.scope.tags?.get(name.text) : lookUpTag(p.scope, name.text);
  if (known !== undefined && (known.kind !== "struct" || known.tag.isUnion !== isUnion)) {
    return mismatch(p, name, known.tag.loc);
  }
  let tag = known?.tag;
  if (tag === undefined) {
    tag = newTag(name.text, isUnion, name.loc);
    declareTag(p.scope, name.text, { kind: "struct", tag });
  }
  return { kind: "struct", tag, qualifiers: 0, alignas: 0 };
}

function mismatch(p: Parser, name: Token, loc: Loc): Type {
  p.diagnostics.error(
    name.loc,
    `use of '${name.text}' with a kind of tag that does not match the previous declaration`,
    { end: endOf(name), notes: [{ loc, message: "previous use is here" }] },
  );
  return POISON;
}

function newTag(name: string | undefined, isUnion: boolean, loc: Loc): StructTag {
  return { name, isUnion, loc, members: undefined, size: 0, align: 1 };
}

function tagToDefine(
  p: Parser,
  name: Token | undefined,
  isUnion: boolean,
  keyword: Token,
): StructTag {
  if (name === undefined) return newTag(undefined, isUnion, keyword.loc);
  const known = p.scope.tags?.get(name.text);
  if (known !== undefined) {
    if (known.kind !== "struct" || known.tag.isUnion !== isUnion) mismatch(p, name, known.tag.loc);
    else if (known.tag.members === undefined && !p.defining.has(known.tag)) {
      p.defining.add(known.tag);
      return known.tag;
    } else {
      p.diagnostics.error(name.loc, `redefinition of '${keyword.text} ${name.text}'`, {
        end: endOf(name),
        notes: [{ loc: known.tag.loc, message: "previous definition is here" }],
      });
    }
  }
  const tag = newTag(name.text, isUnion, name.loc);
  p.defining.add(tag);
  declareTag(p.scope, name.text, { kind: "struct", tag });
  return tag;
}

/** What no member begins with, at the beginning of a line: the closing brace is missing. */
function beginsOutside(p: Parser): boolean {
  if (p.function !== undefined || !isAtMargin(p.token)) return false;
  return /^(?:static|extern|typedef|inline)$/.test(keywordOf(p.token) ?? "");
}

function members(p: Parser, tag: StructTag): Field[] {
  const fields: Field[] = [];
  const names = new Map<string, Loc>();
  while (p.token.text !== "}" && p.token.kind !== "end") {
    if (take(p, ";")) continue;
    if (beginsOutside(p)) break;
    const at = p.at;
    try {
      if (keywordOf(p.token) === "_Static_assert") p.rules.staticAssert(p);
      else memberDeclaration(p, tag, fields, names);
    } catch (problem) {
      if (!(problem instanceof SyntaxProblem)) throw problem;
      if (p.isLeaving) throw problem;
      synchronise(p, at);
    }
  }
  return fields;
}

function memberDeclaration(
  p: Parser,
  tag: StructTag,
  fields: Field[],
  names: Map<string, Loc>,
): void {
  const specs = p.rules.memberSpecifiers(p);
  const first = p.token;
  if (is(p, ";")) {
    advance(p);
    const type = specs.type;
    if (
      type.kind === "struct" &&
      (type.tag.name === undefined || specs.hasTag) &&
      type.tag.members !== undefined
    ) {
      if (type.tag.name === undefined) {
        for (const name of memberNames(type.tag)) claim(p, names, name, type.tag.loc, type.tag.loc);
        add(p, tag, fields, {
          type,
          name: undefined,
          width: undefined,
          align: Math.max(specs.alignas, specs.given.aligned),
          packed: specs.given.packed,
          loc: type.tag.loc,
        });
        return;
      }
    }
    if (type !== POISON) {
      p.diagnostics.warning(
        "missing-declarations",
        specs.loc,
        "declaration does not declare a member",
      );
    }
    return;
  }
  for (;;) {
    const given = { ...specs.given, symbol: {} };
    let name: Token | undefined;
    let type = specs.type;
    let loc = p.token.loc;
    if (!is(p, ":")) {
      const declarator = p.rules.memberDeclarator(p, specs.type, given);
      name = declarator.name;
      type = declarator.type;
      loc = name?.loc ?? loc;
    }
    let width: number | undefined;
    if (take(p, ":")) width = bitWidth(p, type, name);
    attributes(p, given);
    if (name !== undefined) type = inMode(p, type, given.mode, name);
    if (name === undefined && width === undefined) {
      syntaxError(p, first.loc, "expected a member's name", endOf(first));
    }
    if (name !== undefined) claim(p, names, name.text, name.loc, endOf(name));
    add(p, tag, fields, {
      name: name?.text,
      type,
      width,
      align: Math.max(specs.alignas, given.aligned),
      packed: given.packed,
      loc,
    });
    if (!take(p, ",")) break;
  }
  expectSemicolon(p, "a member's declaration");
}

function claim(p: Parser, names: Map<string, Loc>, name: string, loc: Loc, end: Loc): void {
  const previous = names.get(name);
  if (previous !== undefined) {
    p.diagnostics.error(loc, `duplicate member '${name}'`, {
      end,
      notes: [{ loc: previous, message: "previous declaration is here" }],
    });
  }
  names.set(name, loc);
}

function add(p: Parser, tag: StructTag, fields: Field[], field: Field): void {
  const { type, loc } = field;
  const last = fields.at(-1);
  if (last !== undefined && last.type.kind === "array" && last.type.length < 0 && !tag.isUnion) {
    p.diagnostics.error(last.loc, "a flexible array member must be the last member");
    fields[fields.length - 1] = { ...last, type: INT };
  }
  let fits = field;
  const isFlexible = type.kind === "array" && type.length < 0 && isComplete(type.of);
  if (type.kind === "function") {
    p.diagnostics.error(loc, `member '${field.name ?? ""}' declared as a function`);
    fits = { ...field, type: INT };
  } else if (!isComplete(type) && !isFlexible) {
    p.diagnostics.error(loc, `member has incomplete type ${quoted(type)}`, {
      notes:
        type.kind === "struct"
          ? [
              {
                loc: type.tag.loc,
                message:
                  type.tag === tag
                    ? `${quoted(type)} is not complete until its closing brace: it can hold a pointer to itself, not itself`
                    : `forward declaration of ${quoted(type)}`,
              },
            ]
          : [],
    });
    fits = { ...field, type: POISON };
  } else if (hasFlexibleArray(type) && type.kind === "array") {
    p.diagnostics.error(loc, "an array of structures with a flexible array member");
  }
  fields.push(fits);
}

function bitWidth(p: Parser, type: Type, name: Token | undefined): number | undefined {
  const start = p.token;
  const constant = integerConstant(p, "the width of a bit-field");
  if (constant === undefined) return undefined;
  const what = name === undefined ? "unnamed bit-field" : `bit-field '${name.text}'`;
  const complain = (message: string) => {
    p.diagnostics.error(name?.loc ?? start.loc, message, {
      end: name === undefined ? endOf(start) : endOf(name),
    });
    return undefined;
  };
  if (!isInteger(type)) {
    return type === POISON ? undefined : complain(`${what} has non-integer type ${quoted(type)}`);
  }
  const most = integerOf(type)?.name === "bool" ? 1 : sizeOf(type) * 8;
  if (constant.value < 0n) return complain(`${what} has negative width ${constant.value}`);
  if (constant.value > BigInt(most)) {
    return complain(
      `width of ${what} (${constant.value} bits) exceeds that of its type (${most} bits)`,
    );
  }
  if (constant.value === 0n && name !== undefined) return complain(`named ${what} has zero width`);
  return Number(constant.value);
}
