// What the tests of the whole machine share: a seeded machine with the real image, and tiny programs assembled by hand.

import { EM_RISCV, ET_EXEC, PF_R, PF_W, PF_X, PT_LOAD } from "../../abi/elf.ts";
import type { SwapStore } from "../../mm/swap/store.ts";
import { createTestSwapStore } from "../../mm/swap/test-store.ts";
import { Machine } from "../machine.ts";
import { createNodeHost } from "./host.ts";
import { loadImage } from "./image.ts";

export interface TestMachineOptions {
  readonly ramBytes?: number;
  /** Absent: 1. Tests repeat. */
  readonly seed?: number;
  readonly chaosSeed?: number;
  /** Bytes of swap in a store of memory; absent: none. */
  readonly swapBytes?: number;
  /** That store; absent: one of its own. */
  readonly store?: SwapStore;
}

/** A machine with virtual time; not started. */
export function createTestMachine(options: TestMachineOptions = {}): Machine {
  const [image = new Uint8Array(), ...rest] = loadImage();
  const chaos = options.chaosSeed === undefined ? {} : { chaosSeed: options.chaosSeed };
  const store = Promise.resolve(options.store ?? createTestSwapStore());
  const swap = options.swapBytes === undefined ? {} : { swap: { bytes: options.swapBytes, store } };
  const machine = new Machine({
    ramBytes: options.ramBytes ?? 8 << 20,
    image,
    host: createNodeHost(),
    seed: options.seed ?? 1,
    ...chaos,
    ...swap,
  });
  for (const archive of rest) machine.addImage(archive);
  return machine;
}

export const TEXT_ADDRESS = 0x10000;
export const DATA_ADDRESS = 0x20000;

/** An ELF executable: `words` of code at TEXT_ADDRESS, and `dataBytes` of zeros at DATA_ADDRESS. */
export function elfOf(words: readonly number[], dataBytes = 4096): Uint8Array {
  const bytes = new Uint8Array(4096 + 4 * words.length);
  const view = new DataView(bytes.buffer);
  bytes.set([0x7f, 0x45, 0x4c, 0x46, 2, 1, 1]);
  view.setUint16(16, ET_EXEC, true);
  view.setUint16(18, EM_RISCV, true);
  view.setUint32(20, 1, true);
  view.setUint32(24, TEXT_ADDRESS, true);
  view.setUint32(32, 64, true);
  view.setUint16(52, 64, true);
  view.setUint16(54, 56, true);
  view.setUint16(56, 2, true);
  writeSegment(view, 64, {
    flags: PF_R | PF_X,
    offset: 4096,
    address: TEXT_ADDRESS,
    inFile: 4 * words.length,
  });
  writeSegment(view, 120, {
    flags: PF_R | PF_W,
    offset: 0,
    address: DATA_ADDRESS,
    inFile: 0,
    inMemory: dataBytes,
  });
  words.forEach((word, index) => view.setUint32(4096 + 4 * index, word, true));
  return bytes;
}

interface Segment {
  readonly flags: number;
  readonly offset: number;
  readonly address: number;
  readonly inFile: number;
  readonly inMemory?: number;
}

function writeSegment(view: DataView, at: number, segment: Segment): void {
  view.setUint32(at, PT_LOAD, true);
  view.setUint32(at + 4, segment.flags, true);
  view.setUint32(at + 8, segment.offset, true);
  view.setUint32(at + 16, segment.address, true);
  view.setUint32(at + 32, segment.inFile, true);
  view.setUint32(at + 40, segment.inMemory ?? segment.inFile, true);
  view.setUint32(at + 48, 4096, true);
}

/** ecall, and a jump to itself: enough to have a process. */
export const ECALL = 0x00000073;
export const JUMP_TO_SELF = 0x0000006f;
