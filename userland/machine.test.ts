// The image's programs on the machine itself: what the demos print must be true, and the tools that show memory must agree with
// them and with each other. Virtual time, so that no demo makes anybody wait.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { HostOutput } from "../kernel/boot/kernel-tasks.ts";
import { Machine, shellStatus } from "../kernel/boot/machine.ts";
import { createNodeHost } from "../kernel/boot/node/host.ts";

const image = readFileSync(join(import.meta.dirname, "image.cpio"));

/** Runs `sh -c script` on a fresh machine; what it wrote to both outputs, and its status as a shell counts it. */
async function run(script: string): Promise<{ text: string; status: number }> {
  const machine = new Machine({ ramBytes: 16 << 20, image, host: createNodeHost(), seed: 7 });
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
  assert.match(text, new RegExp(`^level 0 .* frame ${parent.frame}$`, "m"));
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
  const { text } = await run("sleep 100 & ps -ef; free; kill $!; wait $!; echo $?");
  assert.match(text, /^ +3 +2 +2 S +\d+ \? +00:00:00 sleep 100$/m);
  assert.match(text, /^Mem: +16384 /m);
  assert.match(text, /^143$/m);
});
