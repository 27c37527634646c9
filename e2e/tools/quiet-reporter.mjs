// A reporter for `node --test` that says what failed, what was not run and why, and how many tests passed: what a person
// needs of a long run.

import { relative } from "node:path";

/** The error as the test meant it: node wraps what a test throws in an error of its own. */
function describe(error) {
  const cause = error?.cause ?? error;
  const text = cause?.stack ?? String(cause);
  return text.replace(/^/gm, "    ");
}

/** @param {AsyncIterable<{ type: string, data: any }>} source */
export default async function* quietReporter(source) {
  const totals = { pass: 0, fail: 0, cancelled: 0, skipped: 0, todo: 0 };
  let milliseconds = 0;
  /** Names by the reason why they were not run: an oracle that is not installed (userland/oracles.mjs). */
  const notRun = new Map();
  for await (const { type, data } of source) {
    if (type === "test:fail" && data.details.error?.failureType !== "subtestsFailed") {
      const file = data.file === undefined ? "" : relative(process.cwd(), data.file);
      const place =
        file === "" ? "" : ` (${file.replace(/^node_modules\/\.cache\/vitrine\/\d+\//, "")})`;
      yield `\n✖ ${data.name}${place}\n${describe(data.details.error)}\n`;
    } else if (type === "test:pass" && data.skip !== undefined) {
      const reason = String(data.skip);
      notRun.set(reason, [...(notRun.get(reason) ?? []), data.name]);
    } else if (type === "test:stdout" || type === "test:stderr") {
      yield data.message;
    } else if (type === "test:diagnostic" && data.nesting === 0) {
      const [name, value] = data.message.split(" ");
      if (name in totals) totals[name] = Number(value);
      if (name === "duration_ms") milliseconds = Number(value);
    }
  }
  for (const [reason, names] of notRun)
    yield `not run, because it ${reason}:\n${names.map((name) => `    ${name}\n`).join("")}`;
  const failed = totals.fail + totals.cancelled;
  const rest = [
    totals.skipped > 0 ? `, ${totals.skipped} not run` : "",
    totals.todo > 0 ? `, ${totals.todo} to do` : "",
  ].join("");
  yield `unit tests: ${totals.pass} passed, ${failed} failed${rest} (${(milliseconds / 1000).toFixed(1)} s)\n`;
}
