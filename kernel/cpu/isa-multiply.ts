// M: multiplication and division. Specification: RISC-V Unprivileged ISA, chapter "M" (division by zero and overflow
// give results there, not traps).

import type { Emitter, Semantics } from "./isa-emitter.ts";
import { instruction } from "./isa-instruction.ts";
import type { Instruction } from "./isa-instruction.ts";

const MIN64 = -(2n ** 63n);

/** The high 64 bits of an unsigned product, from four 32-bit products. a and b come from `let`. */
function highUnsigned<V, B>(e: Emitter<V, B>, a: V, b: V): V {
  const aLow = e.let(e.zext32(a));
  const aHigh = e.let(e.shr(a, e.constant(32)));
  const bLow = e.let(e.zext32(b));
  const bHigh = e.let(e.shr(b, e.constant(32)));
  const low = e.shr(e.mul(aLow, bLow), e.constant(32));
  const middle = e.let(e.add(e.mul(aHigh, bLow), low));
  const cross = e.add(e.mul(aLow, bHigh), e.zext32(middle));
  const carried = e.add(e.shr(middle, e.constant(32)), e.shr(cross, e.constant(32)));
  return e.add(e.mul(aHigh, bHigh), carried);
}

/** b where a is negative, else 0: what a signed high product is less than the unsigned one. */
function ifNegative<V, B>(e: Emitter<V, B>, a: V, b: V): V {
  return e.and(e.sar(a, e.constant(63)), b);
}

function row(
  name: string,
  opcode: number,
  funct3: number,
  does: string,
  semantics: Semantics,
): Instruction {
  return instruction({
    name,
    extension: "M",
    format: "R",
    mask: 0xfe00707f,
    match: (1 << 25) | (funct3 << 12) | opcode,
    does,
    semantics,
  });
}

export const multiplyInstructions: readonly Instruction[] = [
  row("mul", 0x33, 0, "rd = rs1 * rs2", (e) => e.rd(e.mul(e.rs1(), e.rs2()))),
  row("mulh", 0x33, 1, "rd = (rs1 *ss rs2) >> 64", (e) => {
    const a = e.let(e.rs1());
    const b = e.let(e.rs2());
    const high = highUnsigned(e, a, b);
    e.rd(e.sub(e.sub(high, ifNegative(e, a, b)), ifNegative(e, b, a)));
  }),
  row("mulhsu", 0x33, 2, "rd = (rs1 *su rs2) >> 64", (e) => {
    const a = e.let(e.rs1());
    const b = e.let(e.rs2());
    e.rd(e.sub(highUnsigned(e, a, b), ifNegative(e, a, b)));
  }),
  row("mulhu", 0x33, 3, "rd = (rs1 *uu rs2) >> 64", (e) => {
    const a = e.let(e.rs1());
    const b = e.let(e.rs2());
    e.rd(highUnsigned(e, a, b));
  }),
  row("div", 0x33, 4, "rd = rs1 /s rs2; -1 for a zero divisor, rs1 on overflow", (e) => {
    const a = e.let(e.rs1());
    const b = e.let(e.rs2());
    const overflow = e.both(e.eq(a, e.constant(MIN64)), e.eq(b, e.constant(-1)));
    const quotient = e.choose(
      overflow,
      () => a,
      () => e.divS(a, b),
    );
    e.rd(
      e.choose(
        e.isZero(b),
        () => e.constant(-1),
        () => quotient,
      ),
    );
  }),
  row("divu", 0x33, 5, "rd = rs1 /u rs2; 2^64 - 1 for a zero divisor", (e) => {
    const a = e.let(e.rs1());
    const b = e.let(e.rs2());
    e.rd(
      e.choose(
        e.isZero(b),
        () => e.constant(-1),
        () => e.divU(a, b),
      ),
    );
  }),
  row("rem", 0x33, 6, "rd = rs1 %s rs2; rs1 for a zero divisor, 0 on overflow", (e) => {
    const a = e.let(e.rs1());
    const b = e.let(e.rs2());
    // WebAssembly's signed remainder of the overflowing pair is 0, as RISC-V's.
    e.rd(
      e.choose(
        e.isZero(b),
        () => a,
        () => e.remS(a, b),
      ),
    );
  }),
  row("remu", 0x33, 7, "rd = rs1 %u rs2; rs1 for a zero divisor", (e) => {
    const a = e.let(e.rs1());
    const b = e.let(e.rs2());
    e.rd(
      e.choose(
        e.isZero(b),
        () => a,
        () => e.remU(a, b),
      ),
    );
  }),
  row("mulw", 0x3b, 0, "rd = sext32(rs1 * rs2)", (e) => {
    e.rd(e.sext32(e.mul(e.rs1(), e.rs2())));
  }),
  // The word divisions compute in 64 bits, where -2^31 / -1 does not overflow.
  row("divw", 0x3b, 4, "rd = sext32(rs1 /s rs2); -1 for a zero divisor", (e) => {
    const a = e.let(e.sext32(e.rs1()));
    const b = e.let(e.sext32(e.rs2()));
    e.rd(
      e.choose(
        e.isZero(b),
        () => e.constant(-1),
        () => e.sext32(e.divS(a, b)),
      ),
    );
  }),
  row("divuw", 0x3b, 5, "rd = sext32(rs1 /u rs2); -1 for a zero divisor", (e) => {
    const a = e.let(e.zext32(e.rs1()));
    const b = e.let(e.zext32(e.rs2()));
    e.rd(
      e.choose(
        e.isZero(b),
        () => e.constant(-1),
        () => e.sext32(e.divU(a, b)),
      ),
    );
  }),
  row("remw", 0x3b, 6, "rd = sext32(rs1 %s rs2); sext32(rs1) for a zero divisor", (e) => {
    const a = e.let(e.sext32(e.rs1()));
    const b = e.let(e.sext32(e.rs2()));
    e.rd(
      e.choose(
        e.isZero(b),
        () => a,
        () => e.sext32(e.remS(a, b)),
      ),
    );
  }),
  row("remuw", 0x3b, 7, "rd = sext32(rs1 %u rs2); sext32(rs1) for a zero divisor", (e) => {
    const a = e.let(e.zext32(e.rs1()));
    const b = e.let(e.zext32(e.rs2()));
    const remainder = e.choose(
      e.isZero(b),
      () => a,
      () => e.remU(a, b),
    );
    e.rd(e.sext32(remainder));
  }),
];
