// The image's programs on the machine itself: what the demos print must be true, and the tools that show memory must agree with
// them and with each other. Virtual time, so that no demo makes anybody wait.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { HostOutput } from "../kernel/boot/kernel-tasks.ts";
import { Machine, shellStatus } from "../kernel/boot/machine.ts";
import { createNodeHost } from "../kernel/boot/node/host.ts";
import { createTestSwapStore } from "../kernel/mm/swap/test-store.ts";

const image = readFileSync(join(import.meta.dirname, "image.cpio"));

/** Runs `sh -c script` on a fresh machine; what it wrote to both outputs, and its status as a shell counts it. */
async function run(script: string, swapBytes = 0): Promise<{ text: string; status: number }> {
  const store = Promise.resolve(createTestSwapStore());
  const machine = new Machine({
    ramBytes: 16 << 20,
    image,
    host: createNodeHost(),
    seed: 7,
    ...(swapBytes === 0 ? {} : { swap: { bytes: swapBytes, store } }),
  });
  void machine.start();
  const chunks: Uint8Array[] = [];
  const output = () => new HostOutput(machine.kernel, (bytes) => chunks.push(bytes));
  const status = await machine.runProgram(
    { path: "/bin/sh", argv: ["sh", "-c", script], envp: ["PATH=/bin"], cwd: "/tmp" },
    { input: undefined, stdout: output(), stderr: output() },
  );
  await machine.shutdown();
  assert.equal(machine.panic, null);
  return { text: Buffer.concat(chunks).toString("latin1"), status: shellStatus(status) };
}

const line = /^ ?(\w+) (\d+)[^\n]* (0x[0-9a-f]+) in frame (\d+)[^\n]*$/gm;

/** The lines of a demo: who says it, its pid, the address and the frame behind it. */
function statements(text: string) {
  return [...text.matchAll(line)].map(([, who, pid, address, frame]) => ({
    who,
    pid,
    address,
    frame,
  }));
}

/** How many different values a property has. */
function distinct<T>(items: readonly T[], of: (item: T) => unknown): number {
  return new Set(items.map(of)).size;
}

test("shared counts in one frame, and parent and child take turns", async () => {
  const { text, status } = await run("shared 3");
  const said = statements(text);
  assert.equal(status, 0);
  assert.deepEqual(
    said.map(({ who }) => who),
    ["parent", "child", "parent", "child", "parent", "child"],
  );
  assert.equal(
    distinct(said, ({ frame }) => frame),
    1,
  );
  assert.equal(
    distinct(said, ({ pid }) => pid),
    2,
  );
  assert.match(text, /both counted to 6 in one frame\n$/);
});

test("apart shows one address with two frames", async () => {
  const { text } = await run("apart 1");
  const said = statements(text);
  assert.equal(
    distinct(said, ({ address }) => address),
    1,
  );
  const last = said.slice(2);
  assert.equal(
    distinct(last, ({ frame }) => frame),
    2,
  );
  assert.equal(
    distinct(last, ({ pid, frame }) => `${pid}:${frame}`),
    2,
  );
});

test("cow shows one frame until the child writes, then two", async () => {
  const { text } = await run("cow 100");
  const said = statements(text);
  assert.equal(said.length, 5);
  assert.equal(
    distinct(said.slice(0, 3), ({ frame }) => frame),
    1,
  );
  assert.equal(
    distinct(said.slice(3), ({ frame }) => frame),
    2,
  );
  assert.equal(said[4]?.frame, said[0]?.frame);
});

