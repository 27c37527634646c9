import assert from "node:assert/strict";
import { test } from "node:test";

import { EISDIR, ENOENT, ENOTDIR, EROFS } from "../abi/errno.ts";
import { O_CREAT, O_RDONLY, O_RDWR, O_WRONLY } from "../abi/fcntl.ts";
import { S_IFDIR, S_IFLNK, S_IFREG } from "../abi/stat.ts";
import { BufferSink } from "../lib/io.ts";
import { checkAccounting } from "../mm/accounting.ts";
import { byteString, bytesOf } from "./byte-string.ts";
import { FsContext } from "./caller.ts";
import { Dentry } from "./dentry.ts";
import { ImageFs } from "./image-fs.ts";
import { TestBed, TestProcess } from "./test-bed.ts";
import { Vfs } from "./vfs.ts";

interface Made {
  readonly name: string;
  readonly mode: number;
  readonly data?: string;
  readonly ino?: number;
  readonly nlink?: number;
}

/** A newc archive, written by hand as cpio(5) describes it. */
function archiveOf(files: readonly Made[]): Uint8Array {
  const pad = (text: string): string => text + "\0".repeat(-text.length & 3);
  const hex = (value: number): string => value.toString(16).padStart(8, "0");
  const entry = ({ name, mode, data = "", ino = 0, nlink = 1 }: Made): string => {
    const fields = [ino, mode, 0, 0, nlink, 1234, data.length, 0, 0, 0, 0, name.length + 1, 0];
    return pad(`070701${fields.map(hex).join("")}${name}\0`) + pad(data);
  };
  const all = [...files, { name: "TRAILER!!!", mode: 0 }];
  return bytesOf(all.map(entry).join(""));
}

const big = Array.from({ length: 10_000 }, (_, index) => String(index % 10)).join("");

const archive = archiveOf([
  { name: ".", mode: S_IFDIR | 0o755, ino: 1 },
  { name: "bin", mode: S_IFDIR | 0o755, ino: 2 },
  { name: "bin/tool", mode: S_IFREG | 0o755, ino: 3, nlink: 2, data: "TOOL" },
  { name: "bin/alias", mode: S_IFREG | 0o755, ino: 3, nlink: 2 },
  { name: "bin/link", mode: S_IFLNK | 0o777, ino: 4, data: "tool" },
  { name: "usr/share/big", mode: S_IFREG | 0o644, ino: 5, data: big },
]);

function boot(frames = 512): { bed: TestBed; image: ImageFs; vfs: Vfs; process: TestProcess } {
  const bed = new TestBed(frames);
  const image = new ImageFs(9, bed.clock, bed.mm, archive, ["/proc"]);
  const vfs = new Vfs(image, "image");
  return { bed, image, vfs, process: new TestProcess(new FsContext(vfs.root, vfs.root), 1) };
}

function contents(vfs: Vfs, process: TestProcess, path: string): string | number {
  const file = vfs.open(process, undefined, path, O_RDONLY, 0);
  if (typeof file === "number") return file;
  let text = "";
  for (;;) {
    const bytes = new Uint8Array(1000);
    const done = file.readNext(process, new BufferSink(bytes));
    if (done <= 0) break;
    text += byteString(bytes, 0, done);
  }
  file.release();
  return text;
}

test("files of the archive can be read, through links too", () => {
  const { bed, vfs, process } = boot();
  assert.equal(contents(vfs, process, "/bin/tool"), "TOOL");
  assert.equal(contents(vfs, process, "/bin/link"), "TOOL");
  assert.equal(contents(vfs, process, "/usr/share/big"), big);
  assert.equal(contents(vfs, process, "/bin/none"), -ENOENT);
  assert.equal(contents(vfs, process, "/bin/tool/x"), -ENOTDIR);
  checkAccounting(bed.mm);
});

