// The intermediate representation: functions of basic blocks of three-address instructions on temporaries of 32 (w) or 64
// (l) bits. It knows widths, not C's types; addresses are l.
//
// Lowering makes C's automatic variables into stack slots that are loaded and stored, and never assigns a temporary twice.
// The optimiser turns slots whose address stays home into temporaries (promote.ts) and puts phis where paths meet: every
// temporary has one definition, which dominates its uses, before the optimiser and after it (verify.ts). Code generation takes phis apart.
//
// A w is the low half of a register whose upper half is the sign's copy, as RV64's W instructions leave it.

import type { Loc } from "../source/sources.ts";

export type Width = "w" | "l";

/** A value that is computed once. */
export interface Temp {
  readonly kind: "temp";
  readonly id: number;
  readonly width: Width;
}

/** A constant; signed, in the range of the width it is used at. */
export interface Constant {
  readonly kind: "constant";
  readonly value: bigint;
}

/** A symbol's address plus so many bytes. */
export interface SymbolAddress {
  readonly kind: "symbol";
  readonly name: string;
  readonly offset: number;
}

/** The address of a place in the function's frame plus so many bytes. */
export interface SlotAddress {
  readonly kind: "slot";
  readonly slot: Slot;
  readonly offset: number;
}

export type Operand = Temp | Constant | SymbolAddress | SlotAddress;

/** A place in the frame for an automatic variable or a structure in passing. */
export interface Slot {
  readonly id: number;
  /** Bytes. */
  readonly size: number;
  align: number;
  /** The variable's name, for -S and for debuggers. */
  readonly name: string | undefined;
}

export type BinaryOperator =
  | "add"
  | "sub"
  | "mul"
  | "div" // signed; by zero as RISC-V's div
  | "udiv"
  | "rem"
  | "urem"
  | "and"
  | "or"
  | "xor"
  | "shl" // the right operand is a w; only its low 5 or 6 bits count
  | "shr" // zeros come in
  | "sar"; // the sign comes in

export type Condition = "eq" | "ne" | "lt" | "le" | "gt" | "ge" | "ltu" | "leu" | "gtu" | "geu";

export type UnaryOperator =
  | "copy"
  | "sext8" // the result's low 8 bits, signed …
  | "sext16"
  | "sext32" // w → l
  | "zext8"
  | "zext16"
  | "zext32" // w → l
  | "trunc"; // l → w

/** What a load reads from memory: bytes, and how they fill the result. */
export type LoadKind = "s8" | "u8" | "s16" | "u16" | "s32" | "u32" | "64";

export type AtomicOperator = "swap" | "add" | "and" | "or" | "xor";

interface Common {
  readonly loc: Loc;
}

export type Instruction = Common &
  (
    | { op: "binary"; to: Temp; operator: BinaryOperator; left: Operand; right: Operand }
    | { op: "unary"; to: Temp; operator: UnaryOperator; value: Operand }
    /** 0 or 1; `width` is that of what is compared. */
    | { op: "compare"; to: Temp; condition: Condition; width: Width; left: Operand; right: Operand }
    | {
        op: "load";
        to: Temp;
        from: LoadKind;
        address: Operand;
        /** Bytes beyond the address. */
        offset: number;
        volatile: boolean;
      }
    | {
        op: "store";
        /** Bytes: 1, 2, 4, 8; the value's low ones. */
        size: 1 | 2 | 4 | 8;
        value: Operand;
        address: Operand;
        offset: number;
        volatile: boolean;
      }
    /** `size` bytes from one place to another; they are the same or do not overlap. */
    | { op: "copy-memory"; to: Operand; from: Operand; size: number; align: number }
    | { op: "zero-memory"; at: Operand; size: number; align: number }
    /**
     * Arguments are scalars, in order a0 … a7 and then 8 bytes each on the stack: structures have been taken apart as the
     * lp64 ABI says. `results` are a0 and a1.
     */
    | { op: "call"; results: Temp[]; callee: Operand; arguments: Argument[] }
    /** Where the first unnamed argument lies. */
    | { op: "va-start"; to: Temp }
    | { op: "alloca"; to: Temp; size: Operand }
    | { op: "frame-address"; to: Temp }
    | { op: "return-address"; to: Temp }
    /** tp: where the running thread's storage begins. */
    | { op: "thread-pointer"; to: Temp }
    /** What was there before. */
    | {
        op: "atomic";
        to: Temp;
        operator: AtomicOperator;
        size: 4 | 8;
        address: Operand;
        value: Operand;
      }
    /** What was found; it was replaced when that is `expected`. */
    | {
        op: "compare-exchange";
        to: Temp;
        size: 4 | 8;
        address: Operand;
        expected: Operand;
        desired: Operand;
      }
    /** `machine`: other harts see the order too; otherwise only the compiler must keep it. */
    | { op: "fence"; machine: boolean }
    | AsmInstruction
    | { op: "phi"; to: Temp; sources: PhiSource[] }
  );

export interface Argument {
  value: Operand;
  width: Width;
}

