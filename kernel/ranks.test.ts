// The rank rule refuses what it should: the house stands only as long as this does.

import assert from "node:assert/strict";
import { test } from "node:test";

import { importsOf, projectSources, refusal, violations } from "./ranks-check.mjs";

test("an upward import inside the kernel is refused", () => {
  const text = 'import type { Process } from "../proc/process.ts";\n';
  assert.deepEqual(violations([{ path: "kernel/mm/fault.ts", text }]), [
    'kernel/mm/fault.ts:1: kernel/mm (rank 3) may not import kernel/proc (rank 7) ("../proc/process.ts")',
  ]);
});

test("folders of one rank do not import each other", () => {
  assert.match(refusal("kernel/cpu/hart.ts", "kernel/sched/clock.ts") ?? "", /rank 2.*rank 2/);
});

test("the compiler's stages have ranks too, which its tests need not heed", () => {
  const text = 'import { lower } from "../lower/lower.ts";\n';
  assert.match(
    violations([{ path: "userland/cc/parse/parse.ts", text }])[0] ?? "",
    /parse \(rank 4\) may not import userland\/cc\/lower \(rank 5\)/,
  );
  assert.deepEqual(violations([{ path: "userland/cc/parse/parse.test.ts", text }]), []);
});

test("a downward import and one inside the folder are accepted", () => {
  const text = 'import { EINVAL } from "../abi/errno.ts";\nimport { walk } from "./walk.ts";\n';
  assert.deepEqual(violations([{ path: "kernel/mm/fault.ts", text }]), []);
});

test("the page sees kernel/api and nothing else of the kernel", () => {
  assert.equal(refusal("web/client/machine.ts", "kernel/api/events.ts"), undefined);
  assert.match(refusal("web/client/machine.ts", "kernel/mm/frames.ts") ?? "", /only kernel\/api/);
});

test("the kernel imports nothing of userland, the page or the tests", () => {
  for (const to of ["userland/cc/parse.ts", "web/main.ts", "e2e/fixture.ts"]) {
    assert.match(refusal("kernel/boot/machine.ts", to) ?? "", /imports nothing/);
  }
});

test("a folder that has no rank is refused", () => {
  assert.match(violations([{ path: "kernel/utils/x.ts", text: "" }])[0] ?? "", /no rank/);
});

test("every form of import is seen, and none in a comment", () => {
  const text = [
    'import a from "./a.ts";',
    'import {\n  type b,\n  c,\n} from "./b.ts";',
    'export * from "./c.ts";',
    'import "./d.ts";',
    'const e = await import("./e.ts");',
    'type F = import("./f.ts").F;',
    '// import g from "./g.ts";',
    '/* import h from "./h.ts"; */',
    'const url = "https://example.test/"; // from "./i.ts"',
  ].join("\n");
  const seen = importsOf(text).map(({ specifier }) => specifier);
  assert.deepEqual(
    seen.toSorted(),
    ["a", "b", "c", "d", "e", "f"].map((x) => `./${x}.ts`),
  );
});

test("the project itself obeys", () => {
  assert.deepEqual(violations(projectSources(process.cwd())), []);
});
