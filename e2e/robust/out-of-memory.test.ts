// More memory than RAM and swap together: somebody is killed, and it is the right one. Who holds most, in RAM, in swap
// and in page tables, goes first, unless oom_score_adj says otherwise; the log and the terminal say who and why.

import assert from "node:assert/strict";
import { test } from "node:test";

import type { Process } from "../../kernel/proc/process.ts";
import { manners, testMachine, type TestMachine } from "./test-machine.ts";

const RAM = 4 << 20;
const SWAP = 8 << 20;

/** What killing the process would free, in pages, as its adjustment makes it look; undefined when it may not be killed. */
function score({ pid, space, oomAdjustment }: Process, all: number): number | undefined {
  if (pid === 1 || space === undefined || space.reaped || oomAdjustment === -1000) return undefined;
  const held = space.rss + space.swapped + space.pageTables;
  return held + Math.trunc((oomAdjustment * all) / 1000);
}

interface Kill {
  readonly pid: number;
  readonly name: string;
  /** The victim's score, and the highest of all others. */
  readonly score: number;
  readonly next: number;
}

/** Notes from now on whom the killer chooses, and whom it could have chosen. */
function watchKiller({ machine }: TestMachine): readonly Kill[] {
  const { mm, processes } = machine.kernel;
  const kills: Kill[] = [];
  const handler = mm.oomHandler;
  assert.ok(handler);
  mm.setOomHandler({
    candidates: () => handler.candidates(),
    caller: () => handler.caller(),
    kill(pid) {
      const all = mm.frames.count + mm.swap.area.size;
      const scores = new Map<number, number>();
      for (const process of processes.all()) {
        const points = score(process, all);
        if (points !== undefined) scores.set(process.pid, points);
      }
      const victim = scores.get(pid) ?? -Infinity;
      scores.delete(pid);
      const name = processes.process(pid)?.comm ?? "";
      kills.push({ pid, name, score: victim, next: Math.max(...scores.values()) });
      handler.kill(pid);
    },
  });
  return kills;
}

for (const [manner, options] of manners) {
  test(`ten hogs that want more than RAM and swap: the largest go until the rest fits ${manner}`, async (t) => {
    const m = await testMachine(t, { ...options, ram: RAM, swap: SWAP });
    const shell = (await m.client.status()).processes.find(({ name }) => name === "sh")?.pid;
    const kills = watchKiller(m);
    const { stdout } = await m.run(
      `pids=; for size in 1 2 3 4 5 6 7 8 9 10; do hog -k 1 $((size * 500))k >/tmp/$size & pids="$pids $!"; done
       statuses=; for pid in $pids; do wait $pid; statuses="$statuses $?"; done
       echo $statuses; cat /tmp/*`,
    );
    const statuses = (stdout.split("\n")[0] ?? "").split(" ");
    assert.equal(statuses.length, 10, stdout);
    assert.equal(statuses.filter((status) => status === "137").length, kills.length);
    // One that had done its work and slept may have been killed as well.
    assert.ok((stdout.match(/intact$/gm)?.length ?? 0) >= 10 - kills.length, stdout);
    // A page that goes out again before anybody has looked at it is no fault less.
    assert.doesNotMatch(stdout, /: -\d+ minor/);
    assert.equal(statuses.filter((status) => status === "0").length, 10 - kills.length);
    assert.ok(kills.length > 0);
    for (const kill of kills) {
      assert.equal(kill.name, "hog");
      assert.ok(kill.score >= kill.next, JSON.stringify(kills));
      const said = new RegExp(
        `Out of memory: Killed process ${kill.pid} \\(hog\\) total-vm:\\d+kB, anon-rss:\\d+kB, file-rss:\\d+kB, shmem-rss:\\d+kB, swap:\\d+kB, pgtables:\\d+kB oom_score_adj:0\n`,
      );
      assert.match(`${m.log()}\n`, said);
      await m.shows(said);
    }
    assert.doesNotMatch(m.screen(), /\n\n\[ /);
    assert.match(m.log(), /^out of memory: \d+ of 1024 frames free, \d+kB of 8192kB swap free$/m);
    const { stdout: messages } = await m.run("dmesg");
    assert.match(messages, /out of memory: [^]*Out of memory: Killed process/);
    // Init and the shell on the terminal are those that were there before.
    const { processes } = await m.client.status();
    assert.deepEqual(
      processes.filter(({ name }) => name === "sh").map(({ pid }) => pid),
      [shell],
    );
    await m.type("echo alive $((40 + 2))\r");
    await m.shows(/alive 42\n/);
    await m.settled();
    await m.checkSound();
  });
}

test("who must not be killed is not, however large; who may rather be killed is, however small", async (t) => {
  const m = await testMachine(t, { ram: RAM, swap: SWAP, seed: 3 });
  const kills = watchKiller(m);
  const { stdout } = await m.run(
    `adjusted() { (echo $1 >/proc/self/oom_score_adj; shift; exec "$@") & }
     adjusted -1000 hog -k 5 7m >/tmp/never; never=$!
     adjusted 1000 hog -k 5 1m >/dev/null; rather=$!
     adjusted -200 hog -k 5 2500k >/dev/null; less=$!
     sleep 1; hog 4500k; echo $?
     for pid in $never $rather $less; do wait $pid; echo $?; done; tail -n 1 /tmp/never`,
  );
  // Without the one mebibyte there is still too little; then 2500k and -200 thousandths of all are less than what 4500k has.
  assert.match(stdout, /^137\n0\n137\n0\nhog: 7m intact\n$/);
  assert.equal(kills.length, 2);
  assert.match(m.log(), /Killed process \d+ \(hog\) [^\n]* oom_score_adj:1000\n/);
  await m.settled();
  await m.checkSound();
});

test("a process that nobody else may die for dies itself", async (t) => {
  const m = await testMachine(t, { ram: RAM, swap: SWAP, seed: 3 });
  await m.type("echo -1000 >/proc/$$/oom_score_adj\r");
  const { stdout } = await m.run("echo -1000 >/proc/$$/oom_score_adj; hog 20m; echo $?");
  assert.equal(stdout, "137\n");
  await m.type("echo alive $((40 + 2))\r");
  await m.shows(/alive 42\n/);
  await m.settled();
  await m.checkSound();
});

test("what a process has in swap counts: a sleeping one that went out whole is killed before a smaller one in RAM", async (t) => {
  const m = await testMachine(t, { ram: RAM, swap: SWAP, seed: 3 });
  const kills = watchKiller(m);
  const { stdout } = await m.run(
    `hog -k 100 5500k >/dev/null & sleeper=$!; sleep 1
     hog -k 5 3500k >/dev/null & sleep 1; swapped=$(grep VmSwap /proc/$sleeper/status | tr -dc 0-9)
     [ $swapped -gt 2500 ] && echo out
     hog 4m; echo $?; wait $sleeper; echo $?`,
  );
  assert.equal(kills.length, 1, JSON.stringify(kills));
  assert.match(stdout, /^out\n[^]*intact\n0\n137\n$/);
  await m.settled();
  await m.checkSound();
});
