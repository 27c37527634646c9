// riscv64-linux-gnu-gcc with our own libc, statically linked: the oracle for our own compiler, and for everything that is
// compiled by it. The libc is compiled once for each state of its sources.
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";

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

let known;

/**
 * The compiler's first line of `--version`, or undefined where it is not installed.
 * @returns {string | undefined}
 */
export function version() {
  if (known === undefined) {
    const result = spawnSync(compiler, ["--version"], { encoding: "utf8" });
    known = result.status === 0 ? result.stdout.split("\n")[0].trim() : null;
  }
  return known ?? undefined;
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
  digest.update(JSON.stringify([version(), compileFlags, imageFlags]));
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

/** @param {{ sources: string[], out: string, flags: string[], strip: boolean }} options */
export function compileProgram({ sources, out, flags, strip }) {
  const archive = buildLibc();
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

/** @param {{ source: string, out: string, flags: string[] }} options */
export function compileObject({ source, out, flags }) {
  run(compiler, [...compileFlags, "-Wall", "-Wextra", ...flags, "-c", source, "-o", out]);
}

/** @param {{ objects: Parameters<typeof compileObject>[0][], programs: Parameters<typeof compileProgram>[0][] }} jobs */
export async function compileAll({ objects, programs }) {
  for (const job of objects) compileObject(job);
  for (const job of programs) compileProgram(job);
}
