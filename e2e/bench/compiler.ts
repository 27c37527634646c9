// The C compiler: how long it takes for the userland and for a short program, and how good its code is beside gcc's, in
// instructions retired on the machine's own CPU, which noise does not reach, and in the time they take there.

import { execFileSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { runGuest } from "./cpu-guest.ts";
import { formatTime, haveProgram, median, numbersFrom, printTable } from "./measure.ts";

const programs = ["mixed", "sieve", "memcpy", "chase", "sha256", "fib"];
const GCC = "riscv64-linux-gnu-gcc";
const COMPILER = resolve("dist/cc.mjs");
const TOOLCHAIN = pathToFileURL(resolve("userland/toolchain.mjs")).href;
const ROUNDS = 3;
const WARM_UP = 40;
const TIMED = 20;

export function benchCompiler(): void {
  const folder = mkdtempSync(join(tmpdir(), "vitrine-bench-"));
  try {
    benchTime(folder);
    benchCode(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** A process of its own, so that nothing of the compiler has been compiled by the host before. */
function benchTime(folder: string): void {
  const files = ["libc", "sh", "bin", "demos"].flatMap((part) => cFiles(join("userland", part)));
  const objects = files.map((source, index) => ({
    source,
    out: join(folder, `${index}.o`),
    flags: ["-w", "-Iuserland/sh"],
  }));
  const side = join(folder, "side-by-side.mjs");
  writeFileSync(
    side,
    `import { compileAll } from ${JSON.stringify(TOOLCHAIN)};
const began = performance.now();
await compileAll({ objects: ${JSON.stringify(objects)} });
console.log((performance.now() - began) * 1e6);
`,
  );
  const short = join(folder, "short.c");
  writeFileSync(short, shortProgram());
  const out = join(folder, "out");
  const alone = join(folder, "alone.mjs");
  writeFileSync(
    alone,
    `import { cc } from ${JSON.stringify(COMPILER)};
const run = (...words) => {
  const { status, messages } = cc(words);
  if (status !== 0) throw new Error(messages);
};
for (let round = 0; round < 3; round++) {
  const began = performance.now();
  for (const { source, flags, out } of ${JSON.stringify(objects)})
    run("-Os", "-ffunction-sections", ...flags, "-c", source, "-o", out);
  console.log((performance.now() - began) * 1e6);
}
run(${JSON.stringify(short)}, "-o", ${JSON.stringify(out)});
for (let round = 0; round < ${WARM_UP + TIMED}; round++) {
  const start = performance.now();
  run("-O2", ${JSON.stringify(short)}, "-o", ${JSON.stringify(out)});
  if (round >= ${WARM_UP}) console.log((performance.now() - start) * 1e6);
}
`,
  );
  // The libc is there before: its files are among the others.
  numbersFrom(process.execPath, [side]);
  const [together = Number.NaN] = numbersFrom(process.execPath, [side]);
  const [userland = Number.NaN, , warm = Number.NaN, ...times] = numbersFrom(process.execPath, [
    alone,
  ]);
  printTable(
    "The compiler's time",
    ["", "time", "aim"],
    [
      [`userland, ${files.length} files, cold, as the build does it`, formatTime(together), "3 s"],
      ["the same by one compiler", formatTime(userland), ""],
      ["by one compiler for the third time", formatTime(warm), ""],
      ["a program of 100 lines with libc, warm", formatTime(median(times)), "30 ms"],
    ],
  );
}

function cFiles(folder: string): string[] {
  return (
    readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && /\.[cS]$/.test(entry.name))
      .map((entry) => join(entry.parentPath, entry.name))
      // Of the tools' dispatcher a part is made when the image is.
      .filter((path) => !/[/\\]tests[/\\]|[/\\]dispatch\.c$/.test(path))
  );
}

function shortProgram(): string {
  const inserts = Array.from({ length: 12 }, (_, index) => index);
  return [
    "#include <stdio.h>\n#include <stdlib.h>\n#include <string.h>",
    "struct node { int key; struct node *next; };",
    ...inserts.map(
      (index) => `static struct node *insert${index}(struct node *list, int key) {
  struct node *n = malloc(sizeof *n);
  if (n == 0) exit(1);
  n->key = key * ${index + 3};
  n->next = list;
  return n;
}`,
    ),
    "int main(void) {\n  struct node *list = 0;",
    ...inserts.map((index) => `  list = insert${index}(list, ${index});`),
    '  for (struct node *n = list; n; n = n->next) printf("%d\\n", n->key);\n  return 0;\n}\n',
  ].join("\n");
}

function benchCode(folder: string): void {
  const hasGcc = haveProgram(GCC);
  const builds = hasGcc ? ["ours", "-O0", "-O1"] : ["ours"];
  const rows = programs.map((name) => {
    const elfs = builds.map((build) => compile(name, build, folder));
    const times = builds.map((): number[] => []);
    const instructions = builds.map(() => 0);
    const outputs = new Set<string>();
    for (let round = 0; round < ROUNDS; round++) {
      for (const [index, elf] of elfs.entries()) {
        const run = runGuest(elf);
        outputs.add(run.output);
        times[index]?.push(run.ms);
        instructions[index] = run.instructions;
      }
    }
    if (outputs.size !== 1) throw new Error(`${name}: the compilers' programs differ in output`);
    const [ours = Number.NaN, o0 = Number.NaN, o1 = Number.NaN] = instructions;
    const [mine = [], slow = [], quick = []] = times;
    const ratio = (a: number, b: number): string => (Number.isNaN(a / b) ? "" : (a / b).toFixed(2));
    return [
      name,
      (ours / 1e6).toFixed(0),
      ratio(o0, ours),
      ratio(ours, o1),
      ratio(median(slow), median(mine)),
      ratio(median(mine), median(quick)),
    ];
  });
  const heading = [
    "",
    "Minsn",
    "gcc -O0 / ours",
    "ours / gcc -O1",
    "time, -O0 / ours",
    "ours / -O1",
  ];
  printTable("Its code at -O2: instructions, and time in this machine", heading, rows);
  if (!hasGcc) console.log(`\nThe ratios need ${GCC} on this computer; not measured.`);
}

function compile(name: string, build: string, folder: string): Uint8Array {
  const source = resolve("e2e/bench/programs", `${name}.c`);
  const out = join(folder, `${name}${build}`);
  if (build === "ours") {
    execFileSync(process.execPath, [COMPILER, "-O2", source, "-o", out]);
  } else {
    const target = ["-ffreestanding", "-nostdlib", "-static", "-march=rv64imac", "-mabi=lp64"];
    const flags = [build, "-fno-tree-loop-distribute-patterns", ...target];
    execFileSync(GCC, [...flags, source, "-o", out]);
  }
  return readFileSync(out);
}
