// The Sv39 walker and the TLBs' filling, as generated code. Specification: RISC-V Privileged Architecture, "Virtual
// Address Translation Process"; A and D are set by hardware (Svadu). Tables lie in guest RAM in the real format
// (kernel/abi/sv39.ts draws it); guests run in user mode, so a leaf must have U.
//
//   walk(address, access) -> frame, or -1 - cause

import {
  ACCESS_EXECUTE,
  STATE_BANK,
  STATE_ROOT,
  TLB_BYTES,
  TLB_ENTRIES,
  TLB_ENTRY_BYTES,
  TLB_HOST,
  TLB_TAG,
} from "./layout.ts";
import type { Layout } from "./layout.ts";
import {
  block,
  br,
  brIf,
  get,
  I32,
  I64,
  i32,
  i64,
  label,
  loop,
  ret,
  select,
  set,
  unreachable,
  when,
} from "./wasm-code.ts";
import type { Code } from "./wasm-code.ts";
import type { Locals } from "./wasm-module.ts";

const V = 1;
const R = 2;
const W = 4;
const X = 8;
const U = 16;
const A = 64;
const D = 128;

/** Picks a constant by the access in a local: read, write, execute. */
function byAccess(access: number, read: number, write: number, execute: number): Code {
  return select(
    i32.const(execute),
    select(i32.const(write), i32.const(read), get(access)),
    i32.eq(get(access), i32.const(ACCESS_EXECUTE)),
  );
}

export function walkBody(locals: Locals, layout: Layout): Code {
  const address = 0;
  const access = 1;
  const table = locals.local(I32);
  const shift = locals.local(I32);
  const pteAt = locals.local(I32);
  const flags = locals.local(I32);
  const after = locals.local(I32);
  const pte = locals.local(I64);
  const ppn = locals.local(I64);
  const low = locals.local(I64);
  const pageFault = label("page fault");
  const accessFault = label("access fault");
  const next = label("next level");

  const flagged = (bits: number): Code => i32.and(get(flags), i32.const(bits));
  const index = i32.and(
    i32.wrap(i64.shrU(get(address), i64.extendI32U(get(shift)))),
    i32.const(511),
  );
  const inner: Code = [
    brIf(pageFault, i32.eq(get(shift), i32.const(12))),
    brIf(pageFault, flagged(A | D | U)),
    brIf(accessFault, i64.geU(get(ppn), i64.const(layout.frames))),
    set(table, i32.wrap(get(ppn))),
    set(shift, i32.sub(get(shift), i32.const(9))),
    br(next),
  ];
  const leaf: Code = [
    brIf(pageFault, i32.eqz(flagged(U))),
    brIf(pageFault, i32.eqz(i32.and(get(flags), i32.shl(i32.const(R), get(access))))),
    // A superpage takes its low frame bits from the address, and must have none of its own.
    set(
      low,
      i64.sub(
        i64.shl(i64.const(1), i64.extendI32U(i32.sub(get(shift), i32.const(12)))),
        i64.const(1),
      ),
    ),
    brIf(pageFault, i32.eqz(i64.eqz(i64.and(get(ppn), get(low))))),
    set(ppn, i64.or(get(ppn), i64.and(i64.shrU(get(address), i64.const(12)), get(low)))),
    brIf(accessFault, i64.geU(get(ppn), i64.const(layout.frames))),
    set(after, i32.or(get(flags), byAccess(access, A, A | D, A))),
    when(i32.ne(get(after), get(flags)), i32.store(get(pteAt), get(after))),
    ret(i32.wrap(get(ppn))),
  ];
  const level: Code = [
    brIf(accessFault, i32.geU(get(table), i32.const(layout.frames))),
    set(
      pteAt,
      i32.add(
        i32.add(i32.const(layout.ramBase), i32.shl(get(table), i32.const(12))),
        i32.shl(index, i32.const(3)),
      ),
    ),
    set(pte, i64.load(get(pteAt))),
    set(flags, i32.wrap(get(pte))),
    brIf(pageFault, i32.eqz(flagged(V))),
    brIf(pageFault, i32.eq(flagged(R | W), i32.const(W))),
    brIf(pageFault, i32.eqz(i64.eqz(i64.shrU(get(pte), i64.const(54))))),
    set(ppn, i64.shrU(get(pte), i64.const(10))),
    when(i32.eqz(flagged(R | W | X)), inner),
    leaf,
  ];
  return [
    block(
      accessFault,
      block(
        pageFault,
        brIf(
          pageFault,
          i64.ne(i64.shrS(i64.shl(get(address), i64.const(25)), i64.const(25)), get(address)),
        ),
        set(table, i32.load(i32.const(0), STATE_ROOT)),
        set(shift, i32.const(30)),
        loop(next, level),
        unreachable,
      ),
      ret(byAccess(access, -1 - 13, -1 - 15, -1 - 12)),
    ),
    byAccess(access, -1 - 5, -1 - 7, -1 - 1),
  ];
}

/** install(address, access, host): makes a TLB entry; `host` is the frame's offset in memory, or its decoded code's. */
export function installBody(locals: Locals): Code {
  const address = 0;
  const access = 1;
  const host = 2;
  const entry = locals.local(I32);
  const page = i64.and(get(address), i64.const(-4096));
  const index = i32.and(
    i32.wrap(i64.shrU(get(address), i64.const(12))),
    i32.const(TLB_ENTRIES - 1),
  );
  return [
    set(
      entry,
      i32.add(
        i32.add(i32.load(i32.const(0), STATE_BANK), i32.mul(get(access), i32.const(TLB_BYTES))),
        i32.mul(index, i32.const(TLB_ENTRY_BYTES)),
      ),
    ),
    i64.store(get(entry), page, TLB_TAG),
    when(
      i32.eq(get(access), i32.const(ACCESS_EXECUTE)),
      i32.store(get(entry), get(host), TLB_HOST),
      i32.store(get(entry), i32.sub(get(host), i32.wrap(page)), TLB_HOST),
    ),
  ];
}
