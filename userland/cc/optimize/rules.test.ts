import assert from "node:assert/strict";
import { describe, test } from "node:test";
import fc from "fast-check";
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
import { interpret } from "../ir/interpret.ts";
import type { BinaryOperator, IrFunction, IrModule, Operand, Width } from "../ir/ir.ts";
import { printFunction } from "../ir/print.ts";
import { verifyFunction } from "../ir/verify.ts";
import { evaluateBinary } from "./evaluate.ts";
import { optimize } from "./optimize.ts";

/** A function of two parameters of a width that returns what `build` makes of them. */
function functionOf(
  width: Width,
  build: (b: Builder, x: Operand, y: Operand) => Operand,
  result: Width = width,
): IrFunction {
  const f = newFunction("test");
  const x = newParameter(f, width);
  const y = newParameter(f, width);
  const b = new Builder(f);
  b.startNew();
  b.return([{ value: build(b, x, y), width: result }]);
  return f;
}

function optimized(module: IrModule, level: 0 | 1 | 2 = 1): IrModule {
  optimize(module, level, (f, pass) => assert.deepEqual(verifyFunction(f), [], pass));
  for (const f of module.functions) assert.deepEqual(verifyFunction(f), []);
  return module;
}

/** The instructions of the one block that is left, with temporaries by the order in which they appear behind x and y. */
function bodyOf(f: IrFunction): string[] {
  optimized(newModule([f]));
  assert.equal(f.blocks.length, 1, printFunction(f));
  const names = new Map([
    ["%0", "x"],
    ["%1", "y"],
  ]);
  return printFunction(f)
    .split("\n")
    .filter((line) => line.startsWith("  ") && !line.startsWith("  slot"))
    .map((line) =>
      line.trim().replaceAll(/%\d+/g, (temp) => {
        const name = names.get(temp) ?? `t${names.size - 2}`;
        names.set(temp, name);
        return name;
      }),
    );
}

const C = constant;

describe("what is simplified", () => {
  const cases: [string, Width, (b: Builder, x: Operand, y: Operand) => Operand, string[]][] = [
    ["constants are folded", "w", (b) => b.binary("mul", "w", C(6), C(7)), ["return w 42"]],
    [
      "constants of sums come together",
      "w",
      (b, x) => b.binary("sub", "w", b.binary("add", "w", C(3), x), C(5)),
      ["t0 =w add x, -2", "return w t0"],
    ],
    [
      "a product with a power of two is a shift",
      "l",
      (b, x) => b.binary("mul", "l", x, C(8)),
      ["t0 =l shl x, 3", "return l t0"],
    ],
    [
      "an unsigned quotient by a power of two is a shift",
      "w",
      (b, x) => b.binary("udiv", "w", x, C(16)),
      ["t0 =w shr x, 4", "return w t0"],
    ],
    [
      "an unsigned rest by a power of two is a mask",
      "l",
      (b, x) => b.binary("urem", "l", x, C(4096)),
      ["t0 =l and x, 4095", "return l t0"],
    ],
    [
      "a signed division by two adds the sign first",
      "w",
      (b, x) => b.binary("div", "w", x, C(2)),
      ["t0 =w shr x, 31", "t1 =w add x, t0", "t2 =w sar t1, 1", "return w t2"],
    ],
    [
      "a mask of eight bits is an extension, and one is enough",
      "w",
      (b, x) => b.unary("zext8", "w", b.binary("and", "w", x, C(255))),
      ["t0 =w zext8 x", "return w t0"],
    ],
    [
      "an extension of what is extended is left out",
      "w",
      (b, x) => b.unary("sext16", "w", b.unary("zext8", "w", x)),
      ["t0 =w zext8 x", "return w t0"],
    ],
    [
      "shifts up and down are an extension",
      "w",
      (b, x) => b.binary("sar", "w", b.binary("shl", "w", x, C(24)), C(24)),
      ["t0 =w sext8 x", "return w t0"],
    ],
    [
      "what a shift cannot see of its amount is left out",
      "w",
      (b, x, y) => b.binary("shl", "w", x, b.binary("and", "w", y, C(31))),
      ["t0 =w shl x, y", "return w t0"],
    ],
    ["nothing is left of x ^ x", "l", (b, x) => b.binary("xor", "l", x, x), ["return l 0"]],
    [
      "what is computed twice is computed once",
      "w",
      (b, x, y) => b.binary("mul", "w", b.binary("add", "w", x, y), b.binary("add", "w", y, x)),
      ["t0 =w add x, y", "t1 =w mul t0, t0", "return w t1"],
    ],
    [
      "not (x < y) is x >= y",
      "w",
      (b, x, y) => b.compare("eq", "w", b.compare("lt", "w", x, y), C(0)),
      ["t0 =w compare.ge.w x, y", "return w t0"],
    ],
    [
      "what is below 2^8 is never above 255",
      "w",
      (b, x) => b.compare("gt", "w", b.unary("zext8", "w", x), C(255)),
      ["return w 0"],
    ],
  ];
  for (const [name, width, build, body] of cases)
    test(name, () => {
      assert.deepEqual(bodyOf(functionOf(width, build)), body);
    });

  test("comparisons of extended values compare what was extended", () => {
    const f = functionOf("w", (b, x, y) =>
      b.compare("lt", "l", b.unary("sext32", "l", x), b.unary("sext32", "l", y)),
    );
    assert.deepEqual(bodyOf(f), ["t0 =w compare.lt.w x, y", "return w t0"]);
  });
});

