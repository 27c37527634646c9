// `npm test` and its parts. Each part is a program whose own last word is believed: `N passed` and `M failed` as it
// printed them, and its exit status.

import { availableParallelism } from "node:os";
import { ensureChromium } from "./chromium.mjs";
import { check } from "./check.mjs";
import {
  Failure,
  bundleForNode,
  capture,
  dist,
  programArguments,
  sourceFiles,
  tool,
} from "./project.mjs";
import { serveFolder } from "./static-server.mjs";

/** No part may hang a machine that nobody watches. */
const PART_SECONDS = 900;

/** The last `N passed` and `N failed` of a report; the colours are off where the output is not a terminal. */
function counts(output) {
  const last = (pattern) => Number([...output.matchAll(pattern)].at(-1)?.[1] ?? 0);
  return { passed: last(/(\d+) passed/g), failed: last(/(\d+) failed/g) };
}

async function runCounted(args, env = process.env) {
  const { code, output } = await capture(process.execPath, args, {
    show: true,
    seconds: PART_SECONDS,
    env,
  });
  const { passed, failed } = counts(output);
  return { passed, failed: code === 0 ? failed : Math.max(failed, 1) };
}

/**
 * @param {string[]} words paths filter the test files; words with two dashes are options of `node --test`
 */
async function unitTests(words) {
  const options = words.filter((word) => word.startsWith("--"));
  const filters = words.filter((word) => !word.startsWith("--"));
  const files = sourceFiles(/\.test\.tsx?$/, ["kernel", "userland", "web", "e2e"]).filter(
    (path) => filters.length === 0 || filters.some((word) => path.includes(word)),
  );
  if (files.length === 0) throw new Failure(`no test file matches ${filters.join(" ")}`);
  const reporter = options.some((word) => word.startsWith("--test-reporter"))
    ? []
    : ["--test-reporter=./e2e/tools/quiet-reporter.mjs"];
  const bundles = await bundleForNode(files);
  // Node leaves one processor free if nothing is said: half of them on a small machine.
  const atOnce = `--test-concurrency=${availableParallelism()}`;
  return runCounted([
    "--enable-source-maps",
    "--test",
    atOnce,
    ...reporter,
    ...options,
    ...bundles,
  ]);
}

async function conformance(words) {
  return runCounted(await programArguments("e2e/conformance/run.ts", words));
}

/** The page is served from a folder of its own, as a school's web space would: nothing may depend on the address. */
async function endToEnd(words) {
  const { url, close } = await serveFolder(dist, { under: "/some/folder/" });
  try {
    const config = ["-c", "e2e/playwright.config.ts"];
    return await runCounted([tool("playwright"), "test", ...config, ...words], {
      ...process.env,
      VITRINE_URL: url,
      CHROMIUM_PATH: await ensureChromium(),
    });
  } finally {
    close();
  }
}

function failIfAny({ failed }, what) {
  if (failed > 0) throw new Failure(`${what}: ${failed} failed`);
}

export async function testUnit(words) {
  failIfAny(await unitTests(words), "unit tests");
}

export async function testConformance(words) {
  failIfAny(await conformance(words), "conformance");
}

export async function testEndToEnd(words) {
  failIfAny(await endToEnd(words), "end to end");
}

/**
 * Everything. Later parts run even if earlier ones failed, so that one run tells all.
 * @param {() => Promise<void>} build
 */
export async function testAll(build) {
  const parts = {
    build: () => build(),
    check: () => check([]),
    "unit tests": () => unitTests([]),
    conformance: () => conformance([]),
    "end to end": () => endToEnd([]),
  };
  await ensureChromium();
  const summary = [];
  const total = { passed: 0, failed: 0 };
  for (const [name, part] of Object.entries(parts)) {
    console.log(`\n── ${name}`);
    const began = performance.now();
    let result;
    try {
      result = await part();
    } catch (error) {
      console.error(error instanceof Failure ? error.message : error);
      result = { passed: 0, failed: 1 };
    }
    const seconds = ((performance.now() - began) / 1000).toFixed(1);
    const { passed, failed } = result ?? { passed: 0, failed: 0 };
    total.passed += passed;
    total.failed += failed;
    const verdict = failed === 0 ? "ok    " : "FAILED";
    const tests = result === undefined ? "" : `: ${passed} passed, ${failed} failed`;
    summary.push(`${verdict} ${name}${tests} (${seconds} s)`);
  }
  console.log(
    `\n── summary\n${summary.join("\n")}\n${total.passed} passed, ${total.failed} failed`,
  );
  if (total.failed > 0) process.exitCode = 1;
}
