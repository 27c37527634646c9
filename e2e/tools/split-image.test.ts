// Nothing of the image may be lost by cutting it.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";

import { LocalMachine } from "../../kernel/boot/machine-client.ts";
import { createNodeHost } from "../../kernel/boot/node/host.ts";
import { type CpioEntry, readCpio } from "../../kernel/fs/cpio.ts";
import { createTestSwapStore } from "../../kernel/mm/swap/test-store.ts";
import { splitImage } from "./split-image.mjs";

const image = readFileSync("userland/image.cpio");
const { core, rest } = splitImage(image);

const inCore = readCpio(core);
const inRest = readCpio(rest);
const isShell = ({ path }: CpioEntry): boolean => path === "bin/sh";

test("core and rest together have every entry of the image unchanged, each once but for the shell", () => {
  const byPath = (a: CpioEntry, b: CpioEntry) => (a.path < b.path ? -1 : 1);
  const both = [...inCore.filter((entry) => !isShell(entry)), ...inRest].toSorted(byPath);
  assert.deepEqual(both, readCpio(image).toSorted(byPath));
});

test("the core has every directory, /etc and the shell, and no other name of an inode that the rest has", () => {
  const isDirectory = ({ mode }: CpioEntry) => (mode & 0o170000) === 0o040000;
  assert.ok(inCore.some(({ path }) => path === "etc/passwd"));
  assert.ok(!inRest.some(isDirectory));
  const inodes = new Set(inCore.filter((entry) => !isShell(entry)).map(({ ino }) => ino));
  assert.ok(!inRest.some(({ ino }) => inodes.has(ino)));
});

test("the core's shell differs from the whole one in pages of zeros only, and they are many", () => {
  const [early, whole] = [inCore, inRest].map((entries) => entries.find(isShell));
  assert.ok(early !== undefined && whole !== undefined);
  assert.deepEqual({ ...early, data: whole.data }, whole);
  assert.equal(early.data.length, whole.data.length);
  let missing = 0;
  for (let at = 0; at < whole.data.length; at += 4096) {
    const page = Buffer.from(early.data.subarray(at, at + 4096));
    if (page.equals(whole.data.subarray(at, at + 4096))) continue;
    assert.ok(page.every((byte) => byte === 0));
    missing++;
  }
  assert.ok(missing > 3, `${missing} pages are held back`);
});

test("the core alone brings a terminal's shell to its prompt, and with the rest it runs what is typed", async (context) => {
  let bringRest: (archive: Uint8Array) => void = () => {};
  const client = new LocalMachine({
    host: createNodeHost(),
    loadCore: () => Promise.resolve(core),
    loadRest: () => new Promise<Uint8Array>((resolve) => (bringRest = resolve)),
    openSwap: () => Promise.resolve(createTestSwapStore()),
  });
  let screen = "";
  // It would keep a failed test from ending.
  context.after(() => client.machine.shutdown());
  await client.boot(
    { ram: 8 << 20, swap: 0, seed: 3, rows: 24, columns: 80 },
    (terminal, bytes) => {
      screen += Buffer.from(bytes).toString("latin1");
      void client.acknowledge(terminal, bytes.length);
    },
    () => {},
  );
  const shows = async (what: RegExp): Promise<void> => {
    for (let tries = 0; !what.test(screen) && tries < 400; tries++) await sleep(10);
    assert.match(screen, what);
  };
  await shows(/ \$ /);
  // Whoever changes the window's size meanwhile has the line drawn again.
  await client.resize(0, 30, 60);
  await sleep(50);
  bringRest(rest);
  await client.input(0, Buffer.from("echo $((6 * 7)) /bin/l[s]; cd /nowhere\r"));
  await shows(/42 \/bin\/ls\r\n.*No such file or directory/s);
});
