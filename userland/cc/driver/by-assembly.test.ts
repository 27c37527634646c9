// What -S prints is all that the assembler knows of a unit: the libc's variants are assembled of one text.

import assert from "node:assert/strict";
import { test } from "node:test";
import { readFileSync } from "node:fs";
import { headerFolders } from "./node/libc-archive.ts";
import { type Files, runCommand } from "./command.ts";
import type { Installation } from "./session.ts";

const installation: Installation = {
  headerFolders,
  libraries: [],
  libraryFolders: [],
  version: "test",
  colour: false,
};

test("an object by way of assembly is the one that is compiled at once, byte for byte", () => {
  const written = new Map<string, Uint8Array>();
  const files: Files = {
    read: (path) => {
      const own = written.get(path);
      if (own !== undefined) return own;
      try {
        return readFileSync(path);
      } catch {
        return undefined;
      }
    },
    write: (path, bytes) => void written.set(path, bytes),
  };
  const flags = ["-Os", "-ffunction-sections", "-w"];
  for (const source of ["stdio/format.c", "stdlib/malloc.c", "regex/backtrack.c"]) {
    const path = `userland/libc/${source}`;
    for (const variant of ["-mrelax", "-mno-relax"]) {
      for (const words of [
        ["-c", ...flags, variant, path, "-o", "direct.o"],
        ["-S", ...flags, path, "-o", "between.s"],
        ["-c", ...flags, variant, "between.s", "-o", "assembled.o"],
      ]) {
        const { status, messages } = runCommand(words, files, installation);
        assert.equal(status, 0, messages);
      }
      assert.deepEqual(written.get("assembled.o"), written.get("direct.o"));
    }
  }
});
