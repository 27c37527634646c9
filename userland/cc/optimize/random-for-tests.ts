// For tests: programs from a list of numbers, each of which decides something. What is at the list's end decides for the
// simplest thing, so that shorter lists of smaller numbers are simpler programs, which is what fast-check looks for.

import {
  Builder,
  constant,
  LOCAL,
  newFunction,
  newModule,
  newParameter,
  newSlot,
  slotAddress,
  symbolAddress,
} from "../ir/build.ts";
import type {
  BinaryOperator,
  Condition,
  IrFunction,
  IrModule,
  LoadKind,
  Operand,
  Slot,
  UnaryOperator,
  Width,
} from "../ir/ir.ts";

const BINARY: readonly BinaryOperator[] = [
  "add",
  "sub",
  "mul",
  "and",
  "or",
  "xor",
  "shl",
  "shr",
  "sar",
  "div",
  "udiv",
  "rem",
  "urem",
];
const CONDITIONS: readonly Condition[] = [
  "eq",
  "ne",
  "lt",
  "le",
  "gt",
  "ge",
  "ltu",
  "leu",
  "gtu",
  "geu",
];
const EXTENSIONS: readonly UnaryOperator[] = ["sext8", "sext16", "zext8", "zext16", "copy"];
const INTERESTING = [
  0n,
  1n,
  -1n,
  2n,
  3n,
  7n,
  8n,
  10n,
  16n,
  31n,
  255n,
  256n,
  1000n,
  4096n,
  65535n,
  -2n,
  -3n,
  -8n,
  -128n,
  127n,
  -2048n,
  2047n,
  2n ** 31n - 1n,
  -(2n ** 31n),
  2n ** 30n,
];
const LARGE = [2n ** 32n - 1n, 2n ** 63n - 1n, -(2n ** 63n), 2n ** 32n, 0x1234_5678_9abcn];

/** Bytes of the program's data, which the test compares when it has run. */
export const DATA_SIZE = 64;

export function randomModule(decisions: readonly number[]): IrModule {
  return new RandomProgram(decisions).module();
}

interface Variable {
  readonly slot: Slot;
  readonly offset: number;
  readonly size: 1 | 2 | 4 | 8;
}

class RandomProgram {
  readonly #decisions: readonly number[];
  #at = 0;
  #b: Builder;
  #variables: Variable[] = [];
  #structures: Slot[] = [];
  #array: Slot | undefined;
  #parameters: Operand[] = [];
  #wides: Operand[] = [];
  #callees: IrFunction[] = [];
  #depth = 0;

  constructor(decisions: readonly number[]) {
    this.#decisions = decisions;
    this.#b = new Builder(newFunction("none"));
  }

