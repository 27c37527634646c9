// The computed layouts against the offsets and sizes of Linux's riscv64 headers.
import assert from "node:assert/strict";
import { test } from "node:test";
import * as s from "./structs.ts";

test("struct sizes and key offsets are those of Linux riscv64", () => {
  const sizes = [
    [s.stat, 128],
    [s.statfs, 120],
    [s.siginfo, 128],
    [s.ucontext, 960],
    [s.sysinfo, 112],
    [s.rusage, 144],
    [s.stackT, 24],
    [s.termios, 36],
    [s.winsize, 8],
    [s.utsname, 390],
    [s.pollfd, 8],
    [s.timespec, 16],
  ] as const;
  for (const [layout, size] of sizes) assert.equal(layout.size, size, layout.name);
  assert.equal(s.stat.offsets["st_size"], 48);
  assert.equal(s.stat.offsets["st_ctime"], 104);
  assert.equal(s.ucontext.offsets["uc_sigmask"], 40);
  assert.equal(s.ucontext.offsets["gregs"], 176);
  assert.equal(s.sysinfo.offsets["procs"], 80);
  assert.equal(s.dirent64.offsets["d_type"], 18);
});
