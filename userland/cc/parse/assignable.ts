// Conversion as if by assignment (C11 6.5.16.1): of initialisers, assigned values, arguments and results, with the messages
// that each of them asks for.

import { composite, compatible, compatibleUnqualified } from "../types/compatible.ts";
import { integerOf, isInteger, wrap } from "../types/conversions.ts";
import { POISON, qualifiersOf, unqualified } from "../types/make.ts";
import { quoted } from "../types/name.ts";
import type { PointerType, Type } from "../types/type.ts";
import type { Loc, Span } from "../source/sources.ts";
import type { Expression } from "../tree/ast.ts";
import { convert, isNullConstant, poison } from "../tree/nodes.ts";
import { addressHint } from "./address-hint.ts";
import type { WarningName } from "../source/warnings.ts";
import type { Parser } from "./state.ts";

export interface Purpose {
  readonly kind: "initializing" | "assigning" | "passing" | "returning";
  /** Of a parameter: its declaration. */
  readonly note?: { readonly loc: Loc; readonly message: string };
}

export const INITIALIZING: Purpose = { kind: "initializing" };
export const ASSIGNING: Purpose = { kind: "assigning" };
export const RETURNING: Purpose = { kind: "returning" };

/** The value with the target's type. What does not fit is reported. */
export function assignable(
  p: Parser,
  value: Expression,
  to: Type,
  purpose: Purpose,
  span: Span,
): Expression {
  const from = value.type;
  if (from === POISON || to === POISON) return poison(value.loc);
  const notes = purpose.note === undefined ? [] : [purpose.note];
  const error = (message: string): Expression => {
    const hints = [...notes, ...quoteHint(p, value, to, span)];
    const { text, fix } = addressHint(p, value, to, span);
    const more = fix === undefined ? {} : { fix };
    p.diagnostics.error(span.loc, message + text, { end: span.end, notes: hints, ...more });
    return poison(value.loc);
  };
  // What compilers let pass when C was young.
  const loose = (option: WarningName, message: string): Expression => {
    if (!p.dialect.implicit) return error(message);
    const { text } = addressHint(p, value, to, span);
    p.diagnostics.warning(option, span.loc, message + text, { end: span.end, notes });
    return convert(value, to);
  };
  if (from.kind === "void" || to.kind === "void") {
    return error(describe(purpose, to, from, "an expression of incompatible type"));
  }
  if (isInteger(to)) {
    if (isInteger(from)) {
      warnOfChangedConstant(p, value, to, span);
      return convert(value, to);
    }
    if (from.kind === "pointer") {
      if (integerOf(to)?.name === "bool") return convert(value, to);
      return loose(
        "int-conversion",
        `incompatible pointer to integer conversion ${describe(purpose, to, from, "an expression of type")}`,
      );
    }
    return error(describe(purpose, to, from, "an expression of incompatible type"));
  }
  if (to.kind === "pointer") {
    if (isNullConstant(value)) return convert(value, to);
    if (from.kind === "pointer") {
      const problem = pointerProblem(to, from);
      const what = () => describe(purpose, to, from, "an expression of type");
      if (problem === "incompatible")
        return loose("incompatible-pointer-types", `incompatible pointer types ${what()}`);
      if (problem === "sign") {
        p.diagnostics.warning(
          "pointer-sign",
          span.loc,
          `${what()} converts between pointers to integer types with different sign`,
          { end: span.end, notes },
        );
      } else if (problem === "qualifiers") {
        p.diagnostics.warning("discarded-qualifiers", span.loc, `${what()} discards qualifiers`, {
          end: span.end,
          notes,
        });
      }
      return convert(value, to);
    }
    if (isInteger(from)) {
      return loose(
        "int-conversion",
        `incompatible integer to pointer conversion ${describe(purpose, to, from, "an expression of type")}`,
      );
    }
    return error(describe(purpose, to, from, "an expression of incompatible type"));
  }
  if (to.kind === "struct" && from.kind === "struct" && to.tag === from.tag) return value;
  return error(describe(purpose, to, from, "an expression of incompatible type"));
}

