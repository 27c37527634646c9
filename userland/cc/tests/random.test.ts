// Random programs that csmith made (csmith.mjs --record): their checksums are gcc's at each level.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { gunzipSync } from "node:zlib";
import { compile, createRunner, type Runner } from "./harness.ts";

interface Recorded {
  readonly seed: number;
  readonly expected: string;
  readonly text: string;
}

const folder = join(import.meta.dirname, "csmith");

function isRecorded(value: unknown): value is Recorded {
  return (
    typeof value === "object" &&
    value !== null &&
    "seed" in value &&
    "expected" in value &&
    "text" in value
  );
}

function recorded(): Recorded[] {
  const parsed: unknown = JSON.parse(
    gunzipSync(readFileSync(join(folder, "programs.json.gz"))).toString("utf8"),
  );
  assert.ok(Array.isArray(parsed) && parsed.every(isRecorded));
  return parsed;
}

describe("random programs", () => {
  let runner: Runner;
  before(() => {
    runner = createRunner();
  });
  after(() => runner.close());
  for (const { seed, expected, text } of recorded()) {
    test(`the program of seed ${seed} has gcc's checksum`, async () => {
      for (const level of ["-O0", "-O1", "-O2"]) {
        const path = join(folder, `${seed}.c`);
        const program = compile({ path, text }, [level, `-I${folder}`]);
        const { output, status } = await runner.run(program);
        assert.deepEqual({ level, output, status }, { level, output: expected, status: 0 });
      }
    });
  }
});
