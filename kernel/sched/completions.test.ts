// Work of a host that answers when the test says so.
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { Completions } from "./completions.ts";

interface Answer {
  readonly promise: Promise<string>;
  readonly resolve: (result: string) => void;
  readonly reject: (reason: unknown) => void;
}

function answer(): Answer {
  let resolve: Answer["resolve"] = () => {};
  let reject: Answer["reject"] = () => {};
  const promise = new Promise<string>((yes, no) => {
    resolve = yes;
    reject = no;
  });
  return { promise, resolve, reject };
}

/** Lets every microtask run that is due. */
function microtasks(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}

function begin(completions: Completions, due: number, seen: string[]): Answer {
  const work = answer();
  completions.start(
    due,
    work.promise,
    (result) => seen.push(result),
    (error) => seen.push(`${error.name}: ${error.message}`),
  );
  return work;
}

test("in virtual time ends come at their due times, in whatever order the host answers", async () => {
  const permutations = fc.shuffledSubarray([0, 1, 2, 3, 4], { minLength: 5 });
  await fc.assert(
    fc.asyncProperty(permutations, async (order) => {
      const completions = new Completions(true);
      const seen: string[] = [];
      const works = [10, 20, 20, 30, 40].map((due) => begin(completions, due, seen));
      for (const index of order) {
        works[index]?.resolve(String(index));
        await microtasks();
        assert.deepEqual(seen, [], "nothing is noticed before its time");
      }
      assert.equal(completions.nextDue, 10);
      assert.equal(completions.deliver(9), undefined);
      assert.deepEqual(seen, []);
      assert.equal(completions.deliver(20), undefined);
      assert.deepEqual(seen, ["0", "1", "2"]);
      assert.equal(completions.nextDue, 30);
      assert.equal(completions.pending, 2);
      assert.equal(completions.deliver(1000), undefined);
      assert.deepEqual(seen, ["0", "1", "2", "3", "4"]);
      assert.equal(completions.nextDue, Infinity);
      assert.equal(completions.pending, 0);
    }),
    { numRuns: 20 },
  );
});

test("in virtual time the machine waits for an answer that is late, and later ones wait behind it", async () => {
  const completions = new Completions(true);
  const seen: string[] = [];
  const [slow, fast] = [begin(completions, 10, seen), begin(completions, 20, seen)];
  fast.resolve("fast");
  await microtasks();
  const late = completions.deliver(20);
  assert.ok(late !== undefined);
  assert.deepEqual(seen, []);
  slow.resolve("slow");
  await late;
  assert.deepEqual(seen, [], "what is late is noticed by the next delivery");
  assert.equal(completions.deliver(20), undefined);
  assert.deepEqual(seen, ["slow", "fast"]);
});

test("in real time ends come as they arrive, whatever they were due", async () => {
  const completions = new Completions(false);
  const seen: string[] = [];
  const works = [10, 20, 30].map((due) => begin(completions, due, seen));
  assert.equal(completions.nextDue, Infinity);
  assert.equal(completions.pending, 3);
  assert.equal(completions.deliver(1000), undefined, "nothing has arrived and nobody waits");
  for (const index of [2, 0]) {
    works[index]?.resolve(String(index));
    await microtasks();
  }
  assert.equal(completions.nextDue, 0);
  assert.equal(completions.deliver(0), undefined);
  assert.deepEqual(seen, ["2", "0"]);
  assert.equal(completions.nextDue, Infinity);
  assert.equal(completions.pending, 1);
});

test("a failure comes at its place like a success, and is an error whatever was thrown", async () => {
  for (const virtual of [true, false]) {
    const completions = new Completions(virtual);
    const seen: string[] = [];
    const works = [10, 20, 30].map((due) => begin(completions, due, seen));
    works[0]?.reject(Object.assign(new Error("no more room"), { name: "QuotaExceededError" }));
    works[1]?.resolve("done");
    works[2]?.reject("a word");
    await microtasks();
    assert.equal(completions.deliver(30), undefined);
    assert.deepEqual(seen, ["QuotaExceededError: no more room", "done", "Error: a word"]);
    assert.equal(completions.pending, 0);
  }
});

