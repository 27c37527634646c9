// __builtin_object_size (gcc's manual, "Object Size Checking"): how many bytes there are from a pointer to the end of the object
// that it points into, where the expression itself says so. What a variable holds is not followed.

import { hasFlexibleArray, isComplete, sizeOf } from "../types/layout.ts";
import type { Type } from "../types/type.ts";
import type { Expression } from "../tree/ast.ts";

/** Undefined: nothing is known. `ofPart`: to the end of the member or array that is named, not of the whole. */
export function objectSize(e: Expression, ofPart: boolean): bigint | undefined {
  const found = pointed(e);
  if (found === undefined) return undefined;
  const { whole, part } = found;
  const { size, offset } = ofPart ? part : whole;
  return BigInt(offset < 0 || offset > size ? 0 : size - offset);
}

/** Bytes, and how far from the beginning the pointer stands. */
interface Reach {
  readonly size: number;
  readonly offset: number;
}

interface Pointed {
  readonly whole: Reach;
  readonly part: Reach;
}

function pointed(pointer: Expression): Pointed | undefined {
  switch (pointer.kind) {
    case "convert":
      return pointer.value.type.kind === "pointer" ? pointed(pointer.value) : undefined;
    case "address":
      return placed(pointer.of);
    case "pointer-add": {
      if (pointer.index.kind !== "integer") return undefined;
      const of = rowOf(pointer.pointer) ?? pointed(pointer.pointer);
      const bytes = Number(BigInt.asIntN(64, pointer.index.value)) * pointer.element;
      return of === undefined ? undefined : moved(of, pointer.negative ? -bytes : bytes);
    }
    default:
      return undefined;
  }
}

/** Of an array's element that is an array itself, it is that whose elements are counted. */
function rowOf(pointer: Expression): Pointed | undefined {
  if (pointer.kind !== "convert" || pointer.value.type.kind !== "pointer") return undefined;
  const { to } = pointer.value.type;
  const of = to.kind === "array" && isKnown(to) ? pointed(pointer.value) : undefined;
  return of === undefined ? undefined : { ...of, part: { size: sizeOf(to), offset: 0 } };
}

function moved({ whole, part }: Pointed, bytes: number): Pointed {
  return {
    whole: { size: whole.size, offset: whole.offset + bytes },
    part: { size: part.size, offset: part.offset + bytes },
  };
}

function placed(place: Expression): Pointed | undefined {
  switch (place.kind) {
    case "string":
      return all(place.bytes.length);
    case "variable":
    case "compound-literal":
      return known(place.type);
    case "dereference":
      return pointed(place.pointer);
    case "member": {
      const of = placed(place.of);
      const { member } = place;
      if (of === undefined || member.bits !== undefined || !isKnown(member.type)) return undefined;
      const { whole } = moved(of, member.offset);
      return { whole, part: { size: sizeOf(member.type), offset: 0 } };
    }
    default:
      return undefined;
  }
}

function isKnown(type: Type): boolean {
  return isComplete(type) && type.kind !== "function" && !hasFlexibleArray(type);
}

function known(type: Type): Pointed | undefined {
  return isKnown(type) ? all(sizeOf(type)) : undefined;
}

function all(size: number): Pointed {
  return { whole: { size, offset: 0 }, part: { size, offset: 0 } };
}
