// The judges: each program in programs/ is compiled by us and prints on Vitrine's machine what gcc's prints under qemu
// (record.mjs). All of them run on one machine, one after the other.

import assert from "node:assert/strict";
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { compile, createRunner, type Runner } from "./harness.ts";

const programs = join(import.meta.dirname, "programs");
const names = readdirSync(programs)
  .filter((file) => file.endsWith(".c"))
  .map((file) => file.slice(0, -2));

for (const level of ["-O0", "-O1", "-O2"]) {
  describe(`at ${level}`, () => {
    let runner: Runner;
    before(() => {
      runner = createRunner();
    });
    after(() => runner.close());
    for (const name of names) {
      test(`${name} prints what gcc's prints`, async () => {
        const path = join(programs, `${name}.c`);
        const text = readFileSync(path, "utf8");
        const flags = /^\/\/ flags: (.*)$/m.exec(text)?.[1]?.split(" ") ?? [];
        const { output, status } = await runner.run(compile({ path }, [level, ...flags]));
        assert.equal(output, readFileSync(join(programs, `${name}.out`), "latin1"));
        assert.equal(status, 0);
      });
    }
  });
}
