// Sizes, alignments and where members lie (RISC-V psABI, "C/C++ type details"; bit-fields as GNU C lays them out on SysV
// targets: a bit-field never crosses a boundary of its declared type's size unless it is packed, a named one aligns the
// structure as its type does, one of no width closes the unit).

import type { Member, StructTag, Type } from "./type.ts";

/** Bytes; 0 for what has no size: void, functions, incomplete types. */
export function sizeOf(type: Type): number {
  switch (type.kind) {
    case "integer":
      return type.size;
    case "pointer":
      return 8;
    case "enum":
      return type.tag.underlying?.size ?? 0;
    case "array":
      return type.length < 0 ? 0 : type.length * sizeOf(type.of);
    case "struct":
      return type.tag.size;
    case "void":
    case "function":
      return 0;
  }
}

/** Bytes; at least 1. */
export function alignOf(type: Type): number {
  return Math.max(naturalAlign(type), type.alignas);
}

function naturalAlign(type: Type): number {
  switch (type.kind) {
    case "integer":
      return type.size;
    case "pointer":
      return 8;
    case "enum":
      return type.tag.underlying?.size ?? 4;
    case "array":
      return alignOf(type.of);
    case "struct":
      return Math.max(type.tag.align, 1);
    case "void":
    case "function":
      return 1;
  }
}

export function isComplete(type: Type): boolean {
  switch (type.kind) {
    case "void":
    case "function":
      return false;
    case "array":
      return type.length >= 0 && isComplete(type.of);
    case "struct":
      return type.tag.members !== undefined;
    case "enum":
      return type.tag.underlying !== undefined;
    case "integer":
    case "pointer":
      return true;
  }
}

/** Structures whose last member is an array of unknown length, or such a structure. */
const flexible = new WeakSet<StructTag>();

export function hasFlexibleArray(type: Type): boolean {
  return type.kind === "struct" && flexible.has(type.tag);
}

/** What a declaration of a member says, before it has a place. */
export interface Field {
  readonly name: string | undefined;
  readonly type: Type;
  /** Of a bit-field. */
  readonly width: number | undefined;
  /** _Alignas and aligned attributes of the member itself; 0: none. */
  readonly align: number;
  readonly packed: boolean;
  readonly loc: number;
}

/** Gives the members of a structure or union their places, and completes its tag. `align` is an attribute's, `pack` what
 * #pragma pack allows a member; 0: none. */
export function layOut(
  tag: StructTag,
  fields: readonly Field[],
  packed: boolean,
  align: number,
  pack: number,
): void {
  const members: Member[] = [];
  /** Where the next member may begin, in bits. Sizes stay below 2^53 bits: the parser limits them. */
  let at = 0;
  let end = 0;
  let most = 1;
  for (const field of fields) {
    if (tag.isUnion) at = 0;
    const size = sizeOf(field.type);
    const natural = alignOf(field.type);
    const tight = packed || field.packed;
    const limit = pack > 0 ? pack : Infinity;
    if (field.width === undefined) {
      const asked = Math.max(tight ? field.type.alignas : natural, field.align, 1);
      const own = Math.min(asked, limit);
      const offset = Math.ceil(at / 8 / own) * own;
      members.push({
        name: field.name,
        type: field.type,
        offset,
        bits: undefined,
        loc: field.loc,
      });
      at = (offset + size) * 8;
      most = Math.max(most, own);
    } else if (field.width === 0) {
      // Whatever is packed, this aligns what comes next; it does not align the structure.
      const unit = Math.max(size, field.align) * 8;
      at = Math.ceil(at / unit) * unit;
    } else {
      const unit = size * 8;
      const asked = Math.min(field.align, limit);
      if (asked > 0) at = Math.ceil(at / 8 / asked) * asked * 8;
      const crosses = Math.floor(at / unit) !== Math.floor((at + field.width - 1) / unit);
      // Under #pragma pack, whatever it says, bit-fields follow each other without gaps.
      const mayCross = tight || pack > 0;
      if (crosses && !mayCross) at = Math.ceil(at / unit) * unit;
      // A packed one that crosses its unit's boundary is reached through a unit at any byte.
      const unitAt = mayCross && crosses ? Math.floor(at / 8) : Math.floor(at / unit) * size;
      members.push({
        name: field.name,
        type: field.type,
        offset: unitAt,
        bits: { at: at - unitAt * 8, width: field.width },
        loc: field.loc,
      });
      at += field.width;
      if (field.name !== undefined) {
        const own = pack > 0 ? Math.min(natural, pack) : tight ? 1 : natural;
        most = Math.max(most, own, asked);
      }
    }
    end = Math.max(end, at);
  }
  const last = fields.at(-1)?.type;
  if (
    last !== undefined &&
    (hasFlexibleArray(last) || (last.kind === "array" && last.length < 0))
  ) {
    flexible.add(tag);
  }
  most = Math.max(most, align);
  tag.members = members;
  tag.align = most;
  tag.size = Math.ceil(Math.ceil(end / 8) / most) * most;
}
