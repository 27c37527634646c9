// The reverse map: from a frame to every PTE that maps it, added and removed in O(1).
//
// Each leaf table owns a slot of 512 links, one for each of its PTEs; links of one frame form a doubly linked list.
//
//   head[pfn] ─► link ◄─► link ◄─► link      link = slot << 9 | index in the table, 0 = none (slot 0 is never given out)
//                  │
//                  └ slotTable[slot] = the table's PFN; the frame table says which space and which addresses it covers
//
// The `!` after reads: links and slots come from these arrays, which never shrink.

/** Slots to begin with; the arrays double when they are used up. */
const FIRST_SLOTS = 64;

export class ReverseMap {
  /** First link of each frame. */
  readonly head: Int32Array;
  /** Slot of a leaf table by its PFN, 0 for other frames. */
  readonly slotOf: Int32Array;
  next: Int32Array;
  previous: Int32Array;
  #slotTable: Int32Array;
  readonly #freeSlots: number[] = [];
  #slots = 1;

  constructor(frames: number) {
    this.head = new Int32Array(frames);
    this.slotOf = new Int32Array(frames);
    this.next = new Int32Array(FIRST_SLOTS << 9);
    this.previous = new Int32Array(FIRST_SLOTS << 9);
    this.#slotTable = new Int32Array(FIRST_SLOTS);
  }

  /** A leaf table comes into being. */
  attach(table: number): void {
    const slot = this.#freeSlots.pop() ?? this.#newSlot();
    this.slotOf[table] = slot;
    this.#slotTable[slot] = table;
  }

  /** A leaf table without entries goes away. */
  detach(table: number): void {
    this.#freeSlots.push(this.slotOf[table]!);
    this.slotOf[table] = 0;
  }

  #newSlot(): number {
    if (this.#slots === this.#slotTable.length) {
      this.next = doubled(this.next);
      this.previous = doubled(this.previous);
      this.#slotTable = doubled(this.#slotTable);
    }
    return this.#slots++;
  }

  /** The PTE at `index` of leaf table `table` maps `pfn` from now on. */
  add(pfn: number, table: number, index: number): void {
    const link = (this.slotOf[table]! << 9) | index;
    const first = this.head[pfn]!;
    this.next[link] = first;
    this.previous[link] = 0;
    if (first !== 0) this.previous[first] = link;
    this.head[pfn] = link;
  }

  remove(pfn: number, table: number, index: number): void {
    const link = (this.slotOf[table]! << 9) | index;
    const after = this.next[link]!;
    const before = this.previous[link]!;
    if (after !== 0) this.previous[after] = before;
    if (before !== 0) this.next[before] = after;
    else this.head[pfn] = after;
  }

  tableOf(link: number): number {
    return this.#slotTable[link >>> 9]!;
  }
}

function doubled(array: Int32Array): Int32Array {
  const larger = new Int32Array(array.length * 2);
  larger.set(array);
  return larger;
}