test("quotients and rests by constants are those of the operators", () => {
  const number = (width: Width) =>
    width === "w"
      ? fc.oneof(fc.bigInt(-(2n ** 31n), 2n ** 31n - 1n), fc.bigInt(-300n, 300n))
      : fc.oneof(fc.bigInt(-(2n ** 63n), 2n ** 63n - 1n), fc.bigInt(-300n, 300n));
  const operators: BinaryOperator[] = ["div", "udiv", "rem", "urem"];
  for (const width of ["w", "l"] as const)
    fc.assert(
      fc.property(
        number(width),
        fc.array(number(width), { minLength: 4, maxLength: 8 }),
        (divisor, values) => {
          const module = newModule(
            operators.map((operator) => ({
              ...functionOf(width, (b, x) => b.binary(operator, width, x, C(divisor))),
              symbol: operator,
            })),
          );
          optimized(module);
          const machine = interpret(module);
          const edges = [divisor, -divisor, divisor - 1n, 2n ** 31n - 1n, -(2n ** 31n), -1n, 0n];
          for (const value of [...values, ...edges]) {
            const x = BigInt.asIntN(width === "w" ? 32 : 64, value);
            for (const operator of operators)
              assert.deepEqual(
                machine.call(operator, [x, 0n]),
                [evaluateBinary(operator, width, x, divisor)],
                `${x} ${operator} ${divisor}`,
              );
          }
        },
      ),
      { numRuns: 150 },
    );
});

