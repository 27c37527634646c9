// A relaxed section's new contents: shorter instructions in the place of longer ones, with the relocations that fill them in.
// (RISC-V Unprivileged ISA, chapter "C".)

import type { Relocation } from "../object/object-file.ts";
import * as R from "../object/relocation-types.ts";
import { offsetAfter } from "./cuts.ts";
import { type Relaxable, type Site, siteOffset } from "./relax-sites.ts";

const JAL = 0x6f;
const C_J = 0xa001;
const C_BEQZ = 0xc001;
const C_LUI = 0x6001;
const C_NOP = 1;
const NOP = 0x13;
const GP = 3;
const TP = 4;

/** What a lower part without its upper part counts from. */
const lows = new Map([
  [R.R_RISCV_LO12_I, { register: GP, type: R.R_RISCV_GPREL_I }],
  [R.R_RISCV_LO12_S, { register: GP, type: R.R_RISCV_GPREL_S }],
  [R.R_RISCV_TPREL_LO12_I, { register: TP, type: R.R_RISCV_TPREL_I }],
  [R.R_RISCV_TPREL_LO12_S, { register: TP, type: R.R_RISCV_TPREL_S }],
]);

export function writeRelaxed(one: Relaxable): void {
  const { section, sites, global } = one;
  const { cuts } = section;
  if (cuts.length === 0 && global.size === 0 && !one.hasAlignment) return;
  const old = section.section.data;
  const data = new Uint8Array(section.size);
  let from = 0;
  for (const { at, removed, own } of cuts) {
    data.set(old.subarray(from, at - own), from - (removed - own));
    from = at;
  }
  data.set(old.subarray(from), from - (cuts.at(-1)?.removed ?? 0));
  section.data = data;
  const view = new DataView(data.buffer);
  const before = new DataView(old.buffer, old.byteOffset, old.byteLength);
  /** Undefined: there is nothing to fill in any more. */
  const types = new Map<Relocation, number | undefined>();
  for (const site of sites) writeSite(one, site, { before, view }, types);
  const relocations: Relocation[] = [];
  for (const relocation of section.relocations) {
    let { type } = relocation;
    const offset = offsetAfter(cuts, relocation.offset);
    if (type === R.R_RISCV_ALIGN || type === R.R_RISCV_RELAX) continue;
    if (types.has(relocation)) {
      const changed = types.get(relocation);
      if (changed === undefined) continue;
      type = changed;
    } else if (global.has(relocation)) {
      const base = lows.get(type);
      if (base === undefined) continue;
      const others = view.getUint32(offset, true) & ~(31 << 15);
      view.setUint32(offset, others | (base.register << 15), true);
      ({ type } = base);
    }
    relocations.push({ ...relocation, offset, type });
  }
  section.relocations = relocations;
}

function writeSite(
  one: Relaxable,
  site: Site,
  { before, view }: { readonly before: DataView; readonly view: DataView },
  types: Map<Relocation, number | undefined>,
): void {
  const { kind, offset, length, relocation, removed } = site;
  const at = siteOffset(one, site);
  if (kind === "align") {
    writeNops(view, at, at + length - removed);
    return;
  }
  if (removed === 0) return;
  const word = before.getUint32(offset, true);
  const rd = (word >>> 7) & 31;
  switch (kind) {
    case "call":
      if (removed === 6) {
        view.setUint16(at, C_J, true);
        types.set(relocation, R.R_RISCV_RVC_JUMP);
      } else {
        const link = before.getUint32(offset + 4, true) & 0xf80;
        view.setUint32(at, JAL | link, true);
        types.set(relocation, R.R_RISCV_JAL);
      }
      return;
    case "jump":
      view.setUint16(at, C_J, true);
      types.set(relocation, R.R_RISCV_RVC_JUMP);
      return;
    case "branch": {
      const isNotEqual = (word >>> 12) & 1;
      const register = (word >>> 15) & 7;
      view.setUint16(at, C_BEQZ | (isNotEqual << 13) | (register << 7), true);
      types.set(relocation, R.R_RISCV_RVC_BRANCH);
      return;
    }
    case "thread":
      types.set(relocation, undefined);
      return;
    case "high":
      if (removed === 2) {
        view.setUint16(at, C_LUI | (rd << 7), true);
        types.set(relocation, R.R_RISCV_RVC_LUI);
      } else types.set(relocation, undefined);
  }
}

/** What is left may begin in the middle of an instruction, so the padding is written anew. */
function writeNops(view: DataView, from: number, to: number): void {
  let at = from;
  // Behind an odd number of bytes of data.
  if (((to - at) & 1) !== 0) view.setUint8(at++, 0);
  if (((to - at) & 2) !== 0) {
    view.setUint16(at, C_NOP, true);
    at += 2;
  }
  for (; at + 4 <= to; at += 4) view.setUint32(at, NOP, true);
}
