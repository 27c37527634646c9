import assert from "node:assert/strict";
import { test } from "node:test";
import { block, br, brIf, get, I32, I64, i32, label, loop, set, signedLeb } from "./wasm-code.ts";
import { moduleBuilder } from "./wasm-module.ts";

test("an assembled module runs: a loop that sums, leaving through a named label", () => {
  const module = moduleBuilder();
  module.define({ params: [I32], results: [I32], exportAs: "sum" }, (locals) => {
    const total = locals.local(I32);
    const done = label("done");
    const again = label("again");
    return [
      block(
        done,
        loop(
          again,
          brIf(done, i32.eqz(get(0))),
          set(total, i32.add(get(total), get(0))),
          set(0, i32.sub(get(0), i32.const(1))),
          br(again),
        ),
      ),
      get(total),
    ];
  });
  const memory = new WebAssembly.Memory({ initial: 1, maximum: 1 });
  const instance = new WebAssembly.Instance(new WebAssembly.Module(module.bytes(1)), {
    m: { memory },
  });
  const sum = instance.exports["sum"] as (n: number) => number;
  assert.equal(sum(100), 5050);
});

test("no i64 crosses an export, and a branch to a label that is not around it is refused", () => {
  const module = moduleBuilder();
  assert.throws(
    () => module.define({ params: [I64], results: [], exportAs: "wide" }, () => []),
    /i64/,
  );
  module.define({ params: [], results: [] }, () => br(label("nowhere")));
  assert.throws(() => module.bytes(1), /nowhere/);
});

test("signed LEB128 at its edges", () => {
  const cases: [number | bigint, number[]][] = [
    [0, [0]],
    [63, [63]],
    [64, [0xc0, 0]],
    [-1, [0x7f]],
    [-64, [0x40]],
    [-65, [0xbf, 0x7f]],
    [-(2n ** 63n), [0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x7f]],
  ];
  for (const [value, bytes] of cases) assert.deepEqual([...signedLeb(value)], bytes);
});