  #pick(count: number): number {
    const decision = this.#decisions[this.#at++] ?? 0;
    return decision % count;
  }

  #of<T>(list: readonly T[]): T {
    const one = list[this.#pick(list.length)];
    if (one === undefined) throw new Error("an empty list to pick of");
    return one;
  }

  module(): IrModule {
    const functions: IrFunction[] = [];
    const count = 1 + this.#pick(3);
    for (let index = 0; index < count; index++) {
      const isLast = index === count - 1;
      const f = newFunction(isLast ? "test" : `f${index}`, {
        ...(isLast ? {} : { linkage: LOCAL }),
        alwaysInline: !isLast && this.#pick(3) === 1,
      });
      this.#function(f, isLast ? 9 : 3);
      functions.push(f);
      this.#callees.push(f);
    }
    const module = newModule(functions);
    const bytes = Uint8Array.from({ length: DATA_SIZE }, (_, at) => (at * 37) & 255);
    const common = { align: 8, size: DATA_SIZE, references: [] };
    return {
      ...module,
      data: [
        { ...common, symbol: "data", linkage: LOCAL, section: "data", bytes },
        { ...common, symbol: "table", linkage: LOCAL, section: "rodata", bytes },
      ],
    };
  }

  #function(f: IrFunction, statements: number): void {
    this.#parameters = [newParameter(f, "w"), newParameter(f, "l")];
    this.#b = new Builder(f);
    this.#b.startNew();
    this.#variables = [];
    this.#structures = [];
    const sizes = [4, 8, 4, 1, 2, 8] as const;
    for (const size of sizes) {
      const slot = newSlot(f, size, size);
      this.#variables.push({ slot, offset: 0, size });
    }
    for (let index = 0; index < 2; index++) {
      const slot = newSlot(f, 24, 8);
      this.#structures.push(slot);
      this.#b.zeroMemory(slotAddress(slot), 24, 8);
      this.#variables.push({ slot, offset: 0, size: 8 }, { slot, offset: 12, size: 4 });
      if (this.#pick(3) === 1) this.#variables.push({ slot, offset: 8, size: 4 });
    }
    this.#array = newSlot(f, 32, 8);
    this.#b.zeroMemory(slotAddress(this.#array), 32, 8);
    for (const { slot, offset, size } of this.#variables)
      this.#b.store(size, this.#constant(size === 8 ? "l" : "w"), slotAddress(slot, offset));
    this.#statements(statements);
    // Everything that can be seen of the variables is in the result.
    let sum: Operand = constant(0);
    for (const variable of this.#variables)
      sum = this.#b.binary(
        "add",
        "l",
        this.#b.binary("mul", "l", sum, constant(31)),
        this.#load(variable, "l"),
      );
    for (let at = 0; at < 32; at += 8)
      sum = this.#b.binary("xor", "l", sum, this.#b.load("64", "l", slotAddress(this.#array, at)));
    this.#b.return([{ value: sum, width: "l" }]);
  }

  #statements(count: number): void {
    const wides = this.#wides;
    this.#wides = wides.slice();
    for (let left = 1 + this.#pick(count); left > 0; left--) this.#statement();
    this.#wides = wides;
  }

  #statement(): void {
    this.#depth++;
    switch (this.#depth > 4 ? this.#pick(4) : this.#pick(12)) {
      case 0:
      case 1:
      case 2:
        this.#assign();
        break;
      case 3:
        this.#memory();
        break;
      case 4:
      case 5:
        this.#if();
        break;
      case 6:
      case 7:
      case 8:
        this.#loop();
        break;
      case 9:
        this.#switch();
        break;
      case 10:
        this.#call();
        break;
      default:
        this.#b.call(symbolAddress("say"), [{ value: this.#value("l", 2), width: "l" }]);
    }
    this.#depth--;
  }

  #assign(): void {
    const { slot, offset, size } = this.#of(this.#variables);
    const value = this.#value(size === 8 ? "l" : "w", 3);
    this.#b.store(size, value, slotAddress(slot, offset));
  }

  #memory(): void {
    const [one, other] = this.#structures;
    if (one === undefined || other === undefined) return;
    switch (this.#pick(6)) {
      case 0:
        this.#store(symbolAddress("data"), this.#pick(2) === 0);
        break;
      case 1:
        if (this.#array !== undefined) this.#store(slotAddress(this.#array), true);
        break;
      case 2:
        this.#b.copyMemory(slotAddress(one), slotAddress(other), 24, 8);
        break;
      case 3:
        this.#b.copyMemory(slotAddress(other, 8), slotAddress(one, 8), 16, 8);
        break;
      case 4:
        this.#b.copyMemory(symbolAddress("data", 8), slotAddress(one), 24, 8);
        break;
      default:
        this.#b.zeroMemory(slotAddress(one), this.#pick(2) === 0 ? 24 : 8, 8);
    }
  }

  #store(base: Operand, isIndexed: boolean): void {
    const size = this.#of([4, 1, 8] as const);
    const value = this.#value(size === 8 ? "l" : "w", 2);
    if (isIndexed) this.#b.store(size, value, this.#element(base, size, 32));
    else this.#b.store(size, value, base, size * this.#pick(32 / size));
  }

  /** The address of an element by a computed index. */
  #element(base: Operand, size: number, bytes: number): Operand {
    const b = this.#b;
    const index = b.binary("and", "w", this.#value("w", 2), constant(bytes / size - 1));
    const wide = b.unary(this.#pick(2) === 0 ? "sext32" : "zext32", "l", index);
    return b.binary("add", "l", base, b.binary("mul", "l", wide, constant(size)));
  }

  #if(): void {
    const b = this.#b;
    const [yes, no, end] = [b.newBlock(), b.newBlock(), b.newBlock()];
    this.#branch(yes, no);
    b.start(yes);
    this.#statements(3);
    b.jump(end);
    b.start(no);
    if (this.#pick(2) === 1) this.#statements(3);
    b.start(end);
  }

  #branch(yes: ReturnType<Builder["newBlock"]>, no: ReturnType<Builder["newBlock"]>): void {
    const width = this.#width();
    if (this.#pick(3) === 0) this.#b.branch("ne", "w", this.#value("w", 3), constant(0), yes, no);
    else
      this.#b.branch(
        this.#of(CONDITIONS),
        width,
        this.#value(width, 2),
        this.#value(width, 2),
        yes,
        no,
      );
  }

  /** A loop over a counter of its own, so that it ends; the body may use the counter. */
  #loop(): void {
    const b = this.#b;
    const width = this.#width();
    const size = width === "w" ? 4 : 8;
    const slot = newSlot(b.function, size, size);
    const isDown = this.#pick(3) === 1;
    const rounds = 1 + this.#pick(7);
    const step = 1 + this.#pick(3);
    const isUnsigned = this.#pick(2) === 1;
    const first = this.#of([0, 0, 1, 20, -3]);
    const last = first + (isDown ? -1 : 1) * rounds * step;
    b.store(size, constant(first), slotAddress(slot));
    const [head, body, end] = [b.newBlock(), b.newBlock(), b.newBlock()];
    const isAtEnd = this.#pick(3) === 1;
    const counter = (): Operand => b.load(width === "w" ? "s32" : "64", width, slotAddress(slot));
    const test = (): void => {
      const isSafe = first >= 0 && last >= 0;
      const condition: Condition = this.#of(
        isUnsigned && isSafe
          ? isDown
            ? ["gtu", "ne"]
            : ["ltu", "ne"]
          : isDown
            ? ["gt", "ne"]
            : ["lt", "ne"],
      );
      b.branch(condition, width, counter(), constant(last), body, end);
    };
    if (isAtEnd) b.jump(body);
    else {
      b.start(head);
      test();
    }
    b.start(body);
    if (this.#array !== undefined && this.#pick(2) === 1) {
      // a[i + c] with the counter itself, as far as the array goes
      const index = b.binary("and", width, counter(), constant(3));
      const moved = this.#pick(2) === 0 ? index : counter();
      const wide = width === "l" ? moved : b.unary(isUnsigned ? "zext32" : "sext32", "l", moved);
      const low = b.binary("and", "l", wide, constant(moved === index ? 3 : 7));
      const at = b.binary(
        "add",
        "l",
        slotAddress(this.#array),
        b.binary("shl", "l", low, constant(2)),
      );
      b.store(4, this.#value("w", 2), at);
    }
    if (first >= 0 && last >= 0 && first < 2 && last < 28 && this.#pick(2) === 1) {
      // An address that goes up with the counter.
      const extended =
        width === "l" ? counter() : b.unary(isUnsigned ? "zext32" : "sext32", "l", counter());
      const base = this.#array !== undefined ? slotAddress(this.#array) : symbolAddress("data");
      const at = b.binary("add", "l", base, extended);
      b.store(1, this.#value("w", 1), at);
      b.store(1, b.load("u8", "w", at, 1), b.binary("add", "l", symbolAddress("data"), extended));
    }
    this.#variables.push({ slot, offset: 0, size });
    // The counter is read in the body, but not written.
    const variables = this.#variables;
    this.#variables = variables.slice(0, -1);
    const wides = this.#wides;
    this.#wides = [...wides];
    if (width === "l") this.#wides.push(counter());
    this.#statements(3);
    this.#wides = wides;
    b.store(
      size,
      b.binary("add", width, counter(), constant(isDown ? -step : step)),
      slotAddress(slot),
    );
    if (isAtEnd) test();
    else b.jump(head);
    b.start(end);
  }

  #switch(): void {
    const b = this.#b;
    const [end, otherwise] = [b.newBlock(), b.newBlock()];
    const value = b.binary("and", "w", this.#value("w", 2), constant(7));
    const cases = [0n, 1n, 3n].map((first, index) => ({
      first,
      last: first + (index === 2 ? 2n : 0n),
      to: b.newBlock(),
    }));
    b.switch(value, "w", cases, otherwise);
    for (const { to } of cases) {
      b.start(to);
      this.#statements(2);
      if (this.#pick(2) === 0) b.jump(end);
    }
    b.start(otherwise);
    b.start(end);
  }

  #call(): void {
    if (this.#callees.length === 0) return;
    const { symbol } = this.#of(this.#callees);
    const [result] = this.#b.call(
      symbolAddress(symbol),
      [
        { value: this.#value("w", 2), width: "w" },
        { value: this.#value("l", 2), width: "l" },
      ],
      ["l"],
    );
    const { slot, offset } = this.#of(this.#variables.filter(({ size }) => size === 8));
    if (result !== undefined) this.#b.store(8, result, slotAddress(slot, offset));
  }

  #width(): Width {
    return this.#pick(2) === 0 ? "w" : "l";
  }

  #constant(width: Width): Operand {
    const list = width === "w" || this.#pick(3) > 0 ? INTERESTING : LARGE;
    return constant(this.#of(list));
  }

  #load({ slot, offset, size }: Variable, width: Width): Operand {
    const kinds: Record<1 | 2 | 4 | 8, readonly LoadKind[]> = {
      1: ["u8", "u8", "s8"],
      2: ["s16", "s16", "u16"],
      4: width === "l" ? ["s32", "u32"] : ["s32"],
      8: ["64"],
    };
    const from = this.#of(kinds[size]);
    if (size === 8 && width === "w")
      return this.#b.unary("trunc", "w", this.#b.load(from, "l", slotAddress(slot, offset)));
    return this.#b.load(from, width, slotAddress(slot, offset));
  }

  #value(width: Width, depth: number): Operand {
    const b = this.#b;
    switch (depth <= 0 ? this.#pick(3) : this.#pick(10)) {
      case 0:
        return this.#load(this.#of(this.#variables), width);
      case 1:
        return this.#constant(width);
      case 2: {
        if (width === "l" && this.#wides.length > 0 && this.#pick(2) === 1)
          return this.#of(this.#wides);
        const one = this.#parameters[width === "w" ? 0 : 1];
        return one ?? constant(0);
      }
      case 3:
      case 4:
      case 5: {
        const operator = this.#of(BINARY);
        const isShift = operator === "shl" || operator === "shr" || operator === "sar";
        const left = this.#value(width, depth - 1);
        return b.binary(operator, width, left, this.#value(isShift ? "w" : width, depth - 1));
      }
      case 6: {
        if (this.#pick(2) === 0)
          return b.unary(this.#of(EXTENSIONS), width, this.#value(width, depth - 1));
        if (width === "w") return b.unary("trunc", "w", this.#value("l", depth - 1));
        return b.unary(this.#of(["sext32", "zext32"] as const), "l", this.#value("w", depth - 1));
      }
      case 7: {
        const compared = this.#width();
        const result = b.compare(
          this.#of(CONDITIONS),
          compared,
          this.#value(compared, depth - 1),
          this.#value(compared, depth - 1),
        );
        return width === "w" ? result : b.unary("sext32", "l", result);
      }
      case 8: {
        const base = this.#of([
          symbolAddress("table"),
          symbolAddress("data"),
          slotAddress(this.#array ?? newSlot(b.function, 32, 8)),
        ]);
        const address = this.#element(base, 4, 32);
        return b.load("s32", width, address);
      }
      default: {
        const base = this.#of([symbolAddress("table"), symbolAddress("data")]);
        if (width === "l") return b.load("64", "l", base, 8 * this.#pick(8));
        return b.load(this.#of(["u8", "s8"] as const), "w", base, this.#pick(DATA_SIZE));
      }
    }
  }
}
