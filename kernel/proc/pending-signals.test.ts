import assert from "node:assert/strict";
import { test } from "node:test";
import { PendingSignals } from "./pending-signals.ts";
import { SignalSet } from "./signal-set.ts";

const ALL = -1;

test("a standard signal waits once, a real-time signal as often as it was sent", () => {
  const pending = new PendingSignals();
  for (let time = 0; time < 3; time++) {
    pending.add({ signo: 10, code: 0, pid: time });
    pending.add({ signo: 40, code: -1, valueLo: time });
  }
  assert.equal(pending.length, 4);
  assert.equal(pending.take(ALL, ALL)?.pid, 0);
  const values = [0, 1, 2].map(() => pending.take(ALL, ALL)?.valueLo);
  assert.deepEqual(values, [0, 1, 2]);
  assert.equal(pending.take(ALL, ALL), undefined);
});

test("lower numbers go first, but a fault's signal goes before all", () => {
  const pending = new PendingSignals();
  for (const signo of [64, 33, 15, 2, 11]) pending.add({ signo, code: 0 });
  const order = [];
  for (let info = pending.take(ALL, ALL); info !== undefined; info = pending.take(ALL, ALL))
    order.push(info.signo);
  assert.deepEqual(order, [11, 2, 15, 33, 64]);
});

test("blocked signals stay", () => {
  const pending = new PendingSignals();
  const blocked = new SignalSet();
  blocked.add(10);
  blocked.add(64);
  pending.add({ signo: 10, code: 0 });
  pending.add({ signo: 64, code: 0 });
  assert.equal(pending.hasUnblocked(blocked), false);
  assert.equal(pending.take(~blocked.lo, ~blocked.hi), undefined);
  blocked.delete(64);
  assert.equal(pending.take(~blocked.lo, ~blocked.hi)?.signo, 64);
});

test("discarding forgets every instance", () => {
  const pending = new PendingSignals();
  for (let time = 0; time < 3; time++) pending.add({ signo: 50, code: -1 });
  pending.add({ signo: 1, code: 0 });
  pending.discard(50);
  assert.equal(pending.set.has(50), false);
  assert.equal(pending.length, 1);
});