test("files shows two strangers with one frame, and a private page that leaves it when it is written to", async () => {
  const { text, status } = await run("files 20; ls /tmp");
  assert.equal(status, 0);
  assert.doesNotMatch(text, /^files\./m);
  const said = [
    ...text.matchAll(
      /^(\w+) (\d+) (shared|private) +page (\d) (0x[0-9a-f]+) in frame (\d+): "(.*)"$/gm,
    ),
  ].map(([, who = "", pid, how = "", page = "", address, frame, bytes]) => ({
    what: `${who} ${how} ${page}: ${bytes}`,
    key: `${how} ${page}`,
    pid,
    address,
    frame,
  }));
  assert.deepEqual(
    said.map(({ what }) => what),
    [
      "writer shared 0: first",
      "reader shared 0: first",
      "reader private 0: first",
      "reader private 0: mine",
      "reader shared 0: first",
      "writer shared 0: second",
      "writer shared 1: second, too",
      "reader shared 0: second",
      "reader private 0: mine",
      "reader private 1: second, too",
    ],
  );
  const shared = said.filter(({ key }) => key === "shared 0");
  const file = shared[0]?.frame;
  assert.equal(
    distinct(shared, ({ frame }) => frame),
    1,
  );
  // One frame, at an address of its own in each of the two.
  assert.equal(
    distinct(shared, ({ pid }) => pid),
    2,
  );
  assert.equal(
    distinct(shared, ({ address }) => address),
    2,
  );
  assert.equal(said[2]?.frame, file);
  assert.notEqual(said[3]?.frame, file);
  assert.equal(said[8]?.frame, said[3]?.frame);
  assert.equal(said[9]?.frame, said[6]?.frame);
});

test("hog finds every byte again, in order and in any order, and counts the faults it took", async () => {
  const { text, status } = await run("{ hog -p 2 1500k; hog -r 1m; hog 5000 0; } 2>&1");
  assert.equal(status, 0);
  assert.equal(
    text.replaceAll(/\d+ minor and \d+ major/g, "n minor and n major"),
    `hog: 375 pages filled: n minor and n major faults
hog: 1500 KiB taken
hog: 375 pages read back: n minor and n major faults
hog: 375 pages filled: n minor and n major faults
hog: 375 pages read back: n minor and n major faults
hog: 1500k intact
hog: 256 pages filled: n minor and n major faults
hog: 1024 KiB taken
hog: 256 pages read back: n minor and n major faults
hog: 1m intact
hog: 2 pages filled: n minor and n major faults
hog: 4 KiB taken
hog: 2 pages read back: n minor and n major faults
hog: 5000 intact
`,
  );
  const [first = 0] = [...text.matchAll(/filled: (\d+) minor/g)].map(([, faults]) =>
    Number(faults),
  );
  assert.ok(first >= 375 && first < 385, String(first));
});

test("hog refuses what is no size", async () => {
  const { text, status } = await run("hog; hog 5x; hog -q 1m");
  assert.equal(status, 2);
  assert.equal(text.match(/^usage: hog /gm)?.length, 3);
});

test("sums finds its memory intact: its own, that of a moment ago, and what is shared", async () => {
  const { text, status } = await run("sums 3 600k 1; sums 1 4k 0; sums 0 1m 1");
  assert.equal(status, 2);
  const children = [
    ...text.matchAll(
      /^child \d: (\d+) pages, (\d+) rewritten, (\d+) compared, (\d+) snapshots, (\d+) turns: intact$/gm,
    ),
  ];
  assert.equal(children.length, 4);
  for (const [line, pages, rewritten, compared, snapshots, turns] of children.slice(0, 3)) {
    assert.equal(pages, "50", line);
    for (const count of [rewritten, compared, snapshots, turns]) assert.ok(Number(count) > 0, line);
  }
  assert.match(text, /^sums: 600k intact$/m);
  assert.match(text, /^sums: 4k intact$/m);
});

