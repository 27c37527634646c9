// A machine of one mebibyte, 256 frames: it boots, and the lessons about memory work on it.

import assert from "node:assert/strict";
import { test } from "node:test";

import { manners, testMachine } from "./test-machine.ts";

const RAM = 1 << 20;
const SWAP = 16 << 20;

/** What a demo says of its pages: everything but pids, addresses and frames. */
const said = (stdout: string): string =>
  stdout
    .replaceAll(/0x[\da-f]+/g, "ADDRESS")
    .replaceAll(/frame -?\d+/g, "FRAME")
    .replaceAll(/^( ?(?:parent|child|writer|reader)) \d+/gm, "$1");

/** The frames that a demo names, in order. */
const framesIn = (stdout: string): number[] =>
  [...stdout.matchAll(/in frame (-?\d+)/g)].map(([, frame]) => Number(frame));

const COW = `parent before fork: ADDRESS in FRAME: "by the parent"
 child after fork:  ADDRESS in FRAME: "by the parent"
parent after fork:  ADDRESS in FRAME: "by the parent"
 child after write: ADDRESS in FRAME: "by the child"
parent after write: ADDRESS in FRAME: "by the parent"
`;

const FILES = `writer shared  page 0 ADDRESS in FRAME: "first"
reader shared  page 0 ADDRESS in FRAME: "first"
reader private page 0 ADDRESS in FRAME: "first"
reader private page 0 ADDRESS in FRAME: "mine"
reader shared  page 0 ADDRESS in FRAME: "first"
writer shared  page 0 ADDRESS in FRAME: "second"
writer shared  page 1 ADDRESS in FRAME: "second, too"
reader shared  page 0 ADDRESS in FRAME: "second"
reader private page 0 ADDRESS in FRAME: "mine"
reader private page 1 ADDRESS in FRAME: "second, too"
`;

for (const [manner, options] of manners) {
  test(`cow, files and shared teach the same with one mebibyte ${manner}`, async (t) => {
    const m = await testMachine(t, { ...options, ram: RAM, swap: SWAP });
    const cow = await m.run("cow 20");
    assert.equal(said(cow.stdout), COW);
    const files = await m.run("files 20");
    assert.equal(said(files.stdout), FILES);
    const shared = await m.run("shared 3");
    assert.match(shared.stdout, /both counted to 6 in one frame\n$/);
    // A page that is evicted at random comes back in another frame.
    if (options.squeezeSeed === undefined) {
      const [first, second, third, copy, last] = framesIn(cow.stdout);
      assert.deepEqual([second, third, last], [first, first, first]);
      assert.notEqual(copy, first);
      const [w0, r0, p0, mine, , , w1] = framesIn(files.stdout);
      assert.deepEqual([r0, p0], [w0, w0]);
      assert.notEqual(mine, w0);
      assert.equal(framesIn(files.stdout).at(-1), w1);
      assert.equal(new Set(framesIn(shared.stdout)).size, 1);
    }
    await m.settled();
    await m.checkSound();
  });

  test(`sixteen times the RAM comes back intact ${manner}`, async (t) => {
    const m = await testMachine(t, { ...options, ram: RAM, swap: 32 << 20 });
    const size = options.squeezeSeed === undefined ? "16m" : "3m";
    const { stdout, code } = await m.run(`hog ${size} & hog 1m; wait $!`);
    assert.equal(code, 0, stdout);
    assert.match(stdout, new RegExp(`^hog: ${size} intact$`, "m"));
    await m.type("echo alive $((40 + 2))\r");
    await m.shows(/alive 42\n/);
    await m.settled();
    await m.checkSound();
  });
}

test("cow needs no swap", async (t) => {
  const m = await testMachine(t, { ram: RAM });
  const { stdout, code } = await m.run("cow 20");
  assert.equal(code, 0);
  assert.equal(said(stdout), COW);
  await m.checkSound();
});
