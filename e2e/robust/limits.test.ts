// Programs that want more than there is: processes, memory, descriptors, arguments, names. Each gets Linux's answer, the
// shell lives on, and afterwards everything that was taken is free again.

import assert from "node:assert/strict";
import { test } from "node:test";

import { MAX_TASKS } from "../../kernel/proc/limits.ts";
import { testMachine } from "./test-machine.ts";

test("a fork bomb ends at the limit with EAGAIN, Ctrl-C ends the bomb, and the shell runs on", async (t) => {
  const m = await testMachine(t, { ram: 64 << 20 });
  await m.type("forkbomb\r");
  await m.shows(/fork: Resource temporarily unavailable/);
  assert.ok(m.machine.kernel.processes.tasks <= MAX_TASKS);
  await m.type("\x03");
  await m.shows(/\^C[^]*\$ $/);
  await m.type("echo alive $((6 * 7))\r");
  await m.shows(/alive 42/);
  const after = await m.run("true && true && echo three more");
  assert.deepEqual(after, { stdout: "three more\n", stderr: "", code: 0 });
  assert.ok(m.machine.kernel.processes.tasks < 4);
  await m.checkSound();
});

test("a fork bomb written in the shell itself ends the same way", async (t) => {
  const m = await testMachine(t, { ram: 64 << 20 });
  await m.type("bomb() { bomb | bomb; }; bomb\r");
  await m.shows(/Resource temporarily unavailable/);
  await m.type("\x03");
  await m.shows(/\^C[^]*\$ $/);
  await m.type("echo alive $((6 * 7))\r");
  await m.shows(/alive 42/);
  await m.checkSound();
});

for (const ram of [2, 4, 8]) {
  test(`with ${ram} MiB, who takes 64 MiB is killed, the log says whom and why, and the shell runs on`, async (t) => {
    const m = await testMachine(t, { ram: ram << 20 });
    const { free } = (await m.client.status()).memory;
    await m.type("hog 64m\r");
    await m.shows(/Killed/);
    await m.type("echo status $?\r");
    await m.shows(/status 137/);
    assert.match(m.log(), /out of memory[^]*hog/i);
    assert.match(m.log(), /anon-rss:\d+ ?kB/);
    await m.checkSound();
    const again = await m.run("hog 64m; echo $?; echo still here");
    assert.match(again.stdout, /^137\nstill here\n$/);
    await m.checkSound();
    // What the file pages take may be different now; what the hog took is free.
    const after = (await m.client.status()).memory;
    assert.equal(after.anonymous < 40, true, JSON.stringify(after));
    assert.ok(after.free + after.file >= free - 40, JSON.stringify({ free, after }));
  });
}

test("several hogs at once: each is killed or done, memory adds up", async (t) => {
  const m = await testMachine(t, { ram: 4 << 20 });
  const { stdout } = await m.run("for i in 1 2 3 4 5; do hog 3m & done; wait; echo done");
  assert.match(stdout, /done\n$/);
  await m.checkSound();
});

test("a tmpfs file may fill memory: ENOSPC or a kill, and deleting it gives everything back", async (t) => {
  const m = await testMachine(t, { ram: 4 << 20 });
  const result = await m.run("yes > /tmp/full; echo $?; rm /tmp/full; echo left: $(ls /tmp)");
  assert.match(result.stdout, /left: ?\n$/);
  await m.checkSound();
  assert.equal((await m.run("hog 1m")).code, 0);
});
