// The interpreter's Emitter: turns an operation's semantics into WebAssembly. Registers are in linear memory at HART,
// their byte offsets in the decoded instruction at local `ip`; see operations.ts for the entry's layout and layout.ts
// for the TLB's.

import type { AccessBytes, Emitter } from "./isa-emitter.ts";
import {
  ACCESS_READ,
  ACCESS_WRITE,
  HART,
  STATE_RESERVATION,
  TLB_BYTES,
  TLB_ENTRIES,
  TLB_ENTRY_BYTES,
  TLB_HOST,
  TLB_TAG,
} from "./layout.ts";
import type { Single } from "./operations.ts";
import { br, brIf, drop, get, I32, I64, i32, i64, set, when, whenOf } from "./wasm-code.ts";
import type { Code, Label } from "./wasm-code.ts";

/** The locals and labels of the generated function that handlers share. */
export interface Frame {
  readonly ip: number;
  readonly budget: number;
  readonly pcDelta: number;
  readonly tlb: number;
  /** The guest address of the access, jump or trap at hand. */
  readonly address: number;
  /** A TLB entry's address. */
  readonly entry: number;
  temporary(type: typeof I32 | typeof I64, index: number): number;
  /** Go on with the instruction at ip, in the same block. */
  readonly top: Label;
  /** Go on with the instruction at ip, which begins a block. */
  readonly enter: Label;
  /** Go on at guest address `address`. */
  readonly jump: Label;
  /** The budget does not cover the block at ip. */
  readonly limit: Label;
  /** `address` is not in the execute TLB. */
  readonly fetch: Label;
  /** `address` is not in the read or write TLB, or leaves its page. */
  readonly missRead: Label;
  readonly missWrite: Label;
  /** Leaves the function with a reason (i32). */
  readonly exit: Label;
}

/** Why generated code returned; TRAP + cause for an exception. */
export const REASON_READ = 0;
export const REASON_WRITE = 1;
export const REASON_FETCH = 2;
export const REASON_LIMIT = 3;
export const REASON_DECODE = 4;
export const REASON_STRADDLE = 5;
export const REASON_CSR = 6;
export const REASON_TRAP = 16;

const CAUSE_LOAD_MISALIGNED = 4;
const CAUSE_STORE_MISALIGNED = 6;

/** What an operation does to memory, noted while it is generated: the slow path must know. */
export interface Access {
  readonly bytes: AccessBytes;
  readonly signed: boolean;
}

/** Address of the TLB entry for the guest address in local `address`. */
export function tlbEntry(frame: Frame): Code {
  const shift = 12 - Math.log2(TLB_ENTRY_BYTES);
  const mask = (TLB_ENTRIES - 1) * TLB_ENTRY_BYTES;
  return i32.add(
    get(frame.tlb),
    i32.and(i32.shrU(i32.wrap(get(frame.address)), i32.const(shift)), i32.const(mask)),
  );
}

export function pcAt(frame: Frame): Code {
  return i64.add(get(frame.pcDelta), i64.extendI32U(i32.shrU(get(frame.ip), i32.const(2))));
}

/** Pays for the block at ip and begins it. */
export function enterBlock(frame: Frame): Code {
  return [
    set(frame.budget, i32.sub(get(frame.budget), i32.load16u(get(frame.ip), 2))),
    brIf(frame.limit, i32.ltS(get(frame.budget), i32.const(0))),
    br(frame.top),
  ];
}

export function advance(frame: Frame, bytes: number): Code {
  return set(frame.ip, i32.add(get(frame.ip), i32.const(4 * bytes)));
}

function loadBy(bytes: AccessBytes, signed: boolean, host: Code): Code {
  switch (bytes) {
    case 1:
      return signed ? i64.load8s(host) : i64.load8u(host);
    case 2:
      return signed ? i64.load16s(host) : i64.load16u(host);
    case 4:
      return signed ? i64.load32s(host) : i64.load32u(host);
    case 8:
      return i64.load(host);
  }
}

function storeBy(bytes: AccessBytes, host: Code, value: Code): Code {
  switch (bytes) {
    case 1:
      return i64.store8(host, value);
    case 2:
      return i64.store16(host, value);
    case 4:
      return i64.store32(host, value);
    case 8:
      return i64.store(host, value);
  }
}

export interface Generated {
  readonly code: Code;
  readonly access: Access | undefined;
  /** The code has left for another block or out of the function; nothing follows it. */
  readonly leaves: boolean;
}

