#!/usr/bin/env node
// The whole build: bundles, page, command line, size budget, checks, tests and the development server.
//
//   node build.mjs [build]          leaves dist/: vitrine.mjs and a static page that any host serves from any folder
//   node build.mjs start            builds, serves dist/ on 127.0.0.1 (PORT, else 4173) and rebuilds while you edit
//   node build.mjs check [WORD…]    types, lint, ranks, headers, dead, format: all, or those named; other words filter
//   node build.mjs test             everything: check, unit tests, conformance, end-to-end
//   node build.mjs test:unit [PATH…] [--NODE-TEST-OPTION…]
//   node build.mjs test:e2e [PLAYWRIGHT-ARGUMENT…]
//   node build.mjs soak [MINUTES]   memory beyond RAM, verified for five minutes
//   node build.mjs bench | conformance | conformance:record | fuzz:cpu | screenshot | format
//
// It needs nothing but Node: packages are imported only after `ensureInstalled`, so that a fresh clone can start here.

import {
  chmodSync,
  cpSync,
  existsSync,
  readFileSync,
  readdirSync,
  rmSync,
  watch,
  writeFileSync,
} from "node:fs";
import { join, relative } from "node:path";
import { gzipSync } from "node:zlib";

import { check } from "./e2e/tools/check.mjs";
import {
  Failure,
  commonOptions,
  dist,
  ensureInstalled,
  programArguments,
  root,
  run,
  tool,
} from "./e2e/tools/project.mjs";
import { splitImage } from "./e2e/tools/split-image.mjs";
import { addressOf, listen, serveFile } from "./e2e/tools/static-server.mjs";
import { testAll, testConformance, testEndToEnd, testUnit } from "./e2e/tools/test.mjs";
import { projectSources, violations } from "./kernel/ranks-check.mjs";
import { guestHeaders } from "./userland/guest-headers.mjs";

/** What a visitor downloads before the prompt, gzipped, in bytes. */
const FIRST_LOAD_BUDGET = 250_000;

/** The image of the guest's root file system, in bytes. Half of it is the libc for who compiles, which comes after the prompt. */
const IMAGE_BUDGET = 1_400_000;

const image = join(root, "userland", "image.cpio");

/**
 * The bundles of dist/. The page is split, so that what the prompt does not need can come after it.
 * @returns {Record<"page" | "kernelWorker" | "storageWorker" | "compilerWorker" | "nodeCompilerWorker" | "commandLine" | "compiler", import("esbuild").BuildOptions & { metafile: true }>}
 */
function bundles() {
  const shared = /** @type {const} */ ({ ...commonOptions, outdir: dist, metafile: true });
  return {
    page: {
      ...shared,
      entryPoints: {
        main: "web/main.ts",
        panels: "web/panels/all.css",
        editor: "web/editor/editor.css",
      },
      platform: "browser",
      minify: true,
      sourcemap: "linked",
      splitting: true,
      // What is loaded late has the name of its entry: app-…, pane-…, faults-…; what several need, chunk-….
      chunkNames: "[name]-[hash]",
      loader: { ".svg": "text", ".woff2": "file" },
    },
    kernelWorker: {
      ...shared,
      entryPoints: { "kernel-worker": "kernel/boot/kernel-worker.ts" },
      platform: "browser",
      minify: true,
      sourcemap: "linked",
      splitting: true,
      chunkNames: "kernel-[hash]",
    },
    // The kernel's worker starts it by its name, after the prompt.
    storageWorker: {
      ...shared,
      entryPoints: { "storage-worker": "kernel/boot/storage-worker.ts" },
      platform: "browser",
      minify: true,
      sourcemap: "linked",
    },
    // The kernel's worker starts it when a program opens /dev/cc, and the page for its editor.
    compilerWorker: {
      ...shared,
      entryPoints: { "compiler-worker": "userland/cc/driver/worker/main.ts" },
      platform: "browser",
      minify: true,
      sourcemap: "linked",
    },
    // The same for the command line.
    nodeCompilerWorker: {
      ...shared,
      entryPoints: { "compiler-worker": "userland/cc/driver/node/worker.ts" },
      outExtension: { ".js": ".mjs" },
      platform: "node",
    },
    // Whoever reads a kernel panic's stack on the command line should recognize the functions.
    commandLine: {
      ...shared,
      entryPoints: { vitrine: "kernel/boot/node/main.ts" },
      outExtension: { ".js": ".mjs" },
      platform: "node",
      banner: { js: "#!/usr/bin/env node" },
    },
    // The C compiler as a program of Node: for the userland's build, and for who tries it.
    compiler: {
      ...shared,
      entryPoints: { cc: "userland/cc/driver/node/main.ts" },
      outExtension: { ".js": ".mjs" },
      platform: "node",
      banner: { js: "#!/usr/bin/env node" },
    },
  };
}

function enforceRanks() {
  const lines = violations(projectSources(root));
  if (lines.length > 0)
    throw new Failure(`The ranks of kernel/ranks.mjs are broken:\n${lines.join("\n")}`);
}

