// The decode cache: a bounded pool of slots, each holding the decoded instructions of one physical frame.
//
// Invariants
//   - A frame has a slot, or its word in `slotOfFrame` is 0. A slot without a frame is in no execute TLB.
//   - codeFlags[frame] is 1 exactly if its slot holds decoded instructions; then no write TLB maps the frame, so the
//     first store to it comes to interpreter-run.ts, which drops the code.
//   - Decoding from an entry goes on to the end of its block, so `length` is right in every decoded entry.

import { INFO_DISCARD, INFO_SIGNED } from "./interpreter-run.ts";
import type { Accesses } from "./interpreter-loop.ts";
import {
  ENTRY_BYTES,
  HALFWORDS,
  OPERATION_INFO,
  SCRATCH,
  SLOT_BYTES,
  SLOT_CODE_BYTES,
  START_ENTRY,
} from "./layout.ts";
import type { Layout } from "./layout.ts";
import {
  OP_DECODE,
  OP_NEXT,
  OP_NOP2,
  OP_START,
  OP_STRADDLE,
  OPERATION_COUNT,
  sequences,
  singleAt,
} from "./operations.ts";
import { decodeInstruction } from "./predecode.ts";
import type { Decoded } from "./predecode.ts";
import type { SequenceNode } from "./operations.ts";
import type { TlbFile } from "./tlb.ts";

export interface CodeCache {
  readonly codeFlags: Uint8Array;
  readonly decode: (ip: number) => void;
  readonly allocate: (pfn: number) => number;
  readonly drop: (pfn: number) => void;
  readonly dropAll: () => void;
  readonly straddle: (ip: number, secondPfn: number) => void;
}

/** Bytes of guest code that an operation takes: 2 or 4. */
function bytesOf(op: number): number {
  return singleAt(op)?.bytes ?? (op === OP_NOP2 ? 2 : 4);
}

function writeOperationInfo(words: Int32Array, accesses: Accesses): void {
  for (let op = 0; op < OPERATION_COUNT; op++) {
    const single = singleAt(op);
    const base = single?.op ?? op;
    const access = accesses.get(base);
    let info = (4 * bytesOf(op)) | ((access?.bytes ?? 0) << 8) | (base << 16);
    if (access?.signed === true) info |= INFO_SIGNED;
    if (single?.discard === true) info |= INFO_DISCARD;
    words[(OPERATION_INFO >>> 2) + op] = info;
  }
}

export function createCodeCache(
  memory: WebAssembly.Memory,
  layout: Layout,
  tlbs: TlbFile,
  accesses: Accesses,
): CodeCache {
  const { buffer } = memory;
  const words = new Int32Array(buffer);
  const bytes = new Uint8Array(buffer);
  const ram = new Uint16Array(buffer, layout.ramBase, layout.frames * 2048);
  const codeFlags = new Uint8Array(buffer, layout.codeFlags, layout.frames);
  const slotOfFrame = new Int32Array(buffer, layout.slotOfFrame, layout.frames);
  const frameOfSlot = new Int32Array(layout.slots).fill(-1);
  const decoded: Decoded = { op: 0, operands: 0, ends: false };
  let hand = 0;

  writeOperationInfo(words, accesses);
  words[START_ENTRY >>> 2] = OP_START;

  const slotAddress = (slot: number): number => layout.pool + slot * SLOT_BYTES;
  const put = (entry: number, length: number): void => {
    words[entry >>> 2] = decoded.op | (length << 16);
    words[(entry >>> 2) + 1] = decoded.operands;
  };

  /** Entries of the block being decoded, first to last. */
  const pending = new Int32Array(HALFWORDS);

  function decode(ip: number): void {
    const slot = Math.floor((ip - layout.pool) / SLOT_BYTES);
    const base = slotAddress(slot);
    // The slot that runs has a frame (first invariant).
    const pfn = frameOfSlot[slot] ?? 0;
    if (codeFlags[pfn] === 0) {
      codeFlags[pfn] = 1;
      tlbs.forgetWritable(layout.ramBase + pfn * 4096);
    }
    let half = (ip - base) / ENTRY_BYTES;
    let count = 0;
    let following = 0;
    for (; half < HALFWORDS;) {
      const entry = base + half * ENTRY_BYTES;
      const known = words[entry >>> 2] ?? 0;
      if ((known & 0xffff) !== OP_DECODE) {
        following = known >>> 16;
        break;
      }
      const low = ram[pfn * 2048 + half] ?? 0;
      const wide = (low & 3) === 3;
      if (wide && half === HALFWORDS - 1) {
        decoded.op = OP_STRADDLE;
        decoded.operands = 0;
        decoded.ends = true;
      } else {
        const bits = wide ? low | ((ram[pfn * 2048 + half + 1] ?? 0) << 16) : low;
        decodeInstruction(bits, half * 2, decoded);
      }
      put(entry, 0);
      pending[count++] = entry;
      if (decoded.ends) break;
      half += wide ? 2 : 1;
    }
    for (let index = count - 1; index >= 0; index--) {
      following++;
      const at = (pending[index] ?? 0) >>> 2;
      words[at] = fuse(at) | (following << 16);
    }
  }

  /** The operation for the instruction at a word: the longest sequence that begins there, else its own. */
  function fuse(start: number): number {
    let best = (words[start] ?? 0) & 0xffff;
    let node: SequenceNode | undefined = sequences;
    let at = start;
    for (;;) {
      // What lies behind the end of a block is no part of any sequence: only the last part of one may leave it.
      const single = singleAt((words[at] ?? 0) & 0xffff);
      if (single === undefined) return best;
      node = node.next.get(single.op);
      if (node === undefined) return best;
      if (node.fused !== 0) best = node.fused;
      at += single.bytes;
    }
  }

  function straddle(ip: number, secondPfn: number): void {
    const pfn = frameOfSlot[Math.floor((ip - layout.pool) / SLOT_BYTES)] ?? 0;
    const low = ram[pfn * 2048 + HALFWORDS - 1] ?? 0;
    decodeInstruction(low | ((ram[secondPfn * 2048] ?? 0) << 16), -1, decoded);
    put(SCRATCH, 1);
    words[(SCRATCH + 2 * ENTRY_BYTES) >>> 2] = OP_NEXT;
  }

  function drop(pfn: number): void {
    if (codeFlags[pfn] !== 1) return;
    codeFlags[pfn] = 0;
    const address = slotOfFrame[pfn] ?? 0;
    bytes.fill(0, address, address + SLOT_CODE_BYTES);
  }

  function allocate(pfn: number): number {
    const slot = hand;
    hand = (hand + 1) % layout.slots;
    const address = slotAddress(slot);
    const previous = frameOfSlot[slot] ?? -1;
    if (previous >= 0) {
      drop(previous);
      slotOfFrame[previous] = 0;
      tlbs.forgetExecutable(address);
    }
    // Memory is zero at first, and dropping leaves zeros, so only the end of the page is to be written.
    words[(address + SLOT_CODE_BYTES) >>> 2] = OP_NEXT;
    frameOfSlot[slot] = pfn;
    slotOfFrame[pfn] = address;
    return address;
  }

  return {
    codeFlags,
    decode,
    allocate,
    drop,
    straddle,
    dropAll() {
      for (const pfn of frameOfSlot) if (pfn >= 0) drop(pfn);
    },
  };
}
