// The frame (RISC-V psABI, "Frame pointer convention"), from the stack pointer upwards: arguments for others, homes of
// spilled values, then the function's own slots from small to large, so that most offsets are short, then saved registers,
// then a variadic function's argument registers, which end where arguments on the stack begin. s0 is a frame pointer, the
// stack pointer's value at the call, only where the stack pointer moves or the program asks for it.

import type { FlowBlock } from "./flow.ts";
import { ABOVE_OUTGOING, CALLERS_SP, INCOMING, OUTGOING, VARIADIC } from "./machine.ts";
import { ARGUMENT_REGISTERS, FP, isCalleeSaved, RA, SP } from "./registers.ts";
import type { Selection } from "./selection.ts";

export interface Frame {
  /** Bytes from the stack pointer to where it was at the call. */
  readonly size: number;
  readonly usesFramePointer: boolean;
  /** In the order of their places, from the highest. */
  readonly saved: readonly number[];
  /** From the caller's stack pointer to the place above the first saved register. */
  readonly variadicArea: number;
  /** Registers from this argument on are stored at the entry; 8: none. */
  readonly firstVariadic: number;
  /** Offsets of objects from the stack pointer. */
  readonly offsets: readonly number[];
  readonly outgoing: number;
  readonly parameters: number;
  readonly aligns: readonly number[];
}

/** Offsets are numbers in instructions: a frame must not be larger than what they and the stack could ever hold. */
const LARGEST_FRAME = 0x4000_0000;

export function usesFramePointer(s: Selection): boolean {
  return s.hasAlloca || s.wantsFramePointer;
}

export function layOutFrame(s: Selection, blocks: readonly FlowBlock[]): Frame {
  const written = new Uint8Array(32);
  let savesReturn = s.hasCall;
  const used = new Set<number>();
  for (const block of blocks) {
    for (const m of block.code) {
      if (m.rd >= 0) written[m.rd] = 1;
      m.defs?.forEach((register) => (written[register] = 1));
      m.clobbers?.forEach((register) => (written[register] = 1));
      if (m.slot >= 0) used.add(m.slot);
    }
  }
  if (written[RA] === 1) savesReturn = true;
  const hasPointer = usesFramePointer(s);
  const saved: number[] = [];
  if (savesReturn || hasPointer) saved.push(RA);
  if (hasPointer) saved.push(FP);
  for (let register = 0; register < 32; register++) {
    if (isCalleeSaved(register) && written[register] === 1 && !(hasPointer && register === FP))
      saved.push(register);
  }
  const { f } = s;
  const firstVariadic = f.isVariadic
    ? Math.min(f.parameters.length, ARGUMENT_REGISTERS)
    : ARGUMENT_REGISTERS;
  const variadicArea = (8 * (ARGUMENT_REGISTERS - firstVariadic) + 15) & -16;

  const order = [...used].sort((a, b) => {
    const isHomeA = a >= f.slots.length;
    const isHomeB = b >= f.slots.length;
    if (isHomeA !== isHomeB) return isHomeA ? -1 : 1;
    return (s.objects[a]?.size ?? 0) - (s.objects[b]?.size ?? 0) || a - b;
  });
  const offsets: number[] = s.objects.map(() => 0);
  let at = s.outgoing;
  for (const index of order) {
    const object = s.objects[index];
    if (object === undefined) continue;
    // What wants more than the stack has is aligned when its address is taken, and gets room for that.
    const align = Math.min(16, Math.max(1, object.align));
    at = Math.ceil(at / align) * align;
    offsets[index] = at;
    at += object.size + (object.align > 16 ? object.align - 16 : 0);
  }
  at = Math.ceil(at / 8) * 8 + 8 * saved.length;
  const size = Math.ceil(at / 16) * 16 + variadicArea;
  if (size > LARGEST_FRAME)
    s.diagnostics?.fatal(f.loc, `the variables of function '${f.symbol}' do not fit on a stack`);
  return {
    size,
    usesFramePointer: hasPointer,
    saved,
    variadicArea,
    firstVariadic,
    offsets,
    outgoing: s.outgoing,
    parameters: f.parameters.length,
    aligns: s.objects.map((object) => object.align),
  };
}

/** Where an object is: a register and an offset from it. `hasFrame`: the stack pointer has been moved. */
export function placeOf(
  frame: Frame,
  slot: number,
  offset: number,
): { base: number; offset: number } {
  const fromCaller = (bytes: number): { base: number; offset: number } =>
    frame.usesFramePointer ? { base: FP, offset: bytes } : { base: SP, offset: bytes + frame.size };
  switch (slot) {
    case INCOMING:
    case CALLERS_SP:
      return fromCaller(offset);
    case VARIADIC:
      return fromCaller(offset + 8 * (frame.parameters - ARGUMENT_REGISTERS));
    case OUTGOING:
      return { base: SP, offset };
    case ABOVE_OUTGOING:
      return { base: SP, offset: offset + frame.outgoing };
    default: {
      const place = (frame.offsets[slot] ?? 0) + offset;
      return frame.usesFramePointer
        ? { base: FP, offset: place - frame.size }
        : { base: SP, offset: place };
    }
  }
}
