// Strength reduction in loops: an address that goes up by the same number of bytes in each round becomes a pointer that is
// stepped, instead of being computed from the counter each time. `a[i]` and `a[i + 1]` share one pointer.
//
// Counters of 32 bits are extended on their way into an address; that extension goes up in step with the counter only where
// the counter does not wrap, which the loop's test has to show (induction.ts).

import type { Instruction, IrFunction, Operand, Temp } from "../ir/ir.ts";
import { dominates, type Cfg, type Loop } from "./cfg.ts";
import { leavesOnlyAtHeader } from "./end-test.ts";
import { countersOf, type Counter, type Counters } from "./induction.ts";
import { makePointer, replaceTest, type Extension, type PointerForm } from "./loop-pointer.ts";
import { eachDefinition, eachOperand, eachTerminatorOperand } from "./operands.ts";
import { preheaderOf, type Loops } from "./preheaders.ts";

type Access = Extract<Instruction, { op: "load" | "store" }>;

interface Linear extends PointerForm {
  /** What computes it from the counter. */
  readonly chain: readonly Instruction[];
}

interface Group {
  readonly form: Linear;
  readonly members: { access: Access; offset: bigint; index: number }[];
}

/** Pointers that a loop may get: each wants a register. */
const MOST_POINTERS = 8;

export function reduceStrength(f: IrFunction, { cfg, loops }: Loops): boolean {
  const inner = loops.filter(({ innermost }) => innermost);
  if (inner.length === 0) return false;
  const facts = factsOf(f, cfg);
  let changed = false;
  for (const loop of inner) {
    const preheader = preheaderOf(cfg, loop);
    if (preheader === undefined) continue;
    const counters = countersOf(cfg, loop, preheader, facts.definitions);
    if (counters === undefined || counters.counters.size === 0) continue;
    const groups = new Search(cfg, loop, counters, facts).groups();
    if (groups.length === 0 || groups.length > MOST_POINTERS) continue;
    const { saved, left } = savings(groups, facts);
    if (saved <= groups.length) continue;
    const header = cfg.order[loop.header];
    if (header === undefined) continue;
    const place = { f, preheader, header, latch: counters.latch };
    const isInvariant = (operand: Operand): boolean =>
      operand.kind !== "temp" || !loop.blocks.includes(facts.home[operand.id] ?? -1);
    const latch = loop.latches[0] ?? 0;
    const staysUntilHeader = leavesOnlyAtHeader(cfg, loop) && !hasCall(cfg, loop);
    for (const { form, members } of groups) {
      const pointer = makePointer(place, form);
      for (const { access, offset } of members) {
        access.address = pointer.now;
        access.offset = Number(offset);
      }
      const usesOf = ({ id }: Temp): number => left.get(id) ?? facts.uses[id] ?? 0;
      const isCertain =
        staysUntilHeader && members.some(({ index }) => dominates(cfg, index, latch));
      replaceTest(place, form, pointer, counters, { usesOf, isInvariant, isCertain });
    }
    changed = true;
  }
  return changed;
}

function hasCall(cfg: Cfg, loop: Loop): boolean {
  return loop.blocks.some((index) =>
    cfg.order[index]?.instructions.some(({ op }) => op === "call" || op === "asm"),
  );
}

interface Facts {
  /** By temporary. */
  readonly definitions: (Instruction | undefined)[];
  readonly home: Int32Array;
  readonly uses: Int32Array;
}

function factsOf(f: IrFunction, cfg: Cfg): Facts {
  const definitions = new Array<Instruction | undefined>(f.nextTemp).fill(undefined);
  const home = new Int32Array(f.nextTemp).fill(-1);
  const uses = new Int32Array(f.nextTemp);
  const use = (operand: Operand): void => {
    if (operand.kind === "temp") uses[operand.id] = (uses[operand.id] ?? 0) + 1;
  };
  for (const [index, block] of cfg.order.entries()) {
    for (const instruction of block.instructions) {
      eachOperand(instruction, use);
      eachDefinition(instruction, (temp) => {
        definitions[temp.id] = instruction;
        home[temp.id] = index;
      });
    }
    eachTerminatorOperand(block.terminator, use);
  }
  return { definitions, home, uses };
}

