// The machine through the interface that the page holds, in Node.

import assert from "node:assert/strict";
import { test } from "node:test";
import type { MachineOptions } from "../api/client.ts";
import type { Snapshot } from "../api/snapshot.ts";
import { checkAccounting } from "../mm/accounting.ts";
import { createTestSwapStore } from "../mm/swap/test-store.ts";
import { LocalMachine } from "./machine-client.ts";
import { createNodeHost } from "./node/host.ts";
import { loadImage } from "./node/image.ts";

const OPTIONS: MachineOptions = { ram: 8 << 20, swap: 0, seed: 3, rows: 24, columns: 80 };

interface Booted {
  readonly client: LocalMachine;
  /** Everything the first terminal has shown. */
  readonly screen: () => string;
}

async function boot(options: Partial<MachineOptions> = {}): Promise<Booted> {
  const [core = new Uint8Array(), ...rest] = loadImage();
  const client = new LocalMachine({
    host: createNodeHost(),
    loadCore: () => Promise.resolve(core),
    openSwap: () => Promise.resolve(createTestSwapStore()),
    ...(rest[0] === undefined ? {} : { loadRest: () => Promise.resolve(rest[0] ?? core) }),
  });
  let text = "";
  await client.boot(
    { ...OPTIONS, ...options },
    (terminal, bytes) => {
      text += Buffer.from(bytes).toString("latin1");
      void client.acknowledge(terminal, bytes.length);
    },
    () => {},
  );
  return { client, screen: () => text };
}

/** Ends the machine after checking that its memory adds up. */
async function end({ client }: Booted): Promise<void> {
  await client.machine.do(() => checkAccounting(client.machine.kernel.mm));
  await client.machine.shutdown();
}

async function until<Result>(
  what: string,
  look: () => Promise<Result | undefined> | Result | undefined,
): Promise<Result> {
  const deadline = performance.now() + 20_000;
  for (;;) {
    const found = await look();
    if (found !== undefined) return found;
    assert.ok(performance.now() < deadline, `waited too long for ${what}`);
    await new Promise((resolve) => {
      setTimeout(resolve, 5);
    });
  }
}

const keys = (text: string): Uint8Array => Buffer.from(text, "latin1");

test("run gives both streams and the status, and leaves the terminal alone", async () => {
  const booted = await boot();
  const before = booted.screen();
  const result = await booted.client.run("echo out; echo err >&2; exit 7");
  assert.deepEqual(result, { stdout: "out\n", stderr: "err\n", code: 7 });
  const killed = await booted.client.run("kill -9 $$");
  assert.equal(killed.code, 137);
  assert.ok(!booted.screen().slice(before.length).includes("out"));
  await end(booted);
});

test("what is uploaded can be read by programs and downloaded again; a bad path says why", async () => {
  const booted = await boot();
  await booted.client.upload("/tmp/greeting", keys("hello\n"));
  assert.equal((await booted.client.run("cat /tmp/greeting")).stdout, "hello\n");
  await booted.client.run("echo more >> /tmp/greeting");
  assert.equal(
    Buffer.from(await booted.client.download("/tmp/greeting")).toString(),
    "hello\nmore\n",
  );
  await assert.rejects(
    booted.client.upload("/no/such/place", keys("x")),
    /No such file or directory/,
  );
  await end(booted);
});

test("Ctrl-C ends what runs in the terminal, Ctrl-Z stops it and fg goes on", async () => {
  const booted = await boot();
  const { client, screen } = booted;
  await until("the prompt", () => (screen().includes("$ ") ? true : undefined));
  const type = async (text: string, expected: RegExp): Promise<void> => {
    const from = screen().length;
    await client.input(0, keys(text));
    await until(`${expected} after ${JSON.stringify(text)}`, () =>
      expected.test(screen().slice(from)) ? true : undefined,
    );
  };
  await type("spin\r", /\n/);
  await type("\x03", /\^C[^]*\$ /);
  // Not a sleep: in virtual time that is over at once.
  await type("spin\r", /\n/);
  await type("\x1a", /Stopped[^]*\$ /);
  await type("fg\r", /spin/);
  await type("\x03", /\^C[^]*\$ /);
  await type("echo $((6 * 7))\r", /42\r?\n/);
  await end(booted);
});

