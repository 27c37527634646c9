// Global value numbering: one walk over the dominator tree in which each instruction gets its operands replaced, is
// simplified (simplify.ts), and goes if a block above has computed the same; loads too, where nobody can have written
// in between (memory.ts). On the way into a block from a branch, what the branch has found out is known.
//
// The walk goes through a node's children in reverse postorder, so a block comes behind all its predecessors except those
// that come back from a loop, whose phis stay.
//
// The file is long because values, memory and what branches say share one walk and one state.

import { newTemp } from "../ir/build.ts";
import type {
  BinaryOperator,
  Condition,
  Instruction,
  IrFunction,
  LoadKind,
  Operand,
  Temp,
  UnaryOperator,
  Width,
} from "../ir/ir.ts";
import type { Loc } from "../source/sources.ts";
import { learnBits, noteBits, type Bits } from "./bits.ts";
import { dominates, type Cfg } from "./cfg.ts";
import { INVERSES } from "./evaluate.ts";
import {
  effectsBetween,
  isBarrier,
  mayBeWritten,
  mayOverlap,
  modelMemory,
  sizeOfAccess,
  type MemoryModel,
  type Place,
  type Symbols,
} from "./memory.ts";
import type { Maker } from "./maker.ts";
import { constantOf, mapOperands, mapTerminator, ONE, sameOperand, ZERO } from "./operands.ts";
import { simplifyCompare, simplifyTest } from "./simplify-compare.ts";
import { simplifyBinary, simplifyUnary } from "./simplify.ts";

/** Removes what is computed twice and simplifies the rest. Only blocks that can be reached may be in the function. */
export function numberValues(f: IrFunction, cfg: Cfg, symbols: Symbols): void {
  new Numbering(f, cfg, symbols).run();
}

/** A value that memory is known to hold. */
interface Content extends Place {
  /** Its low bytes are those in memory. */
  readonly value: Operand;
  /** How it was loaded; undefined: it was stored. */
  readonly from: LoadKind | undefined;
}

/** As many contents are remembered; the oldest go. */
const REMEMBERED = 40;

interface Known {
  readonly block: number;
  readonly value: Operand;
}

/** Numbers of operators in keys of the table. */
const CODES: Record<BinaryOperator | UnaryOperator | Condition, number> = {
  add: 1,
  sub: 2,
  mul: 3,
  div: 4,
  udiv: 5,
  rem: 6,
  urem: 7,
  and: 8,
  or: 9,
  xor: 10,
  shl: 11,
  shr: 12,
  sar: 13,
  copy: 14,
  sext8: 15,
  sext16: 16,
  sext32: 17,
  zext8: 18,
  zext16: 19,
  zext32: 20,
  trunc: 21,
  eq: 22,
  ne: 23,
  lt: 24,
  le: 25,
  gt: 26,
  ge: 27,
  ltu: 28,
  leu: 29,
  gtu: 30,
  geu: 31,
};

/** Their operands may stand either way round. */
const TURNABLE: ReadonlySet<string> = new Set(["add", "mul", "and", "or", "xor", "eq", "ne"]);

const EXTENDING: Partial<Record<LoadKind, UnaryOperator>> = {
  s8: "sext8",
  u8: "zext8",
  s16: "sext16",
  u16: "zext16",
};

/** Operands' numbers are below; a key of two of them and an operator is an exact double. */
const LIMIT = 2 ** 23;

class Numbering implements Maker {
  readonly bits: Bits = { signed: [], unsigned: [] };
  readonly #function: IrFunction;
  readonly #cfg: Cfg;
  readonly #symbols: Symbols;
  readonly #memory: MemoryModel;
  readonly #table = new Map<number, Known>();
  /** By temporary: what it is instead. */
  readonly #replacements: (Operand | undefined)[];
  readonly #definitions: (Instruction | undefined)[];
  readonly #constants = new Map<bigint, number>();
  readonly #addresses = new Map<string, number>();
  /** By block's index: what memory holds at its end. */
  readonly #contentsAtEnd: (Content[] | undefined)[] = [];
  #contents: Content[] = [];
  /** How what branches have said of bits is forgotten, innermost last. */
  readonly #learned: (() => void)[] = [];
  #nextNumber: number;
  #block = 0;
  #instructions: Instruction[] = [];
  #loc: Loc;

