import assert from "node:assert/strict";
import { test } from "node:test";
import { type FaultOutcome, faultOutcomes, type MachineEvent } from "../client/api.ts";
import {
  addBatch,
  addGap,
  clearLog,
  emptyLog,
  type FaultLog,
  filterRows,
  forgetChanged,
  type LogRow,
  MOST_ROWS,
  processesIn,
  totalFaults,
} from "./fault-log.ts";

const common = { sequence: 0, time: 1000 };
const fault = (pid: number, outcome: FaultOutcome, address = 0x1000): MachineEvent => ({
  ...common,
  kind: "fault",
  pid,
  address,
  access: "read",
  outcome,
  frame: 5,
  from: -1,
  pc: 0x10100,
});
const fork = (pid: number, child: number): MachineEvent => ({
  ...common,
  kind: "fork",
  pid,
  child,
});
const exec = (pid: number, path: string): MachineEvent => ({
  ...common,
  kind: "exec",
  pid,
  path,
  file: `/real${path}`,
  device: 1,
  inode: 7,
  changed: 500,
});
const exit = (pid: number): MachineEvent => ({ ...common, kind: "exit", pid, status: 0 });

const batch = (...events: readonly MachineEvent[]) => ({ events, lost: false });
const nobody = (): undefined => undefined;
const brief = (rows: readonly LogRow[]): readonly string[] =>
  rows.map((row) => ("gap" in row ? row.gap : `${row.pid} ${row.name} ${row.outcome}`));

test("a fault has the name that the process had when it faulted", () => {
  const names = new Map<number, string>();
  const known = (pid: number): string => (pid === 2 ? "sh" : "later");
  const events = [
    fork(2, 7),
    fault(2, "zero"),
    fault(7, "copy"),
    exec(7, "/bin/a-rather-long-name"),
    fault(7, "file"),
    exit(7),
    fault(7, "zero"),
  ];
  assert.deepEqual(brief(addBatch(emptyLog, batch(...events), names, known).rows), [
    "2 sh zero",
    "7 sh copy",
    "7 a-rather-long-n file",
    "7 later zero",
  ]);
});

test("the log keeps the latest rows and counts all", () => {
  let log: FaultLog = emptyLog;
  for (let round = 0; round < 3; round++) {
    const events = Array.from({ length: 2000 }, () => fault(2, "zero"));
    log = addBatch(log, batch(...events), new Map(), nobody);
  }
  assert.equal(log.rows.length, MOST_ROWS);
  assert.equal(log.rows[0]?.id, 1000);
  assert.equal(log.counts[faultOutcomes.indexOf("zero")], 6000);
  assert.equal(totalFaults(log), 6000);
  const cleared = clearLog(log);
  assert.equal(totalFaults(cleared), 0);
  assert.equal(addBatch(cleared, batch(fault(2, "copy")), new Map(), nobody).rows[0]?.id, 6000);
});

test("what was not recorded is told where it is missing", () => {
  const names = new Map([[2, "sh"]]);
  let log = addBatch(emptyLog, batch(fault(2, "zero")), names, nobody);
  log = addBatch(log, { events: [fault(2, "zero")], lost: true }, names, nobody);
  log = addGap(addGap(log, "closed"), "closed");
  assert.deepEqual(brief(log.rows), ["2 sh zero", "lost", "2  zero", "closed"]);
  assert.equal(addGap(emptyLog, "closed"), emptyLog);
});

test("a batch without faults changes nothing", () => {
  assert.equal(addBatch(emptyLog, batch(fork(2, 3)), new Map(), nobody), emptyLog);
});

test("the filter goes by process and by group, and keeps the gaps between what it shows", () => {
  const events = [fault(2, "zero"), fault(7, "swap-in"), fault(7, "wait"), fault(7, "forbidden")];
  let log = addBatch(emptyLog, batch(...events), new Map([[7, "hog"]]), nobody);
  log = addGap(log, "lost");
  log = addBatch(log, batch(fault(2, "reuse")), new Map(), nobody);
  log = addBatch(log, { events: [fault(7, "copy")], lost: true }, new Map(), nobody);
  const shown = (pid: number, group: "all" | "major" | "copy" | "failed"): readonly string[] =>
    brief(filterRows(log.rows, { pid, group }));
  assert.deepEqual(shown(0, "major"), ["7 hog swap-in", "7 hog wait", "lost"]);
  assert.deepEqual(shown(0, "copy"), ["2  reuse", "lost", "7  copy"]);
  assert.deepEqual(shown(2, "all"), ["2  zero", "lost", "2  reuse", "lost"]);
  assert.deepEqual(shown(7, "failed"), ["7 hog forbidden", "lost"]);
  assert.deepEqual(processesIn(log.rows), [
    [2, ""],
    [7, "hog"],
  ]);
  assert.equal(filterRows(log.rows, { pid: 0, group: "all" }), log.rows);
});

test("a fault knows the program that ran, and does not guess one", () => {
  const programs = new Map([
    [2, { file: "/bin/sh", device: 1, inode: 1, changed: 0 }],
    [9, { file: "/bin/late", device: 1, inode: 2, changed: 0 }],
  ]);
  const events = [
    fault(9, "zero"),
    exec(9, "/bin/late"),
    fork(2, 7),
    fault(7, "copy"),
    exec(7, "/bin/hello"),
    fault(7, "file"),
    exit(7),
    fault(7, "zero"),
    fork(5, 2),
    fault(2, "zero"),
  ];
  forgetChanged(programs, events);
  // What 2 was before it was forked again is not known either.
  assert.deepEqual([...programs.keys()], []);
  programs.set(2, { file: "/bin/sh", device: 1, inode: 1, changed: 0 });
  const { rows } = addBatch(emptyLog, batch(...events), new Map(), nobody, programs);
  assert.deepEqual(
    rows.map((row) => ("gap" in row ? row.gap : row.program?.file)),
    [undefined, "/bin/sh", "/real/bin/hello", undefined, undefined],
  );
  addBatch(emptyLog, { events: [], lost: true }, new Map(), nobody, programs);
  assert.equal(programs.size, 0);
});
