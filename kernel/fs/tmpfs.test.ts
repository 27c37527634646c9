import assert from "node:assert/strict";
import { test } from "node:test";

import fc from "fast-check";

import { EBADF, EINVAL, EISDIR, ENOSPC, ENXIO, EROFS } from "../abi/errno.ts";
import {
  O_APPEND,
  O_CREAT,
  O_DIRECTORY,
  O_PATH,
  O_RDONLY,
  O_RDWR,
  O_WRONLY,
} from "../abi/fcntl.ts";
import { SEEK_CUR, SEEK_END, SEEK_SET } from "../abi/fcntl.ts";
import { S_IFCHR } from "../abi/stat.ts";
import { BufferSink, BufferSource } from "../lib/io.ts";
import { checkAccounting } from "../mm/accounting.ts";
import { byteString, bytesOf } from "./byte-string.ts";
import { makeDevice } from "./device-table.ts";
import { File } from "./file.ts";
import { registerMemoryDevices } from "./memory-devices.ts";
import { TestBed, TestProcess } from "./test-bed.ts";
import { Tmpfs } from "./tmpfs.ts";

function open(bed: TestBed, path: string, flags = O_RDWR | O_CREAT): File {
  const file = bed.vfs.open(bed.process, undefined, path, flags, 0o644);
  assert.ok(file instanceof File);
  return file;
}

function write(bed: TestBed, file: File, text: string): number {
  return file.writeNext(bed.process, new BufferSource(bytesOf(text)));
}

function read(bed: TestBed, file: File, size: number): string | number {
  const bytes = new Uint8Array(size);
  const done = file.readNext(bed.process, new BufferSink(bytes));
  return done < 0 ? done : byteString(bytes, 0, done);
}

function names(bed: TestBed, file: File, room = Infinity): string[] {
  const found: string[] = [];
  file.readdir(bed.process, (name) => found.length < room && found.push(name) > 0);
  return found;
}

test("a file's bytes are what a plain array would hold, after any writes and truncations", () => {
  const step = fc.oneof(
    fc.tuple(fc.constant("write"), fc.nat(20_000), fc.integer({ min: 1, max: 9000 })),
    fc.tuple(fc.constant("truncate"), fc.nat(20_000), fc.constant(0)),
    fc.tuple(fc.constant("read"), fc.nat(30_000), fc.integer({ min: 1, max: 9000 })),
  );
  fc.assert(
    fc.property(fc.array(step, { maxLength: 12, size: "max" }), (steps) => {
      const bed = new TestBed(64);
      const file = open(bed, "/f");
      let model = new Uint8Array(0);
      const resize = (size: number): void => {
        const next = new Uint8Array(size);
        next.set(model.subarray(0, size));
        model = next;
      };
      steps.forEach(([kind, at, length], index) => {
        if (kind === "truncate") {
          assert.equal(file.truncate(at), 0);
          resize(at);
        } else if (kind === "write") {
          const bytes = new Uint8Array(length).fill(index + 1);
          assert.equal(file.writeAt(bed.process, new BufferSource(bytes), at), length);
          if (at + length > model.length) resize(at + length);
          model.set(bytes, at);
        } else {
          const bytes = new Uint8Array(length);
          const done = file.readAt(bed.process, new BufferSink(bytes), at);
          assert.deepEqual(bytes.subarray(0, done), model.subarray(at, at + length));
        }
        assert.equal(file.inode.size, model.length);
      });
      assert.equal(bed.vfs.unlink(bed.process, undefined, "/f"), 0);
      file.release();
      assert.equal(bed.mm.totals().shared, 0);
      checkAccounting(bed.mm);
    }),
    { numRuns: 60 },
  );
});

test("a file that was deleted lives until its last description is closed", () => {
  const bed = new TestBed();
  const file = open(bed, "/gone");
  write(bed, file, "still here");
  const second = open(bed, "/gone", O_RDONLY);
  assert.equal(bed.vfs.unlink(bed.process, undefined, "/gone"), 0);
  file.release();
  assert.equal(read(bed, second, 100), "still here");
  assert.equal(second.inode.nlink, 0);
  assert.equal(bed.vfs.pathOf(second.dentry), "/gone (deleted)");
  assert.equal(bed.mm.totals().shared, 1);
  second.release();
  assert.equal(bed.mm.totals().shared, 0);
});

