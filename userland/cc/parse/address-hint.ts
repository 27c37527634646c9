// `p = x` where `p = &x` was meant, and its like: of an object and a pointer to such an object one was taken for the other.

import { compatibleUnqualified } from "../types/compatible.ts";
import type { Type } from "../types/type.ts";
import type { Fix } from "../source/diagnostics.ts";
import type { Expression } from "../tree/ast.ts";
import type { Parser } from "./state.ts";
import type { Span } from "../source/sources.ts";

export interface AddressHint {
  /** For the end of a message. */
  readonly text: string;
  readonly fix?: Fix;
}

const NONE: AddressHint = { text: "" };

/** What would make the value one of that type. */
export function addressHint(p: Parser, value: Expression, to: Type, { loc }: Span): AddressHint {
  const from = value.type;
  const file = p.sources.fileOf(loc);
  if (file === undefined || p.diagnostics.expansions.has(loc)) return NONE;
  const first = file.text[loc - file.base];
  if (value.kind === "address" && value.of.kind === "string") return NONE;
  if (from.kind === "pointer" && from.to.kind !== "void" && compatibleUnqualified(from.to, to)) {
    if (first === "&")
      return { text: "; remove the '&'", fix: { from: loc, to: loc + 1, text: "" } };
    if (value.kind !== "load" && value.kind !== "call" && value.kind !== "address") return NONE;
    return { text: "; read what it points to with '*'", fix: { from: loc, to: loc, text: "*" } };
  }
  if (to.kind !== "pointer" || to.to.kind === "void" || !compatibleUnqualified(to.to, from))
    return NONE;
  // A structure is a place itself.
  const isPlace =
    value.kind === "load" ||
    value.kind === "variable" ||
    value.kind === "member" ||
    value.kind === "dereference";
  if (!isPlace) return NONE;
  if (first === "*") return { text: "; remove the '*'", fix: { from: loc, to: loc + 1, text: "" } };
  return { text: "; take the address with '&'", fix: { from: loc, to: loc, text: "&" } };
}
