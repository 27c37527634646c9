import assert from "node:assert/strict";
import { test } from "node:test";
import { S_IFREG } from "../abi/stat.ts";
import { Dentry } from "../fs/dentry.ts";
import { FileSystem } from "../fs/file-system.ts";
import { File } from "../fs/file.ts";
import { Inode } from "../fs/inode.ts";
import { detachedMount } from "../fs/vfs.ts";
import { FdTable } from "./fd-table.ts";

const LIMIT = 8;

class OneFile extends FileSystem {
  readonly type = "one";
  readonly magic = 1;
  readonly root = new (class extends Inode {})(this, S_IFREG);
}

class EmptyFile extends File {}

function fileOf(): File {
  const mount = detachedMount(new OneFile(1, { now: () => 0, bootSeconds: 0 }));
  return new EmptyFile(new Dentry(mount, mount.root.inode, "file", undefined), 0);
}

test("a new descriptor is the lowest free number", () => {
  const table = new FdTable();
  const numbers = [0, 1, 2].map(() => table.install(fileOf(), false, LIMIT));
  assert.deepEqual(numbers, [0, 1, 2]);
  table.close(1);
  assert.equal(table.install(fileOf(), false, LIMIT, 5), 5);
  assert.equal(table.install(fileOf(), false, LIMIT), 1);
  assert.equal(table.install(fileOf(), false, LIMIT), 3);
});

test("at the limit there is EMFILE, and nothing changes", () => {
  const table = new FdTable();
  for (let fd = 0; fd < LIMIT; fd++) assert.equal(table.install(fileOf(), false, LIMIT), fd);
  assert.equal(table.install(fileOf(), false, LIMIT), -24);
  assert.equal(table.numbers().length, LIMIT);
});

test("closing gives the table's reference back, once", () => {
  const table = new FdTable();
  const file = fileOf();
  const fd = table.install(file.retain(), false, LIMIT);
  assert.equal(file.references, 2);
  assert.equal(table.close(fd), 0);
  assert.equal(file.references, 1);
  assert.equal(table.close(fd), -9);
});

test("a copy shares descriptions; exec closes what asked for it in one of them only", () => {
  const table = new FdTable();
  const file = fileOf();
  table.install(file.retain(), true, LIMIT);
  table.install(file.retain(), false, LIMIT);
  const copy = table.clone();
  assert.equal(file.references, 5);
  copy.closeForExec();
  assert.deepEqual(copy.numbers(), [1]);
  assert.deepEqual(table.numbers(), [0, 1]);
  assert.equal(file.references, 4);
});

test("replacing closes what was there", () => {
  const table = new FdTable();
  const [first, second] = [fileOf(), fileOf()];
  table.install(first.retain(), true, LIMIT);
  table.replace(0, second, false);
  assert.equal(first.references, 1);
  assert.equal(table.get(0), second);
  assert.equal(table.closeOnExec(0), false);
});
