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

test("an exec event names the program's file, which can be told from what replaced it", async () => {
  const booted = await boot();
  const { client } = booted;
  const program = await client.download("/bin/true");
  await client.upload("/root/é", program);
  const { next } = await client.events(Infinity, ["exec", "fault"]);
  await client.run("cd /root; ./é");
  const { events } = await client.events(next, ["exec", "fault"]);
  const exec = events.findLast((event) => event.kind === "exec");
  assert.ok(exec?.kind === "exec");
  assert.equal(exec.file, "/root/é");
  const identity = async (): Promise<unknown> => {
    const { device, inode, changed } = (await client.stat("/root/é")) ?? {};
    return { device, inode, changed };
  };
  const { device, inode, changed } = exec;
  assert.deepEqual({ device, inode, changed }, await identity());
  await client.upload("/root/é", program);
  assert.notDeepEqual({ device, inode, changed }, await identity());
  await end(booted);
});

test("a fault names the instruction that did it, and the call in which the kernel did", async () => {
  const booted = await boot();
  const { client } = booted;
  const { next } = await client.events(Infinity, ["exec", "fault"]);
  const { code } = await client.run("crash jump; crash null");
  assert.equal(code, 139);
  const { events } = await client.events(next, ["exec", "fault"]);
  const failed = events.filter((event) => event.kind === "fault" && event.outcome === "unmapped");
  const forbidden = events.find((event) => event.kind === "fault" && event.outcome === "forbidden");
  assert.ok(forbidden?.kind === "fault" && failed[0]?.kind === "fault");
  // A jump faults at the instruction that is not there, a load at one that is.
  assert.equal(forbidden.pc, forbidden.address);
  assert.equal(failed[0].address, 0);
  assert.ok(failed[0].pc > 0x10000);
  for (const event of events) {
    if (event.kind !== "fault" || event.access !== "execute") continue;
    // The second half of an instruction may be missing alone, at the beginning of its page.
    const isSplit = event.address % 4096 === 0 && event.address - event.pc === 2;
    assert.ok(isSplit || event.pc === event.address);
  }
  await end(booted);
});

test("files, programs and the terminal's keyboard can be looked at from outside", async () => {
  const booted = await boot();
  const { client, screen } = booted;
  assert.equal(await client.stat("/root/none"), null);
  assert.equal(await client.list("/root/none"), null);
  assert.equal(await client.list("/etc/motd"), null);
  await client.run(
    "mkdir -p /root/work; printf abc > /root/work/b; ln -s b /root/work/a; umask 077",
  );
  assert.deepEqual(await client.list("/root/work"), ["a", "b"]);
  const file = await client.stat("/root/work/a");
  assert.deepEqual([file?.kind, file?.size, file?.mode, file?.readOnly], ["file", 3, 0o644, false]);
  assert.equal((await client.stat("/root/work"))?.kind, "folder");
  assert.equal((await client.stat("/dev/null"))?.kind, "other");
  assert.equal((await client.stat("/bin/sh"))?.readOnly, true);
  await until("the prompt", () => (screen().includes("$") ? true : undefined));
  await client.input(0, new TextEncoder().encode("cd work; cat\r"));
  const cat = await until("cat", async () => {
    const found = await client.foreground(0);
    return found?.name === "cat" ? found : undefined;
  });
  assert.equal(cat.folder, "/root/work");
  const program = (await client.programs()).find(({ pid }) => pid === cat.pid);
  assert.equal(program?.file, "/bin/cat");
  const { device, inode, changed } = (await client.stat("/bin/cat")) ?? {};
  assert.deepEqual(program, { pid: cat.pid, file: "/bin/cat", device, inode, changed });
  await client.input(0, Uint8Array.of(4));
  const shell = await until("the shell", async () => {
    const found = await client.foreground(0);
    return found?.name === "sh" ? found : undefined;
  });
  assert.equal(shell.folder, "/root/work");
  await assert.rejects(client.foreground(1), /there is no terminal 1/);
  await end(booted);
});
