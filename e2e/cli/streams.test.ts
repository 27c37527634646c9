// The command line's standard streams and exit status are those of the program inside.

import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { test } from "node:test";

import { run, sh, start, vitrine } from "./vitrine.ts";

test("output, error output and status come through", async () => {
  const ended = await sh("echo out; echo err >&2; exit 3");
  assert.deepEqual(ended, { code: 3, signal: null, stdout: "out\n", stderr: "err\n" });
});

test("the status of a program that a signal ended is 128 + n", async () => {
  for (const [command, status] of [
    ["crash null", 139],
    ["crash illegal", 132],
    ["crash abort", 134],
    ["kill -TERM $$", 143],
    ["kill -KILL $$", 137],
    ["exec crash trap", 133],
  ] as const) {
    assert.equal((await sh(command)).code, status, command);
  }
});

test("five megabytes of standard input arrive whole", async () => {
  const input = randomBytes(5 << 20);
  assert.equal((await sh("wc -c", { input })).stdout.trim(), String(input.length));
  const words = [vitrine, "-c", "cat"];
  // Compared as text of one byte a character, because `start` decodes UTF-8.
  const hexadecimal = input.subarray(0, 1 << 20).toString("hex");
  const { stdout, code } = await start(process.execPath, words, { input: hexadecimal });
  assert.equal(code, 0);
  assert.equal(stdout === hexadecimal, true, `${stdout.length} bytes came back`);
});

test("five megabytes of standard output leave whole", async () => {
  const { stdout } = await sh("head -c 5242880 /dev/zero");
  assert.equal(stdout.length, 5 << 20);
});

test("a program that does not read its input ends all the same", async () => {
  const { stdout, code } = await sh("head -c 3; echo", { input: "abc".repeat(1 << 20) });
  assert.deepEqual({ stdout, code }, { stdout: "abc\n", code: 0 });
});

test("a reader that goes away ends it quietly and soon", async () => {
  const command = `"${process.execPath}" "${vitrine}" -c yes | head -n 1`;
  const ended = await start("sh", ["-c", command]);
  assert.deepEqual(ended, { code: 0, signal: null, stdout: "y\n", stderr: "" });
});

test("without words, a script comes from standard input", async () => {
  const { stdout, code } = await run([], { input: "x=4\necho $((x * 10 + 2))\nexit 5\n" });
  assert.deepEqual({ stdout, code }, { stdout: "42\n", code: 5 });
});

test("text beyond ASCII goes in and comes out as UTF-8", async () => {
  const { stdout } = await sh("echo 'grüße €'; cat", { input: "naïve\n" });
  assert.equal(stdout, "grüße €\nnaïve\n");
});

test("what background programs leave behind does not keep it alive", async () => {
  const { code, stdout } = await sh("sleep 1000 & spin & echo done");
  assert.deepEqual({ code, stdout }, { code: 0, stdout: "done\n" });
});

test("a background program that never stops writing does not keep it alive", async () => {
  const { code } = await sh("yes & sleep 0.1; exit 4");
  assert.equal(code, 4);
});

test("the host's Ctrl-C ends it", async () => {
  const ended = await sh("echo ready; spin", {
    onOutput: (text, kill) => {
      if (text.includes("ready")) kill("SIGINT");
    },
  });
  assert.ok(ended.signal === "SIGINT" || ended.code === 130, JSON.stringify(ended));
});