/** Finds the addresses of one loop that go up evenly. */
class Search {
  readonly #cfg: Cfg;
  readonly #loop: Loop;
  readonly #counters: Counters;
  readonly #facts: Facts;
  readonly #inside: Set<number>;
  readonly #known = new Map<number, Linear | undefined>();

  constructor(cfg: Cfg, loop: Loop, counters: Counters, facts: Facts) {
    this.#cfg = cfg;
    this.#loop = loop;
    this.#counters = counters;
    this.#facts = facts;
    this.#inside = new Set(loop.blocks);
  }

  groups(): Group[] {
    const lists = new Map<string, Group[]>();
    const all: Group[] = [];
    for (const index of this.#loop.blocks)
      for (const instruction of this.#cfg.order[index]?.instructions ?? []) {
        if (instruction.op !== "load" && instruction.op !== "store") continue;
        const form = this.#linear(instruction.address, 0);
        if (form === undefined || form.chain.length === 0) continue;
        const offset = form.offset + BigInt(instruction.offset);
        const key = keyOf(form);
        let list = lists.get(key);
        if (list === undefined) lists.set(key, (list = []));
        let group = list.find(({ form: first }) => {
          const distance = offset - first.offset;
          return distance >= -1024n && distance < 1024n;
        });
        if (group === undefined) {
          group = { form, members: [] };
          list.push(group);
          all.push(group);
        }
        group.members.push({ access: instruction, offset: offset - group.form.offset, index });
      }
    return all;
  }

  #isInvariant(operand: Operand): boolean {
    return operand.kind !== "temp" || !this.#inside.has(this.#facts.home[operand.id] ?? -1);
  }

