// Nothing of the image may be lost by cutting it.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";

import { readCpio } from "../../kernel/fs/cpio.ts";
import { splitImage } from "./split-image.mjs";
import { LocalMachine } from "../../kernel/boot/machine-client.ts";
import { createNodeHost } from "../../kernel/boot/node/host.ts";
import { createTestSwapStore } from "../../kernel/mm/swap/test-store.ts";

const image = readFileSync("userland/image.cpio");
const { core, rest } = splitImage(image);

test("core and rest together have every entry of the image, each once and unchanged", () => {
  const byPath = (a: { path: string }, b: { path: string }) => (a.path < b.path ? -1 : 1);
  const both = [...readCpio(core), ...readCpio(rest)].toSorted(byPath);
  assert.deepEqual(both, readCpio(image).toSorted(byPath));
});

test("the core has every directory but /usr's, /etc and the shell, and no name of an inode that the rest has", () => {
  const inCore = readCpio(core);
  const shell = inCore.find(({ path }) => path === "bin/sh")?.ino;
  // A linked file's data stands with the first of its names.
  assert.ok(inCore.some(({ ino, data }) => ino === shell && data.length > 0));
  assert.ok(inCore.some(({ path }) => path === "etc/passwd"));
  const others = readCpio(rest);
  const isDirectory = ({ mode }: { mode: number }) => (mode & 0o170000) === 0o040000;
  assert.ok(inCore.some((entry) => isDirectory(entry) && entry.path === "home"));
  for (const { path } of others.filter(isDirectory)) assert.match(path, /^usr(\/|$)/);
  const inodes = new Set(inCore.map(({ ino }) => ino));
  assert.ok(!others.some(({ ino }) => inodes.has(ino)));
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
