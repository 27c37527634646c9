// Instructions of the machine on registers that may still be virtual, and the blocks they are in: what selection makes, the
// allocator works on and emit.ts prints. All instructions are objects of one shape, whatever form they have.

import type { AsmInstruction } from "../ir/ir.ts";
import type { Loc } from "../source/sources.ts";

export type Form =
  /** rd, rs1, rs2 */
  | "r"
  /** rd, rs1, immediate; with a symbol: its %lo */
  | "i"
  /** rd, rs1 (mv, seqz, …) */
  | "u"
  /** rd, immediate: the li pseudo-instruction */
  | "li"
  /** rd, %hi(symbol + immediate) */
  | "hi"
  /** rd = symbol + immediate: two instructions */
  | "la"
  /** rd = the address of a frame object + immediate */
  | "lea"
  /** rd, immediate(rs1) or %lo(symbol + immediate)(rs1) or a frame object + immediate */
  | "load"
  /** the same with rs2 as what is stored */
  | "store"
  /** rd, rs2, (rs1) */
  | "amo"
  /** rd, the register of success in `defs`; (rs1), expected rs2, desired uses[0] */
  | "cas"
  | "fence"
  /** defs[i] = uses[i], all at once; numbers below −1 are homes in the frame (homeOperand) */
  | "parallel"
  /** symbol, or rs1 when there is none */
  | "call"
  | "asm"
  /** Nothing: keeps its place. */
  | "nothing";

export const NONE = -1;

/** Frame objects that are no slots: see `slot`. */
export const NO_SLOT = -1;
/** Arguments that came on the stack. */
export const INCOMING = -2;
/** Where arguments for others go, at the stack pointer. */
export const OUTGOING = -3;
/** The first byte above what goes to others as arguments; this is what alloca gives. */
export const ABOVE_OUTGOING = -4;
/** The first unnamed argument of a variadic function. */
export const VARIADIC = -5;
/** The stack pointer as it was at the call. */
export const CALLERS_SP = -6;

export interface AsmPayload {
  readonly instruction: AsmInstruction;
  /** What %0, %1 … stand for. */
  readonly operands: AsmSubstitute[];
}

export type AsmSubstitute =
  /** The register that defs or uses has there. */
  | { readonly kind: "definition" | "use"; readonly index: number }
  | { readonly kind: "memory"; readonly index: number }
  | { readonly kind: "text"; readonly text: string };

export interface Machine {
  form: Form;
  mnemonic: string;
  /** NONE, a machine's register or a virtual one. */
  rd: number;
  rs1: number;
  rs2: number;
  immediate: number | bigint;
  symbol: string | undefined;
  /** A frame object's index: see Frame. */
  slot: number;
  /** A spilled value's home is accessed, which nobody else can write. */
  isHome: boolean;
  /** Of calls, parallel moves, asm statements. */
  uses: number[] | undefined;
  defs: number[] | undefined;
  /** Those of `defs` that are written while `uses` are still read. */
  early: boolean[] | undefined;
  /** Machine's registers that are destroyed. */
  clobbers: number[] | undefined;
  asm: AsmPayload | undefined;
  loc: Loc;
}

export function machine(
  form: Form,
  mnemonic: string,
  rd: number,
  rs1: number,
  rs2: number,
  immediate: number | bigint,
  loc: Loc,
): Machine {
  return {
    form,
    mnemonic,
    rd,
    rs1,
    rs2,
    immediate,
    symbol: undefined,
    slot: NO_SLOT,
    isHome: false,
    uses: undefined,
    defs: undefined,
    early: undefined,
    clobbers: undefined,
    asm: undefined,
    loc,
  };
}

export function move(rd: number, rs1: number, loc: Loc): Machine {
  return machine("u", "mv", rd, rs1, NONE, 0, loc);
}

export function parallel(defs: number[], uses: number[], loc: Loc): Machine {
  const m = machine("parallel", "", NONE, NONE, NONE, 0, loc);
  m.defs = defs;
  m.uses = uses;
  return m;
}

export function frameAccess(
  form: "load" | "store" | "lea",
  mnemonic: string,
  register: number,
  slot: number,
  offset: number,
  loc: Loc,
): Machine {
  const m = machine(form, mnemonic, NONE, NONE, NONE, offset, loc);
  if (form === "store") m.rs2 = register;
  else m.rd = register;
  m.slot = slot;
  return m;
}

/** A load from a spilled value's home, or a store to it. */
export function homeAccess(
  form: "load" | "store",
  register: number,
  slot: number,
  loc: Loc,
): Machine {
  const m = frameAccess(form, form === "load" ? "ld" : "sd", register, slot, 0, loc);
  m.isHome = true;
  return m;
}

/** A parallel move's operand that stands for a frame object. */
export function homeOperand(slot: number): number {
  return -2 - slot;
}

export function homeSlot(operand: number): number {
  return -2 - operand;
}

/** Whether the instruction's result can be made again anywhere: not where alloca's is, since the stack pointer moves on. */
export function isRematerialisable(m: Machine): boolean {
  return (
    m.form === "li" ||
    m.form === "hi" ||
    m.form === "la" ||
    (m.form === "lea" && m.slot !== ABOVE_OUTGOING)
  );
}

/** Condition of the branch instructions that there are: beq, bne, blt, bge, bltu, bgeu. */
export type MachineCondition = "eq" | "ne" | "lt" | "ge" | "ltu" | "geu";

export const INVERSE: Readonly<Record<MachineCondition, MachineCondition>> = {
  eq: "ne",
  ne: "eq",
  lt: "ge",
  ge: "lt",
  ltu: "geu",
  geu: "ltu",
};

/** How a block ends, after selection. Its targets are the block's successors, in this order: then, else. */
export interface MachineEnd {
  op: "jump" | "branch" | "indirect" | "return" | "unreachable";
  condition: MachineCondition;
  rs1: number;
  rs2: number;
  /** Registers that carry results out. */
  uses: number[];
  /** A jump table's label, its entries being the successors at these indices. */
  table: { readonly label: string; readonly entries: number[] } | undefined;
  loc: Loc;
}