  constructor(f: IrFunction, cfg: Cfg, symbols: Symbols) {
    this.#function = f;
    this.#cfg = cfg;
    this.#symbols = symbols;
    this.#memory = modelMemory(f, cfg, symbols);
    this.#replacements = new Array<Operand | undefined>(f.nextTemp).fill(undefined);
    this.#definitions = new Array<Instruction | undefined>(f.nextTemp).fill(undefined);
    this.#loc = f.loc;
    // Numbers of temporaries are their ids; others come from the upper end, so that both can grow.
    this.#nextNumber = LIMIT - 1;
  }

  run(): void {
    const { children, order } = this.#cfg;
    const work = [0];
    for (let index = work.pop(); index !== undefined; index = work.pop()) {
      if (index < 0) {
        // Behind all that the block ~index dominates.
        this.#learned.pop()?.();
        continue;
      }
      const before = this.#learned.length;
      this.#visit(index);
      if (this.#learned.length > before) work.push(~index);
      const below = children[index] ?? [];
      for (let at = below.length - 1; at >= 0; at--) work.push(below[at] ?? 0);
    }
    // Values that come back to a loop's phis were not known when the phis were met.
    for (const block of order)
      for (const instruction of block.instructions) {
        if (instruction.op !== "phi") break;
        mapOperands(instruction, this.#resolve);
      }
  }

  readonly #resolve = (operand: Operand): Operand =>
    operand.kind === "temp" ? (this.#replacements[operand.id] ?? operand) : operand;

  #visit(index: number): void {
    const block = this.#cfg.order[index];
    if (block === undefined) return;
    this.#block = index;
    this.#instructions = [];
    this.#contents = this.#contentsAtStart(index);
    this.#learn(index);
    for (const instruction of block.instructions) {
      mapOperands(instruction, this.#resolve);
      this.#loc = instruction.loc;
      this.#process(instruction);
    }
    const { terminator } = block;
    mapTerminator(terminator, this.#resolve);
    this.#loc = terminator.loc;
    if (terminator.op === "branch") {
      const decided = simplifyTest(this, terminator) ?? this.#knownTest(terminator);
      if (decided !== undefined) {
        // The edge goes later (branches.ts): until then the phis there have a source for it.
        terminator.condition = decided ? "eq" : "ne";
        terminator.width = "w";
        terminator.left = ZERO;
        terminator.right = ZERO;
      }
    }
    block.instructions = this.#instructions;
    if ((this.#cfg.children[index]?.length ?? 0) > 0) this.#contentsAtEnd[index] = this.#contents;
  }

  #knownTest(test: {
    condition: Condition;
    width: Width;
    left: Operand;
    right: Operand;
  }): boolean | undefined {
    const known = this.#find(this.#key(test.condition, test.width, test.left, test.right));
    return known?.kind === "constant" ? known.value !== 0n : undefined;
  }

  /** What the branch that leads here alone has found out. */
  #learn(index: number): void {
    const predecessors = this.#cfg.predecessors[index] ?? [];
    if (predecessors.length !== 1) return;
    const before = this.#cfg.order[predecessors[0] ?? 0]?.terminator;
    const block = this.#cfg.order[index];
    if (before?.op !== "branch" || before.then === before.else) return;
    const { condition, width, left, right } = before;
    const holds = before.then === block;
    this.#remember(this.#key(condition, width, left, right), holds ? ONE : ZERO);
    this.#remember(this.#key(INVERSES[condition], width, left, right), holds ? ZERO : ONE);
    const learned = learnBits(this.bits, holds ? condition : INVERSES[condition], left, right);
    if (learned !== undefined) this.#learned.push(learned);
  }

  #contentsAtStart(index: number): Content[] {
    if (index === 0) return [];
    const above = this.#contentsAtEnd[this.#cfg.dominator[index] ?? 0];
    if (above === undefined || above.length === 0) return [];
    const predecessors = this.#cfg.predecessors[index] ?? [];
    if (predecessors.length === 1) return above.slice();
    const effects = effectsBetween(this.#cfg, this.#memory.effects, index);
    if (effects === undefined) return above.filter(({ root }) => this.#memory.isReadOnly(root));
    return above.filter(({ root }) => !mayBeWritten(this.#memory, root, effects));
  }

  #process(instruction: Instruction): void {
    switch (instruction.op) {
      case "binary":
      case "unary":
      case "compare":
        this.#replace(instruction.to, this.#compute(instruction));
        break;
      case "phi": {
        const common = commonSource(instruction);
        if (common !== undefined) this.#replace(instruction.to, common);
        else this.#keep(instruction, instruction.to);
        break;
      }
      case "load":
        this.#load(instruction);
        break;
      case "store":
        this.#store(instruction);
        break;
      case "copy-memory":
        this.#instructions.push(instruction);
        this.#forget({ ...this.#placeOf(instruction.to, 0), size: instruction.size });
        break;
      case "zero-memory":
        this.#instructions.push(instruction);
        this.#forget({ ...this.#placeOf(instruction.at, 0), size: instruction.size });
        break;
      default:
        this.#instructions.push(instruction);
        if (isBarrier(instruction))
          this.#contents = this.#contents.filter(
            ({ root }) => !this.#memory.escapes(root) || this.#memory.isReadOnly(root),
          );
    }
  }

  #replace(to: Temp, value: Operand): void {
    if (value !== to) this.#replacements[to.id] = value;
  }

  #keep(instruction: Instruction, to: Temp): void {
    this.#instructions.push(instruction);
    this.#definitions[to.id] = instruction;
    if (instruction.op === "phi" && !this.#isSettled()) return;
    noteBits(this.bits, instruction);
  }

  /** Whether all predecessors have been visited. */
  #isSettled(): boolean {
    const predecessors = this.#cfg.predecessors[this.#block] ?? [];
    return predecessors.every((from) => from < this.#block);
  }

  /** The operand that the instruction is worth: its own temporary, if it is needed. */
  #compute(instruction: Instruction & { op: "binary" | "unary" | "compare" }): Operand {
    const { to } = instruction;
    let key: number;
    if (instruction.op === "binary") {
      const value = simplifyBinary(this, instruction);
      if (value !== undefined) return value;
      key = this.#key(instruction.operator, to.width, instruction.left, instruction.right);
    } else if (instruction.op === "unary") {
      const value = simplifyUnary(this, instruction);
      if (value !== undefined) return value;
      key = this.#key(instruction.operator, to.width, instruction.value, ZERO);
    } else {
      const value = simplifyCompare(this, instruction);
      if (value !== undefined) return value;
      key = this.#key(
        instruction.condition,
        instruction.width,
        instruction.left,
        instruction.right,
      );
    }
    const known = this.#find(key);
    if (known !== undefined) return known;
    this.#keep(instruction, to);
    this.#remember(key, to);
    return to;
  }

  #find(key: number): Operand | undefined {
    const known = this.#table.get(key);
    if (known === undefined || !dominates(this.#cfg, known.block, this.#block)) return undefined;
    return known.value;
  }

  #remember(key: number, value: Operand): void {
    this.#table.set(key, { block: this.#block, value });
  }

  #key(
    operator: BinaryOperator | UnaryOperator | Condition,
    width: Width,
    left: Operand,
    right: Operand,
  ): number {
    const code = CODES[operator] + (width === "w" ? 0 : 32);
    const a = this.#numberOf(left);
    const b = this.#numberOf(right);
    const isTurned = a > b && TURNABLE.has(operator);
    return (code * LIMIT + (isTurned ? b : a)) * LIMIT + (isTurned ? a : b);
  }

