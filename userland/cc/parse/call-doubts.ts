// Warnings about calls of well-known functions of the C library whose arguments cannot be meant.

import type { WarningName } from "../source/warnings.ts";
import { sizeOf } from "../types/layout.ts";
import type { Expression, FunctionSymbol } from "../tree/ast.ts";
import { isNullConstant, isPoisoned } from "../tree/nodes.ts";
import { warnOfPointerBytes } from "./sizes.ts";
import type { Parser } from "./state.ts";
import type { Span } from "../source/sources.ts";

/** Arguments that must not be null, counted from 1. */
const NOT_NULL: Readonly<Record<string, readonly number[]>> = {
  atoi: [1],
  atol: [1],
  fputs: [1, 2],
  memcpy: [1, 2],
  memmove: [1, 2],
  memset: [1],
  printf: [1],
  puts: [1],
  strcat: [1, 2],
  strchr: [1],
  strcmp: [1, 2],
  strcpy: [1, 2],
  strdup: [1],
  strlen: [1],
  strncmp: [1, 2],
  strncpy: [1, 2],
  strstr: [1, 2],
};

/** How many bytes are written to the first argument: the index of the argument that says so, or "text": all of a string. */
const WRITES: Readonly<Record<string, number | "text">> = {
  fgets: 1,
  memcpy: 2,
  memmove: 2,
  memset: 2,
  snprintf: 1,
  strcpy: "text",
  strncpy: 2,
};

const OF_BYTES = /^(?:mem(?:set|cpy|move|cmp)|strn(?:cpy|cat|cmp))$/;

/** `starts` has the index of each argument's first token, and behind them that of the token behind the parenthesis. */
export function warnOfCall(
  p: Parser,
  { name, linkage }: FunctionSymbol,
  args: readonly Expression[],
  starts: readonly number[],
  spans: readonly Span[],
): void {
  if (linkage !== "external" || p.unreached > 0) return;
  const warn = (index: number, option: WarningName, message: string) => {
    const span = spans[index];
    if (span !== undefined) p.diagnostics.warning(option, span.loc, message, { end: span.end });
  };
  if (Object.hasOwn(NOT_NULL, name)) {
    for (const number of NOT_NULL[name] ?? []) {
      const argument = args[number - 1];
      if (argument !== undefined && isNullConstant(argument))
        warn(number - 1, "nonnull", `'${name}' must not get a null pointer here`);
    }
  }
  if (name === "free") {
    const object = ownObject(args[0]);
    if (object !== undefined)
      warn(0, "free-nonheap-object", `'free' gets ${object}, which is not from malloc`);
    return;
  }
  const [, byte, size] = args;
  if (name === "memset" && size?.kind === "integer" && size.value === 0n && !isPoisoned(size)) {
    if (byte?.kind !== "integer" || byte.value !== 0n)
      warn(2, "memset-transposed-args", "'memset' gets the size 0; the size is the last argument");
  }
  if (OF_BYTES.test(name)) warnOfPointerBytes(p, name, args, starts, spans);
  if (Object.hasOwn(WRITES, name)) warnOfOverflow(args, name, warn);
}

function ownObject(e: Expression | undefined): string | undefined {
  if (e?.kind !== "address") return undefined;
  const { of } = e;
  if (of.kind === "variable") return `'${of.variable.name}'`;
  return of.kind === "string" ? "a string of the program" : undefined;
}

function warnOfOverflow(
  args: readonly Expression[],
  name: string,
  warn: (index: number, option: WarningName, message: string) => void,
): void {
  const target = args[0]?.kind === "address" ? args[0].of : undefined;
  if (target?.kind !== "variable" || target.type.kind !== "array" || target.type.length <= 0)
    return;
  const room = sizeOf(target.type);
  const how = WRITES[name] ?? "text";
  const source = args[how === "text" ? 1 : how];
  let bytes = 0;
  if (how !== "text") bytes = source?.kind === "integer" ? Number(source.value) : 0;
  else if (source?.kind === "address" && source.of.kind === "string")
    bytes = source.of.bytes.indexOf(0) + 1;
  if (bytes <= room) return;
  warn(
    how === "text" ? 1 : how,
    "fortify-source",
    how === "text"
      ? `'${name}' writes ${bytes} bytes, the zero at the end included; '${target.variable.name}' has room for ${room}`
      : `'${name}' may write ${bytes} bytes; '${target.variable.name}' has room for ${room}`,
  );
}