describe("memory", () => {
  test("what was stored is not loaded, but for what may have been written in between", () => {
    const f = functionOf("l", (b, x, y) => {
      b.store(8, C(1), x, 8);
      b.store(8, C(2), x, 16);
      const known = b.load("64", "l", x, 8);
      b.store(8, C(3), y);
      return b.binary("add", "l", known, b.load("64", "l", x, 16));
    });
    assert.deepEqual(bodyOf(f), [
      "store.8 1, [x + 8]",
      "store.8 2, [x + 16]",
      "store.8 3, [y]",
      "t0 =l load.64 [x + 16]",
      "t1 =l add t0, 1",
      "return l t1",
    ]);
  });

  test("a call may write what it can reach, and nothing else", () => {
    const f = newFunction("test");
    const b = new Builder(f);
    b.startNew();
    const [home, lent] = [newSlot(f, 16, 8), newSlot(f, 16, 8)];
    const index = b.load("64", "l", symbolAddress("index"));
    const inside = b.binary("add", "l", slotAddress(home), index);
    b.store(8, C(1), inside);
    b.store(8, C(2), slotAddress(lent));
    b.call(symbolAddress("other"), [{ value: slotAddress(lent), width: "l" }]);
    const sum = b.binary(
      "add",
      "l",
      b.load("64", "l", inside),
      b.load("64", "l", slotAddress(lent)),
    );
    b.return([{ value: sum, width: "l" }]);
    optimized(newModule([f]));
    const text = printFunction(f);
    assert.match(text, /load\.64 \[s1\]/);
    assert.equal(text.match(/load/g)?.length, 2, text);
  });

  test("a structure that is copied about becomes temporaries", () => {
    const f = newFunction("test");
    const x = newParameter(f, "w");
    const b = new Builder(f);
    b.startNew();
    const [one, other] = [newSlot(f, 16, 8), newSlot(f, 16, 8)];
    b.zeroMemory(slotAddress(one), 16, 8);
    b.store(4, x, slotAddress(one, 4));
    b.copyMemory(slotAddress(other), slotAddress(one), 16, 8);
    const sum = b.binary(
      "add",
      "w",
      b.load("s32", "w", slotAddress(other, 4)),
      b.load("s32", "w", slotAddress(other, 8)),
    );
    b.return([{ value: sum, width: "w" }]);
    assert.deepEqual(bodyOf(f), ["return w x"]);
    assert.deepEqual(f.slots, []);
  });

  test("volatile accesses stay as they are", () => {
    const f = functionOf("l", (b, x) => {
      const slot = newSlot(b.function, 4, 4);
      b.store(4, C(1), slotAddress(slot), 0, true);
      b.load("s32", "w", slotAddress(slot), 0, true);
      b.store(4, C(5), x, 0, true);
      b.store(4, C(5), x, 0, true);
      return b.unary("sext32", "l", b.load("s32", "w", x, 0, true));
    });
    const lines = bodyOf(f);
    assert.equal(lines.filter((line) => line.includes("volatile")).length, 5, lines.join("\n"));
  });

  test("read-only data is known", () => {
    const f = functionOf("l", (b) => b.load("u16", "l", symbolAddress("table", 2)));
    const bytes = Uint8Array.of(1, 2, 3, 4);
    const module: IrModule = {
      ...newModule([f]),
      data: [
        {
          symbol: "table",
          linkage: LOCAL,
          section: "rodata",
          align: 2,
          size: 4,
          bytes,
          references: [],
        },
      ],
    };
    optimized(module);
    assert.match(printFunction(f), /return l 1027/);
  });
});