/** Writes what is not a bundle: the page's frame, static files, the image, the licences. */
function writeStatics(metafiles) {
  cpSync(join(root, "web", "index.html"), join(dist, "index.html"));
  const statics = join(root, "web", "static");
  if (existsSync(statics)) cpSync(statics, dist, { recursive: true });
  writeFileSync(join(dist, "compiler-headers.json"), JSON.stringify(guestHeaders()));
  writeFileSync(join(dist, "LICENSE.txt"), licences(metafiles));
  chmodSync(join(dist, "vitrine.mjs"), 0o755);
  chmodSync(join(dist, "cc.mjs"), 0o755);
}

/**
 * Compiles the guest's programs, unless the image is of these sources, and writes it in two parts: the prompt needs only the
 * first. Our compiler does it, as dist/ has it now.
 */
async function buildImage() {
  const code = await run(process.execPath, ["userland/build-image.mjs", "--if-stale"]);
  if (code !== 0) throw new Failure("The guest's image was not built.");
  const bytes = readFileSync(image);
  if (bytes.length > IMAGE_BUDGET) {
    throw new Failure(`The image has ${bytes.length} bytes; at most ${IMAGE_BUDGET} are allowed.`);
  }
  for (const [part, archive] of Object.entries(splitImage(bytes))) {
    writeFileSync(join(dist, `image-${part}.cpio.gz`), gzipSync(archive, { level: 9 }));
  }
}

/** The project's licence, and those of the packages whose code is inside the bundles. */
function licences(metafiles) {
  const packages = new Set();
  for (const { inputs } of metafiles) {
    for (const input of Object.keys(inputs)) {
      const match = /(?:^|\/)node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(input);
      if (match) packages.add(match[1]);
    }
  }
  const parts = [readFileSync(join(root, "LICENSE"), "utf8")];
  for (const name of [...packages].toSorted()) {
    const folder = join(root, "node_modules", name);
    const { version, license } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
    const file = readdirSync(folder).find((entry) => /^licen[cs]e/i.test(entry));
    const text = file === undefined ? "" : readFileSync(join(folder, file), "utf8");
    parts.push(`${name} ${version} (${license})\n\n${text}`);
  }
  return parts.map((part) => `${part.trim()}\n`).join(`\n${"-".repeat(72)}\n\n`);
}

/** Files of dist/ that a visitor has fetched when the prompt appears: entries and what they import statically. */
function firstLoad(metafiles) {
  const outputs = Object.assign({}, ...metafiles.map((metafile) => metafile.outputs));
  const needed = new Set(["index.html", "image-core.cpio.gz"]);
  const add = (output) => {
    const name = relative(dist, join(root, output));
    if (needed.has(name)) return;
    needed.add(name);
    const { imports, cssBundle } = outputs[output];
    if (cssBundle !== undefined) add(cssBundle);
    for (const { path, kind, external } of imports) {
      if (kind === "import-statement" && !external) add(path);
    }
  };
  add("dist/main.js");
  add("dist/kernel-worker.js");
  return [...needed];
}

const gzipped = (name) => {
  const bytes = readFileSync(join(dist, name));
  return name.endsWith(".gz") ? bytes.length : gzipSync(bytes, { level: 9 }).length;
};

function enforceBudget(metafiles) {
  const kB = (bytes) => `${(bytes / 1000).toFixed(1)} kB`.padStart(9);
  const measure = (names) => {
    let total = 0;
    for (const name of names) {
      const bytes = gzipped(name);
      total += bytes;
      console.log(`${kB(bytes)}  ${name}`);
    }
    return total;
  };
  const first = firstLoad(metafiles);
  const isLater = (name) => /\.(js|json|css|gz)$/.test(name) && !first.includes(name);
  const later = measure(readdirSync(dist).filter(isLater));
  console.log(`${kB(later)}  after the prompt\n`);
  const total = measure(first);
  console.log(`${kB(total)}  first load, gzipped (budget ${FIRST_LOAD_BUDGET / 1000} kB)`);
  if (total > FIRST_LOAD_BUDGET) throw new Failure("The first load is over its budget.");
}

/** Removes what an earlier build left in dist/ and this one did not write. */
function removeStale(metafiles) {
  const statics = existsSync(join(root, "web", "static"))
    ? readdirSync(join(root, "web", "static"))
    : [];
  const kept = new Set([
    "index.html",
    "image-core.cpio.gz",
    "image-rest.cpio.gz",
    "compiler-headers.json",
    "LICENSE.txt",
    ...statics,
  ]);
  for (const { outputs } of metafiles) {
    for (const output of Object.keys(outputs))
      kept.add(relative("dist", output).replace(/\/.*/, ""));
  }
  for (const name of readdirSync(dist)) {
    if (!kept.has(name)) rmSync(join(dist, name), { recursive: true });
  }
}

