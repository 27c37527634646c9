// __atomic_* (GCC manual 6.55) and the older __sync_* (6.54) as builtin nodes. Everything is sequentially consistent, which
// is as strong as any order that a program can ask for.

import { isInteger, isScalar } from "../types/conversions.ts";
import { alignOf, sizeOf } from "../types/layout.ts";
import { BOOL, LONG, INT, pointerTo, UNSIGNED_CHAR, unqualified, VOID } from "../types/make.ts";
import { quoted } from "../types/name.ts";
import type { Type } from "../types/type.ts";
import type { Token } from "../preprocess/token.ts";
import type { BuiltinName, Expression } from "../tree/ast.ts";
import { assignable } from "./assignable.ts";
import { atomicNand } from "./atomic-object.ts";
import * as nodes from "../tree/nodes.ts";
import { poison } from "../tree/nodes.ts";
import { endOf } from "./state.ts";
import type { Parser } from "./state.ts";

const PASSING = { kind: "passing" } as const;

const FETCHES: ReadonlyMap<string, BuiltinName> = new Map([
  ["fetch_add", "atomic-fetch-add"],
  ["fetch_sub", "atomic-fetch-sub"],
  ["fetch_and", "atomic-fetch-and"],
  ["fetch_or", "atomic-fetch-or"],
  ["fetch_xor", "atomic-fetch-xor"],
  ["add_fetch", "atomic-add-fetch"],
  ["sub_fetch", "atomic-sub-fetch"],
  ["and_fetch", "atomic-and-fetch"],
  ["or_fetch", "atomic-or-fetch"],
  ["xor_fetch", "atomic-xor-fetch"],
  ["fetch_and_add", "atomic-fetch-add"],
  ["fetch_and_sub", "atomic-fetch-sub"],
  ["fetch_and_and", "atomic-fetch-and"],
  ["fetch_and_or", "atomic-fetch-or"],
  ["fetch_and_xor", "atomic-fetch-xor"],
  ["add_and_fetch", "atomic-add-fetch"],
  ["sub_and_fetch", "atomic-sub-fetch"],
  ["and_and_fetch", "atomic-and-fetch"],
  ["or_and_fetch", "atomic-or-fetch"],
  ["xor_and_fetch", "atomic-xor-fetch"],
]);

/** How many arguments each takes; __sync_* may have more, which mean nothing. */
const COUNTS: Readonly<Record<string, number>> = {
  __atomic_load_n: 2,
  __atomic_load: 3,
  __atomic_store_n: 3,
  __atomic_store: 3,
  __atomic_exchange_n: 3,
  __atomic_exchange: 4,
  __atomic_compare_exchange_n: 6,
  __atomic_compare_exchange: 6,
  __atomic_test_and_set: 2,
  __atomic_clear: 2,
  __atomic_thread_fence: 1,
  __atomic_signal_fence: 1,
  __atomic_always_lock_free: 2,
  __atomic_is_lock_free: 2,
  __atomic_fetch_nand: 3,
  __atomic_nand_fetch: 3,
  __sync_fetch_and_nand: 2,
  __sync_nand_and_fetch: 2,
  __sync_synchronize: 0,
  __sync_bool_compare_and_swap: 3,
  __sync_val_compare_and_swap: 3,
  __sync_lock_test_and_set: 2,
  __sync_lock_release: 1,
};

/** Undefined: there is no such builtin. */
export function atomicCall(
  p: Parser,
  name: Token,
  args: readonly Expression[],
): Expression | undefined {
  const isSync = name.text.startsWith("__sync_");
  const short = name.text.slice(isSync ? 7 : 9);
  const fetch = FETCHES.get(short);
  // add_and_fetch is the older family's, add_fetch the newer's.
  const isFetch = fetch !== undefined && isSync === (short.split("_").length === 3);
  const listed = Object.hasOwn(COUNTS, name.text) ? COUNTS[name.text] : undefined;
  const known = isFetch ? (isSync ? 2 : 3) : listed;
  if (known === undefined) return undefined;
  const loc = name.loc;
  if (args.length < known || (args.length > known && !isSync)) {
    p.diagnostics.error(
      loc,
      `too ${args.length < known ? "few" : "many"} arguments to '${name.text}', expected ${known}, have ${args.length}`,
      { end: endOf(name) },
    );
    return poison(loc);
  }
  if (short === "thread_fence" || short === "synchronize") {
    return nodes.builtin("atomic-fence", [], VOID, loc);
  }
  if (short === "signal_fence") return nodes.builtin("compiler-fence", [], VOID, loc);
  if (short === "always_lock_free" || short === "is_lock_free") {
    const size = args[0];
    const isFree = size?.kind === "integer" && [1n, 2n, 4n, 8n].includes(size.value);
    return nodes.integer(isFree ? 1n : 0n, BOOL, loc);
  }
  return onObject(p, name, short, fetch, args);
}

