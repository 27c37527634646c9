// Whether a function keeps the IR's rules (ir.ts): one definition for each temporary, which dominates its uses; widths that
// fit; phis that name the predecessors; blocks, slots and temporaries that belong to the function. Tests run it after
// lowering and after each pass. What cannot be reached may use whatever is defined somewhere.

import { successors } from "./build.ts";
import { dominators, type Dominators } from "./dominators.ts";
import type { Block, Instruction, IrFunction, Operand, Temp, Terminator, Width } from "./ir.ts";
import { printInstruction, printTerminator } from "./print.ts";

/** The problems, one sentence each; none: the function is well-formed. */
export function verifyFunction(f: IrFunction): string[] {
  return new Verifier(f).run();
}

/** Where a temporary is defined; −1 is the function's head. */
interface Definition {
  readonly temp: Temp;
  readonly block: Block | undefined;
  readonly index: number;
}

class Verifier {
  readonly #function: IrFunction;
  readonly #problems: string[] = [];
  readonly #definitions = new Map<number, Definition>();
  readonly #blocks: Set<Block>;
  readonly #slots: Set<unknown>;
  readonly #predecessors = new Map<Block, Set<Block>>();
  #dominators: Dominators | undefined;
  #block: Block | undefined;
  #index = 0;
  /** What is being looked at: text is made of it only when there is something to say. */
  #where: Instruction | Terminator | string = "";

  constructor(f: IrFunction) {
    this.#function = f;
    this.#blocks = new Set(f.blocks);
    this.#slots = new Set(f.slots);
  }

  run(): string[] {
    const f = this.#function;
    if (f.blocks.length === 0) return [`${f.symbol}: has no blocks`];
    this.#checkIds();
    for (const temp of f.parameters) this.#define(temp, undefined, -1);
    for (const block of f.blocks) {
      this.#block = block;
      this.#where = block.terminator;
      for (const to of successors(block.terminator)) {
        if (!this.#blocks.has(to)) {
          this.#say(`goes to b${to.id}, which is not in the function`);
          continue;
        }
        const known = this.#predecessors.get(to);
        if (known === undefined) this.#predecessors.set(to, new Set([block]));
        else known.add(block);
        if (to === f.blocks[0]) this.#say("goes to the entry");
      }
      for (const [index, instruction] of block.instructions.entries()) {
        this.#where = instruction;
        for (const temp of definitions(instruction)) this.#define(temp, block, index);
      }
    }
    // Dominance makes sense only when all blocks are known.
    if (this.#problems.length > 0) return this.#problems;
    this.#dominators = dominators(f);
    for (const block of f.blocks) this.#checkBlock(block);
    return this.#problems;
  }

  #say(problem: string): void {
    let where = this.#where;
    if (typeof where !== "string")
      where = `b${this.#block?.id ?? 0}: ${isTerminator(where) ? printTerminator(where) : printInstruction(where)}`;
    this.#problems.push(`${this.#function.symbol}: ${where}: ${problem}`);
  }

