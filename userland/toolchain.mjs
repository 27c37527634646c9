// How C becomes a program for Vitrine, in one place: riscv64-linux-gnu-gcc against our own libc, statically linked.
// Whoever compiles a guest program (the image, the conformance programs, a test) does it through here. VITRINE_CC=ours takes
// our own compiler instead (userland/cc; `node build.mjs` makes it first).
// For developers: `node userland/toolchain.mjs cc FILE.c... -o PROGRAM`.
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, relative } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

const userland = dirname(fileURLToPath(import.meta.url));
const libc = join(userland, "libc");
const compiler = "riscv64-linux-gnu-gcc";
const archiver = "riscv64-linux-gnu-ar";

/** The machine and language of every guest object file. No floating point yet. */
export const compileFlags = [
  "-std=c11",
  "-ffreestanding",
  "-nostdinc",
  `-isystem${join(libc, "include")}`,
  "-march=rv64imac",
  "-mabi=lp64",
  "-Os",
  "-ffunction-sections",
  "-fdata-sections",
  "-fno-pic",
  "-fno-pie",
  "-fno-stack-protector",
  "-fno-asynchronous-unwind-tables",
  "-fno-ident",
  // gcc would make our memcpy's loops into calls of memcpy
  "-fno-tree-loop-distribute-patterns",
  `-ffile-prefix-map=${userland}/=`,
];

/**
 * For what is in the image, which every visitor downloads: without these gcc moves instructions about in ways that gain
 * nothing where each costs the same, and that cost gzip 6 %.
 */
export const imageFlags = [
  "-fno-schedule-insns2",
  "-fno-move-loop-invariants",
  "-fno-tree-switch-conversion",
];

/** What every guest program is linked with, the sources' objects and the libc archive aside. */
export const linkFlags = [
  "-nostdlib",
  "-static",
  "-no-pie",
  "-march=rv64imac",
  "-mabi=lp64",
  `-Wl,-T,${join(libc, "program.ld")}`,
  "-Wl,--gc-sections",
  "-Wl,-z,max-page-size=4096",
  "-Wl,-z,noexecstack",
  "-Wl,--build-id=none",
  "-Wl,--no-warn-rwx-segments",
];

const choice = process.env.VITRINE_CC ?? "gcc";
if (choice !== "gcc" && choice !== "ours") {
  throw new Error(`VITRINE_CC is "gcc" or "ours", not "${choice}"`);
}

/** Our own compiler, when it is chosen. */
const ours = choice === "ours" ? await import("../dist/cc.mjs") : undefined;

/** What it takes of the flags above: it knows the rest itself. */
const ourFlags = ["-Os", "-ffunction-sections", `-ffile-prefix-map=${userland}/=`];

function runOurs(args) {
  const { status, messages } = ours.cc(args);
  if (status !== 0)
    throw new Error(`cc ${args.filter((arg) => /\.[cSo]$/.test(arg)).join(" ")}\n${messages}`);
  if (messages) process.stderr.write(messages);
}

let version;

/** The compiler's first line of `--version`, or undefined where it is not installed. */
export function toolchainVersion() {
  if (ours !== undefined) return ours.version;
  if (version === undefined) {
    const result = spawnSync(compiler, ["--version"], { encoding: "utf8" });
    version = result.status === 0 ? result.stdout.split("\n")[0].trim() : null;
  }
  return version ?? undefined;
}

/** Whether guest programs can be compiled here. */
export function haveToolchain() {
  return toolchainVersion() !== undefined;
}

function run(command, args) {
  const result = spawnSync(command, args, { encoding: "utf8", maxBuffer: 1 << 26 });
  if (result.error) throw result.error;
  if (result.status !== 0) {
    throw new Error(
      `${command} ${args.filter((arg) => /\.[cSo]$/.test(arg)).join(" ")}\n${result.stderr}`,
    );
  }
  if (result.stderr) process.stderr.write(result.stderr);
}