async function build() {
  await ensureInstalled();
  enforceRanks();
  const esbuild = await import("esbuild");
  const results = await Promise.all(
    Object.values(bundles()).map((options) => esbuild.build(options)),
  );
  const metafiles = results.map(({ metafile }) => metafile);
  removeStale(metafiles);
  writeStatics(metafiles);
  await buildImage();
  enforceBudget(metafiles);
}

// ---------------------------------------------------------------------------------------------------------------------
// The development server

/** The page reloads when it is told to, or when the server that it lost is back. A file: the page allows no other script. */
const RELOAD_SCRIPT = `
const changes = new EventSource("/__reload");
changes.onmessage = () => location.reload();
changes.onopen = () => {
  changes.onopen = () => location.reload();
};
`;

async function start() {
  await ensureInstalled();
  await build();
  const pages = new Set();
  const reload = () => {
    for (const page of pages) page.write("data: reload\n\n");
  };
  const server = await listen(
    (request, response) => {
      if (request.url === "/__reload") {
        response.writeHead(200, {
          "content-type": "text/event-stream",
          "cache-control": "no-store",
        });
        response.write("\n");
        pages.add(response);
        response.on("close", () => pages.delete(response));
        return;
      }
      const { pathname } = new URL(request.url ?? "/", "http://localhost");
      const send = (type, text) => {
        response.writeHead(200, { "content-type": type, "cache-control": "no-store" });
        response.end(text);
      };
      if (pathname === "/__reload.js") return send("text/javascript", RELOAD_SCRIPT);
      if (pathname === "/" || pathname === "/index.html") {
        const html = readFileSync(join(dist, "index.html"), "utf8");
        return send("text/html; charset=utf-8", `${html}<script src="/__reload.js"></script>`);
      }
      serveFile(dist, "/", request, response);
    },
    Number(process.env.PORT ?? 4173),
  );
  console.log(`\nVitrine is at ${addressOf(server)}/ (Ctrl-C ends it)`);
  await rebuildOnChange(reload);
}

/** Rebuilds bundles when their sources change, and copies what is not bundled; calls `changed` after each success. */
async function rebuildOnChange(changed) {
  const esbuild = await import("esbuild");
  for (const [name, options] of Object.entries(bundles())) {
    let isFirst = true;
    const announce = {
      name: "announce",
      setup(context) {
        context.onEnd(({ errors }) => {
          if (isFirst) {
            isFirst = false;
            return;
          }
          if (errors.length > 0) return;
          console.log(`rebuilt: ${name}`);
          changed();
        });
      },
    };
    const context = await esbuild.context({ ...options, plugins: [announce] });
    await context.watch();
  }
  const onChange = (top, pattern, rebuild) => {
    let timer;
    watch(join(root, top), { recursive: true }, (_event, file) => {
      if (file !== null && !pattern.test(file)) return;
      clearTimeout(timer);
      timer = setTimeout(() => {
        Promise.resolve(rebuild()).then(changed, (error) => console.error(error.message));
      }, 100);
    });
  };
  onChange("web", /^index\.html$/, () => {
    cpSync(join(root, "web", "index.html"), join(dist, "index.html"));
  });
  onChange("userland", /\.[chS]$|^etc/, buildImage);
}

// ---------------------------------------------------------------------------------------------------------------------
// Commands

const program = (entry) => async (words) => {
  const code = await run(process.execPath, await programArguments(entry, words));
  if (code !== 0) throw new Failure(`${entry} ended with status ${code}`);
};

const commands = {
  build,
  start,
  check,
  test: () => testAll(build),
  "test:unit": async (words) => {
    await build();
    await testUnit(words);
  },
  "test:e2e": async (words) => {
    await build();
    await testEndToEnd(words);
  },
  conformance: async (words) => {
    await build();
    await testConformance(words);
  },
  "conformance:record": program("e2e/conformance/record.ts"),
  bench: async (words) => {
    await build();
    await program("e2e/bench/main.ts")(words);
  },
  soak: program("e2e/robust/soak.ts"),
  "fuzz:cpu": program("kernel/cpu/fuzz/main.ts"),
  screenshot: async (words) => {
    await build();
    await program("e2e/tools/screenshot.ts")(words);
  },
  format: () => run(process.execPath, [tool("oxfmt"), "."]),
};

const [major = 0, minor = 0] = process.versions.node.split(".").map(Number);
if (major < 20 || (major === 20 && minor < 19)) {
  console.error(`Vitrine needs Node 20.19 or newer; this is ${process.versions.node}`);
  process.exit(2);
}
const [name = "build", ...words] = process.argv.slice(2);
const command = commands[name];
if (command === undefined) {
  console.error(
    `build.mjs: no such command: ${name} (there are: ${Object.keys(commands).join(", ")})`,
  );
  process.exit(2);
}
try {
  await ensureInstalled();
  await command(words);
} catch (error) {
  console.error(error instanceof Failure ? `\n${error.message}` : error);
  process.exitCode = 1;
}
