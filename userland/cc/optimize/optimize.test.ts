import assert from "node:assert/strict";
import { describe, test } from "node:test";
import fc from "fast-check";
import { interpret, InterpretError } from "../ir/interpret.ts";
import type { IrFunction, IrModule } from "../ir/ir.ts";
import { printModule } from "../ir/print.ts";
import { verifyFunction } from "../ir/verify.ts";
import { optimize } from "./optimize.ts";
import { DATA_SIZE, randomModule } from "./random-for-tests.ts";

/** What can be seen of a run: what it says, the result, and the data in the end. */
function behaviour(module: IrModule): string {
  const said: bigint[] = [];
  const machine = interpret(module, {
    externals: {
      say: ([value = 0n]) => {
        said.push(value);
      },
    },
    memory: 1 << 17,
    steps: 200_000,
  });
  let results: readonly bigint[];
  try {
    results = machine.call("test", [7n, -3n]);
  } catch (error) {
    if (!(error instanceof InterpretError)) throw error;
    return "it does not end";
  }
  const at = Number(machine.addressOf("data"));
  const data = new Uint8Array(machine.bytes.buffer, at, DATA_SIZE);
  return `${said.join(" ")} | ${results.join(" ")} | ${data.join(" ")}`;
}

function check(f: IrFunction, pass: string): void {
  const problems = verifyFunction(f);
  if (problems.length > 0) throw new Error(`after ${pass}: ${problems.join("\n")}`);
}

const programs = fc.array(fc.nat(1 << 16), { minLength: 20, maxLength: 400 });

describe("random programs", () => {
  for (const level of [0, 1, 2] as const)
    test(`do the same at level ${level} as before, and are well-formed behind each pass`, () => {
      fc.assert(
        fc.property(programs, (decisions) => {
          const before = behaviour(randomModule(decisions));
          fc.pre(before !== "it does not end");
          const module = randomModule(decisions);
          optimize(module, level, check);
          for (const f of module.functions) check(f, "all");
          assert.equal(behaviour(module), before, printModule(module));
        }),
        { numRuns: Number(process.env["RUNS"] ?? 150) },
      );
    });

  test("do the same behind each single pass", () => {
    fc.assert(
      fc.property(programs, (decisions) => {
        const before = behaviour(randomModule(decisions));
        fc.pre(before !== "it does not end");
        const module = randomModule(decisions);
        optimize(module, 1, (f, pass) => {
          check(f, pass);
          assert.equal(behaviour(module), before, `behind ${pass} of ${f.symbol}`);
        });
      }),
      { numRuns: 40 },
    );
  });
});
