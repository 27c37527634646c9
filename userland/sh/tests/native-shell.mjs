// The shell as a program of this computer, with gcc's sanitizers: what no guest would notice (a byte read behind a string, an
// overflow) ends it here. For fuzz.mjs and leaks.mjs.
import { spawnSync } from "node:child_process";
import { readdirSync } from "node:fs";
import { join } from "node:path";

const folder = join(import.meta.dirname, "..");

/**
 * @param {string} out path of the program
 * @param {readonly string[]} flags for example ["-fsanitize=address,undefined"]
 */
export function buildNativeShell(out, flags) {
  const sources = readdirSync(folder)
    .filter((name) => name.endsWith(".c"))
    .map((name) => join(folder, name));
  const shim = ["-include", join(import.meta.dirname, "native.h")];
  const common = ["-std=gnu11", "-D_GNU_SOURCE", "-funsigned-char", "-g", "-O1", "-w"];
  const result = spawnSync("gcc", [...common, ...flags, ...shim, ...sources, "-o", out], {
    encoding: "utf8",
  });
  if (result.error) throw result.error;
  if (result.status !== 0) throw new Error(result.stderr);
}