test("positions are the description's, appending goes to the end, and seeks are checked", () => {
  const bed = new TestBed();
  const file = open(bed, "/f");
  write(bed, file, "abcdef");
  assert.equal(file.seek(2, SEEK_SET), 2);
  assert.equal(read(bed, file, 2), "cd");
  assert.equal(file.seek(-1, SEEK_CUR), 3);
  assert.equal(file.seek(10, SEEK_END), 16);
  assert.equal(file.seek(-17, SEEK_CUR), -EINVAL);
  assert.equal(file.seek(0, 9), -EINVAL);
  assert.equal(read(bed, file, 2), "");
  const appending = open(bed, "/f", O_WRONLY | O_APPEND);
  assert.equal(write(bed, appending, "xy"), 2);
  assert.equal(appending.position, 8);
  assert.equal(read(bed, appending, 1), -EBADF);
  assert.equal(write(bed, open(bed, "/f", O_RDONLY), "no"), -EBADF);
});

test("a listing goes on where it stopped, whatever changes meanwhile", () => {
  const bed = new TestBed();
  for (const name of ["a", "b", "c", "d"]) open(bed, `/${name}`).release();
  const directory = open(bed, "/", O_RDONLY | O_DIRECTORY);
  assert.deepEqual(names(bed, directory, 3), [".", "..", "a"]);
  bed.vfs.unlink(bed.process, undefined, "/a");
  bed.vfs.unlink(bed.process, undefined, "/c");
  open(bed, "/e").release();
  assert.deepEqual(names(bed, directory), ["b", "d", "e"]);
  assert.deepEqual(names(bed, directory), []);
  assert.equal(directory.seek(0, SEEK_SET), 0);
  assert.deepEqual(names(bed, directory), [".", "..", "b", "d", "e"]);
  assert.equal(read(bed, directory, 10), -EISDIR);
});

test("O_PATH gives a place and nothing else", () => {
  const bed = new TestBed();
  open(bed, "/f").release();
  const place = open(bed, "/f", O_PATH);
  assert.equal(read(bed, place, 1), -EBADF);
  assert.equal(place.mapObject(false), -EBADF);
});

test("mounts cover directories, and .. leads out of them", () => {
  const bed = new TestBed();
  const { vfs, process } = bed;
  vfs.mkdir(process, undefined, "/m", 0o755);
  open(bed, "/m/under").release();
  const place = vfs.lookup(process, undefined, "/m", true);
  assert.ok(typeof place !== "number");
  assert.equal(vfs.mount(place, new Tmpfs(2, bed.clock, bed.mm), "second"), 0);
  assert.ok(Number(vfs.lookup(process, undefined, "/m/under", true)) < 0);
  vfs.mkdir(process, undefined, "/m/sub", 0o755);
  const sub = vfs.lookup(process, undefined, "/m/sub", true);
  assert.ok(typeof sub !== "number");
  assert.equal(vfs.pathOf(sub), "/m/sub");
  assert.equal(vfs.lookup(process, undefined, "/m/sub/../..", true), vfs.root);
  assert.equal(vfs.rmdir(process, undefined, "/m"), -16);
  assert.equal(vfs.rename(process, undefined, "/m/sub", undefined, "/sub", 0), -18);
  assert.equal(vfs.link(process, undefined, "/m/sub", undefined, "/sub", false), -18);
  const file = open(bed, "/m/../m/sub/file");
  assert.equal(vfs.pathOf(file.dentry), "/m/sub/file");
});

test("a process with another root cannot leave it", () => {
  const bed = new TestBed();
  const { vfs, process } = bed;
  vfs.mkdir(process, undefined, "/jail", 0o755);
  vfs.symlink(process, "/", undefined, "/jail/top");
  const jail = vfs.lookup(process, undefined, "/jail", true);
  assert.ok(typeof jail !== "number");
  const inmate = new TestProcess(process.fs.clone(), 5);
  inmate.fs.root = inmate.fs.cwd = jail;
  for (const path of ["/", "..", "../..", "/top", "/top/.."]) {
    assert.equal(vfs.lookup(inmate, undefined, path, true), jail, path);
  }
});

