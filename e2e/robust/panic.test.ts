// A bug of the kernel's own, provoked by the test: the machine stops with a report that a person can read, and whoever
// holds it is told instead of waiting for ever. What the machine shows is still there to look at.

import assert from "node:assert/strict";
import { test } from "node:test";

import { FRAME_ANON } from "../../kernel/api/frames.ts";
import { testMachine } from "./test-machine.ts";

test("a panic is readable, ends what was running, and leaves the machine to look at", async (t) => {
  const m = await testMachine(t);
  const { machine, client } = m;
  const reports: string[] = [];
  machine.onPanic = (report) => reports.push(report);
  await machine.do(() => {
    const { frames } = machine.kernel.mm;
    // The terminal's shell and its child will both let go of the shell's frames.
    for (let pfn = 0; pfn < frames.count; pfn++) {
      if (frames.kind[pfn] === FRAME_ANON) frames.refcount[pfn] = 0;
    }
  });
  const running = assert.rejects(client.run("sleep 100"), /Kernel panic/);
  await m.type("true & exit\r");
  await running;
  assert.equal(reports.length, 1);
  const [report = ""] = reports;
  assert.match(report, /^Kernel panic: [a-z]/);
  assert.match(
    report,
    /\n {2}while: (process \d+ \(\S+\), thread \d+, system call|no program was running)/,
  );
  assert.match(report, /\n +pc [\da-f]{16}\n/);
  assert.match(report, /a bug in Vitrine, not in the program/);
  assert.ok(report.split("\n").every((line) => line.length <= 200));

  const status = await client.status();
  assert.equal(status.panic, report);
  assert.ok(status.processes.some(({ name }) => name === "sh"));
  assert.equal((await client.snapshot()).panic, report);
  assert.equal((await client.grid()).kind.length, status.memory.frames);
  assert.match(m.log(), /Kernel panic/);
  // Nobody who asks for more waits for ever.
  await assert.rejects(client.run("true"), /Kernel panic/);
  await client.input(0, new Uint8Array([13]));
});

test("an exception of JavaScript's own is a panic too, not an unhandled rejection", async (t) => {
  const m = await testMachine(t);
  const { machine, client } = m;
  // The first wake-up after this finds a machine that has lost its clock.
  machine.kernel.sched.expire = () => {
    throw new TypeError("a mistake in the kernel");
  };
  await assert.rejects(client.run("sleep 1"), /a mistake in the kernel/);
  assert.match(machine.panic ?? "", /^Kernel panic: a mistake in the kernel/);
  assert.equal((await client.status()).panic, machine.panic);
});
