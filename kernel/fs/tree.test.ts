import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";

import { errnoName } from "../abi/errno.ts";
import { R_OK } from "../abi/fcntl.ts";
import { S_IFDIR, S_IFLNK, S_IFMT } from "../abi/stat.ts";
import { checkAccounting } from "../mm/accounting.ts";
import { Dentry } from "./dentry.ts";
import { TestBed } from "./test-bed.ts";

type Value = string | number | readonly (string | number)[];

/** What Linux's tmpfs answered, from record-tree.py. */
const recorded = JSON.parse(
  readFileSync(new URL("./tree-recorded.json", import.meta.url), "utf8"),
) as { readonly sequences: readonly (readonly Value[])[][] };

function perform(
  bed: TestBed,
  operation: string,
  first: string,
  second: Value,
  third: Value,
): Value {
  const { vfs, process } = bed;
  const text = String(second);
  const number = Number(second);
  switch (operation) {
    case "mkdir":
      return vfs.mkdir(process, undefined, first, number);
    case "rmdir":
      return vfs.rmdir(process, undefined, first);
    case "unlink":
      return vfs.unlink(process, undefined, first);
    case "symlink":
      return vfs.symlink(process, first, undefined, text);
    case "link":
    case "link2":
      return vfs.link(process, undefined, first, undefined, text, operation === "link2");
    case "rename":
    case "rename1":
    case "rename2":
      return vfs.rename(process, undefined, first, undefined, text, Number(operation.slice(6)));
    case "open": {
      const file = vfs.open(process, undefined, first, number, Number(third));
      if (typeof file === "number") return file;
      file.release();
      return 0;
    }
    case "stat":
    case "lstat": {
      const dentry = vfs.lookup(process, undefined, first, operation === "stat");
      if (typeof dentry === "number") return dentry;
      const { mode, nlink, size, blocks } = dentry.inode;
      const type = mode & S_IFMT;
      const kind = type === S_IFDIR ? "dir" : type === S_IFLNK ? "link" : "file";
      return [kind, mode & 0o7777, nlink, size, blocks];
    }
    case "readlink": {
      const target = vfs.readlink(process, undefined, first);
      return typeof target === "string" ? [target] : target;
    }
    case "truncate":
      return vfs.truncate(process, undefined, first, number);
    case "access":
      return vfs.access(process, undefined, first, R_OK);
    case "chdir": {
      const dentry = vfs.lookup(process, undefined, first, true);
      if (!(dentry instanceof Dentry)) return dentry;
      if (!dentry.inode.isDirectory) return "ENOTDIR";
      process.fs.cwd = dentry;
      return 0;
    }
    case "getcwd": {
      const path = vfs.getcwd(process);
      return typeof path === "string" ? [path] : path;
    }
    default:
      return assert.fail(`no such operation: ${operation}`);
  }
}

recorded.sequences.forEach((steps, index) => {
  test(`names, links and renames answer as Linux did, sequence ${index}`, () => {
    const bed = new TestBed(64);
    steps.forEach((step, at) => {
      const [operation, first = "", second = "", third = ""] = step.slice(0, -1);
      const answer = perform(bed, String(operation), String(first), second, third);
      const shown = typeof answer === "number" && answer < 0 ? errnoName(answer) : answer;
      assert.deepEqual(shown, step.at(-1), `step ${at}: ${JSON.stringify(step)}`);
    });
    checkAccounting(bed.mm);
  });
});