/** 'x' and "x" taken for each other. */
function quoteHint(p: Parser, value: Expression, to: Type, { loc }: Span) {
  const text = value.kind === "address" && value.of.kind === "string" ? value.of.bytes : undefined;
  if (text !== undefined && isInteger(to))
    return [
      {
        loc,
        message:
          text.length === 2
            ? "a single character stands in single quotes: 'x'"
            : "an integer cannot hold a text; 'char *' points to one",
      },
    ];
  if (value.kind !== "integer" || to.kind !== "pointer" || isNullConstant(value)) return [];
  const file = p.sources.fileOf(loc);
  const isCharacter = file?.text[loc - file.base] === "'" && !p.diagnostics.expansions.has(loc);
  return isCharacter ? [{ loc, message: 'a text stands in double quotes: "x"' }] : [];
}

function describe(purpose: Purpose, to: Type, from: Type, expression: string): string {
  const target = quoted(unqualifiedForName(to));
  const source = quoted(from);
  switch (purpose.kind) {
    case "initializing":
      return `initializing ${target} with ${expression} ${source}`;
    case "assigning":
      return expression.includes("incompatible")
        ? `assigning to ${target} from incompatible type ${source}`
        : `assigning to ${target} from ${source}`;
    case "passing":
      return expression.includes("incompatible")
        ? `passing ${source} to parameter of incompatible type ${target}`
        : `passing ${source} to parameter of type ${target}`;
    case "returning":
      return expression.includes("incompatible")
        ? `returning ${source} from a function with incompatible result type ${target}`
        : `returning ${source} from a function with result type ${target}`;
  }
}

function unqualifiedForName(type: Type): Type {
  return type.qualifiers === 0 ? type : unqualified(type);
}

/** What is wrong with a pointer where another is expected. */
export function pointerProblem(
  to: PointerType,
  from: PointerType,
): "incompatible" | "sign" | "qualifiers" | undefined {
  const target = to.to;
  const source = from.to;
  if (target === POISON || source === POISON) return undefined;
  if (target.kind !== "void" && source.kind !== "void") {
    if (!compatibleUnqualified(bare(target), bare(source))) {
      const a = integerOf(target);
      const b = integerOf(source);
      const onlySign =
        a !== undefined &&
        b !== undefined &&
        a.size === b.size &&
        a.name !== "bool" &&
        b.name !== "bool";
      return onlySign && rankName(a.name) === rankName(b.name) ? "sign" : "incompatible";
    }
  }
  const lost = qualifiersOf(source) & ~qualifiersOf(target);
  return lost === 0 ? undefined : "qualifiers";
}

/** Arrays compare by elements without qualifiers: `const int (*)[3]` takes the address of an `int [3]`. */
function bare(type: Type): Type {
  if (type.kind !== "array") return type;
  const of = bare(type.of);
  const element = of.kind === "array" ? of : unqualified(of);
  return element === type.of ? type : { ...type, of: element };
}

function rankName(name: string): string {
  return name.replace(/^(un)?signed /, "");
}

/** A constant that the narrower type has no room for. */
function warnOfChangedConstant(p: Parser, value: Expression, to: Type, span: Span): void {
  if (value.kind !== "integer") return;
  const target = integerOf(to);
  const source = integerOf(value.type);
  if (target === undefined || source === undefined || target.name === "bool") return;
  if (target.size >= source.size) return;
  const bits = target.size * 8;
  // -1 for an unsigned char and 0xff for a signed one are meant; what loses bits is not. ~0x0f and the like lose only signs.
  // Of an int nobody writes the bits as a longer number.
  const most = target.signed && target.size >= 4 ? bits - 1 : bits;
  const inRange = value.value >= -(1n << BigInt(bits - 1)) && value.value < 1n << BigInt(most);
  if (inRange) return;
  p.diagnostics.warning(
    "constant-conversion",
    span.loc,
    `implicit conversion from ${quoted(value.type)} to ${quoted(unqualifiedForName(to))} changes value from ${value.value} to ${wrap(value.value, target)}`,
    { end: span.end },
  );
}

/** 6.5.15p6: the type of two pointers' conditional or comparison; undefined: they have nothing in common. */
export function commonPointer(a: PointerType, b: PointerType): PointerType | undefined {
  const qualifiers = a.to.qualifiers | b.to.qualifiers;
  const left = unqualified(a.to);
  const right = unqualified(b.to);
  let to: Type;
  if (left.kind === "void" || right.kind === "void") to = left.kind === "void" ? left : right;
  else if (compatible(left, right)) to = composite(left, right);
  else if (compatibleUnqualified(bare(left), bare(right))) to = left;
  else return undefined;
  return { ...a, to: qualifiers === 0 ? to : { ...to, qualifiers }, qualifiers: 0, alignas: 0 };
}
