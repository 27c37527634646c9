// Programs recorded under qemu-riscv64 (fuzz/main.ts), run here whole and with their budgets cut.

import assert from "node:assert/strict";
import { test } from "node:test";
import { randomData } from "./fuzz/program.ts";
import { createRandom } from "./fuzz/random.ts";
import { replay } from "./fuzz/replay.ts";
import { checksum, codeOf, registersIn } from "./fuzz/vector.ts";
import type { Vector } from "./fuzz/vector.ts";
import vectors from "./vectors/qemu.json" with { type: "json" };

const recorded: readonly Vector[] = vectors;

test("recorded programs end as they did under qemu-riscv64", () => {
  assert.ok(recorded.length >= 40);
  for (const vector of recorded) {
    const { data } = replay(codeOf(vector), randomData(createRandom(vector.seed)));
    assert.equal(registersIn(data), vector.registers, `seed ${vector.seed}`);
    assert.equal(checksum(data), vector.data, `seed ${vector.seed}`);
  }
});

test("a program whose budget is cut at random places ends in the same state", () => {
  for (const vector of recorded) {
    const code = codeOf(vector);
    const data = randomData(createRandom(vector.seed));
    const whole = replay(code, data);
    for (let cut = 1; cut <= 3; cut++) {
      const again = replay(code, data, createRandom(vector.seed * 16 + cut));
      assert.equal(again.retired, whole.retired, `seed ${vector.seed}, cut ${cut}`);
      assert.deepEqual(again.data, whole.data, `seed ${vector.seed}, cut ${cut}`);
    }
  }
});
