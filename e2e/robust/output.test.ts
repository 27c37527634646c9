// A program that floods its terminal while the page hangs: what nobody has taken is bounded, and Ctrl-C still works.

import assert from "node:assert/strict";
import { test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";

import { testMachine } from "./test-machine.ts";

const LIMIT = 64 * 1024;

test("a flood that nobody acknowledges stops at 64 KiB, takes no memory and ends by Ctrl-C", async (t) => {
  const m = await testMachine(t, { acknowledge: false });
  const before = m.raw();
  await m.type("yes\r");
  await sleep(300);
  const bytes = m.raw();
  assert.ok(bytes > before + 1000 && bytes <= LIMIT + 4096, `${bytes} bytes came`);
  const { memory } = await m.client.status();
  await sleep(100);
  assert.equal(m.raw(), bytes);
  assert.deepEqual((await m.client.status()).memory, memory);
  await m.type("\x03");
  await m.client.acknowledge(0, bytes);
  await m.shows(/\^C[^]*\$ $/);
  await m.checkSound();
});

test("what is acknowledged flows on, byte for byte", async (t) => {
  const m = await testMachine(t);
  const before = m.raw();
  await m.type("seq 1 40000 | tail -n 100000\r");
  await m.shows(/\n40000\n[^]*\$ $/);
  // Each number, and a carriage return and a newline.
  const digits = 9 + 2 * 90 + 3 * 900 + 4 * 9000 + 5 * 30001;
  assert.ok(m.raw() - before >= digits + 2 * 40000);
  assert.match(m.screen(), /\n9999\n10000\n10001\n/);
  await m.checkSound();
});

test("run keeps 16 MiB of an endless output, and the writer ends by SIGPIPE", async (t) => {
  const m = await testMachine(t);
  const { stdout, code } = await m.run("exec yes");
  assert.deepEqual({ bytes: stdout.length, code }, { bytes: 16 << 20, code: 141 });
  await m.checkSound();
});

test("run does not wait for what a background job never stops writing", async (t) => {
  const m = await testMachine(t);
  const { stdout, code } = await m.run("yes & sleep 0.1; exit 3");
  assert.equal(code, 3);
  assert.ok(stdout.startsWith("y\ny\n"));
  await m.checkSound();
});