function onObject(
  p: Parser,
  name: Token,
  short: string,
  fetch: BuiltinName | undefined,
  args: readonly Expression[],
): Expression {
  const loc = name.loc;
  const span = { loc, end: endOf(name) };
  const [first, second, third] = args;
  const complain = (message: string) => {
    p.diagnostics.error(loc, message, { end: span.end });
    return poison(loc);
  };
  if (first === undefined || first.type.kind !== "pointer") {
    return complain(`address argument to '${name.text}' must be a pointer`);
  }
  const isFlag = short === "test_and_set" || short === "clear";
  const type: Type = isFlag ? UNSIGNED_CHAR : unqualified(first.type.to);
  if (!isScalar(type) || sizeOf(type) > 8) {
    return complain(
      `address argument to '${name.text}' must be a pointer to an integer or pointer, not ${quoted(first.type)}`,
    );
  }
  const pointer = nodes.convert(first, pointerTo(type));
  const typed = (value: Expression | undefined): Expression => {
    if (value === undefined) return poison(loc);
    // GNU C converts between integers and pointers here without a word.
    if (isInteger(value.type) !== isInteger(type)) return nodes.convert(value, type);
    return assignable(p, value, type, PASSING, span);
  };
  /** What lies where an argument of the generic forms points. */
  const at = (value: Expression | undefined): Expression => {
    if (value?.type.kind !== "pointer")
      return complain(`'${name.text}' takes the addresses of its operands`);
    return nodes.dereference(nodes.convert(value, pointerTo(type)), type, loc);
  };
  const make = (builtin: BuiltinName, rest: readonly Expression[], result: Type = type) =>
    nodes.builtin(builtin, [pointer, ...rest], result, loc);
  const zero = nodes.integer(0n, type, loc);
  if (fetch !== undefined) {
    const amount = type.kind === "pointer" ? nodes.convert(second ?? zero, LONG) : typed(second);
    return make(fetch, [amount]);
  }
  switch (short) {
    case "fetch_nand":
    case "nand_fetch":
    case "fetch_and_nand":
    case "nand_and_fetch":
      return atomicNand(pointer, type, typed(second), short.startsWith("fetch"), loc);
    case "load_n":
      return make("atomic-load", []);
    case "load":
      return nodes.convert(nodes.assign(at(second), make("atomic-load", []), loc), VOID);
    case "store_n":
      return make("atomic-store", [typed(second)], VOID);
    case "store":
      return make("atomic-store", [nodes.load(at(second))], VOID);
    case "exchange_n":
    case "lock_test_and_set":
      return make("atomic-exchange", [typed(second)]);
    case "exchange":
      return nodes.convert(
        nodes.assign(at(third), make("atomic-exchange", [nodes.load(at(second))]), loc),
        VOID,
      );
    case "lock_release":
    case "clear":
      return make("atomic-store", [zero], VOID);
    case "test_and_set":
      return nodes.compare(
        "!=",
        nodes.convert(make("atomic-exchange", [nodes.integer(1n, type, loc)]), INT),
        nodes.integer(0n, INT, loc),
        loc,
      );
    case "compare_exchange_n":
    case "compare_exchange": {
      const expected = second;
      if (expected?.type.kind !== "pointer") {
        return complain(
          `second argument to '${name.text}' must be the address of the expected value`,
        );
      }
      const desired = short === "compare_exchange" ? nodes.load(at(third)) : typed(third);
      return make(
        "atomic-compare-exchange",
        [assignable(p, expected, pointerTo(type), PASSING, span), desired],
        BOOL,
      );
    }
    default:
      return compareAndSwap(short, pointer, typed(second), typed(third), type);
  }
}

/** ({ old = expected; swapped = compare_exchange(pointer, &old, desired); swapped or old; }) */
function compareAndSwap(
  short: string,
  pointer: Expression,
  expected: Expression,
  desired: Expression,
  type: Type,
): Expression {
  const loc = pointer.loc;
  const old = nodes.temporary("old", type, expected, alignOf(type), loc);
  const place = nodes.variable(old, loc);
  const swap = nodes.builtin(
    "atomic-compare-exchange",
    [pointer, nodes.address(place, pointerTo(type), loc), desired],
    BOOL,
    loc,
  );
  if (short === "bool_compare_and_swap") return nodes.sequence([old], [], swap, loc);
  return nodes.sequence(
    [old],
    [{ kind: "expression", expression: swap, loc }],
    nodes.load(place),
    loc,
  );
}