describe("inlining", () => {
  /** `callee(x)` is x + 1; `test(x)` is callee(callee(x)). */
  function pair(options: Parameters<typeof newFunction>[1]): IrModule {
    const callee = newFunction("callee", options);
    const x = newParameter(callee, "w");
    const inner = new Builder(callee);
    inner.startNew();
    inner.return([{ value: inner.binary("add", "w", x, C(1)), width: "w" }]);
    const f = newFunction("test");
    let value: Operand = newParameter(f, "w");
    const b = new Builder(f);
    b.startNew();
    for (let calls = 0; calls < 2; calls++)
      value = b.call(symbolAddress("callee"), [{ value, width: "w" }], ["w"])[0] ?? value;
    b.return([{ value, width: "w" }]);
    return newModule([f, callee]);
  }
  const names = (module: IrModule): string[] => module.functions.map(({ symbol }) => symbol);
  const calls = (module: IrModule): number =>
    module.functions.flatMap(({ blocks }) =>
      blocks.flatMap(({ instructions }) => instructions.filter(({ op }) => op === "call")),
    ).length;

  test("a small local function becomes a part of its callers and goes", () => {
    const module = optimized(pair({ linkage: LOCAL }));
    assert.deepEqual(names(module), ["test"]);
    assert.equal(calls(module), 0);
    assert.deepEqual(interpret(module).call("test", [40n]), [42n]);
  });

  test("a global one stays for others", () => {
    assert.deepEqual(names(optimized(pair({}))), ["test", "callee"]);
  });

  test("who does not want to be inlined is not", () => {
    assert.equal(calls(optimized(pair({ linkage: LOCAL, noinline: true }), 2)), 2);
  });

  test("who wants to be is at level 0 too", () => {
    assert.equal(calls(optimized(pair({ linkage: LOCAL, alwaysInline: true }), 0)), 0);
    assert.equal(calls(optimized(pair({ linkage: LOCAL }), 0)), 2);
  });

  test("a weak function may be another one in the end", () => {
    assert.equal(calls(optimized(pair({ linkage: { binding: "weak", hidden: false } }), 2)), 2);
  });

  test("functions that double in size thirty times stay within bounds", () => {
    const functions = [pair({ alwaysInline: true }).functions[1]].filter((f) => f !== undefined);
    for (let index = 1; index <= 30; index++) {
      const f = newFunction(`f${index}`, { alwaysInline: true });
      let value: Operand = newParameter(f, "w");
      const b = new Builder(f);
      b.startNew();
      const callee = symbolAddress(functions[index - 1]?.symbol ?? "");
      for (let calls = 0; calls < 2; calls++)
        value = b.call(callee, [{ value, width: "w" }], ["w"])[0] ?? value;
      b.return([{ value, width: "w" }]);
      functions.push(f);
    }
    const module = newModule(functions);
    optimize(module, 0);
    for (const { blocks } of module.functions) assert.ok(blocks.length < 10_000);
  });

  test("recursion ends", () => {
    const f = newFunction("test", { alwaysInline: true });
    const x = newParameter(f, "w");
    const b = new Builder(f);
    b.startNew();
    const [value = x] = b.call(symbolAddress("test"), [{ value: x, width: "w" }], ["w"]);
    b.return([{ value, width: "w" }]);
    assert.equal(calls(optimized(newModule([f]), 2)), 1);
  });
});

describe("control flow", () => {
  test("a && b as a condition branches without making a value", () => {
    const f = newFunction("test");
    const [x, y] = [newParameter(f, "w"), newParameter(f, "w")];
    const b = new Builder(f);
    const [second, yes, no, join, then, otherwise] = Array.from({ length: 6 }, () => b.newBlock());
    assert.ok(second && yes && no && join && then && otherwise);
    b.startNew();
    const slot = newSlot(f, 4, 4);
    b.branch("ne", "w", x, C(0), second, no);
    b.start(second);
    b.branch("ne", "w", y, C(0), yes, no);
    b.start(yes);
    b.store(4, C(1), slotAddress(slot));
    b.jump(join);
    b.start(no);
    b.store(4, C(0), slotAddress(slot));
    b.start(join);
    b.branch("ne", "w", b.load("s32", "w", slotAddress(slot)), C(0), then, otherwise);
    b.start(then);
    b.call(symbolAddress("yes"), []);
    b.return();
    b.start(otherwise);
    b.call(symbolAddress("no"), []);
    b.return();
    optimized(newModule([f]));
    assert.equal(f.blocks.length, 4, printFunction(f));
    assert.doesNotMatch(printFunction(f), /phi/);
  });

  test("two bounds of one value are one comparison", () => {
    const f = functionOf("w", (b, x) => {
      const [second, yes, join] = [b.newBlock(), b.newBlock(), b.newBlock()];
      const slot = newSlot(b.function, 4, 4);
      b.store(4, C(0), slotAddress(slot));
      b.branch("ge", "w", x, C(48), second, join);
      b.start(second);
      b.branch("le", "w", x, C(57), yes, join);
      b.start(yes);
      b.store(4, C(1), slotAddress(slot));
      b.start(join);
      return b.load("s32", "w", slotAddress(slot));
    });
    assert.deepEqual(bodyOf(f), ["t0 =w add x, -48", "t1 =w compare.ltu.w t0, 10", "return w t1"]);
  });

  test("a block whose address is taken stays, and with it what it is", () => {
    const f = newFunction("test");
    const b = new Builder(f);
    b.startNew();
    const taken = b.newBlock();
    taken.symbol = ".Ltaken";
    b.return();
    b.start(taken);
    b.call(symbolAddress("other"), []);
    b.return();
    optimized(newModule([f]));
    assert.deepEqual(
      f.blocks.map(({ symbol }) => symbol),
      [undefined, ".Ltaken"],
    );
  });
});

