// What every command of the build needs: where the project is, its installed tools, child processes, and bundles of
// programs that Node runs straight from the source tree.

import { spawn } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, statSync } from "node:fs";
import { dirname, join, relative, resolve, sep } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

export const root = join(dirname(fileURLToPath(import.meta.url)), "..", "..");
export const dist = join(root, "dist");

/** A failure that says all a person needs: no stack trace. */
export class Failure extends Error {}

/**
 * Runs a program with the terminal as its own; resolves to its exit status.
 * @param {string} command
 * @param {string[]} args
 * @param {import("node:child_process").SpawnOptions} [options]
 * @returns {Promise<number>}
 */
export function run(command, args, options = {}) {
  return new Promise((done, fail) => {
    const child = spawn(command, args, { cwd: root, stdio: "inherit", ...options });
    child.on("error", fail);
    child.on("close", (code) => done(code ?? 1));
  });
}

/**
 * Runs a program and collects what it prints on both streams.
 * @param {string} command
 * @param {string[]} args
 * @param {{ show?: boolean, seconds?: number, env?: NodeJS.ProcessEnv }} [options] `show` prints it meanwhile, too; after
 *   `seconds` the program is killed
 * @returns {Promise<{ code: number, output: string }>}
 */
export function capture(command, args, { show = false, seconds = 0, env = process.env } = {}) {
  return new Promise((done, fail) => {
    // A group of its own: a test that never ends must die with its runner, whoever ends that.
    const detached = process.platform !== "win32";
    const child = spawn(command, args, {
      cwd: root,
      env,
      detached,
      stdio: ["ignore", "pipe", "pipe"],
    });
    const kill = () => {
      try {
        if (detached && child.pid !== undefined) process.kill(-child.pid, "SIGKILL");
        else child.kill("SIGKILL");
      } catch {
        // It has ended by itself.
      }
    };
    const interrupted = () => {
      kill();
      process.exit(130);
    };
    const signals = /** @type {const} */ (["SIGINT", "SIGTERM", "SIGHUP"]);
    for (const signal of signals) process.once(signal, interrupted);
    let output = "";
    let timer;
    if (seconds > 0) {
      timer = setTimeout(() => {
        output += `\nkilled after ${seconds} seconds\n`;
        kill();
      }, seconds * 1000);
    }
    for (const stream of ["stdout", "stderr"]) {
      child[stream].setEncoding("utf8").on("data", (chunk) => {
        output += chunk;
        if (show) process[stream].write(chunk);
      });
    }
    child.on("error", fail);
    child.on("close", (code) => {
      clearTimeout(timer);
      for (const signal of signals) process.off(signal, interrupted);
      done({ code: code ?? 1, output });
    });
  });
}

/** The script of an installed package's program, to be run by this Node: no shell, the same on every system. */
export function tool(packageName, name = packageName) {
  const directory = join(root, "node_modules", packageName);
  const { bin } = JSON.parse(readFileSync(join(directory, "package.json"), "utf8"));
  return join(directory, typeof bin === "string" ? bin : bin[name]);
}

/** Installs what the lockfile names, if it is not there or older than the lockfile. */
export async function ensureInstalled() {
  const marker = statSync(join(root, "node_modules", ".package-lock.json"), {
    throwIfNoEntry: false,
  });
  if (marker && marker.mtimeMs >= statSync(join(root, "package-lock.json")).mtimeMs) return;
  console.log("Installing packages (npm ci) …");
  const npm = process.env.npm_execpath;
  const args = ["ci", "--no-fund", "--no-audit"];
  const isWindows = process.platform === "win32";
  const code = npm?.endsWith(".js")
    ? await run(process.execPath, [npm, ...args])
    : await run(isWindows ? "npm.cmd" : "npm", args, { shell: isWindows });
  if (code !== 0) throw new Failure("npm ci failed");
}

/** Paths (relative to the root, with `/`) of files under `tops` that match. */
export function sourceFiles(pattern, tops) {
  return tops
    .filter((top) => existsSync(join(root, top)))
    .flatMap((top) =>
      readdirSync(join(root, top), { recursive: true }).map(
        (path) => `${top}/${path.split(sep).join("/")}`,
      ),
    )
    .filter((path) => pattern.test(path))
    .toSorted();
}

/**
 * Options that every bundle shares.
 * @satisfies {import("esbuild").BuildOptions}
 */
export const commonOptions = {
  absWorkingDir: root,
  bundle: true,
  format: "esm",
  target: "es2023",
  jsx: "automatic",
  jsxImportSource: "preact",
  charset: "utf8",
  legalComments: "none",
  logLevel: "warning",
};

/** Put together here, because this file is bundled too and must not replace its own words. */
const meta = (/** @type {string} */ name) => ["import", "meta", name].join(".");

/** Lets bundled code keep asking where its source is: tests read fixtures that sit beside them. */
const sourceLocation = {
  name: "source-location",
  setup(build) {
    build.onLoad({ filter: /\.(tsx?|mjs)$/ }, ({ path }) => {
      const text = readFileSync(path, "utf8");
      if (!text.includes("import.meta.") || path.includes(`${sep}node_modules${sep}`)) return null;
      const contents = text
        .replaceAll(meta("url"), JSON.stringify(pathToFileURL(path).href))
        .replaceAll(meta("dirname"), JSON.stringify(dirname(path)))
        .replaceAll(meta("filename"), JSON.stringify(path));
      return { contents, loader: path.endsWith("mjs") ? "js" : path.endsWith("x") ? "tsx" : "ts" };
    });
  },
};

/**
 * Bundles programs that Node runs from the source tree (tests, bench, recorders) into a folder of this process's own.
 * @param {string[]} entryPoints paths relative to the root
 * @returns {Promise<string[]>} the bundles' absolute paths, in the same order
 */
export async function bundleForNode(entryPoints) {
  const esbuild = await import("esbuild");
  const outdir = join(root, "node_modules", ".cache", "vitrine", String(process.pid));
  mkdirSync(outdir, { recursive: true });
  process.on("exit", () => rmSync(outdir, { recursive: true, force: true }));
  await esbuild.build({
    ...commonOptions,
    entryPoints,
    outdir,
    outbase: root,
    outExtension: { ".js": ".mjs" },
    platform: "node",
    packages: "external",
    sourcemap: "inline",
    plugins: [sourceLocation],
  });
  return entryPoints.map((entry) =>
    join(outdir, relative(root, resolve(root, entry)).replace(/\.tsx?$/, ".mjs")),
  );
}

/**
 * Bundles one program of the source tree and says how to run it with Node.
 * @param {string} entry path relative to the root
 * @param {string[]} args
 * @returns {Promise<string[]>} arguments for Node
 */
export async function programArguments(entry, args) {
  if (!existsSync(join(root, entry))) throw new Failure(`${entry} does not exist`);
  return ["--enable-source-maps", ...(await bundleForNode([entry])), ...args];
}
