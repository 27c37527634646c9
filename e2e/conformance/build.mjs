// Compiles every conformance program against the userland's libc and packs them into programs.cpio.gz, which is
// committed, so that the programs run where only Node is installed.
//
//   node e2e/conformance/build.mjs            writes the archive
//   node e2e/conformance/build.mjs --check    fails if compiling gives other programs than the archive has

import { createHash } from "node:crypto";
import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

import { compileProgram, haveToolchain, toolchainVersion } from "../../userland/toolchain.mjs";
import { pack, unpack } from "./archive.mjs";

const here = dirname(fileURLToPath(import.meta.url));
const archivePath = join(here, "programs.cpio.gz");

/** What the archive may weigh in the repository, in bytes. */
const BUDGET = 600_000;

function compileAll() {
  const work = mkdtempSync(join(tmpdir(), "vitrine-conformance-"));
  const headers = ["expect.h", "memory.h", "pty.h", "trace.h"].map((file) =>
    readFileSync(join(here, file)),
  );
  const files = new Map();
  const manifest = {};
  try {
    for (const file of readdirSync(join(here, "programs")).toSorted()) {
      const name = basename(file, ".c");
      const source = join(here, "programs", file);
      const out = join(work, name);
      compileProgram({ sources: [source], out, flags: [`-I${here}`] });
      files.set(name, readFileSync(out));
      manifest[name] = createHash("sha256")
        .update(Buffer.concat(headers))
        .update(readFileSync(source))
        .digest("hex");
    }
  } finally {
    rmSync(work, { recursive: true });
  }
  files.set("manifest.json", Buffer.from(`${JSON.stringify(manifest, null, 1)}\n`));
  return files;
}

if (!haveToolchain()) {
  console.log("riscv64-linux-gnu-gcc is not installed: the archive stays as it is");
} else if (process.argv.includes("--check")) {
  const built = compileAll();
  const committed = unpack(readFileSync(archivePath));
  const names = new Set([...built.keys(), ...committed.keys()]);
  const differ = [...names].filter(
    (name) => !Buffer.from(built.get(name) ?? []).equals(committed.get(name) ?? Buffer.from("-")),
  );
  if (differ.length > 0) {
    console.error(`compiled by ${toolchainVersion()}, these differ: ${differ.join(" ")}`);
    process.exitCode = 1;
  } else console.log(`${built.size - 1} programs are as committed`);
} else {
  const files = compileAll();
  const archive = pack(files);
  if (archive.length > BUDGET) throw new Error(`${archive.length} bytes are more than ${BUDGET}`);
  writeFileSync(archivePath, archive);
  console.log(`${files.size - 1} programs, ${archive.length} bytes`);
}