/** Code for one operation, without going on to the next. */
export function generate(single: Single, frame: Frame, firstTemporary: number): Generated {
  const { instruction, bytes, discard, far, zero } = single;
  const { format } = instruction;
  const { ip, address, entry } = frame;
  const out: Code[] = [];
  let access: Access | undefined;
  let leaves = false;
  let temporaries = firstTemporary;

  const keep = (type: typeof I32 | typeof I64, value: Code): Code => {
    const local = frame.temporary(type, temporaries++);
    out.push(set(local, value));
    return get(local);
  };
  const register = (offset: number): Code => i64.load(i32.load8u(get(ip), offset), HART);
  // The register's offset is computed before the value, so a value must not change ip.
  const write = (value: Code): void => {
    out.push(discard ? drop(value) : i64.store(i32.load8u(get(ip), 4), value, HART));
  };
  const trap = (cause: number): Code => br(frame.exit, i32.const(REASON_TRAP + cause));
  const target = (): Code =>
    format === "J" ? i32.shrS(i32.load(get(ip), 4), i32.const(8)) : i32.load16s(get(ip), 6);
  const go = (): Code =>
    far
      ? [set(address, i64.add(pcAt(frame), i64.extendI32S(target()))), br(frame.jump)]
      : [set(ip, i32.add(get(ip), target())), enterBlock(frame)];

  /** Looks up local `address`; leaves on a miss. The result is the host address, as an expression. */
  const lookUp = (size: AccessBytes, kind: number): Code => {
    const tagAt = kind * TLB_BYTES + TLB_TAG;
    out.push(
      set(entry, tlbEntry(frame)),
      brIf(
        kind === ACCESS_READ ? frame.missRead : frame.missWrite,
        i64.geU(i64.sub(get(address), i64.load(get(entry), tagAt)), i64.const(4097 - size)),
      ),
    );
    return i32.add(i32.wrap(get(address)), i32.load(get(entry), kind * TLB_BYTES + TLB_HOST));
  };
  const atomicAddress = (size: 4 | 8, misaligned: number): void => {
    access = { bytes: size, signed: true };
    out.push(
      set(address, e.rs1()),
      when(i32.and(i32.wrap(get(address)), i32.const(size - 1)), trap(misaligned)),
    );
  };
  const setReservation = (value: Code): Code => i64.store(i32.const(0), value, STATE_RESERVATION);

  const e: Emitter<Code, Code> = {
    rs1: () => (zero === "rs1" ? i64.const(0) : register(5)),
    rs2: () => {
      if (zero === "rs2") return i64.const(0);
      return register(format === "store" || format === "B" ? 4 : 6);
    },
    imm: () =>
      format === "U"
        ? i64.extendI32S(i32.shl(i32.and(i32.load(get(ip), 4), i32.const(-256)), i32.const(4)))
        : i64.load16s(get(ip), 6),
    pc: () => pcAt(frame),
    next: () => i64.add(pcAt(frame), i64.const(bytes)),
    rd: write,
    constant: i64.const,
    let: (value) => keep(I64, value),
    add: i64.add,
    sub: i64.sub,
    mul: i64.mul,
    and: i64.and,
    or: i64.or,
    xor: i64.xor,
    shl: i64.shl,
    shr: i64.shrU,
    sar: i64.shrS,
    divS: i64.divS,
    divU: i64.divU,
    remS: i64.remS,
    remU: i64.remU,
    sext32: i64.extend32s,
    zext32: (a) => i64.extendI32U(i32.wrap(a)),
    isZero: i64.eqz,
    eq: (a, b) => (zero === "rs2" ? i64.eqz(a) : i64.eq(a, b)),
    ne: i64.ne,
    ltS: i64.ltS,
    ltU: i64.ltU,
    geS: i64.geS,
    geU: i64.geU,
    both: i32.and,
    flag: i64.extendI32U,
    choose: (condition, then, otherwise) => whenOf(I64, condition, then(), otherwise()),

    load(size, signed, at) {
      access = { bytes: size, signed };
      out.push(set(address, at));
      return loadBy(size, signed, lookUp(size, ACCESS_READ));
    },
    store(size, at, value) {
      access = { bytes: size, signed: true };
      out.push(set(address, at));
      out.push(storeBy(size, lookUp(size, ACCESS_WRITE), value));
    },
    amo(size, combine) {
      atomicAddress(size, CAUSE_STORE_MISALIGNED);
      const host = keep(I32, lookUp(size, ACCESS_WRITE));
      const old = keep(I64, loadBy(size, true, host));
      const operand = keep(I64, size === 4 ? i64.extend32s(e.rs2()) : e.rs2());
      out.push(storeBy(size, host, combine(old, operand)));
      write(old);
    },
    loadReserved(size) {
      atomicAddress(size, CAUSE_LOAD_MISALIGNED);
      const host = lookUp(size, ACCESS_READ);
      write(loadBy(size, true, host));
      out.push(setReservation(get(address)));
    },
    storeConditional(size) {
      atomicAddress(size, CAUSE_STORE_MISALIGNED);
      const before = out.splice(0);
      out.push(storeBy(size, lookUp(size, ACCESS_WRITE), e.rs2()));
      write(i64.const(0));
      const success = out.splice(0);
      write(i64.const(1));
      const failure = out.splice(0);
      const reserved = i64.eq(get(address), i64.load(i32.const(0), STATE_RESERVATION));
      out.push(before, when(reserved, success, failure), setReservation(i64.const(-1)));
    },

    branch(condition) {
      leaves = true;
      out.push(when(condition, go()), advance(frame, bytes), enterBlock(frame));
    },
    jump() {
      leaves = true;
      out.push(go());
    },
    jumpTo(to) {
      leaves = true;
      out.push(set(address, to), br(frame.jump));
    },
    trap(cause) {
      leaves = true;
      out.push(set(address, i64.const(0)), trap(cause));
    },
    csr() {
      leaves = true;
      out.push(br(frame.exit, i32.const(REASON_CSR)));
    },
    fenceI: () => undefined,
  };

  instruction.semantics(e);
  return { code: out, access, leaves };
}