  #numberOf(operand: Operand): number {
    switch (operand.kind) {
      case "temp":
        return operand.id;
      case "constant": {
        let number = this.#constants.get(operand.value);
        if (number === undefined) {
          number = this.#nextNumber--;
          this.#constants.set(operand.value, number);
        }
        return number;
      }
      case "symbol":
        return this.#addressNumber(operand.name, operand.offset);
      case "slot":
        // No symbol's name begins with a digit.
        return this.#addressNumber(String(operand.slot.id), operand.offset);
    }
  }

  #addressNumber(base: string, offset: number): number {
    const name = offset === 0 ? base : `${base} ${offset}`;
    let number = this.#addresses.get(name);
    if (number === undefined) {
      number = this.#nextNumber--;
      this.#addresses.set(name, number);
    }
    return number;
  }

  definition(operand: Operand): Instruction | undefined {
    return operand.kind === "temp" ? this.#definitions[operand.id] : undefined;
  }

  binary(operator: BinaryOperator, width: Width, left: Operand, right: Operand): Operand {
    const to = newTemp(this.#function, width);
    const made: Instruction = { op: "binary", to, operator, left, right, loc: this.#loc };
    this.#memory.addRoot(made);
    return this.#compute(made);
  }

  unary(operator: UnaryOperator, width: Width, value: Operand): Operand {
    const to = newTemp(this.#function, width);
    return this.#compute({ op: "unary", to, operator, value, loc: this.#loc });
  }

  compare(condition: Condition, width: Width, left: Operand, right: Operand): Operand {
    const to = newTemp(this.#function, "w");
    return this.#compute({ op: "compare", to, condition, width, left, right, loc: this.#loc });
  }

  /** An address as a base and an offset, through additions of constants. */
  #placeOf(address: Operand, offset: number): Place & { operand: Operand } {
    const root = this.#memory.rootOf(address);
    if (address.kind === "symbol" || address.kind === "slot") {
      const operand = { ...address, offset: 0 };
      return {
        root,
        base: this.#numberOf(operand),
        offset: offset + address.offset,
        size: 0,
        operand,
      };
    }
    const sum = this.definition(address);
    if (sum?.op === "binary" && sum.operator === "add" && sum.right.kind === "constant") {
      const total = offset + Number(sum.right.value);
      if (Number.isSafeInteger(total))
        return { root, base: this.#numberOf(sum.left), offset: total, size: 0, operand: sum.left };
    }
    return { root, base: this.#numberOf(address), offset, size: 0, operand: address };
  }

  /** Puts constants that are added to the address into the instruction's offset, if they fit (12 bits). */
  #foldAddress(
    instruction: Extract<Instruction, { op: "load" | "store" }>,
    place: Place & { operand: Operand },
  ): void {
    const { operand, offset } = place;
    if (operand.kind === "slot" || operand.kind === "symbol") {
      if (Math.abs(offset) >= 0x4000_0000) return;
      instruction.address = { ...operand, offset };
      instruction.offset = 0;
    } else if (offset >= -2048 && offset < 2048) {
      instruction.address = operand;
      instruction.offset = offset;
    }
  }

  #load(instruction: Extract<Instruction, { op: "load" }>): void {
    const found = this.#placeOf(instruction.address, instruction.offset);
    this.#foldAddress(instruction, found);
    const { to, from } = instruction;
    if (instruction.volatile) {
      this.#keep(instruction, to);
      return;
    }
    const { root, base, offset } = found;
    const size = sizeOfAccess(instruction);
    const { address } = instruction;
    if (address.kind === "symbol" && this.#memory.isReadOnly(root)) {
      const bytes = this.#symbols.bytesAt(address.name, address.offset, size);
      if (bytes !== undefined) {
        this.#replace(to, this.#extended(constantOf(bytes, "l"), size, from, to.width));
        return;
      }
    }
    for (const content of this.#contents) {
      if (content.base !== base || content.offset !== offset || content.size !== size) continue;
      const { value } = content;
      const isSame = content.from === from && (value.kind !== "temp" || value.width === to.width);
      this.#replace(to, isSame ? value : this.#extended(value, size, from, to.width));
      return;
    }
    this.#keep(instruction, to);
    this.#addContent({ root, base, offset, size, value: to, from });
  }

  /** What a load of that kind makes of a value's low bytes. */
  #extended(value: Operand, size: number, from: LoadKind, width: Width): Operand {
    if (size === 8) return value;
    const isWide = value.kind === "temp" ? value.width === "l" : value.kind !== "constant";
    if (value.kind === "constant") {
      const bits = 8 * size;
      const isSigned = from === "s8" || from === "s16" || from === "s32";
      const extended = isSigned
        ? BigInt.asIntN(bits, value.value)
        : BigInt.asUintN(bits, value.value);
      return constantOf(extended, width);
    }
    const low = isWide ? this.unary("trunc", "w", value) : value;
    const operator = EXTENDING[from];
    if (operator !== undefined) {
      const extended = this.unary(operator, "w", low);
      return width === "w" ? extended : this.unary("sext32", "l", extended);
    }
    if (width === "w") return low;
    return this.unary(from === "u32" ? "zext32" : "sext32", "l", low);
  }

  #store(instruction: Extract<Instruction, { op: "store" }>): void {
    this.#narrowStore(instruction);
    const found = this.#placeOf(instruction.address, instruction.offset);
    this.#foldAddress(instruction, found);
    const { root, base, offset } = found;
    const { size, value } = instruction;
    if (!instruction.volatile)
      for (const content of this.#contents)
        if (
          content.base === base &&
          content.offset === offset &&
          content.size === size &&
          sameOperand(content.value, value)
        )
          return;
    this.#instructions.push(instruction);
    const place = { root, base, offset, size };
    this.#forget(place);
    if (!instruction.volatile) this.#addContent({ ...place, value, from: undefined });
  }

  /** What only changes bytes that are not stored is left out. */
  #narrowStore(instruction: Extract<Instruction, { op: "store" }>): void {
    for (;;) {
      const inner = this.definition(instruction.value);
      if (inner?.op === "binary") {
        const mask = inner.right;
        const low = (1n << BigInt(8 * instruction.size)) - 1n;
        if (inner.operator !== "and" || mask.kind !== "constant" || (mask.value & low) !== low)
          return;
        if (instruction.size === 8) return;
        instruction.value = inner.left;
        continue;
      }
      if (inner?.op !== "unary" || inner.value.kind !== "temp") return;
      const kept =
        inner.operator === "zext8" || inner.operator === "sext8"
          ? 1
          : inner.operator === "zext16" || inner.operator === "sext16"
            ? 2
            : 4;
      if (instruction.size > kept) return;
      instruction.value = inner.value;
    }
  }

  #forget(place: Place): void {
    const contents = this.#contents;
    let kept = 0;
    for (const content of contents) {
      if (mayOverlap(this.#memory, content, place) && !this.#memory.isReadOnly(content.root))
        continue;
      contents[kept++] = content;
    }
    contents.length = kept;
  }

  #addContent(content: Content): void {
    if (this.#contents.length >= REMEMBERED) this.#contents.shift();
    this.#contents.push(content);
  }
}

/** The one value that a phi has, whichever way the program came. */
function commonSource(phi: Extract<Instruction, { op: "phi" }>): Operand | undefined {
  let common: Operand | undefined;
  for (const { value } of phi.sources) {
    if (value.kind === "temp" && value.id === phi.to.id) continue;
    if (common === undefined) common = value;
    else if (!sameOperand(common, value)) return undefined;
  }
  // A phi of nothing but itself is never read in earnest.
  return common ?? ZERO;
}