test("vmstat's columns stand under their names, and its rates are those of a second", async () => {
  const { text } = await run("vmstat --paging 1 3; vmstat -s; vmstat -a");
  const [names = "", ...samples] = text.split("\n").slice(0, 4);
  const ends = (line: string) =>
    [...line.matchAll(/\S+/g)].map(({ index, 0: word }) => index + word.length);
  assert.deepEqual(
    names.trim().split(/ +/),
    "r b swpd free anon cache tables si so faults major switches".split(" "),
  );
  for (const sample of samples) assert.deepEqual(ends(sample), ends(names));
  // In a second of sleep there is nothing to do but to wake up and look.
  const switches = samples.map((sample) => Number(sample.trim().split(/ +/)[11]));
  assert.ok((switches[2] ?? 1000) < 20, text);
  assert.match(text, /^ +16384 K total memory$/m);
  // The columns of procps, whose percents of the processor's time are all of it.
  const [inactive = "", percents = ""] = text.split("\n").slice(-3);
  assert.match(inactive, /^ r {2}b {3}swpd {3}free {2}inact active .* us sy id wa st$/);
  const shares = percents.trim().split(/ +/).slice(12).map(Number);
  assert.equal(shares.length, 5);
  assert.ok(Math.abs(shares.reduce((sum, share) => sum + share, 0) - 100) <= 2, percents);
});

test("pmap's columns add up, and -X has those of smaps", async () => {
  const { text } = await run("pmap $$; pmap -x $$; pmap -d $$; pmap -X $$; pmap 999; echo $?");
  const plain = [...text.matchAll(/^(?:[0-9a-f]{16}| total) +(\d+)K/gm)];
  const extended = [...text.matchAll(/^(?:[0-9a-f]{16}|total kB) +(\d+) +(\d+) +(\d+)/gm)];
  assert.equal(plain.length, extended.length);
  assert.match(text, /^0{11}10000 +\d+K r-x-- sh$/m);
  assert.match(text, /^mapped: \d+K {4}writeable\/private: \d+K {4}shared: 0K$/m);
  assert.match(text, /^ +Address Perm +Offset Device +Inode +Size +Rss .* Swap Mapping$/m);
  assert.match(text, /\n42\n$/);
  for (const column of [1, 2, 3]) {
    const values = extended.map((row) => Number(row[column]));
    const total = values.pop();
    assert.equal(
      values.reduce((sum, value) => sum + value, 0),
      total,
    );
  }
});

test("swapon and swapoff say which device and what is wrong with it", async () => {
  const { text } = await run(
    "swapon /tmp/nothere; echo $?; swapoff /tmp/nothere; echo $?; swapon -x; echo $?; swapoff --help",
  );
  assert.match(
    text,
    /^swapon: \/tmp\/nothere: No such file or directory\n1\nswapoff: \/tmp\/nothere: No such file or directory\n1\nswapon: [^\n]*x[^\n]*\n[^\n]*--help[^\n]*\n1\nusage: swapoff /,
  );
});

/** Faults of each policy for strings of references that textbooks count: with fifo, lru, clock and opt. */
const countedStrings = [
  ["1 2 3 4 1 2 5 1 2 3 4 5", 3, [9, 10, 9, 7]],
  ["1 2 3 4 1 2 5 1 2 3 4 5", 4, [10, 8, 10, 6]],
  ["7 0 1 2 0 3 0 4 2 3 0 3 2 1 2 0 1 7 0 1", 3, [15, 12, 14, 9]],
  ["7 0 1 2 0 3 0 4 2 3 0 3 2 1 2 0 1 7 0 1", 4, [10, 8, 9, 8]],
] as const;

test("refstring counts the faults that the textbook counts", async () => {
  for (const [pages, frames, [fifo, lru, clock, opt]] of countedStrings) {
    const { text, status } = await run(
      `refstring all ${frames} ${pages}; refstring opt ${frames} ${pages}`,
      1 << 20,
    );
    assert.equal(status, 0, text);
    assert.match(
      text,
      new RegExp(
        `^fifo  FAULTS ${fifo}\nlru   FAULTS ${lru}\nclock FAULTS ${clock}\nopt   FAULTS ${opt}\n`,
      ),
    );
    // One line a reference, and never more pages than frames.
    const lines = [...text.matchAll(/^ +\d+ {2}(?:fault|hit {2}) ((?: +(?:\d+|\.))+)$/gm)];
    assert.equal(lines.length, pages.split(" ").length);
    for (const [line, resident = ""] of lines)
      assert.ok((resident.match(/\d+/g)?.length ?? 0) <= frames, line);
    assert.equal(text.match(/^ +\d+ {2}fault/gm)?.length, opt);
    assert.match(text, new RegExp(`^FAULTS ${opt}$`, "m"));
  }
});

