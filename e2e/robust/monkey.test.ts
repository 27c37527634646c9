// Keys at random on a terminal, programs with arguments at random, files of the kernel read at random: nothing that a
// person or a script does may stop the machine.

import assert from "node:assert/strict";
import { test } from "node:test";

import { createRandom } from "../../kernel/boot/random.ts";
import { testMachine } from "./test-machine.ts";

test("ten thousand keys at random, and then the terminal works as before", async (t) => {
  const m = await testMachine(t, { seed: 5 });
  const random = createRandom(99);
  // What people press: letters, control keys, escape sequences, quotes, brackets, and sometimes any byte at all.
  const keys = [
    "a",
    "e",
    "x",
    " ",
    " ",
    "\t",
    "\r",
    "\r",
    "\x7f",
    "\x03",
    "\x15",
    "\x17",
    "\x01",
    "\x05",
    "\x0b",
    "\x0c",
    "\x12",
    "\x1b[A",
    "\x1b[B",
    "\x1b[C",
    "\x1b[D",
    "\x1b[3~",
    "\x1b[200~",
    "\x1b[201~",
    "\x1b",
    "'",
    '"',
    "(",
    ")",
    "{",
    "}",
    "|",
    "&",
    ";",
    "<",
    ">",
    "$",
    "`",
    "\\",
    "*",
    "?",
    "!",
    "#",
    "~",
    "=",
    "1",
    "é",
    "漢",
    "echo ",
    "ls ",
    "cat ",
    "sleep 1",
  ];
  for (let round = 0; round < 100; round++) {
    let text = "";
    while (text.length < 100) text += keys[random() % keys.length] ?? "";
    await m.type(text);
    if (round % 10 === 0)
      await m.client.input(
        0,
        Uint8Array.from({ length: 50 }, () => random()),
      );
    if (round % 7 === 0) await m.client.resize(0, 1 + (random() % 60), 1 + (random() % 200));
  }
  assert.equal(m.machine.panic, null);
  await m.client.resize(0, 24, 80);
  // Whatever runs or waits for its other quote: end it. Ctrl-Q in case that the output was stopped.
  await m.type("\x11\x1b[201~\x03\x03\x03");
  await m.type("\x15kill -9 -1 2>/dev/null; echo\recho alive $((40 + 2))\r");
  await m.shows(/alive 42\n/);
  await m.checkSound();
});

test("each program survives arguments that nobody would give it", async (t) => {
  const m = await testMachine(t, { seed: 5 });
  const { stdout } = await m.run("ls /bin");
  const programs = stdout.split(/\s+/).filter((name) => name !== "");
  assert.ok(programs.length > 30, stdout);
  const random = createRandom(7);
  const words = [
    "-",
    "--",
    "-z",
    "--help",
    "-n",
    "-n -1",
    "-c 99999999999",
    "''",
    "/",
    "/no/such",
    "/tmp",
    "/dev/null",
    "/dev/full",
    "/proc/self/maps",
    "1",
    "-1",
    "0",
    "99999999999999999999",
    "0x10",
    "%s%n",
    "$(head -c 300 /dev/urandom)",
    "a=b",
    ".",
  ];
  const kept = new Set(["forkbomb", "kill"]);
  for (const name of programs.filter((name) => !kept.has(name))) {
    for (let round = 0; round < 3; round++) {
      const args = Array.from({ length: random() % 4 }, () => words[random() % words.length]).join(
        " ",
      );
      const line = `${name} ${args}`;
      const { code } = await m.run(
        `${line} </dev/null >/dev/null 2>&1 & sleep 0.3; kill -9 $! 2>/dev/null; wait $!`,
      );
      // A signal other than the test's own is a program's mistake.
      const ownEnd = ["crash", "sh"].includes(name) || code < 128 || code === 137;
      assert.ok(ownEnd, `${line}: ${code}`);
      assert.equal(m.machine.panic, null, line);
    }
  }
  await m.checkSound();
});

test("every file of the kernel's own can be read, and nonsense written to it is refused", async (t) => {
  const m = await testMachine(t, { seed: 5 });
  const { stdout, code } = await m.run(
    `for f in /proc/* /proc/self/* /proc/1/* /proc/self/fd/* /dev/* /dev/pts/* /sys/*; do
       (head -c 100000 $f >/dev/null 2>&1 </dev/null; echo nonsense >> $f; ls -l $f) >/dev/null 2>&1 &
       sleep 0.2; kill -9 $! 2>/dev/null; wait $!
     done; echo done`,
  );
  assert.deepEqual({ stdout, code }, { stdout: "done\n", code: 0 });
  await m.checkSound();
});

test("the machine's owner may ask for nonsense, too", async (t) => {
  const m = await testMachine(t);
  const { client } = m;
  await assert.rejects(client.input(5, new Uint8Array([13])), /no terminal 5/);
  await assert.rejects(client.acknowledge(-1, 1), /no terminal -1/);
  await assert.rejects(
    client.upload("/no/such/folder/x", new Uint8Array(1)),
    /No such file or directory/,
  );
  await assert.rejects(client.upload("/tmp", new Uint8Array(1)), /Is a directory/);
  await assert.rejects(client.download("/no/such"), /No such file or directory/);
  await assert.rejects(client.download("/tmp"), /Is a directory/);
  assert.equal(await client.space(12345), null);
  assert.equal(await client.walk(12345, 0), null);
  for (const nowhere of [10 ** 9, -1]) {
    const { bytes, kind } = await client.frame(nowhere);
    assert.deepEqual({ bytes, kind }, { bytes: new Uint8Array(), kind: "free" });
  }
  for (const [rows, columns] of [
    [0, 0],
    [-1, 5],
    [1e9, 1e9],
    [Number.NaN, 2.5],
  ] as const) {
    await client.resize(0, rows, columns).catch(() => undefined);
  }
  await client.resize(0, 24, 80);
  await client.acknowledge(0, 1e9).catch(() => undefined);
  // More than RAM holds: refused, and nothing of it stays.
  await assert.rejects(
    client.upload("/tmp/large", new Uint8Array(32 << 20)),
    /No space left|memory/i,
  );
  await m.run("rm -f /tmp/large");
  assert.equal((await m.run("echo fine")).stdout, "fine\n");
  await m.type("echo alive $((40 + 2))\r");
  await m.shows(/alive 42\n/);
  await m.checkSound();
});

test("pausing and resuming at random moments changes no output", async (t) => {
  const m = await testMachine(t);
  const random = createRandom(1);
  const running = m.run(
    "seq 1 20000 | sort -n | tail -n 2; for i in 1 2 3; do sleep 0.05; echo $i; done",
  );
  const over = running.then(() => true);
  for (let turns = 0; turns < 500; turns++) {
    if (await Promise.race([over, Promise.resolve(false)])) break;
    await m.client.pause();
    await new Promise((resolve) => {
      setTimeout(resolve, random() % 4);
    });
    await m.client.resume();
    await new Promise((resolve) => {
      setTimeout(resolve, random() % 4);
    });
  }
  assert.equal((await running).stdout, "19999\n20000\n1\n2\n3\n");
  await m.checkSound();
});