test("without privilege the permission bits count", () => {
  const bed = new TestBed();
  const { vfs, process } = bed;
  vfs.mkdir(process, undefined, "/mine", 0o700);
  open(bed, "/readable").release();
  vfs.mkdir(process, undefined, "/shared", 0o777);
  const shared = vfs.lookup(process, undefined, "/shared", true);
  assert.ok(typeof shared !== "number");
  vfs.chmod(process, shared, 0o1777);
  open(bed, "/shared/theirs").release();
  const user = new TestProcess(process.fs.clone(), 7);
  user.uid = user.gid = 1000;
  assert.equal(vfs.open(user, undefined, "/mine/x", O_RDONLY, 0), -13);
  assert.equal(vfs.open(user, undefined, "/readable", O_RDWR, 0), -13);
  assert.equal(vfs.mkdir(user, undefined, "/new", 0o755), -13);
  assert.equal(vfs.unlink(user, undefined, "/shared/theirs"), -1);
  const own = vfs.open(user, undefined, "/shared/own", O_RDWR | O_CREAT, 0o600);
  assert.ok(own instanceof File);
  assert.equal(own.inode.uid, 1000);
  assert.equal(vfs.chmod(user, shared, 0o777), -1);
  assert.equal(vfs.unlink(user, undefined, "/shared/own"), 0);
});

test("memory devices: null, zero, full, random", () => {
  const bed = new TestBed();
  const { vfs, process } = bed;
  registerMemoryDevices(vfs.devices, (into, from, length) => into.fill(7, from, from + length));
  for (const [name, minor] of [
    ["null", 3],
    ["zero", 5],
    ["full", 7],
    ["random", 8],
  ] as const) {
    assert.equal(
      vfs.mknod(process, undefined, `/${name}`, S_IFCHR | 0o666, makeDevice(1, minor)),
      0,
    );
  }
  assert.equal(read(bed, open(bed, "/null", O_RDWR), 10), "");
  assert.equal(write(bed, open(bed, "/null", O_RDWR), "gone"), 4);
  assert.equal(read(bed, open(bed, "/zero", O_RDWR), 5000), "\0".repeat(5000));
  assert.equal(write(bed, open(bed, "/full", O_RDWR), "x"), -ENOSPC);
  assert.equal(read(bed, open(bed, "/random", O_RDWR), 3), "\x07\x07\x07");
  assert.equal(open(bed, "/zero", O_RDWR).mapObject(true), 0);
  vfs.mknod(process, undefined, "/none", S_IFCHR | 0o666, makeDevice(99, 1));
  assert.equal(vfs.open(process, undefined, "/none", O_RDONLY, 0), -ENXIO);
  assert.ok(EROFS);
});

test("times follow reads, writes and changes of the directory", () => {
  const bed = new TestBed();
  const file = open(bed, "/f");
  const { inode } = file;
  assert.equal(inode.mtime, 1_000_000);
  bed.time = 5_000_000_001;
  write(bed, file, "x");
  assert.deepEqual([inode.mtime, inode.mtimeNsec], [1_000_005, 1]);
  bed.time = 7e9;
  file.seek(0, SEEK_SET);
  read(bed, file, 1);
  assert.equal(inode.atime, 1_000_007);
  bed.time = 9e9;
  open(bed, "/g").release();
  assert.equal(bed.vfs.root.inode.mtime, 1_000_009);
});

test("a tmpfs takes half of RAM and no more, and gives it back", () => {
  const bed = new TestBed(64);
  const file = open(bed, "/big");
  const text = "x".repeat(10_000);
  let done = 0;
  for (;;) {
    const wrote = write(bed, file, text);
    if (wrote < 0) {
      assert.equal(wrote, -ENOSPC);
      break;
    }
    done += wrote;
  }
  assert.equal(done, 32 * 4096);
  // What is there already can still be overwritten.
  file.seek(0, SEEK_SET);
  assert.equal(write(bed, file, text), 10_000);
  assert.equal(bed.vfs.root.mount.fileSystem.blocks().free, 0);
  const other = open(bed, "/other");
  assert.equal(write(bed, other, "y"), -ENOSPC);
  assert.equal(file.truncate(4096), 0);
  assert.equal(write(bed, other, "y"), 1);
  bed.vfs.unlink(bed.process, undefined, "/big");
  file.release();
  assert.equal(bed.vfs.root.mount.fileSystem.blocks().free, 31);
  checkAccounting(bed.mm);
});
