// Where things go in a process's address space, as on Linux riscv64 with Sv39 and without randomization
// (arch/riscv/include/asm/processor.h, mm/util.c mmap_base): the stack ends where user space ends, mappings grow down
// from MMAP_BASE, the break grows up from the program's end. Fixed addresses make two runs comparable.
//
//   0x10000      program text, data, bss │ brk → … free … ← mmap │ 128 MiB for the stack │ stack
//                                                  MMAP_BASE ────┘ 0x3ff8000000          └─ STACK_TOP 0x4000000000

import { PAGE_SIZE, USER_END } from "../abi/sv39.ts";

/** First address beyond the stack. */
export const STACK_TOP = USER_END;
/** Mappings without a fixed address end below this. Linux leaves at least 128 MiB for the stack. */
export const MMAP_BASE = STACK_TOP - 128 * 1024 * 1024;
/** Where the search goes on upward when nothing below MMAP_BASE is free: a third of user space. */
export const MMAP_FALLBACK_BASE = Math.ceil(USER_END / 3 / PAGE_SIZE) * PAGE_SIZE;
/** vm.mmap_min_addr: nothing is mapped below, so that a null pointer faults. */
export const MMAP_MIN_ADDR = 0x10000;
/** Bytes that stay free below a growing stack (Linux's stack_guard_gap). */
export const STACK_GUARD_GAP = 256 * PAGE_SIZE;
/** A new stack's first size; it grows by faults up to the stack limit. */
export const STACK_INITIAL = 33 * PAGE_SIZE;
/** RLIMIT_STACK's default. */
export const STACK_LIMIT = 8 * 1024 * 1024;
/** vm.max_map_count. */
export const MAX_MAP_COUNT = 65530;