describe("loops", () => {
  /** for (i = first; i < end; i++) sum += data[i], with the extension that the index's type has. */
  function summing(
    first: number,
    extension: "sext32" | "zext32",
    end: Operand | undefined,
  ): IrFunction {
    const f = newFunction("test");
    const n = newParameter(f, "w");
    const b = new Builder(f);
    b.startNew();
    const [i, sum] = [newSlot(f, 4, 4), newSlot(f, 8, 8)];
    const [head, body, done] = [b.newBlock(), b.newBlock(), b.newBlock()];
    b.store(4, C(first), slotAddress(i));
    b.store(8, C(0), slotAddress(sum));
    b.start(head);
    const condition = extension === "sext32" ? "lt" : "ltu";
    b.branch(condition, "w", b.load("s32", "w", slotAddress(i)), end ?? n, body, done);
    b.start(body);
    const index = b.unary(extension, "l", b.load("s32", "w", slotAddress(i)));
    const at = b.binary("add", "l", symbolAddress("data"), b.binary("mul", "l", index, C(4)));
    const more = b.binary("add", "l", b.load("64", "l", slotAddress(sum)), b.load("s32", "l", at));
    b.store(8, more, slotAddress(sum));
    b.store(4, b.binary("add", "w", b.load("s32", "w", slotAddress(i)), C(1)), slotAddress(i));
    b.jump(head);
    b.start(done);
    b.return([{ value: b.load("64", "l", slotAddress(sum)), width: "l" }]);
    return f;
  }

  function moduleOf(f: IrFunction): IrModule {
    const bytes = new Uint8Array(Int32Array.from({ length: 16 }, (_, at) => at * at - 20).buffer);
    const common = { linkage: LOCAL, section: "data", align: 4, references: [] } as const;
    return { ...newModule([f]), data: [{ ...common, symbol: "data", size: 64, bytes }] };
  }

  for (const extension of ["sext32", "zext32"] as const)
    test(`an index that is extended by ${extension} becomes a pointer, and the counter goes`, () => {
      const module = moduleOf(summing(0, extension, undefined));
      const before = interpret(moduleOf(summing(0, extension, undefined)));
      optimized(module);
      const [f] = module.functions;
      assert.ok(f);
      const text = printFunction(f);
      assert.equal(text.match(/phi/g)?.length, 2, text);
      const after = interpret(module);
      for (const n of [0n, 1n, 15n, ...(extension === "sext32" ? [-1n, -(2n ** 31n)] : [])])
        assert.deepEqual(after.call("test", [n]), before.call("test", [n]));
    });

  test("what a loop does not change is computed before it", () => {
    const f = newFunction("test");
    const [x, n] = [newParameter(f, "w"), newParameter(f, "w")];
    const b = new Builder(f);
    b.startNew();
    const i = newSlot(f, 4, 4);
    const [head, body, done] = [b.newBlock(), b.newBlock(), b.newBlock()];
    b.store(4, C(0), slotAddress(i));
    b.start(head);
    b.branch("lt", "w", b.load("s32", "w", slotAddress(i)), n, body, done);
    b.start(body);
    const product = b.binary("mul", "w", x, b.load("s32", "w", symbolAddress("factor")));
    b.store(4, product, symbolAddress("result"));
    b.store(4, b.binary("add", "w", b.load("s32", "w", slotAddress(i)), C(1)), slotAddress(i));
    b.jump(head);
    b.start(done);
    b.return();
    optimized(newModule([f]));
    const entry = f.blocks[0]?.instructions ?? [];
    assert.ok(
      entry.some(({ op }) => op === "binary"),
      printFunction(f),
    );
    assert.ok(entry.some(({ op }) => op === "load"));
  });
});
