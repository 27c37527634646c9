// Which address space has which TLB bank. A context switch to a space that still has its bank costs no flush; when all
// banks are taken, the one that ran longest ago is emptied and handed over.

import type { AddressSpace } from "./address-space.ts";
import type { MemoryCpu } from "./memory-cpu.ts";

export class TlbBanks {
  readonly #cpu: MemoryCpu;
  readonly #owners: (AddressSpace | null)[];
  /** When each bank was used last, in switches. */
  readonly #used: Float64Array;
  #switches = 0;
  /** The space that the hart is on. */
  active: AddressSpace | null = null;

  constructor(cpu: MemoryCpu) {
    this.#cpu = cpu;
    this.#owners = Array.from({ length: cpu.banks }, () => null);
    this.#used = new Float64Array(cpu.banks);
  }

  /** Puts the hart on the space. */
  activate(space: AddressSpace): void {
    this.active = space;
    let bank = space.bank;
    if (bank < 0) {
      bank = this.#oldest();
      const owner = this.#owners[bank];
      if (owner !== null && owner !== undefined) owner.bank = -1;
      this.#owners[bank] = space;
      space.bank = bank;
      this.#cpu.flushBank(bank);
    }
    this.#used[bank] = ++this.#switches;
    this.#cpu.useBank(bank, space.table.root);
  }

  /** The space is gone: its bank is the first to be handed out again, and is emptied then. */
  forget(space: AddressSpace): void {
    if (this.active === space) this.active = null;
    if (space.bank < 0) return;
    this.#owners[space.bank] = null;
    this.#used[space.bank] = 0;
    space.bank = -1;
  }

  #oldest(): number {
    let oldest = 0;
    for (let bank = 1; bank < this.#used.length; bank++) {
      // The index is below the length.
      if (this.#used[bank]! < this.#used[oldest]!) oldest = bank;
    }
    return oldest;
  }
}