  #checkIds(): void {
    const f = this.#function;
    this.#where = "head";
    if (this.#blocks.size !== f.blocks.length) this.#say("a block is in the list twice");
    if (new Set(f.blocks.map(({ id }) => id)).size !== this.#blocks.size)
      this.#say("two blocks have the same id");
    for (const { id } of f.blocks)
      if (id < 0 || id >= f.nextBlock) this.#say(`b${id} is not below nextBlock ${f.nextBlock}`);
    if (new Set(f.slots.map(({ id }) => id)).size !== f.slots.length)
      this.#say("two slots have the same id");
    for (const { id, size, align } of f.slots) {
      if (id < 0 || id >= f.nextSlot) this.#say(`s${id} is not below nextSlot ${f.nextSlot}`);
      if (!Number.isSafeInteger(size) || size < 0) this.#say(`s${id} has ${size} bytes`);
      if (!isPowerOfTwo(align)) this.#say(`s${id} is aligned to ${align}`);
    }
  }

  #define(temp: Temp, block: Block | undefined, index: number): void {
    if (temp.id < 0 || temp.id >= this.#function.nextTemp)
      this.#say(`%${temp.id} is not below nextTemp ${this.#function.nextTemp}`);
    if (this.#definitions.has(temp.id)) this.#say(`%${temp.id} is defined twice`);
    else this.#definitions.set(temp.id, { temp, block, index });
  }

  #checkBlock(block: Block): void {
    this.#block = block;
    let phisMayCome = true;
    for (const [index, instruction] of block.instructions.entries()) {
      this.#index = index;
      this.#where = instruction;
      if (instruction.op !== "phi") phisMayCome = false;
      else if (!phisMayCome) this.#say("a phi behind other instructions");
      this.#checkInstruction(instruction, block);
    }
    this.#index = block.instructions.length;
    this.#where = block.terminator;
    this.#checkTerminator(block.terminator);
  }

  /** A use at the place that is being looked at; no width: either will do. */
  #use(operand: Operand, width: Width | undefined): void {
    switch (operand.kind) {
      case "temp":
        this.#useTemp(operand, width, this.#block, this.#index);
        break;
      case "constant":
        if (!fits(operand.value, width ?? "l"))
          this.#say(`${operand.value} is no signed constant of width ${width ?? "l"}`);
        break;
      case "slot":
        if (!this.#slots.has(operand.slot)) this.#say(`s${operand.slot.id} is not in the list`);
        if (width === "w") this.#say("an address where a w is wanted");
        this.#checkOffset(operand.offset);
        break;
      case "symbol":
        if (width === "w") this.#say("an address where a w is wanted");
        this.#checkOffset(operand.offset);
        break;
    }
  }

  #useTemp(temp: Temp, width: Width | undefined, block: Block | undefined, index: number): void {
    const known = this.#definitions.get(temp.id);
    if (known === undefined) {
      this.#say(`%${temp.id} is used and defined nowhere`);
      return;
    }
    if (known.temp.width !== temp.width)
      this.#say(`%${temp.id} is a ${known.temp.width} where it is defined`);
    if (width !== undefined && temp.width !== width)
      this.#say(`%${temp.id} is a ${temp.width} where a ${width} is wanted`);
    if (known.block === undefined || block === undefined) return;
    const dominates =
      known.block === block
        ? known.index < index
        : (this.#dominators?.dominates(known.block, block) ?? true);
    if (!dominates && (this.#dominators?.isReachable(block) ?? true))
      this.#say(
        `%${temp.id} is used where its definition in b${known.block.id} need not have been`,
      );
  }

  #checkOffset(offset: number): void {
    if (!Number.isSafeInteger(offset)) this.#say(`an offset of ${offset}`);
  }

  #checkSize(size: number, align: number): void {
    if (!Number.isSafeInteger(size) || size < 0) this.#say(`a size of ${size}`);
    if (!isPowerOfTwo(align)) this.#say(`aligned to ${align}`);
  }

