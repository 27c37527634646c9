// What the optimiser knows of a module's symbols: what is read-only and what it holds, and which names may be one place.

import type { IrData, IrModule } from "../ir/ir.ts";
import type { Symbols } from "./memory.ts";

export function symbolsOf(module: IrModule): Symbols {
  const constants = new Map<string, IrData>();
  for (const data of module.data)
    if (
      (data.section === "rodata" || data.section === "strings") &&
      data.linkage.binding !== "weak"
    )
      constants.set(data.symbol, data);
  const aliased = new Set<string>(module.weak);
  for (const { symbol, target } of module.aliases) aliased.add(symbol).add(target);
  return {
    aliased,
    isReadOnly: (name) => constants.has(name),
    bytesAt: (name, offset, size) => {
      const data = constants.get(name);
      return data === undefined ? undefined : bytesOf(data, offset, size);
    },
  };
}

/** Bytes that no reference is in. */
function bytesOf(data: IrData, offset: number, size: number): bigint | undefined {
  if (offset < 0 || offset + size > data.size) return undefined;
  for (const reference of data.references)
    if (reference.offset < offset + size && offset < reference.offset + reference.size)
      return undefined;
  let value = 0n;
  for (let at = offset + size - 1; at >= offset; at--)
    value = (value << 8n) | BigInt(data.bytes?.[at] ?? 0);
  return value;
}
