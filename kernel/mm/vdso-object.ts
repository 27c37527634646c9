// The vDSO: one frame of kernel-provided code that every process maps read-only and executable. It holds the signal
// return stub, since riscv64's libc brings none (vdso(7)).

import { EINVAL, ENOMEM } from "../abi/errno.ts";
import { MAP_PRIVATE, PROT_EXEC, PROT_READ } from "../abi/mman.ts";
import { PAGE_SIZE } from "../abi/sv39.ts";
import { FRAME_VDSO } from "../api/frames.ts";
import { panic } from "../lib/panic.ts";
import type { AddressSpace } from "./address-space.ts";
import type { MemoryManager } from "./memory-manager.ts";
import { BEYOND_END, MemoryObject } from "./memory-object.ts";

export class VdsoObject extends MemoryObject {
  protected override readonly writable = false;
  readonly #pfn: number;

  /** Takes its frame at once: a machine without one frame cannot run. */
  constructor(mm: MemoryManager) {
    super(mm, FRAME_VDSO, "[vdso]", PAGE_SIZE);
    this.#pfn = mm.allocFrame(FRAME_VDSO);
    if (this.#pfn < 0) panic("no frame for the vDSO", -ENOMEM);
    mm.frames.zero(this.#pfn);
    this.adopt(0, this.#pfn);
  }

  /** Writes the code; at most a page. */
  setContent(code: Uint8Array): void {
    if (code.length > PAGE_SIZE) panic("the vDSO is larger than its page", code.length, -EINVAL);
    const { cpu } = this.mm;
    cpu.ram.u8.set(code, this.#pfn * PAGE_SIZE);
    if (cpu.codeFrames[this.#pfn] !== 0) cpu.dropCode(this.#pfn);
  }

  override getPage(index: number, _forWrite: boolean): number {
    return index === 0 ? this.#pfn : BEYOND_END;
  }

  /** Maps it where mappings go next; the address, or a negative errno. */
  mapInto(space: AddressSpace): number {
    return space.map({
      addr: 0,
      length: PAGE_SIZE,
      prot: PROT_READ | PROT_EXEC,
      flags: MAP_PRIVATE,
      object: this,
      maxProt: PROT_READ | PROT_EXEC,
    });
  }
}
