// __builtin___memcpy_chk and its kin (gcc's manual, "Object Size Checking"): a library function that also gets the size of the
// object it writes to, as __builtin_object_size tells it, and ends the program rather than write beyond. Where the size is not
// known, or a constant length fits, it is the plain function.

import type { Token } from "../preprocess/token.ts";
import type { Expression } from "../tree/ast.ts";
import { libraryCall } from "./builtin-library.ts";
import type { Parser } from "./state.ts";

interface Checked {
  /** Which argument is the object's size; undefined: there is only a flag. */
  readonly size?: number;
  /** Which one asks for more checks when it is not 0. */
  readonly flag?: number;
  /** Which one bounds what is written. */
  readonly length?: number;
}

const CHECKED: Readonly<Record<string, Checked>> = {
  memcpy: { size: 3, length: 2 },
  memmove: { size: 3, length: 2 },
  mempcpy: { size: 3, length: 2 },
  memset: { size: 3, length: 2 },
  strncpy: { size: 3, length: 2 },
  stpncpy: { size: 3, length: 2 },
  strncat: { size: 3 },
  strcpy: { size: 2 },
  stpcpy: { size: 2 },
  strcat: { size: 2 },
  sprintf: { size: 2, flag: 1 },
  vsprintf: { size: 2, flag: 1 },
  snprintf: { size: 3, flag: 2, length: 1 },
  vsnprintf: { size: 3, flag: 2, length: 1 },
  printf: { flag: 0 },
  vprintf: { flag: 0 },
  fprintf: { flag: 1 },
  vfprintf: { flag: 1 },
};

const UNKNOWN_SIZE = (1n << 64n) - 1n;

/** Undefined: it is another builtin. `short` is the name behind __builtin_. */
export function checkedCall(
  p: Parser,
  short: string,
  args: readonly Expression[],
  name: Token,
): Expression | undefined {
  const plain = /^__(\w+)_chk$/.exec(short)?.[1];
  const checked = plain !== undefined && Object.hasOwn(CHECKED, plain) ? CHECKED[plain] : undefined;
  if (plain === undefined || checked === undefined) return undefined;
  if (!isCertain(checked, args)) return libraryCall(p, short, args, name);
  const kept = args.filter((_, index) => index !== checked.size && index !== checked.flag);
  return libraryCall(p, plain, kept, name);
}

/** Whether there is nothing left to check when the program runs. */
function isCertain({ size, flag, length }: Checked, args: readonly Expression[]): boolean {
  const most = size === undefined ? UNKNOWN_SIZE : constantOf(args[size]);
  const asksForMore = flag !== undefined && constantOf(args[flag]) !== 0n;
  if (most === undefined || asksForMore) return false;
  if (most === UNKNOWN_SIZE) return true;
  const written = length === undefined ? undefined : constantOf(args[length]);
  return written !== undefined && written <= most;
}

function constantOf(e: Expression | undefined): bigint | undefined {
  return e?.kind === "integer" ? BigInt.asUintN(64, e.value) : undefined;
}