function filesUnder(folder, pattern) {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && pattern.test(entry.name))
    .map((entry) => join(entry.parentPath ?? entry.path, entry.name))
    .sort();
}

/** libc's translation units: every .c and .S of its folders, tests aside. */
function libcSources() {
  return filesUnder(libc, /\.[cS]$/).filter((path) => !relative(libc, path).startsWith("tests"));
}

/** The folder for compiled objects of this state of libc: named by a digest of everything they are made from. */
function cacheFolder() {
  const digest = createHash("sha256");
  digest.update(JSON.stringify([toolchainVersion(), compileFlags, imageFlags]));
  for (const path of filesUnder(libc, /\.([chS]|ld)$/))
    digest.update(path).update(readFileSync(path));
  return join(tmpdir(), `vitrine-libc-${digest.digest("hex").slice(0, 16)}`);
}

/** Compiles libc, once for each state of its sources, and returns the archive's path. */
export function buildLibc() {
  const folder = cacheFolder();
  const archive = join(folder, "libc.a");
  if (existsSync(archive)) return archive;
  const work = `${folder}.${process.pid}`;
  mkdirSync(work, { recursive: true });
  const objects = libcSources().map((source) => {
    const object = join(work, `${relative(libc, source).replaceAll(/[/\\]/g, "_")}.o`);
    run(compiler, [...compileFlags, ...imageFlags, "-Wall", "-Wextra", "-c", source, "-o", object]);
    return object;
  });
  run(archiver, ["rcsD", join(work, "libc.a"), ...objects]);
  for (const object of objects) rmSync(object);
  if (existsSync(folder)) rmSync(work, { recursive: true });
  else renameSync(work, folder);
  return archive;
}

/**
 * Compiles and links C sources into a static riscv64 ELF for Vitrine, and for qemu-riscv64 as well.
 * @param {object} options
 * @param {string[]} options.sources paths of .c and .S files
 * @param {string} options.out path of the program
 * @param {string[]} [options.flags] more compiler flags, such as `-DNAME`, `-Ifolder`, `-O2`
 * @param {boolean} [options.strip] leave out symbols (default true)
 * @throws Error with the compiler's messages
 */
export function compileProgram({ sources, out, flags = [], strip = true }) {
  if (ours !== undefined) {
    runOurs([...ourFlags, ...flags, ...(strip ? ["-s"] : []), ...sources, "-o", out]);
    return;
  }
  const archive = buildLibc();
  mkdirSync(dirname(out), { recursive: true });
  run(compiler, [
    ...compileFlags,
    "-Wall",
    "-Wextra",
    ...flags,
    ...linkFlags,
    ...(strip ? ["-s"] : []),
    ...sources,
    archive,
    "-o",
    out,
  ]);
}

/**
 * Compiles one C source to an object file; options as in compileProgram.
 * @param {{ source: string, out: string, flags?: string[] }} options
 * @throws Error with the compiler's messages
 */
export function compileObject({ source, out, flags = [] }) {
  if (ours !== undefined) {
    runOurs([...ourFlags, ...flags, "-c", source, "-o", out]);
    return;
  }
  mkdirSync(dirname(out), { recursive: true });
  run(compiler, [...compileFlags, "-Wall", "-Wextra", ...flags, "-c", source, "-o", out]);
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) {
  const [command, ...args] = process.argv.slice(2);
  if (command !== "cc" || args.length === 0) {
    console.error("usage: node userland/toolchain.mjs cc FILE.c... [-o PROGRAM] [FLAG...]");
    process.exitCode = 2;
  } else {
    const at = args.indexOf("-o");
    const out = at < 0 ? "a.out" : args.splice(at, 2)[1];
    const sources = args.filter((arg) => /\.[cS]$/.test(arg));
    compileProgram({ sources, out, flags: args.filter((arg) => !sources.includes(arg)) });
    console.log(`${out}: ${statSync(out).size} bytes`);
  }
}