test("an end may begin new work, which has its own time", async () => {
  const completions = new Completions(true);
  const seen: string[] = [];
  const first = answer();
  let second: Answer | undefined;
  completions.start(
    10,
    first.promise,
    (result) => {
      seen.push(result);
      second = begin(completions, 50, seen);
    },
    () => {},
  );
  first.resolve("first");
  await microtasks();
  assert.equal(completions.deliver(10), undefined);
  assert.equal(completions.nextDue, 50);
  assert.equal(completions.deliver(49), undefined);
  second?.resolve("second");
  const late = completions.deliver(50);
  assert.ok(late !== undefined);
  await late;
  assert.equal(completions.deliver(50), undefined);
  assert.deepEqual(seen, ["first", "second"]);
});

test("each arrival is told once, so that an idle machine wakes", async () => {
  for (const virtual of [true, false]) {
    const completions = new Completions(virtual);
    let arrivals = 0;
    completions.onArrival = () => arrivals++;
    const works = [10, 20].map((due) => begin(completions, due, []));
    assert.equal(arrivals, 0);
    works[1]?.resolve("done");
    await microtasks();
    assert.equal(arrivals, 1);
    works[0]?.reject(new Error("failed"));
    await microtasks();
    assert.equal(arrivals, 2);
    assert.equal(completions.deliver(20), undefined);
    assert.equal(arrivals, 2);
  }
});

test("what an end throws reaches who delivers, and the work is over", async () => {
  const completions = new Completions(true);
  const work = answer();
  const broken = (): never => {
    throw new Error("a kernel bug");
  };
  completions.start(10, work.promise, broken, () => {});
  work.resolve("done");
  await microtasks();
  assert.throws(() => completions.deliver(10), /a kernel bug/);
  assert.equal(completions.pending, 0);
  assert.equal(completions.deliver(10), undefined);
});

test("work that is asked for later may be due earlier", async () => {
  const completions = new Completions(true);
  const seen: string[] = [];
  const works = [30, 10, 20, 10].map((due) => begin(completions, due, seen));
  works.forEach((work, index) => work.resolve(String(index)));
  await microtasks();
  assert.equal(completions.nextDue, 10);
  assert.equal(completions.deliver(25), undefined);
  assert.deepEqual(seen, ["1", "3", "2"]);
});

for (const isVirtual of [true, false]) {
  const time = isVirtual ? "virtual" : "real";
  test(`forgotten work is waited for by nobody, and nothing comes of it, in ${time} time`, async () => {
    const completions = new Completions(isVirtual);
    const seen: string[] = [];
    const work = answer();
    const done = (result: string): void => void seen.push(result);
    const forget = completions.start(10, work.promise, done, () => {});
    const other = begin(completions, 20, seen);
    forget();
    forget();
    assert.equal(completions.pending, 1);
    assert.equal(completions.nextDue, isVirtual ? 20 : Infinity);
    work.resolve("forgotten");
    other.resolve("other");
    await microtasks();
    assert.equal(completions.deliver(20), undefined);
    assert.deepEqual(seen, ["other"]);
    assert.equal(completions.pending, 0);
  });
}

test("only work that can be late, and is, is postponed", async () => {
  const completions = new Completions(true);
  const seen: string[] = [];
  const never = (): void => assert.fail("it has not been done");
  completions.start(10, answer().promise, never, never, true);
  begin(completions, 15, seen);
  completions.postpone(40);
  assert.equal(completions.nextDue, 15);
  completions.postpone(50);
  assert.equal(completions.nextDue, 15, "storage is waited for");
  const late = answer();
  const done = (result: string): void => void seen.push(result);
  const early = new Completions(true);
  early.start(10, late.promise, done, never, true);
  late.resolve("there");
  await microtasks();
  early.postpone(50);
  assert.equal(early.nextDue, 10, "what is there is not late");
});
