// The ranks of the house, once, as data: a folder of the kernel, and a stage of the compiler, imports only from folders of a
// lower rank (and from itself). `kernel/ranks-check.mjs` reads these tables; `npm run build` and `npm run check` fail on a violation.
// See docs/architecture.md, "The house".

/** Rank of each folder of kernel/; a file outside these folders belongs to nobody and is refused. */
export const ranks = {
  abi: 0,
  lib: 1,
  api: 1,
  sched: 2,
  cpu: 2,
  mm: 3,
  fs: 4,
  dev: 5,
  ipc: 6,
  proc: 7,
  syscalls: 8,
  probe: 9,
  boot: 10,
};

/** Rank of each stage of the compiler, the folders of userland/cc/; its tests see all of them. */
export const stages = {
  source: 0,
  types: 1,
  preprocess: 1,
  ir: 1,
  object: 1,
  tree: 2,
  optimize: 2,
  assemble: 2,
  warn: 3,
  link: 3,
  riscv: 3,
  parse: 4,
  lower: 5,
  driver: 6,
};

/**
 * What the other top-level folders may import of each other, as path prefixes. Tests that sit in `userland` and
 * everything in `e2e` drive the whole machine, so they may import any of it.
 */
export const neighbours = {
  kernel: [],
  // Of the compiler what an editor needs: its worker's client, and lines of programs.
  web: ["kernel/api", "userland/cc/driver/worker/client", "userland/cc/object/read-lines"],
  userland: [
    "kernel/abi",
    "kernel/cpu/isa",
    // The compiler's assembler and linker encode with the CPU's own table.
    "kernel/cpu/isa-compressed",
    "kernel/cpu/isa-disassemble",
    "kernel/cpu/isa-encode",
    "kernel/cpu/isa-format",
    "kernel/cpu/isa-instruction",
  ],
  e2e: ["kernel", "web", "userland"],
};
