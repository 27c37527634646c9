// From places to values (C11 6.3.2.1): reading objects, arrays and functions that become pointers.

import { ATOMIC } from "../types/type.ts";
import type { Span } from "../source/sources.ts";
import { isComplete } from "../types/layout.ts";
import { isScalar } from "../types/conversions.ts";
import { pointerTo, qualifiersOf, unqualified, VOID } from "../types/make.ts";
import { quoted } from "../types/name.ts";
import type { Expression } from "../tree/ast.ts";
import { address, builtin, convert, isLvalue, isPoisoned, load, poison } from "../tree/nodes.ts";
import type { Parser } from "./state.ts";
import { endOf } from "./state.ts";

/** The value of what was parsed: reads an lvalue, makes pointers of arrays and functions. */
export function valueOf(p: Parser, e: Expression): Expression {
  switch (e.type.kind) {
    case "array":
      return decay(p, e);
    case "function":
      return e.kind === "dereference"
        ? e.pointer
        : { kind: "address", of: e, type: pointerTo(e.type), loc: e.loc };
    case "void":
      return e.kind === "dereference" ? convert(e.pointer, VOID, e.loc) : e;
    default:
      return isLvalue(e) ? read(p, e) : e;
  }
}

function decay(p: Parser, e: Expression): Expression {
  if (e.type.kind !== "array") return e;
  let place = e;
  // An array that is no lvalue is in a structure that a function returned (6.2.4p8): it lives in a place of its own.
  if (!isLvalue(e)) {
    p.diagnostics.error(e.loc, "this array is no object that could become a pointer");
    place = poison(e.loc);
  }
  return address(place, pointerTo(e.type.of), e.loc);
}

function read(p: Parser, e: Expression): Expression {
  if (isPoisoned(e)) return e;
  if (!isComplete(e.type)) {
    p.diagnostics.error(e.loc, `incomplete type ${quoted(e.type)} has no value`);
    return poison(e.loc);
  }
  if (qualifiersOf(e.type) & ATOMIC && isScalar(e.type)) {
    return builtin("atomic-load", [atomicAddress(e)], unqualified(e.type), e.loc);
  }
  return load(e);
}

/** The pointer that atomic builtins get: to the object's type without qualifiers. */
export function atomicAddress(place: Expression): Expression {
  return address(place, pointerTo(unqualified(place.type)), place.loc);
}

/** From the token at that index to the last one read. */
export function spanFrom(p: Parser, from: number): Span {
  const first = p.tokens[from] ?? p.token;
  const last = p.tokens[Math.max(p.at - 1, from)] ?? first;
  const end = endOf(last);
  return { loc: first.loc, end: end >= first.loc ? end : endOf(first) };
}