export interface PhiSource {
  block: Block;
  value: Operand;
}

export interface AsmInstruction {
  op: "asm";
  loc: Loc;
  /** With %0, %1 … in the order outputs, inputs; %% is a percent sign. Named operands have been replaced. */
  template: string;
  outputs: { to: Temp; register: string | undefined; earlyClobber: boolean }[];
  inputs: AsmInput[];
  /** Registers by name; "memory" keeps loads and stores on their side. */
  clobbers: string[];
  isVolatile: boolean;
}

export type AsmInput = { value: Operand } & (
  | { how: "register"; register: string | undefined; width: Width }
  /** The same register as that output. */
  | { how: "output"; output: number; width: Width }
  /** An address; the template gets `offset(register)`. */
  | { how: "memory" }
  | { how: "immediate" }
);

export type Terminator = Common &
  (
    | { op: "jump"; to: Block }
    | {
        op: "branch";
        condition: Condition;
        width: Width;
        left: Operand;
        right: Operand;
        then: Block;
        else: Block;
      }
    /** Cases are sorted and disjoint; values are of the width. Code generation chooses table or comparisons. */
    | { op: "switch"; value: Operand; width: Width; cases: SwitchCase[]; default: Block }
    /** `goto *address`; `targets` are all blocks whose address is taken. */
    | { op: "indirect-jump"; address: Operand; targets: Block[] }
    | { op: "return"; values: Argument[] }
    /** After a call that does not come back. */
    | { op: "unreachable" }
  );

export interface SwitchCase {
  first: bigint;
  last: bigint;
  to: Block;
}

export interface Block {
  readonly id: number;
  /** Phis come first. */
  instructions: Instruction[];
  terminator: Terminator;
  /** `&&label`: the symbol of the block's address, which must not move away. */
  symbol: string | undefined;
}

export interface IrFunction {
  readonly symbol: string;
  readonly linkage: SymbolLinkage;
  readonly section: string | undefined;
  /** In the order of the registers and stack slots they come in. */
  readonly parameters: Temp[];
  readonly isVariadic: boolean;
  readonly noinline: boolean;
  readonly alwaysInline: boolean;
  /** For others to inline only: no code of its own. */
  readonly inlineOnly: boolean;
  /** Bytes; 0: what code needs. */
  readonly align: number;
  /** The linker keeps it, though nothing refers to it. */
  readonly retain: boolean;
  /** Its assembly is all there is: no frame, no return. */
  readonly naked: boolean;
  slots: Slot[];
  /** The first is the entry; nobody jumps there. */
  blocks: Block[];
  /** Ids of the next temporary, block and slot. */
  nextTemp: number;
  nextBlock: number;
  nextSlot: number;
  readonly loc: Loc;
  /** The closing brace. */
  readonly end: Loc;
}

export interface SymbolLinkage {
  readonly binding: "local" | "global" | "weak";
  readonly hidden: boolean;
}

export interface DataReference {
  /** Where in the data the eight bytes are, or of a distance fewer. */
  readonly offset: number;
  readonly size: 1 | 2 | 4 | 8;
  readonly symbol: string;
  readonly addend: number;
  /** The symbol of a label of the same function whose address is taken away: a distance, not an address. */
  readonly minus?: string;
}

export interface IrData {
  readonly symbol: string;
  readonly linkage: SymbolLinkage;
  /** "rodata", "data", "bss", or a name of the program's own. Strings that may be shared are "strings". */
  readonly section: "rodata" | "data" | "bss" | "strings" | { readonly name: string };
  /** What each thread has a copy of begins as. */
  readonly threadLocal?: boolean;
  /** The linker keeps it, though nothing refers to it. */
  readonly retain?: boolean;
  /** It was declared without a value, so other units may define it too if they are asked to agree (-fcommon). */
  readonly isTentative?: boolean;
  align: number;
  readonly size: number;
  /** Undefined: zeros. */
  readonly bytes: Uint8Array | undefined;
  readonly references: readonly DataReference[];
}

export interface StartupCall {
  readonly symbol: string;
  /** 0 to 65534, the lowest the first before main and the last behind it; undefined: the last, and the first. */
  readonly priority: number | undefined;
}

export interface IrModule {
  readonly functions: IrFunction[];
  readonly data: IrData[];
  /** Declared weak here and defined elsewhere, perhaps. */
  readonly weak: readonly string[];
  readonly aliases: readonly {
    readonly symbol: string;
    readonly target: string;
    readonly linkage: SymbolLinkage;
  }[];
  readonly assembly: readonly { readonly text: string; readonly loc: Loc }[];
  /** Functions to be called before and after main, in .init_array and .fini_array. */
  readonly constructors: readonly StartupCall[];
  readonly destructors: readonly StartupCall[];
  /** Symbols, of this module or another, whose address is another one in each thread. */
  readonly threadLocal: ReadonlySet<string>;
  /** What is to be said of calls of these functions that the optimiser leaves. */
  readonly complaints: ReadonlyMap<string, { readonly isError: boolean; readonly message: string }>;
}