test("refstring refuses what is no policy, no number of frames or no page", async () => {
  const { text } = await run(
    "refstring; echo $?; refstring mru 3 1 2; echo $?; refstring fifo 0 1; echo $?; refstring fifo 3 x; echo $?",
  );
  assert.match(
    text,
    /^usage: .*\n2\nusage: .*\n2\nrefstring: '0' is no number from 1 to 999\n2\nrefstring: 'x' is no number from 0 to 999\n2\n$/,
  );
});

test("frames, pmap -f and pagewalk agree with what shared says about its page", async () => {
  const [said] = statements((await run("shared 1")).text);
  const known = said?.address?.replace(/...$/, "000");
  const { text } = await run(
    `shared 2 & sleep 0.1; frames -s; pmap -f $!; pagewalk $! ${known}; wait`,
  );
  const [parent, child] = statements(text);
  assert.ok(parent?.address && child);
  const page = parent.address.replace(/...$/, "000");
  const padded = `0x${page.slice(2).padStart(10, "0")}`;
  assert.match(
    text,
    new RegExp(`^ *${parent.frame} +2 +shared +${parent.pid}:${page} +${child.pid}:${page}$`, "m"),
  );
  assert.match(text, new RegExp(`^ +${padded} +frame ${parent.frame}$`, "m"));
  assert.match(text, new RegExp(`^ +0 .* frame ${parent.frame}$`, "m"));
  assert.match(
    text,
    new RegExp(`^physical address 0x${(Number(parent.frame) * 4096).toString(16)}$`, "m"),
  );
});

test("frames counts every frame of RAM once", async () => {
  const { text } = await run("frames -n");
  const total = Number(/^(\d+) frames:/m.exec(text)?.[1]);
  const kinds = [...(text.split("\n")[0] ?? "").matchAll(/ (\d+) [a-z]/g)].map(([, count]) =>
    Number(count),
  );
  assert.equal(total, 4096);
  assert.equal(
    kinds.reduce((sum, count) => sum + count, 0),
    total,
  );
});

test("the tools share their code: two of them run in the same frames", async () => {
  const { text } = await run("sleep 1 & sleep 1 & ls >/dev/null; frames -s -p $!; wait");
  assert.match(text, /^ *\d+ +[2-9] +file( +\d+:0x1[0-9a-f]{4}){2,}$/m);
});

test("each crash ends with its signal, and the shell goes on", async () => {
  const statuses = {
    null: 139,
    write: 139,
    jump: 139,
    stack: 139,
    illegal: 132,
    trap: 133,
    abort: 134,
  };
  const ways = Object.keys(statuses);
  const { text } = await run(
    ways.map((how) => `(crash ${how}) 2>/dev/null; echo ${how} $?`).join("; "),
  );
  assert.equal(
    text,
    Object.entries(statuses)
      .map(([how, status]) => `${how} ${status}\n`)
      .join(""),
  );
});

test("ps, free and kill tell the truth about a sleeping child", async () => {
  const { text } = await run(
    "sleep 100 & ps -ef; ps aux --sort=-pid; free; kill $!; wait $!; echo $?",
  );
  assert.match(text, /^UID +PID +PPID +C +STIME +TTY +TIME +CMD$/m);
  assert.match(text, /^root +3 +2 +0 \d\d:\d\d \? +00:00:00 sleep 100$/m);
  assert.match(
    text,
    /^USER +PID +%CPU +%MEM +VSZ +RSS +TTY +STAT +START +TIME +COMMAND\nroot +5 /m,
  );
  assert.match(text, /^root +3 +0\.0 +\d+\.\d +\d+ +\d+ \? +S +\d\d:\d\d +0:00 sleep 100$/m);
  assert.match(text, /^Mem: +16384 /m);
  assert.match(text, /^143$/m);
});
