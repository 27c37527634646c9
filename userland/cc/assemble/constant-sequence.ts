// How to make a constant of 64 bits: `li` becomes the shortest sequence of lui, addi, addiw, slli and srli found.
// (RISC-V Unprivileged ISA, "Integer Computational Instructions": lui and addi sign-extend.)

export interface ConstantStep {
  /** The first step's source is x0, or nothing for lui; the others' what the one before it made. */
  readonly name: "lui" | "addi" | "addiw" | "slli" | "srli";
  readonly immediate: number;
}

/** The steps for a value of 64 bits, signed or unsigned: one to eight. */
export function constantSequence(value: bigint): readonly ConstantStep[] {
  const signed = BigInt.asIntN(64, value);
  const plain = upwards(signed);
  if (plain.length <= 2 || signed < 0n) return plain;
  // A positive number may be shorter as a negative one, or one with more zeros behind it, shifted down.
  let zeros = 0;
  while (signed >> BigInt(63 - zeros) === 0n) zeros++;
  let best = plain;
  const shift = BigInt(zeros);
  const moved = BigInt.asIntN(64, signed << shift);
  for (const start of [moved, moved | ((1n << shift) - 1n)]) {
    const steps = upwards(start);
    if (steps.length + 1 < best.length) best = [...steps, { name: "srli", immediate: zeros }];
  }
  return best;
}

/** Upper bits first, then shifts to the left and additions. */
function upwards(value: bigint): ConstantStep[] {
  if (value === BigInt.asIntN(32, value)) {
    const number = Number(value);
    const low = (number << 20) >> 20;
    const high = (number - low) | 0;
    if (high === 0) return [{ name: "addi", immediate: low }];
    const steps: ConstantStep[] = [{ name: "lui", immediate: high }];
    // addiw, because lui may have made a number that is too small by 2^32.
    if (low !== 0) steps.push({ name: "addiw", immediate: low });
    return steps;
  }
  const low = BigInt.asIntN(12, value);
  let rest = BigInt.asIntN(64, value - low);
  let shift = 0;
  while ((rest & 0xfffn) === 0n) {
    rest >>= 12n;
    shift += 12;
  }
  while ((rest & 1n) === 0n) {
    rest >>= 1n;
    shift++;
  }
  // An odd number that lui can make with bits to spare costs one step instead of two.
  if (rest !== BigInt.asIntN(12, rest) && shift >= 12) {
    const wider = BigInt.asIntN(64, rest << 12n);
    if (wider === BigInt.asIntN(32, wider)) {
      rest = wider;
      shift -= 12;
    }
  }
  const steps = upwards(rest);
  if (shift > 0) steps.push({ name: "slli", immediate: shift });
  if (low !== 0n) steps.push({ name: "addi", immediate: Number(low) });
  return steps;
}
