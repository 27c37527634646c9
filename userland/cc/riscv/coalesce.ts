// Moves that need not be: where what is moved and where it goes are never live at the same time, they become one interval.
// The most frequent moves come first. What cannot be joined, machine's registers above all, is remembered as a wish.

import type { FlowBlock } from "./flow.ts";
import { absorb, type Interval, type Intervals, overlap } from "./intervals.ts";
import { FIRST_VIRTUAL } from "./registers.ts";
import type { Pieces } from "./spill.ts";

export interface Wish {
  /** A machine's register, or a virtual one that has or will have one. */
  readonly register: number;
  readonly weight: number;
}

export interface Coalesced {
  /** For each register the one whose interval it is in now. */
  readonly roots: Int32Array;
  /** By root. */
  readonly wishes: (Wish[] | undefined)[];
}

/** A variable of a long function may be copied thousands of times; the most frequent copies come first. */
const MOST_WISHES = 100;

interface Copy {
  readonly to: number;
  readonly from: number;
  readonly weight: number;
}

export function coalesce(
  blocks: readonly FlowBlock[],
  { of }: Intervals,
  pieces: Pieces,
): Coalesced {
  const copies: Copy[] = [];
  for (const block of blocks) {
    const weight = block.frequency;
    for (const m of block.code) {
      if (m.form === "parallel") {
        // Both lists are of the same length.
        m.defs?.forEach((to, index) => {
          const from = m.uses?.[index] ?? 0;
          if (to > 0 && from > 0) copies.push({ to, from, weight });
        });
      } else if (m.form === "u" && m.mnemonic === "mv" && m.rs1 > 0) {
        copies.push({ to: m.rd, from: m.rs1, weight });
      }
    }
  }
  copies.sort((a, b) => b.weight - a.weight);
  const roots = new Int32Array(of.length);
  for (let register = 0; register < roots.length; register++) roots[register] = register;
  const find = (register: number): number => {
    let root = register;
    for (let next = roots[root] ?? root; next !== root; next = roots[root] ?? root) root = next;
    while (roots[register] !== root) {
      const next = roots[register] ?? root;
      roots[register] = root;
      register = next;
    }
    return root;
  };
  const left: Copy[] = [];
  for (const copy of copies) {
    if (copy.to < FIRST_VIRTUAL || copy.from < FIRST_VIRTUAL) {
      left.push(copy);
      continue;
    }
    const to = find(copy.to);
    const from = find(copy.from);
    if (to === from) continue;
    const a = of[to];
    const b = of[from];
    if (a === undefined || b === undefined || !mayJoin(pieces, to, from) || overlap(a, b)) {
      left.push(copy);
      continue;
    }
    // The longer list takes the shorter one in.
    const [into, other] = a.starts.length >= b.starts.length ? [a, b] : [b, a];
    absorb(into, other);
    empty(other);
    roots[other.register] = into.register;
  }
  const wishes: (Wish[] | undefined)[] = Array.from({ length: of.length }, () => undefined);
  const wish = (root: number, register: number, weight: number): void => {
    if (root < FIRST_VIRTUAL) return;
    const list = (wishes[root] ??= []);
    if (list.length < MOST_WISHES) list.push({ register, weight });
  };
  for (const { to, from, weight } of left) {
    const a = find(to);
    const b = find(from);
    wish(a, b, weight);
    wish(b, a, weight);
  }
  for (let register = 0; register < roots.length; register++) find(register);
  return { roots, wishes };
}

function empty(interval: Interval): void {
  interval.starts = [];
  interval.ends = [];
}

/** Pieces of a value that has a home in the frame stay among themselves: nothing else may be written there. */
function mayJoin({ homes, stages }: Pieces, a: number, b: number): boolean {
  return (homes[a] ?? -1) === (homes[b] ?? -1) && (stages[a] ?? 0) === (stages[b] ?? 0);
}
