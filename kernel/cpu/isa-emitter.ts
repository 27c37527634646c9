// The vocabulary in which the instruction table says what an instruction does. Whoever executes instructions (the
// interpreter's generator, later a compiler) implements Emitter; the table's semantics never know which.
//
// V is a 64-bit value that is yet to be computed, B a condition. A V must be used once, unless it came from `let`.

export type AccessBytes = 1 | 2 | 4 | 8;

export interface Emitter<V, B> {
  // Operands. rd() discards what is written to x0.
  rs1(): V;
  rs2(): V;
  imm(): V;
  /** Address of this instruction, and of the one after it. */
  pc(): V;
  next(): V;
  rd(value: V): void;

  constant(value: number | bigint): V;
  /** Computes a value once, now, so that it can be used several times. */
  let(value: V): V;
  add(a: V, b: V): V;
  sub(a: V, b: V): V;
  mul(a: V, b: V): V;
  and(a: V, b: V): V;
  or(a: V, b: V): V;
  xor(a: V, b: V): V;
  /** Shifts use the low six bits of b. */
  shl(a: V, b: V): V;
  shr(a: V, b: V): V;
  sar(a: V, b: V): V;
  /** Division traps in WebAssembly where RISC-V does not: guard it with `choose`. */
  divS(a: V, b: V): V;
  divU(a: V, b: V): V;
  remS(a: V, b: V): V;
  remU(a: V, b: V): V;
  /** The low 32 bits, sign- or zero-extended. */
  sext32(a: V): V;
  zext32(a: V): V;

  isZero(a: V): B;
  eq(a: V, b: V): B;
  ne(a: V, b: V): B;
  ltS(a: V, b: V): B;
  ltU(a: V, b: V): B;
  geS(a: V, b: V): B;
  geU(a: V, b: V): B;
  both(a: B, b: B): B;
  /** 1 or 0. */
  flag(condition: B): V;
  /** Computes only the side that the condition picks. */
  choose(condition: B, then: () => V, otherwise: () => V): V;

  load(bytes: AccessBytes, signed: boolean, address: V): V;
  store(bytes: AccessBytes, address: V, value: V): void;
  /** rd = memory at rs1; memory = combine(old, rs2). Both operands are sign-extended to 64 bits. */
  amo(bytes: 4 | 8, combine: (old: V, operand: V) => V): void;
  loadReserved(bytes: 4 | 8): void;
  storeConditional(bytes: 4 | 8): void;

  /** To pc + imm if the condition holds. */
  branch(condition: B): void;
  /** To pc + imm, always. */
  jump(): void;
  /** To an address computed at run time; bit 0 is already clear. */
  jumpTo(target: V): void;
  /** Raises an exception of this instruction; stval is 0. */
  trap(cause: number): void;
  /** Reads a CSR into rd and, where the format's operand asks for it, writes it. */
  csr(operation: "write" | "set" | "clear"): void;
  /** Stores become visible to instruction fetch. Nothing to do where translated code is coherent. */
  fenceI(): void;
}

/** What an instruction does. */
export type Semantics = <V, B>(e: Emitter<V, B>) => void;
