// Our own compiler as the toolchain calls it: dist/cc.mjs, in this process. The build makes it before anything needs it.
import { existsSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

const userland = dirname(fileURLToPath(import.meta.url));

/** The bundle of userland/cc for Node: what it makes is known by these bytes and the sources. */
export const compilerPath = join(userland, "..", "dist", "cc.mjs");

// Asked for by an address that bundlers do not follow: a bundled test takes the compiler that is there when it runs.
const compiler = existsSync(compilerPath)
  ? await import(pathToFileURL(compilerPath).href)
  : undefined;

function required() {
  if (compiler === undefined) throw new Error("dist/cc.mjs is missing: run `node build.mjs` first");
  return compiler;
}

/** It knows the machine and its libc by itself. */
const compileFlags = ["-Os", "-ffunction-sections", `-ffile-prefix-map=${userland}/=`];

/** @type {string[]} */
export const imageFlags = [];

/** @returns {string} */
export const version = () => required().version;

function run(args) {
  const { status, messages } = required().cc(args);
  if (status !== 0)
    throw new Error(`cc ${args.filter((arg) => /\.[cSo]$/.test(arg)).join(" ")}\n${messages}`);
  if (messages) process.stderr.write(messages);
}

/**
 * libc.a, for who links in the guest.
 * @returns {Uint8Array}
 */
export const libcArchive = () => required().libcArchive("no-relax");

/** @param {{ sources: string[], out: string, flags: string[], strip: boolean }} options */
export function compileProgram({ sources, out, flags, strip }) {
  run([...compileFlags, ...flags, ...(strip ? ["-s"] : []), ...sources, "-o", out]);
}

/** @param {{ source: string, out: string, flags: string[] }} options */
export function compileObject({ source, out, flags }) {
  run([...compileFlags, ...flags, "-c", source, "-o", out]);
}