/** The snapshot in which a program and its child are both there. */
async function whileRunning(client: LocalMachine, name: string): Promise<Snapshot> {
  return until(`${name} and its child`, async () => {
    await client.pause();
    const snapshot = await client.snapshot();
    const named = snapshot.processes.filter(
      (process) => process.name === name && process.state !== "zombie",
    );
    if (named.length === 2) {
      const pids = named.map(({ pid }) => pid);
      // Frames of the program's file are common earlier than the one that the test is about.
      const meeting = snapshot.frames.some(
        ({ kind, mappings }) =>
          kind === "shared" &&
          mappings.length === 2 &&
          mappings.every(({ pid }) => pids.includes(pid)),
      );
      if (meeting) return snapshot;
    }
    await client.resume();
    return undefined;
  });
}

test("shared: one frame behind the same page of parent and child, and the walk of each ends there", async () => {
  const booted = await boot();
  const { client } = booted;
  const ended = client.run("shared 5");
  const snapshot = await whileRunning(client, "shared");
  const meeting = snapshot.frames.filter(
    ({ kind, mappings }) => kind === "shared" && mappings.length === 2,
  );
  assert.equal(meeting.length, 1);
  const [frame] = meeting;
  assert.ok(frame !== undefined);
  assert.equal(frame.references, 3);
  for (const { pid, address } of frame.mappings) {
    const walk = await client.walk(pid, address);
    assert.equal(walk?.pfn, frame.pfn);
    assert.deepEqual(
      walk.levels.map(({ level }) => level),
      [2, 1, 0],
    );
    const page = snapshot.spaces
      .find((space) => space.pid === pid)
      ?.pages.find((found) => found.address === address);
    assert.equal(page?.pfn, frame.pfn);
    assert.equal(page.mappings, 2);
  }
  const detail = await client.frame(frame.pfn);
  assert.equal(detail.bytes.length, 4096);
  await client.resume();
  assert.equal((await ended).code, 0);
  await end(booted);
});

test("the grid, the totals and the snapshot agree", async () => {
  const booted = await boot();
  await booted.client.pause();
  const [grid, snapshot] = await Promise.all([booted.client.grid(), booted.client.snapshot()]);
  const { frames, free, ...used } = snapshot.memory;
  assert.equal(grid.kind.length, frames);
  assert.equal(snapshot.frames.length, frames - free);
  assert.equal(
    Object.values(used).reduce((sum, count) => sum + count, 0),
    frames - free,
  );
  for (const { pfn, mappings } of snapshot.frames)
    assert.equal(grid.mappings[pfn], mappings.length, `frame ${pfn}`);
  await booted.client.resume();
  await end(booted);
});

test("pause stops the guest and its clock, resume lets it go on", async () => {
  const booted = await boot();
  const { client } = booted;
  const ended = client.run("spin & sleep 0.2; kill $!");
  await until("instructions", async () =>
    (await client.status()).instructions > 1e6 ? true : undefined,
  );
  await client.pause();
  const [first] = [await client.status()];
  await new Promise((resolve) => {
    setTimeout(resolve, 50);
  });
  const second = await client.status();
  assert.equal(second.paused, true);
  assert.equal(second.instructions, first.instructions);
  assert.equal(second.time, first.time);
  await client.resume();
  assert.equal((await ended).code, 0);
  await end(booted);
});

test("events are recorded from the first question on, in order, and can be taken piece by piece", async () => {
  const booted = await boot();
  const { client } = booted;
  const { next } = await client.events(0);
  await client.run("true");
  const first = await client.events(next);
  assert.ok(first.events.some(({ kind }) => kind === "exec"));
  assert.ok(first.events.some(({ kind }) => kind === "fault"));
  first.events.forEach(({ sequence }, index) => assert.equal(sequence, next + index));
  assert.equal(first.next, next + first.events.length);
  assert.deepEqual((await client.events(first.next)).events, []);
  await client.stopEvents();
  await end(booted);
});

test("a store for swapped pages is opened by a machine that has swap, and by no other", async () => {
  for (const swap of [0, 1 << 20]) {
    let opened = 0;
    const [core = new Uint8Array()] = loadImage();
    const client = new LocalMachine({
      host: createNodeHost(),
      loadCore: () => Promise.resolve(core),
      openSwap: () => {
        opened++;
        return Promise.resolve(createTestSwapStore());
      },
    });
    await client.boot(
      { ...OPTIONS, swap },
      () => {},
      () => {},
    );
    await client.machine.shutdown();
    assert.equal(opened, swap === 0 ? 0 : 1);
  }
});