  #wants(temp: Temp, width: Width): void {
    if (temp.width !== width) this.#say(`the result is a ${temp.width} and should be a ${width}`);
  }

  #checkInstruction(instruction: Instruction, block: Block): void {
    switch (instruction.op) {
      case "binary": {
        const { to, operator, left, right } = instruction;
        this.#use(left, to.width);
        const isShift = operator === "shl" || operator === "shr" || operator === "sar";
        this.#use(right, isShift ? "w" : to.width);
        break;
      }
      case "unary": {
        const { to, operator, value } = instruction;
        if (operator === "sext32" || operator === "zext32") {
          this.#wants(to, "l");
          this.#use(value, "w");
        } else if (operator === "trunc") {
          this.#wants(to, "w");
          this.#use(value, "l");
        } else this.#use(value, to.width);
        break;
      }
      case "compare":
        this.#wants(instruction.to, "w");
        this.#use(instruction.left, instruction.width);
        this.#use(instruction.right, instruction.width);
        break;
      case "load":
        if (instruction.from === "64") this.#wants(instruction.to, "l");
        else if (instruction.from === "u32") this.#wants(instruction.to, "l");
        this.#use(instruction.address, "l");
        this.#checkOffset(instruction.offset);
        break;
      case "store": {
        const { value, size } = instruction;
        // Of a store of 4 bytes or less the value may be an l, whose upper half does not matter.
        if (size === 8) this.#use(value, "l");
        else this.#use(value, value.kind === "constant" ? "w" : undefined);
        this.#use(instruction.address, "l");
        this.#checkOffset(instruction.offset);
        break;
      }
      case "copy-memory":
        this.#use(instruction.to, "l");
        this.#use(instruction.from, "l");
        this.#checkSize(instruction.size, instruction.align);
        break;
      case "zero-memory":
        this.#use(instruction.at, "l");
        this.#checkSize(instruction.size, instruction.align);
        break;
      case "call":
        this.#use(instruction.callee, "l");
        for (const { value, width } of instruction.arguments) this.#use(value, width);
        if (instruction.results.length > 2) this.#say("more than two results");
        break;
      case "va-start":
        if (!this.#function.isVariadic) this.#say("va-start in a function that is not variadic");
        this.#wants(instruction.to, "l");
        break;
      case "alloca":
        this.#wants(instruction.to, "l");
        this.#use(instruction.size, "l");
        break;
      case "frame-address":
      case "return-address":
      case "thread-pointer":
        this.#wants(instruction.to, "l");
        break;
      case "atomic": {
        const width = instruction.size === 4 ? "w" : "l";
        this.#wants(instruction.to, width);
        this.#use(instruction.address, "l");
        this.#use(instruction.value, width);
        break;
      }
      case "compare-exchange": {
        const width = instruction.size === 4 ? "w" : "l";
        this.#wants(instruction.to, width);
        this.#use(instruction.address, "l");
        this.#use(instruction.expected, width);
        this.#use(instruction.desired, width);
        break;
      }
      case "fence":
        break;
      case "asm":
        for (const input of instruction.inputs) {
          if (input.how === "register") this.#use(input.value, input.width);
          else if (input.how === "output") {
            this.#use(input.value, input.width);
            if (instruction.outputs[input.output] === undefined)
              this.#say(`there is no output ${input.output}`);
          } else if (input.how === "memory") this.#use(input.value, "l");
          else if (input.value.kind === "temp") this.#say("an immediate that is a temporary");
        }
        break;
      case "phi":
        this.#checkPhi(instruction.to, instruction.sources, block);
        break;
    }
  }

  #checkPhi(to: Temp, sources: readonly { block: Block; value: Operand }[], block: Block): void {
    const wanted = this.#predecessors.get(block) ?? new Set<Block>();
    const seen = new Set<Block>();
    for (const { block: from, value } of sources) {
      if (seen.has(from)) this.#say(`b${from.id} is named twice`);
      seen.add(from);
      if (!wanted.has(from)) this.#say(`b${from.id} is no predecessor`);
      // The value is used at the predecessor's end.
      if (value.kind === "temp") this.#useTemp(value, to.width, from, from.instructions.length);
      else this.#use(value, to.width);
    }
    for (const from of wanted)
      if (!seen.has(from)) this.#say(`the predecessor b${from.id} is missing`);
  }

  #checkTerminator(terminator: Terminator): void {
    switch (terminator.op) {
      case "branch":
        this.#use(terminator.left, terminator.width);
        this.#use(terminator.right, terminator.width);
        break;
      case "switch": {
        this.#use(terminator.value, terminator.width);
        let before: bigint | undefined;
        for (const { first, last } of terminator.cases) {
          if (!fits(first, terminator.width) || !fits(last, terminator.width))
            this.#say(`the case ${first} is out of range`);
          if (first > last) this.#say(`the case ${first} … ${last} is empty`);
          if (before !== undefined && first <= before)
            this.#say(`the case ${first} is not behind ${before}`);
          before = last;
        }
        break;
      }
      case "indirect-jump":
        this.#use(terminator.address, "l");
        for (const to of terminator.targets)
          if (to.symbol === undefined) this.#say(`b${to.id} has no symbol`);
        break;
      case "return":
        for (const { value, width } of terminator.values) this.#use(value, width);
        if (terminator.values.length > 2) this.#say("more than two results");
        break;
      case "jump":
      case "unreachable":
        break;
    }
  }
}

function isTerminator(one: Instruction | Terminator): one is Terminator {
  switch (one.op) {
    case "jump":
    case "branch":
    case "switch":
    case "indirect-jump":
    case "return":
    case "unreachable":
      return true;
    default:
      return false;
  }
}

function definitions(instruction: Instruction): readonly Temp[] {
  switch (instruction.op) {
    case "call":
      return instruction.results;
    case "asm":
      return instruction.outputs.map(({ to }) => to);
    case "store":
    case "copy-memory":
    case "zero-memory":
    case "fence":
      return [];
    default:
      return [instruction.to];
  }
}

function fits(value: bigint, width: Width): boolean {
  return BigInt.asIntN(width === "w" ? 32 : 64, value) === value;
}

function isPowerOfTwo(value: number): boolean {
  return Number.isInteger(value) && value > 0 && 2 ** Math.round(Math.log2(value)) === value;
}
