import assert from "node:assert/strict";
import { test } from "node:test";
import {
  Builder,
  constant,
  newFunction,
  newModule,
  newParameter,
  newSlot,
  slotAddress,
  symbolAddress,
} from "./build.ts";
import { dominators } from "./dominators.ts";
import { interpret, InterpretError } from "./interpret.ts";
import type { IrFunction } from "./ir.ts";
import { printFunction } from "./print.ts";
import { verifyFunction } from "./verify.ts";

/** The sum of 1 … n, with phis. */
function sum(): IrFunction {
  const f = newFunction("sum");
  const n = newParameter(f, "w");
  const b = new Builder(f);
  const entry = b.startNew();
  const head = b.newBlock();
  const body = b.newBlock();
  const done = b.newBlock();
  b.start(head);
  const next = b.temp("w");
  const more = b.temp("w");
  const i = b.phi("w", [
    { block: entry, value: constant(1) },
    { block: body, value: next },
  ]);
  const total = b.phi("w", [
    { block: entry, value: constant(0) },
    { block: body, value: more },
  ]);
  b.branch("le", "w", i, n, body, done);
  b.start(body);
  b.emit({ op: "binary", to: more, operator: "add", left: total, right: i, loc: 0 });
  b.emit({ op: "binary", to: next, operator: "add", left: i, right: constant(1), loc: 0 });
  b.jump(head);
  b.start(done);
  b.return([{ value: total, width: "w" }]);
  return f;
}

test("a loop with phis verifies, prints and computes", () => {
  const f = sum();
  assert.deepEqual(verifyFunction(f), []);
  assert.equal(
    printFunction(f),
    `function $sum(w %0) global {
b0:
  jump b1
b1:
  %3 =w phi b0: 1, b2: %1
  %4 =w phi b0: 0, b2: %2
  branch.le.w %3, %0 ? b2 : b3
b2:
  %2 =w add %4, %3
  %1 =w add %3, 1
  jump b1
b3:
  return w %4
}
`,
  );
  assert.deepEqual(interpret(newModule([f])).call("sum", [10n]), [55n]);
});

test("dominators of a loop are its head and what comes before", () => {
  const f = sum();
  const [entry, head, body, done] = f.blocks;
  assert.ok(entry && head && body && done);
  const tree = dominators(f);
  assert.equal(tree.immediate(entry), undefined);
  assert.equal(tree.immediate(body), head);
  assert.equal(tree.immediate(done), head);
  assert.ok(tree.dominates(entry, done));
  assert.ok(!tree.dominates(body, done));
});

test("the verifier sees a use that its definition does not dominate", () => {
  const f = newFunction("f");
  const b = new Builder(f);
  b.startNew();
  const one = b.newBlock();
  const done = b.newBlock();
  b.branch("eq", "w", constant(0), constant(0), one, done);
  b.start(one);
  const x = b.unary("copy", "w", constant(1));
  b.start(done);
  b.return([{ value: x, width: "w" }]);
  assert.match(
    verifyFunction(f).join("\n"),
    /%0 is used where its definition in b1 need not have been/,
  );
});

test("the verifier sees wrong widths, double definitions and strange blocks", () => {
  const f = newFunction("f");
  const b = new Builder(f);
  b.startNew();
  const x = b.unary("copy", "w", constant(1));
  b.binary("add", "l", x, constant(1));
  b.return();
  assert.match(verifyFunction(f).join(), /%0 is a w where a l is wanted/);

  const g = newFunction("g");
  const c = new Builder(g);
  c.startNew();
  const to = c.unary("copy", "w", constant(1));
  c.emit({ op: "unary", to, operator: "copy", value: constant(2), loc: 0 });
  c.jump(c.newBlock());
  const problems = verifyFunction(g).join("\n");
  assert.match(problems, /%0 is defined twice/);
  assert.match(problems, /goes to b1, which is not in the function/);
});

test("the verifier wants a phi's sources to be the predecessors", () => {
  const f = sum();
  const phi = f.blocks[1]?.instructions[0];
  assert.ok(phi?.op === "phi");
  phi.sources.pop();
  assert.match(verifyFunction(f).join(), /the predecessor b2 is missing/);
});

test("constants must fit their width", () => {
  const f = newFunction("f");
  const b = new Builder(f);
  b.startNew();
  b.unary("copy", "w", constant(0x80000000));
  b.return();
  assert.match(verifyFunction(f).join(), /2147483648 is no signed constant of width w/);
});

test("the interpreter has memory, symbols, calls and externals", () => {
  const f = newFunction("f");
  const b = new Builder(f);
  const slot = newSlot(f, 8, 8, "x");
  b.startNew();
  b.store(4, constant(-2), slotAddress(slot));
  const x = b.load("u16", "w", slotAddress(slot));
  const wide = b.unary("sext32", "l", x);
  const table = b.load("64", "l", symbolAddress("table", 8));
  const [result] = b.call(table, [{ value: wide, width: "l" }], ["l"]);
  b.return(result === undefined ? [] : [{ value: result, width: "l" }]);
  assert.deepEqual(verifyFunction(f), []);
  const module = newModule([f]);
  module.data.push({
    symbol: "table",
    linkage: { binding: "local", hidden: false },
    section: "data",
    align: 8,
    size: 16,
    bytes: new Uint8Array(16),
    references: [{ offset: 8, size: 8, symbol: "twice", addend: 0 }],
  });
  const machine = interpret(module, { externals: { twice: ([value = 0n]) => value * 2n } });
  assert.deepEqual(machine.call("f"), [0xfffen * 2n]);
});

test("the interpreter stops a program that does not end", () => {
  const f = newFunction("f");
  const b = new Builder(f);
  b.startNew();
  const again = b.startNew();
  b.jump(again);
  assert.throws(() => interpret(newModule([f]), { steps: 1000 }).call("f"), InterpretError);
});