  /** A 64-bit operand's form, if it has one and changes in the loop. */
  #linear(operand: Operand, depth: number): Linear | undefined {
    if (operand.kind !== "temp" || depth > 12 || this.#isInvariant(operand)) return undefined;
    const { id } = operand;
    if (this.#known.has(id)) return this.#known.get(id);
    const counter = this.#counters.counters.get(id);
    const form =
      counter === undefined
        ? this.#computed(operand, depth)
        : counter.phi.width === "l"
          ? plain(counter, "none", 0n)
          : undefined;
    this.#known.set(id, form);
    return form;
  }

  #computed(operand: Temp, depth: number): Linear | undefined {
    const instruction = this.#facts.definitions[operand.id];
    if (instruction?.op === "unary") {
      const { operator, value } = instruction;
      if (operator !== "sext32" && operator !== "zext32") return undefined;
      return this.#extended(instruction, value, operator === "sext32" ? "signed" : "unsigned");
    }
    if (instruction?.op !== "binary") return undefined;
    const { operator, left, right } = instruction;
    if (operator === "add") {
      const a = this.#linear(left, depth + 1);
      const b = this.#linear(right, depth + 1);
      const form = a ?? b;
      // Two at once would be two counters, or one twice.
      if (form === undefined || (a !== undefined && b !== undefined)) return undefined;
      const other = a === undefined ? left : right;
      const chain = [...form.chain, instruction];
      if (other.kind === "constant") return { ...form, offset: form.offset + other.value, chain };
      if (!this.#isInvariant(other) || form.invariants.length >= 3) return undefined;
      return { ...form, invariants: [...form.invariants, other], chain };
    }
    if ((operator !== "shl" && operator !== "mul") || right.kind !== "constant") return undefined;
    const form = this.#linear(left, depth + 1);
    if (form === undefined || form.invariants.length > 0) return undefined;
    const factor = operator === "shl" ? 1n << (right.value & 63n) : right.value;
    const scale = form.scale * factor;
    if (scale > 0x4000_0000n || scale < -0x4000_0000n) return undefined;
    const offset = form.offset * factor;
    return { ...form, scale, offset, chain: [...form.chain, instruction] };
  }

  /** An extension of a counter, or of a counter and a constant. */
  #extended(
    instruction: Extract<Instruction, { op: "unary" }>,
    value: Operand,
    extension: Extension,
  ): Linear | undefined {
    let at = value;
    let offset = 0n;
    const chain: Instruction[] = [instruction];
    for (;;) {
      if (at.kind !== "temp") return undefined;
      const counter = this.#counters.counters.get(at.id);
      if (counter !== undefined) {
        const range = extension === "signed" ? counter.signed : counter.unsigned;
        if (counter.phi.width !== "w" || range === undefined) return undefined;
        if (offset !== 0n && !this.#fits(instruction, range, offset, extension)) return undefined;
        return { ...plain(counter, extension, offset), chain };
      }
      const sum = this.#facts.definitions[at.id];
      if (sum?.op !== "binary" || sum.operator !== "add" || sum.right.kind !== "constant")
        return undefined;
      offset += sum.right.value;
      chain.unshift(sum);
      at = sum.left;
    }
  }

  /** Whether the sum does not wrap where it is extended. */
  #fits(
    instruction: Extract<Instruction, { op: "unary" }>,
    range: { low: bigint; high: bigint },
    offset: bigint,
    extension: Extension,
  ): boolean {
    const home = this.#facts.home[instruction.to.id] ?? 0;
    if (!dominates(this.#cfg, this.#counters.behindTest, home)) return false;
    const least = extension === "signed" ? -(2n ** 31n) : 0n;
    const most = extension === "signed" ? 2n ** 31n - 1n : 2n ** 32n - 1n;
    return range.low + offset >= least && range.high + offset <= most;
  }
}

function plain(counter: Counter, extension: Extension, offset: bigint): Linear {
  return { counter, extension, scale: 1n, offset, invariants: [], chain: [] };
}

function keyOf(form: Linear): string {
  const names = form.invariants.map((operand) => {
    switch (operand.kind) {
      case "temp":
        return String(operand.id);
      case "constant":
        return `#${operand.value}`;
      case "symbol":
        return `${operand.name}+${operand.offset}`;
      case "slot":
        return `s${operand.slot.id}+${operand.offset}`;
    }
  });
  return `${form.counter.phi.id} ${form.extension} ${form.scale} ${names.toSorted().join(" ")}`;
}

/**
 * How many instructions of a round nobody needs any more when the groups have pointers, and how many uses are left of what
 * they used.
 */
function savings(
  groups: readonly Group[],
  facts: Facts,
): { saved: number; left: ReadonlyMap<number, number> } {
  /** By temporary: uses that are left. */
  const left = new Map<number, number>();
  for (const { members } of groups)
    for (const { access } of members) {
      if (access.address.kind !== "temp") continue;
      const { id } = access.address;
      left.set(id, (left.get(id) ?? facts.uses[id] ?? 0) - 1);
    }
  const work: number[] = [...left.keys()];
  let saved = 0;
  const gone = new Set<number>();
  for (let id = work.pop(); id !== undefined; id = work.pop()) {
    if ((left.get(id) ?? 0) > 0 || gone.has(id)) continue;
    const instruction = facts.definitions[id];
    if (instruction?.op !== "binary" && instruction?.op !== "unary") continue;
    gone.add(id);
    saved += costOf(instruction);
    eachOperand(instruction, (operand) => {
      if (operand.kind !== "temp") return;
      left.set(operand.id, (left.get(operand.id) ?? facts.uses[operand.id] ?? 0) - 1);
      work.push(operand.id);
    });
  }
  return { saved, left };
}

function costOf(instruction: Instruction): number {
  if (instruction.op !== "unary") return 1;
  switch (instruction.operator) {
    case "zext32":
    case "zext16":
    case "sext16":
    case "sext8":
      return 2;
    case "copy":
    case "sext32":
      return 0;
    default:
      return 1;
  }
}
