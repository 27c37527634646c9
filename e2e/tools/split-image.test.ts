// Nothing of the image may be lost by cutting it.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";

import { readCpio } from "../../kernel/fs/cpio.ts";
import { splitImage } from "./split-image.mjs";

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
