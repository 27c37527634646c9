// Storage that takes its time, fails, or never answers: who waits for it can be interrupted, who does not goes on, and who
// cannot have a page back hears of it by a signal or an error, and nobody else does.

import assert from "node:assert/strict";
import { test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";

import type { SwapOperation, TestSwapStore } from "../../kernel/mm/swap/test-store.ts";
import { manners, testMachine, type TestMachine, until } from "./test-machine.ts";

const RAM = 8 << 20;
const SWAP = 64 << 20;
/** A file in memory that somebody who wants all of RAM has pushed out. */
const FILE = "head -c 3000000 /dev/urandom >/tmp/file && hog 16m >/dev/null";

/** Lets operations of some kinds wait until somebody calls the function that is returned. */
function hold(store: TestSwapStore, ...held: readonly SwapOperation[]): () => void {
  let release: () => void = () => {};
  const released = new Promise<void>((resolve) => (release = resolve));
  store.delay = (operation) => (held.includes(operation) ? released : Promise.resolve());
  return () => {
    store.delay = undefined;
    release();
  };
}

/** Waits until a process of this name waits for storage; its pid. */
async function blocked({ client }: TestMachine, name: string): Promise<number> {
  let pid = 0;
  await until(
    async () => {
      const { processes } = await client.status();
      const found = processes.find(
        (process) => process.name === name && process.state === "blocked",
      );
      pid = found?.pid ?? 0;
      return found !== undefined;
    },
    () => `${name} does not wait for storage`,
  );
  return pid;
}

/** What the terminal shows after the command and its end. */
async function interrupt(m: TestMachine, expected: RegExp): Promise<void> {
  await m.type("\x03");
  await m.shows(/\^C\n[^]*\$ $/);
  await m.type("echo status $?\r");
  await m.shows(expected);
}

async function expectGood(m: TestMachine): Promise<void> {
  await m.settled();
  await m.checkSound();
  const { stdout, code } = await m.run("hog 24m; echo $?; rm -f /tmp/file");
  assert.equal(code, 0);
  assert.match(stdout, /intact\n0\n$/);
  await m.settled();
  await m.checkSound();
}

test("Ctrl-C ends a program at once that waits for frames which storage has not freed", async (t) => {
  const m = await testMachine(t, { ram: RAM, swap: SWAP });
  const release = hold(m.store, "write");
  await m.type("hog 24m\r");
  await blocked(m, "hog");
  await interrupt(m, /status 130\n/);
  assert.equal((await m.client.status()).swap.out, 0);
  release();
  await expectGood(m);
});

for (const [signal, status, manner, options] of [
  ["INT", 130, "", {}],
  ["TERM", 143, " when waits are dropped", { chaosSeed: 9 }],
  ["KILL", 137, "", {}],
  ["KILL", 137, " when waits are dropped", { chaosSeed: 9 }],
] as const) {
  test(`SIG${signal} ends a program at once that waits for a page of its memory${manner}`, async (t) => {
    const m = await testMachine(t, { ...options, ram: RAM, swap: SWAP });
    let release: () => void = () => {};
    const ended = m.run("hog -p 1000 24m >/dev/null; echo $?");
    await until(
      async () => (await m.client.status()).swap.in > 0,
      () => "nothing has come back",
    );
    release = hold(m.store, "read");
    const pid = await blocked(m, "hog");
    const before = (await m.client.status()).swap.in;
    // The shell of this line is new, so that nothing of it has been swapped out.
    const { code } = await m.run(`kill -${signal} ${pid}`);
    assert.equal(code, 0);
    await until(
      async () => {
        const { processes } = await m.client.status();
        // Its parent may wait for storage, too, and then knows nothing of its end yet.
        return processes.every((process) => process.pid !== pid || process.state === "zombie");
      },
      () => "the process still waits",
    );
    assert.equal((await m.client.status()).swap.in, before);
    release();
    assert.equal((await ended).stdout, `${status}\n`);
    await expectGood(m);
  });

  test(`SIG${signal} ends a system call at once that waits for a page of a file${manner}`, async (t) => {
    const m = await testMachine(t, { ...options, ram: RAM, swap: SWAP });
    assert.equal((await m.run(FILE)).code, 0);
    const release = hold(m.store, "read");
    const ended = m.run("exec cat /tmp/file >/dev/null");
    const pid = await blocked(m, "cat");
    const { code } = await m.run(`kill -${signal} ${pid}`);
    assert.equal(code, 0);
    assert.equal((await ended).code, status);
    release();
    await expectGood(m);
  });
}

test("a signal with a handler comes when storage has answered", async (t) => {
  const m = await testMachine(t, { ram: RAM, swap: SWAP });
  assert.equal((await m.run(FILE)).code, 0);
  const release = hold(m.store, "read");
  const ended = m.run(`trap "echo heard" USR1; read -r x </tmp/file; echo read`);
  const pid = await blocked(m, "sh");
  await m.run(`kill -USR1 ${pid}`);
  await m.run("sleep 0.1");
  assert.equal(await blocked(m, "sh"), pid);
  release();
  assert.deepEqual((await ended).stdout.split("\n").toSorted(), ["", "heard", "read"]);
  await expectGood(m);
});

test("programs that need no storage go on while others wait for one that does not answer", async (t) => {
  const m = await testMachine(t, { ram: RAM, swap: SWAP });
  await m.type("spin & sleep 0.1; hog 24m\r");
  const release = hold(m.store, "read", "write", "remove");
  await blocked(m, "hog");
  const { instructions } = await m.client.status();
  await until(
    async () => (await m.client.status()).instructions > instructions + 10_000_000,
    () => "nobody runs",
  );
  const { processes } = await m.client.status();
  assert.equal(processes.find(({ name }) => name === "hog")?.state, "blocked");
  await interrupt(m, /status 130\n/);
  await m.type("kill %1; wait\r");
  await m.shows(/Terminated/);
  release();
  await expectGood(m);
});

test("a machine that is paused hears storage when it goes on", async (t) => {
  const m = await testMachine(t, { ram: RAM, swap: SWAP });
  const ended = m.run("hog -p 2 24m");
  for (let round = 0; round < 5; round++) {
    const { swap } = await m.client.status();
    await until(
      async () => (await m.client.status()).swap.out > swap.out,
      () => "nothing goes out",
    );
    const release = hold(m.store, "read", "write");
    await until(
      async () => {
        const { writing, reading } = (await m.client.status()).swap;
        return writing + reading > 0;
      },
      () => "nothing is asked of storage",
    );
    await m.client.pause();
    release();
    const before = await m.client.status();
    await sleep(20);
    const after = await m.client.status();
    assert.equal(after.paused, true);
    assert.equal(after.instructions, before.instructions);
    assert.deepEqual(after.swap, before.swap);
    await m.client.resume();
  }
  assert.equal((await ended).code, 0);
  await expectGood(m);
});

test("by virtual time the machine waits for storage, and its owner is heard meanwhile", async (t) => {
  const m = await testMachine(t, { ram: RAM, swap: SWAP, seed: 4 });
  const release = hold(m.store, "write");
  const ended = m.run("hog 24m");
  let last = -1;
  await until(
    async () => {
      const before = last;
      const { time, swap } = await m.client.status();
      last = time;
      return swap.writing > 0 && time === before;
    },
    () => "time goes on",
  );
  await m.client.pause();
  assert.equal((await m.client.status()).paused, true);
  const { time } = await m.client.status();
  await m.client.resume();
  assert.equal((await m.client.grid()).kind.length, RAM / 4096);
  assert.equal((await m.client.status()).time, time);
  release();
  assert.equal((await ended).code, 0);
  await expectGood(m);
});

for (const [manner, options] of manners.slice(0, 2)) {
  test(`a machine is shut down while storage owes it answers ${manner}`, async (t) => {
    const m = await testMachine(t, { ...options, ram: RAM, swap: SWAP });
    hold(m.store, "read", "write", "remove");
    void m.run("hog 24m");
    await until(
      async () => (await m.client.status()).swap.writing > 0,
      () => "nothing goes out",
    );
    await m.machine.shutdown();
    assert.equal(m.machine.panic, null);
    assert.equal(m.store.clusters.size, 0);
  });
}

test("swapoff that is interrupted leaves swap on", async (t) => {
  const m = await testMachine(t, { ram: RAM, swap: SWAP });
  const sleeper = "hog -k 1000 3m >/tmp/said & until grep -q intact /tmp/said; do sleep 0.1; done";
  assert.equal((await m.run(`${sleeper}; hog 16m >/dev/null`)).code, 0);
  const release = hold(m.store, "read");
  const ended = m.run("exec swapoff");
  const pid = await blocked(m, "swapoff");
  assert.match((await m.run("cat /proc/swaps")).stdout, /^Filename.*\n$/);
  await m.run(`kill -INT ${pid}`);
  assert.equal((await ended).code, 130);
  release();
  assert.match((await m.run("cat /proc/swaps")).stdout, /^\/dev\/swap/m);
  await expectGood(m);
});
