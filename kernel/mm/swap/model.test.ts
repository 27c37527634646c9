// Random lives under memory pressure against a model of every byte (model-world.ts). A failure prints a seed and the path
// to the smallest case; given back they repeat it, and a longer hunt takes more and longer lives:
//
//    SWAP_MODEL_SEED=… SWAP_MODEL_PATH=… node build.mjs test:unit swap-model
//    SWAP_MODEL_SECONDS=600 SWAP_MODEL_LENGTH=600 node build.mjs test:unit swap-model

import { test } from "node:test";
import fc from "fast-check";
import { World } from "./model-world.ts";
import { type ActionName, perform, weights } from "./model-actions.ts";

function setting(name: string, otherwise: number): number {
  const value = Number(process.env[name] ?? "");
  return Number.isInteger(value) && value !== 0 ? value : otherwise;
}

const SECONDS = setting("SWAP_MODEL_SECONDS", 0);
const RUNS = setting("SWAP_MODEL_RUNS", SECONDS === 0 ? 40 : 1_000_000);
const LENGTH = setting("SWAP_MODEL_LENGTH", 250);
/** Actions between two looks at every count; every byte is looked at after each. */
const CHECK_EVERY = setting("SWAP_MODEL_CHECK_EVERY", 4);
const SEED = setting("SWAP_MODEL_SEED", 0);
const PATH = process.env["SWAP_MODEL_PATH"];

const number = fc.nat(0xffffff);

const action = fc.record({
  does: fc.oneof(
    ...Object.entries(weights).map(([name, weight]) => ({
      weight,
      arbitrary: fc.constant(name as ActionName),
    })),
  ),
  life: fc.nat(9),
  thread: fc.nat(1),
  a: number,
  b: number,
  c: number,
  d: number,
});

const options = fc.record({
  frames: fc.integer({ min: 40, max: 120 }),
  slots: fc.oneof(fc.integer({ min: 16, max: 64 }), fc.integer({ min: 200, max: 400 })),
  realTime: fc.boolean(),
  background: fc.boolean(),
  loses: fc.boolean(),
});

const lives = fc.asyncProperty(
  options,
  // Without the size fast-check makes arrays of ten at the most, whatever the length allows.
  fc.array(action, { maxLength: LENGTH, size: "max" }),
  async (chosen, actions) => {
    const world = new World(chosen);
    for (const [index, { does, life, thread, ...dice }] of actions.entries()) {
      await perform(world, does, { life, thread }, dice);
      world.comparePages();
      if (index % CHECK_EVERY === 0) world.machine.check();
    }
    await world.end();
  },
);

test("under memory pressure, failures of storage and swapoff every page keeps its bytes, and nothing is left at the end", async () => {
  await fc.assert(lives, {
    numRuns: RUNS,
    includeErrorInReport: true,
    ...(SECONDS === 0 ? {} : { interruptAfterTimeLimit: SECONDS * 1000 }),
    ...(SEED === 0 ? {} : { seed: SEED }),
    ...(PATH === undefined ? {} : { path: PATH, endOnFailure: true }),
  });
});
