// The page that the kernel maps into every process so that signal handlers have something to return to (vdso(7)):
// riscv64's C libraries bring no stub of their own. One frame for all, read-only and executable:
//
//    +0  li a7, 139     rt_sigreturn
//    +4  ecall

import { syscallNumbers } from "../abi/syscall-numbers.ts";
import { MAP_FIXED, MAP_PRIVATE, PROT_EXEC, PROT_READ } from "../abi/mman.ts";
import { PAGE_SIZE } from "../abi/sv39.ts";
import type { AddressSpace } from "../mm/address-space.ts";
import { MMAP_BASE } from "../mm/layout.ts";
import type { MemoryManager } from "../mm/memory-manager.ts";

/** addi a7, x0, imm */
const LI_A7 = 0x00000893;
const ECALL = 0x00000073;

/** Where the page is in every address space: just above the region that mmap fills downwards. */
export const VDSO_ADDRESS = MMAP_BASE;

export function fillVdso(mm: MemoryManager): void {
  const code = new Uint8Array(8);
  const view = new DataView(code.buffer);
  view.setUint32(0, LI_A7 | (syscallNumbers.rt_sigreturn << 20), true);
  view.setUint32(4, ECALL, true);
  mm.vdso.setContent(code);
}

/** Maps the page; the address or an errno. */
export function mapVdso(space: AddressSpace): number {
  return space.map({
    addr: VDSO_ADDRESS,
    length: PAGE_SIZE,
    prot: PROT_READ | PROT_EXEC,
    flags: MAP_PRIVATE | MAP_FIXED,
    object: space.mm.vdso,
    maxProt: PROT_READ | PROT_EXEC,
  });
}
