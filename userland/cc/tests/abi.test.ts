// The calling convention, against gcc: one compiler makes the caller, another the callee, and either linker puts them together.

import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { lacking } from "../../oracles.mjs";
import { compileObject, compileProgram } from "../../toolchain.mjs";
import { cc } from "../driver/node/main.ts";

const here = join(import.meta.dirname, "abi");
const makers = ["gcc", "ours at -O0", "ours at -O1", "ours at -O2"] as const;
type Maker = (typeof makers)[number];

describe(
  "the calling convention",
  { skip: lacking("riscv64-linux-gnu-gcc", "qemu-riscv64") },
  () => {
    const folder = mkdtempSync(join(tmpdir(), "vitrine-abi-"));
    after(() => rmSync(folder, { recursive: true }));
    const objectOf = (side: string, maker: Maker) =>
      join(folder, `${side}-${maker.replaceAll(" ", "-")}.o`);
    before(() => {
      for (const side of ["caller", "callee"]) {
        const source = join(here, `${side}.c`);
        for (const maker of makers) {
          const out = objectOf(side, maker);
          if (maker === "gcc") {
            compileObject({ source, out, flags: ["-O1", "-w"], by: "gcc" });
          } else {
            const { status, messages } = cc(["-c", maker.slice(-3), "-w", source, "-o", out]);
            assert.equal(status, 0, messages);
          }
        }
      }
    });
    const check = (program: string) => {
      const { status, stdout } = spawnSync("qemu-riscv64", [program], { encoding: "utf8" });
      assert.equal(stdout, readFileSync(join(here, "expected.txt"), "utf8"));
      assert.equal(status, 0);
    };
    for (const caller of makers) {
      for (const callee of makers) {
        const objects = () => [objectOf("caller", caller), objectOf("callee", callee)];
        test(`a caller by ${caller} and a callee by ${callee} agree, linked by GNU ld`, () => {
          const out = join(folder, "by-ld");
          compileProgram({ sources: objects(), out, by: "gcc" });
          check(out);
        });
        test(`a caller by ${caller} and a callee by ${callee} agree, linked by us`, () => {
          const out = join(folder, "by-us");
          const { status, messages } = cc([...objects(), "-o", out]);
          assert.equal(status, 0, messages);
          check(out);
        });
      }
    }
  },
);
