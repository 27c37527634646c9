// Our own compiler as the toolchain calls it: dist/cc.mjs, in this process or, for many sources, in workers. The build makes it
// before anything needs it.
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

import { createPool } from "./compiler-pool.mjs";

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

/** Runs `cc` with these words. */
export const runCompiler = (words) => required().cc(words);

/**
 * libc.a, for who links in the guest.
 * @returns {Uint8Array}
 */
export const libcArchive = () => required().libcArchive("no-relax");

/** @typedef {{ source: string, out: string, flags: string[] }} ObjectJob */
/** @typedef {{ sources: string[], out: string, flags: string[], strip: boolean }} ProgramJob */

/** @param {ProgramJob} job */
const programCommand = ({ sources, out, flags, strip }) => [
  ...compileFlags,
  ...flags,
  ...(strip ? ["-s"] : []),
  ...sources,
  "-o",
  out,
];

/** @param {ObjectJob} job */
const objectCommand = ({ source, out, flags }) => [
  ...compileFlags,
  ...flags,
  "-c",
  source,
  "-o",
  out,
];

function run(words) {
  const { status, messages } = runCompiler(words);
  if (status !== 0)
    throw new Error(`cc ${words.filter((word) => /\.[cSo]$/.test(word)).join(" ")}\n${messages}`);
  if (messages) process.stderr.write(messages);
}

/** @param {ProgramJob} job */
export const compileProgram = (job) => run(programCommand(job));

/** @param {ObjectJob} job */
export const compileObject = (job) => run(objectCommand(job));

/**
 * Many of them, side by side.
 * @param {{ objects: ObjectJob[], programs: ProgramJob[], guestLibc: boolean }} jobs programs may be of the objects
 */
export async function compileAll({ objects, programs, guestLibc }) {
  const work = mkdtempSync(join(tmpdir(), "vitrine-libc-"));
  const pool = createPool();
  const runAll = async (commands) => {
    for (const messages of await pool.run(commands)) process.stderr.write(messages);
  };
  try {
    const libc = required().libcToMake(guestLibc ? ["relax", "no-relax"] : ["relax"], work);
    const [compile, assemble] = libc.rounds;
    await runAll([...compile, ...objects.map(objectCommand)]);
    await runAll(assemble);
    libc.archive();
    await runAll(programs.map(programCommand));
  } finally {
    await pool.close();
    rmSync(work, { recursive: true });
  }
}
