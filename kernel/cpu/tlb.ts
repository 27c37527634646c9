// The TLBs as TypeScript sees them: flushing. Generated code looks up and fills (interpreter-emitter.ts,
// interpreter-mmu.ts); layout.ts draws an entry.

import {
  ACCESS_EXECUTE,
  ACCESS_WRITE,
  BANK_BYTES,
  BANKS,
  TLB,
  TLB_BYTES,
  TLB_ENTRIES,
  TLB_ENTRY_BYTES,
  TLB_HOST,
} from "./layout.ts";

export interface TlbFile {
  readonly flushPage: (bank: number, va: number) => void;
  readonly flushBank: (bank: number) => void;
  /** Forgets every write entry, in any bank, for the frame at that offset in memory. */
  readonly forgetWritable: (host: number) => void;
  /** Forgets every execute entry, in any bank, for the decoded code at that address. */
  readonly forgetExecutable: (slot: number) => void;
}

const WORDS = TLB_ENTRY_BYTES / 4;
const HOST_WORD = TLB_HOST / 4;
const ARRAYS = 3;

/** The tag of a free entry: that of a page which belongs to another index. */
function freeTag(index: number): number {
  return (index ^ 1) << 12;
}

export function createTlbFile(memory: WebAssembly.Memory): TlbFile {
  const words = new Int32Array(memory.buffer);
  const free = new Int32Array(TLB_BYTES / 4);
  for (let index = 0; index < TLB_ENTRIES; index++) free[index * WORDS] = freeTag(index);

  const arrayAt = (bank: number, access: number): number =>
    (TLB + bank * BANK_BYTES + access * TLB_BYTES) >>> 2;

  function release(at: number, index: number): void {
    words[at] = freeTag(index);
    words[at + 1] = 0;
  }

  function flushBank(bank: number): void {
    for (let access = 0; access < ARRAYS; access++) words.set(free, arrayAt(bank, access));
  }
  for (let bank = 0; bank < BANKS; bank++) flushBank(bank);

  return {
    flushBank,
    flushPage(bank, va) {
      const low = va & ~4095;
      const high = Math.floor(va / 2 ** 32);
      const index = (low >>> 12) & (TLB_ENTRIES - 1);
      for (let access = 0; access < ARRAYS; access++) {
        const at = arrayAt(bank, access) + index * WORDS;
        if (words[at] === low && words[at + 1] === high) release(at, index);
      }
    },
    forgetWritable(host) {
      const offset = host | 0;
      for (let bank = 0; bank < BANKS; bank++) {
        let at = arrayAt(bank, ACCESS_WRITE);
        for (let index = 0; index < TLB_ENTRIES; index++, at += WORDS) {
          // host offset + tag = the frame's offset in memory
          if ((((words[at] ?? 0) + (words[at + HOST_WORD] ?? 0)) | 0) === offset)
            release(at, index);
        }
      }
    },
    forgetExecutable(slot) {
      for (let bank = 0; bank < BANKS; bank++) {
        let at = arrayAt(bank, ACCESS_EXECUTE);
        for (let index = 0; index < TLB_ENTRIES; index++, at += WORDS) {
          if (words[at + HOST_WORD] === slot) release(at, index);
        }
      }
    },
  };
}
