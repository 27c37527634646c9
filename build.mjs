#!/usr/bin/env node
// The whole build: bundles, page, command line, size budget, checks, tests and the development server.
//
//   node build.mjs [build]        leaves dist/: vitrine.mjs and a static page that any host serves from any folder
//   node build.mjs start          builds, serves dist/ on 127.0.0.1 and rebuilds while you edit
//   node build.mjs check [WHAT…]  types, lint, ranks, dead, format (all unless named; other words filter by path)
//   node build.mjs test           everything: check, unit tests, conformance, end-to-end
//   node build.mjs test:unit [PATH…] [--NODE-TEST-OPTION…]
//
// It needs nothing but Node: packages are imported only after `ensureInstalled`, so that a fresh clone can start here.

import { spawn } from "node:child_process";
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync } from "node:fs";
import { dirname, join, relative, resolve, sep } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

import { projectSources, violations } from "./kernel/ranks-check.mjs";

const root = dirname(fileURLToPath(import.meta.url));
const dist = join(root, "dist");

/** Runs a program with the terminal as its own; resolves to its exit status. */
function run(command, args, options = {}) {
  return new Promise((done, fail) => {
    const child = spawn(command, args, { cwd: root, stdio: "inherit", ...options });
    child.on("error", fail);
    child.on("close", (code, signal) => done(signal === null ? code : 1));
  });
}

/** Runs a program and collects what it prints. */
function capture(command, args) {
  return new Promise((done, fail) => {
    const child = spawn(command, args, { cwd: root, stdio: ["ignore", "pipe", "pipe"] });
    let output = "";
    child.stdout.on("data", (chunk) => (output += chunk));
    child.stderr.on("data", (chunk) => (output += chunk));
    child.on("error", fail);
    child.on("close", (code) => done({ code, output }));
  });
}

/** The installed program of a package, run by this Node: no shell, the same on every system. */
function tool(packageName, bin) {
  const directory = join(root, "node_modules", packageName);
  const manifest = JSON.parse(readFileSync(join(directory, "package.json"), "utf8"));
  const path = typeof manifest.bin === "string" ? manifest.bin : manifest.bin[bin];
  return join(directory, path);
}

/** Installs what the lockfile names, if it is not there or older than the lockfile. */
async function ensureInstalled() {
  const marker = join(root, "node_modules", ".package-lock.json");
  const lock = join(root, "package-lock.json");
  if (existsSync(marker) && statSync(marker).mtimeMs >= statSync(lock).mtimeMs) return;
  console.log("Installing packages (npm ci) …");
  const npm = process.env.npm_execpath;
  const args = ["ci", "--no-fund", "--no-audit"];
  const code = npm?.endsWith(".js")
    ? await run(process.execPath, [npm, ...args])
    : await run(process.platform === "win32" ? "npm.cmd" : "npm", args, {
        shell: process.platform === "win32",
      });
  if (code !== 0) throw new Failure("npm ci failed");
}

/** A failure that a person has already been told about: no stack trace. */
class Failure extends Error {}

// ---------------------------------------------------------------------------------------------------------------------
// Bundles

