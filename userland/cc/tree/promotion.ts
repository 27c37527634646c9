// The integer promotions of a value (C11 6.3.1.1p2), which know of bit-fields what their types do not say.

import { promoted, promotedBits } from "../types/conversions.ts";
import type { Type } from "../types/type.ts";
import type { Expression } from "./ast.ts";
import { convert } from "./nodes.ts";

/** Behind the default argument promotions (6.5.2.2p6). */
export function promote(e: Expression): Expression {
  return convert(e, promotedType(e));
}

/** The promoted type of a value; of a bit-field's, read or just written, its width decides. */
export function promotedType(e: Expression): Type {
  switch (e.kind) {
    case "load":
    case "assign":
    case "compound-assign":
    case "increment":
      if (e.place.kind === "member" && e.place.member.bits !== undefined)
        return promotedBits(e.type, e.place.member.bits);
      break;
    case "comma":
      return promotedType(e.right);
    default:
      break;
  }
  return promoted(e.type);
}
