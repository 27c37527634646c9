// How C becomes a program for Vitrine, in one place: by our own compiler (userland/cc), which needs nothing but Node, or by
// riscv64-linux-gnu-gcc, which is the oracle where it is installed. Whoever compiles a guest program (the image, the
// conformance programs, a test) does it through here. VITRINE_CC=gcc makes gcc the one that is taken when nothing is said.
// For developers: `node userland/toolchain.mjs cc FILE.c... -o PROGRAM`.
import { mkdirSync, statSync } from "node:fs";
import { dirname } from "node:path";
import { pathToFileURL } from "node:url";

import * as gcc from "./toolchain-gcc.mjs";
import * as ours from "./toolchain-ours.mjs";

/** @typedef {"ours" | "gcc"} Maker */

/** @type {Readonly<Record<Maker, typeof gcc | typeof ours>>} */
const toolchains = { ours, gcc };

/** @type {Maker} */
const chosen = toMaker(process.env.VITRINE_CC ?? "ours");

/** @returns {Maker} */
function toMaker(name) {
  if (name !== "gcc" && name !== "ours")
    throw new Error(`VITRINE_CC is "gcc" or "ours", not "${name}"`);
  return name;
}

/** Whether gcc is here to compare with. */
export const haveGcc = () => gcc.version() !== undefined;

/** The compilers that can be used here: tests of what they make go through all of them. */
export function makers() {
  return haveGcc() ? /** @type {const} */ (["ours", "gcc"]) : /** @type {const} */ (["ours"]);
}

/**
 * The compiler's first line of `--version`.
 * @param {Maker} [by]
 */
export function compilerVersion(by = chosen) {
  return toolchains[by].version();
}

/**
 * More flags for what is in the image, which every visitor downloads.
 * @param {Maker} [by]
 */
export function imageFlags(by = chosen) {
  return toolchains[by].imageFlags;
}

/**
 * Compiles and links C sources into a static riscv64 ELF for Vitrine, and for qemu-riscv64 as well.
 * @param {object} options
 * @param {string[]} options.sources paths of .c, .S and .o files
 * @param {string} options.out path of the program
 * @param {string[]} [options.flags] more compiler flags, such as `-DNAME`, `-Ifolder`, `-O2`
 * @param {boolean} [options.strip] leave out symbols (default true)
 * @param {Maker} [options.by] the compiler
 * @throws Error with the compiler's messages
 */
export function compileProgram({ sources, out, flags = [], strip = true, by = chosen }) {
  mkdirSync(dirname(out), { recursive: true });
  toolchains[by].compileProgram({ sources, out, flags, strip });
}

/**
 * Compiles one C source to an object file; options as in compileProgram.
 * @param {{ source: string, out: string, flags?: string[], by?: Maker }} options
 * @throws Error with the compiler's messages
 */
export function compileObject({ source, out, flags = [], by = chosen }) {
  mkdirSync(dirname(out), { recursive: true });
  toolchains[by].compileObject({ source, out, flags });
}

/**
 * Many of both, in no order that counts; programs may be of the objects.
 * @param {object} jobs
 * @param {{ source: string, out: string, flags?: string[] }[]} [jobs.objects]
 * @param {{ sources: string[], out: string, flags?: string[], strip?: boolean }[]} [jobs.programs]
 * @param {boolean} [jobs.guestLibc] the guest's libc.a is wanted too, next: our compiler makes it along with the others
 * @param {Maker} [by]
 * @throws Error with the compiler's messages
 */
export async function compileAll({ objects = [], programs = [], guestLibc = false }, by = chosen) {
  for (const { out } of [...objects, ...programs]) mkdirSync(dirname(out), { recursive: true });
  await toolchains[by].compileAll({
    objects: objects.map((job) => ({ flags: [], ...job })),
    programs: programs.map((job) => ({ flags: [], strip: true, ...job })),
    guestLibc,
  });
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