test("hard links are one inode with one set of pages", () => {
  const { vfs, process } = boot();
  const tool = vfs.lookup(process, undefined, "/bin/tool", true);
  const alias = vfs.lookup(process, undefined, "/bin/alias", true);
  assert.ok(tool instanceof Dentry && alias instanceof Dentry);
  assert.equal(tool.inode, alias.inode);
  assert.equal(tool.inode.nlink, 2);
  assert.equal(tool.inode.ino, 3);
  assert.equal(contents(vfs, process, "/bin/alias"), "TOOL");
});

test("directories that are only implied exist", () => {
  const { vfs, process } = boot();
  for (const path of ["/usr", "/usr/share", "/proc"]) {
    const dentry = vfs.lookup(process, undefined, path, true);
    assert.ok(dentry instanceof Dentry && dentry.inode.isDirectory, path);
  }
});

test("nothing of the image can be changed", () => {
  const { vfs, process } = boot();
  assert.equal(vfs.open(process, undefined, "/bin/tool", O_WRONLY, 0), -EROFS);
  assert.equal(vfs.open(process, undefined, "/bin/new", O_RDWR | O_CREAT, 0o644), -EROFS);
  assert.equal(vfs.open(process, undefined, "/bin", O_RDWR, 0), -EISDIR);
  assert.equal(vfs.mkdir(process, undefined, "/new", 0o755), -EROFS);
  assert.equal(vfs.unlink(process, undefined, "/bin/tool"), -EROFS);
  assert.equal(vfs.unlink(process, undefined, "/bin/none"), -EROFS);
  assert.equal(vfs.truncate(process, undefined, "/bin/tool", 0), -EROFS);
});

test("a file larger than free memory can be read, because its clean pages go again", () => {
  const { bed, vfs, process } = boot(8);
  const held: number[] = [];
  while (bed.mm.frames.free > bed.mm.frames.reserve + 1) held.push(bed.mm.allocBuffer());
  assert.equal(contents(vfs, process, "/usr/share/big"), big);
  for (const pfn of held) bed.mm.freeBuffer(pfn);
  checkAccounting(bed.mm);
});

test("an archive that comes later adds to the tree", () => {
  const { image, vfs, process } = boot();
  assert.equal(contents(vfs, process, "/bin/late"), -ENOENT);
  image.addArchive(
    archiveOf([
      { name: "bin", mode: S_IFDIR | 0o755, ino: 2 },
      { name: "bin/late", mode: S_IFREG | 0o755, ino: 7, data: "LATE" },
    ]),
  );
  assert.equal(contents(vfs, process, "/bin/late"), "LATE");
  assert.equal(contents(vfs, process, "/bin/tool"), "TOOL");
});

test("a file that came without some pages has them once the later archive has come", () => {
  const entry = { name: "bin/sh", mode: S_IFREG | 0o755, ino: 3 };
  const bed = new TestBed(64);
  const whole = "A".repeat(4096) + "B".repeat(4096);
  const image = new ImageFs(
    9,
    bed.clock,
    bed.mm,
    archiveOf([{ ...entry, data: "A".repeat(4096) + "\0".repeat(4096) }]),
  );
  const bin = image.root.lookup("bin", undefined);
  assert.ok(typeof bin !== "number");
  const file = bin.lookup("sh", undefined);
  assert.ok(typeof file !== "number");
  const pageOf = (index: number): string => {
    const pfn = file.object?.getPage(index, false) ?? -1;
    return Buffer.from(bed.mm.cpu.ram.u8.subarray(pfn * 4096, pfn * 4096 + 4)).toString("latin1");
  };
  assert.equal(pageOf(0), "AAAA");
  image.addArchive(archiveOf([{ ...entry, data: whole }]));
  assert.equal(bin.lookup("sh", undefined), file, "it is the same file");
  assert.equal(pageOf(1), "BBBB");
});

test("a damaged archive is refused with the place of the damage", () => {
  const bed = new TestBed(16);
  for (const length of [50, 200, archive.length - 60]) {
    assert.throws(() => new ImageFs(9, bed.clock, bed.mm, archive.subarray(0, length)), RangeError);
  }
});
