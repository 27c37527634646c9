// `npm run check`: what can be known without running anything, in seconds.

import { projectSources, violations } from "../../kernel/ranks-check.mjs";
import { Failure, capture, root, tool } from "./project.mjs";

async function types() {
  const projects = ["kernel", "kernel-node", "web", "e2e", "tools"].map(
    (name) => `tsconfig.${name}.json`,
  );
  const results = await Promise.all(
    projects.map((project) => node(tool("typescript", "tsc"), "-p", project, "--pretty", "false")),
  );
  // One source may belong to several projects: say once what is wrong with it.
  const lines = new Set(results.flatMap(({ output }) => output.split("\n")));
  return { code: Math.max(...results.map(({ code }) => code)), output: [...lines].join("\n") };
}

function node(...args) {
  return capture(process.execPath, args);
}

function ranks() {
  const lines = violations(projectSources(root));
  return { code: lines.length === 0 ? 0 : 1, output: lines.join("\n") };
}

const checks = {
  types,
  lint: () => node(tool("oxlint"), "--deny-warnings", "--format=unix"),
  ranks,
  // The libc's headers are generated from kernel/abi and committed: they must say the same.
  headers: () => node("userland/libc/generate-headers.mjs", "--check"),
  dead: () => node(tool("knip"), "--no-progress", "--treat-config-hints-as-errors"),
  format: () => node(tool("oxfmt"), "--check", "."),
};

/**
 * Runs the checks.
 * @param {string[]} words names of checks choose them; of the findings only lines that contain one of the other words are shown
 */
export async function check(words) {
  const chosen = Object.keys(checks).filter((name) => words.includes(name));
  const filters = words.filter((word) => !(word in checks));
  const failed = [];
  for (const name of chosen.length > 0 ? chosen : Object.keys(checks)) {
    const began = performance.now();
    const { code, output } = await checks[name]();
    const seconds = ((performance.now() - began) / 1000).toFixed(1);
    console.log(`${code === 0 ? "ok    " : "FAILED"} ${name} (${seconds} s)`);
    if (code === 0) continue;
    failed.push(name);
    const isWanted = (line) => filters.length === 0 || filters.some((word) => line.includes(word));
    console.log(output.trimEnd().split("\n").filter(isWanted).join("\n"));
  }
  if (failed.length > 0) throw new Failure(`check: ${failed.join(", ")} failed`);
}
