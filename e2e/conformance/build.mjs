// Compiles every conformance program against the userland's libc and packs them into one file, so that one compilation
// serves every machine that they run on.
//
//   node e2e/conformance/build.mjs [--by=gcc] [--if-stale]
//
// programs.cpio.gz is by our compiler, programs-gcc.cpio.gz by gcc. With --if-stale an archive of the same sources and
// compiler stays: its entry `sources` says of which it is.

import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

import { sourcesDigest } from "../../userland/sources-digest.mjs";
import { compileProgram } from "../../userland/toolchain.mjs";
import { pack, unpack } from "./archive.mjs";

const here = dirname(fileURLToPath(import.meta.url));

function compileAll(by) {
  const work = mkdtempSync(join(tmpdir(), "vitrine-conformance-"));
  const files = new Map();
  try {
    for (const file of readdirSync(join(here, "programs")).toSorted()) {
      const name = basename(file, ".c");
      const out = join(work, name);
      compileProgram({ sources: [join(here, "programs", file)], out, flags: [`-I${here}`], by });
      files.set(name, readFileSync(out));
    }
  } finally {
    rmSync(work, { recursive: true });
  }
  return files;
}

const by = process.argv.includes("--by=gcc") ? "gcc" : "ours";
const archivePath = join(here, by === "gcc" ? "programs-gcc.cpio.gz" : "programs.cpio.gz");
const headers = readdirSync(here).filter((name) => name.endsWith(".h"));
const inputs = ["build.mjs", "archive.mjs", "programs", ...headers].map((name) => join(here, name));
const digest = sourcesDigest(inputs, by);
const isFresh = () =>
  existsSync(archivePath) &&
  Buffer.from(unpack(readFileSync(archivePath)).get("sources") ?? "").toString() === digest;

if (!process.argv.includes("--if-stale") || !isFresh()) {
  const began = performance.now();
  const files = compileAll(by);
  const count = files.size;
  files.set("sources", Buffer.from(digest));
  writeFileSync(archivePath, pack(files));
  const seconds = ((performance.now() - began) / 1000).toFixed(1);
  console.log(
    `${count} conformance programs by ${by === "gcc" ? "gcc" : "our compiler"}, in ${seconds} s`,
  );
}
