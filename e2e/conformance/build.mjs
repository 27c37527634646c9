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
import { compileAll } from "../../userland/toolchain.mjs";
import { pack, unpack } from "./archive.mjs";

const here = dirname(fileURLToPath(import.meta.url));

async function compilePrograms(by) {
  const work = mkdtempSync(join(tmpdir(), "vitrine-conformance-"));
  try {
    const programs = readdirSync(join(here, "programs"))
      .toSorted()
      .map((file) => ({
        sources: [join(here, "programs", file)],
        out: join(work, basename(file, ".c")),
        flags: [`-I${here}`],
      }));
    await compileAll({ programs }, by);
    return new Map(programs.map(({ out }) => [basename(out), readFileSync(out)]));
  } finally {
    rmSync(work, { recursive: true });
  }
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
  const files = await compilePrograms(by);
  const count = files.size;
  files.set("sources", Buffer.from(digest));
  writeFileSync(archivePath, pack(files));
  const seconds = ((performance.now() - began) / 1000).toFixed(1);
  console.log(
    `${count} conformance programs by ${by === "gcc" ? "gcc" : "our compiler"}, in ${seconds} s`,
  );
}