/** Options that every bundle shares. */
const common = {
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

/** Lets bundled code keep asking where its source is: tests read fixtures that sit beside them. */
const sourceLocation = {
  name: "source-location",
  setup(build) {
    build.onLoad({ filter: /\.tsx?$/ }, ({ path }) => {
      const text = readFileSync(path, "utf8");
      if (!text.includes("import.meta.") || path.includes(`${sep}node_modules${sep}`)) return null;
      const contents = text
        .replaceAll("import.meta.url", JSON.stringify(pathToFileURL(path).href))
        .replaceAll("import.meta.dirname", JSON.stringify(dirname(path)))
        .replaceAll("import.meta.filename", JSON.stringify(path));
      return { contents, loader: path.endsWith("x") ? "tsx" : "ts" };
    });
  },
};

/** Bundles programs that Node runs from the source tree (tests, bench, recorders) into a folder of their own. */
async function bundleForNode(entryPoints) {
  const esbuild = await import("esbuild");
  const outdir = join(root, "node_modules", ".cache", "vitrine", String(process.pid));
  mkdirSync(outdir, { recursive: true });
  process.on("exit", () => rmSync(outdir, { recursive: true, force: true }));
  await esbuild.build({
    ...common,
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

/** Bundles one program of the source tree and runs it with Node. */
async function runProgram(entry, args) {
  await ensureInstalled();
  if (!existsSync(join(root, entry))) throw new Failure(`${entry} does not exist`);
  const [bundled] = await bundleForNode([entry]);
  const code = await run(process.execPath, ["--enable-source-maps", bundled, ...args]);
  if (code !== 0) throw new Failure(`${entry} ended with status ${code}`);
}

// ---------------------------------------------------------------------------------------------------------------------
// Checks

function sourceFiles(pattern, tops = ["kernel", "userland", "web", "e2e"]) {
  return tops.flatMap((top) => {
    if (!existsSync(join(root, top))) return [];
    return readdirSync(join(root, top), { recursive: true })
      .map((path) => `${top}/${path.split(sep).join("/")}`)
      .filter((path) => pattern.test(path));
  });
}

async function checkTypes() {
  const projects = ["kernel", "kernel-node", "web", "e2e"].map((name) => `tsconfig.${name}.json`);
  const tsc = tool("typescript", "tsc");
  const results = await Promise.all(
    projects.map((project) => capture(process.execPath, [tsc, "-p", project, "--pretty", "false"])),
  );
  // A project whose folder has no source yet is not a mistake.
  const output = [...new Set(results.flatMap((result) => result.output.split("\n")))]
    .filter((line) => !line.includes("TS18003"))
    .join("\n");
  return { code: output.trim() === "" ? 0 : 1, output };
}

function checkRanks() {
  const lines = violations(projectSources(root));
  return { code: lines.length === 0 ? 0 : 1, output: lines.join("\n") };
}

const checks = {
  types: checkTypes,
  lint: () =>
    capture(process.execPath, [tool("oxlint", "oxlint"), "--deny-warnings", "--format=unix"]),
  ranks: checkRanks,
  dead: () => capture(process.execPath, [tool("knip", "knip"), "--no-progress"]),
  format: () => capture(process.execPath, [tool("oxfmt", "oxfmt"), "--check", "."]),
};

/** Words that name checks choose them; other words keep only the lines that contain one of them. */
async function check(args) {
  await ensureInstalled();
  const chosen = Object.keys(checks).filter((name) => args.includes(name));
  const filters = args.filter((word) => !(word in checks));
  const failed = [];
  for (const name of chosen.length > 0 ? chosen : Object.keys(checks)) {
    const began = performance.now();
    const { code, output } = await checks[name]();
    const seconds = ((performance.now() - began) / 1000).toFixed(1);
    console.log(`${code === 0 ? "ok    " : "FAILED"} ${name} (${seconds} s)`);
    if (code === 0) continue;
    failed.push(name);
    const lines = output.trimEnd().split("\n");
    const wanted = (line) => filters.length === 0 || filters.some((word) => line.includes(word));
    console.log(lines.filter(wanted).join("\n"));
  }
  if (failed.length > 0) throw new Failure(`check: ${failed.join(", ")} failed`);
}

// ---------------------------------------------------------------------------------------------------------------------
// Tests

async function testUnit(args) {
  await ensureInstalled();
  const options = args.filter((word) => word.startsWith("--"));
  const filters = args.filter((word) => !word.startsWith("--"));
  const files = sourceFiles(/\.test\.tsx?$/, ["kernel", "userland", "web"]).filter(
    (path) => filters.length === 0 || filters.some((word) => path.includes(word)),
  );
  if (files.length === 0) throw new Failure(`no test file matches ${filters.join(" ")}`);
  const bundled = await bundleForNode(files);
  const code = await run(process.execPath, [
    "--enable-source-maps",
    "--test",
    "--test-reporter=spec",
    ...options,
    ...bundled,
  ]);
  if (code !== 0) throw new Failure("unit tests failed");
}

// ---------------------------------------------------------------------------------------------------------------------

const commands = {
  check,
  "test:unit": testUnit,
  bench: (args) => runProgram("e2e/bench/main.ts", args),
  conformance: (args) => runProgram("e2e/conformance/run.ts", args),
  "conformance:record": (args) => runProgram("e2e/conformance/record.ts", args),
  "fuzz:cpu": (args) => runProgram("kernel/cpu/fuzz/main.ts", args),
  format: async () => {
    await ensureInstalled();
    await run(process.execPath, [tool("oxfmt", "oxfmt"), "."]);
  },
};

const [name = "build", ...args] = process.argv.slice(2);
const command = commands[name];
if (command === undefined) {
  console.error(
    `build.mjs: no such command: ${name} (there are: ${Object.keys(commands).join(", ")})`,
  );
  process.exit(2);
}
try {
  await command(args);
} catch (error) {
  console.error(error instanceof Failure ? `\n${error.message}` : error);
  process.exitCode = 1;
}
