import assert from "node:assert/strict";
import { test } from "node:test";
import type { ProcessInfo } from "../client/api.ts";
import { choosePair } from "./pair.ts";

const process = (pid: number, parent: number, resident = 10): ProcessInfo => ({
  pid,
  parent,
  group: pid,
  session: 2,
  name: "x",
  command: [],
  state: "sleeping",
  virtual: 0,
  resident,
  anonymous: 0,
  file: 0,
  shared: 0,
  pageTables: 0,
  swapped: 0,
  minorFaults: 0,
  majorFaults: 0,
  waitingIn: "",
});

test("a program that forked is shown with its child", () => {
  assert.deepEqual(
    choosePair([process(1, 0, 0), process(2, 1), process(5, 2), process(6, 5)], [2, 0], null),
    [5, 6],
  );
});

test("the last pair stays on show when only the shell is left", () => {
  assert.deepEqual(choosePair([process(1, 0, 0), process(2, 1)], [5, 6], null), [5, 6]);
});

test("the person's choice wins", () => {
  assert.deepEqual(choosePair([process(2, 1), process(5, 2)], [2, 5], [3, 4]), [3, 4]);
});

test("with one process there is no pair", () => {
  assert.deepEqual(choosePair([process(2, 1)], [0, 0], null), [2, 0]);
});
