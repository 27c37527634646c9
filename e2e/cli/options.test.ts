// The command line's own words: what they do, and what it says to those that mean nothing.

import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test, type TestContext } from "node:test";

import { run, sh } from "./vitrine.ts";

function folder(t: TestContext): string {
  const path = mkdtempSync(join(tmpdir(), "vitrine-cli-"));
  t.after(() => rmSync(path, { recursive: true }));
  return path;
}

test("--help explains every option on standard output", async () => {
  const { stdout, stderr, code } = await run(["--help"]);
  assert.deepEqual({ stderr, code }, { stderr: "", code: 0 });
  for (const word of [
    "--ram",
    "--seed",
    "--events",
    "--strace",
    "--stats",
    "--timeout",
    "run PROGRAM",
  ])
    assert.ok(stdout.includes(word), word);
  assert.equal((await run(["-h"])).stdout, stdout);
  for (const line of stdout.split("\n")) assert.ok(line.length <= 100, line);
});

test("words that mean nothing are status 2 and a hint", async () => {
  for (const [words, what] of [
    [["--rom", "4M"], /--rom/],
    [["--ram"], /--ram/],
    [["--ram", "lots"], /"lots" is not a size/],
    [["--ram", "100K"], /from 1M/],
    [["--ram", "3G"], /from 1M to just below 2G/],
    [["--ram", "-1"], /--ram|'-1'/],
    [["--seed", "x"], /"x" is not a number/],
    [["--seed", "4294967296"], /not a number from 0/],
    [["--timeout", "soon"], /"soon" is not a number of seconds/],
    [["--timeout", "0"], /not a number of seconds/],
    [["walk"], /"walk"[^]*vitrine run walk/],
    [["run"], /run needs a program/],
    [["-c"], /-c/],
    [["-c", "true", "more"], /"more"/],
    [["--stats=yes", "-c", "true"], /--stats/],
  ] as const) {
    const { code, stdout, stderr } = await run(words);
    assert.deepEqual({ code, stdout }, { code: 2, stdout: "" }, words.join(" "));
    assert.match(stderr, what);
    assert.match(stderr, /^vitrine: [^\n]+\nTry: vitrine --help\n$/);
  }
});

test("--ram is what the machine has", async () => {
  for (const [size, kilobytes] of [
    ["1M", 1024],
    ["4096K", 4096],
    ["20M", 20480],
  ] as const) {
    const { stdout, code } = await run(["--ram", size, "-c", "head -n 1 /proc/meminfo"]);
    assert.equal(code, 0, size);
    assert.match(stdout, new RegExp(`^MemTotal: +${kilobytes} kB\\n$`));
  }
});

test("a gigabyte may be asked for and used", async () => {
  const { stdout, code } = await run(["--ram", "1G", "-c", "hog 600m"]);
  assert.equal(code, 0);
  assert.match(stdout, /^hog: 614400 KiB taken$/m);
  assert.match(stdout, /^hog: 600m intact$/m);
});

test("--timeout ends it with status 124 and says so", async () => {
  const began = performance.now();
  const { code, stderr, stdout } = await run(["--timeout", "0.5", "-c", "echo begun; spin"]);
  assert.deepEqual({ code, stdout }, { code: 124, stdout: "begun\n" });
  assert.match(stderr, /timed out after 0\.5 s/);
  assert.ok(performance.now() - began < 10_000);
  assert.equal((await run(["--timeout", "20", "-c", "true"])).code, 0);
});

test("--seed repeats everything: the output, and --events byte for byte", async (t) => {
  const here = folder(t);
  const story =
    "head -c 8 /dev/urandom | hexdump; date; for i in 1 2 3; do (sleep 0.0$i; echo $i) & done; wait; cow";
  const told = async (seed: string, file: string): Promise<{ stdout: string; events: Buffer }> => {
    const path = join(here, file);
    const { stdout, code, stderr } = await run(["--seed", seed, "--events", path, "-c", story]);
    assert.equal(code, 0, stderr);
    return { stdout, events: readFileSync(path) };
  };
  const once = await told("7", "once");
  const again = await told("7", "again");
  const other = await told("8", "other");
  assert.equal(again.stdout, once.stdout);
  assert.ok(once.events.equals(again.events));
  assert.notEqual(other.stdout, once.stdout);
  const lines = once.events.toString().trimEnd().split("\n");
  const events = lines.map(
    (line) => JSON.parse(line) as { readonly kind: string; readonly sequence: number },
  );
  for (const kind of ["fault", "fork", "exec", "exit", "syscall", "switch", "frame-alloc", "map"])
    assert.ok(
      events.some((event) => event.kind === kind),
      kind,
    );
  assert.ok(lines.some((line) => line.includes('"use":"page-table"')));
  events.forEach((event, index) => assert.equal(event.sequence, index));
});

test("--events to a place that cannot be written is said, and nothing runs", async () => {
  const { code, stdout, stderr } = await run(["--events", "/no/such/folder/x", "-c", "echo ran"]);
  assert.deepEqual({ code, stdout }, { code: 1, stdout: "" });
  assert.match(stderr, /^vitrine: [^\n]*\/no\/such\/folder\/x[^\n]*\n$/);
});

test("--strace shows each system call as strace does", async () => {
  const { stdout, stderr } = await run([
    "--strace",
    "-c",
    "cat /etc/hostname; cat /no/such; exit 4",
  ]);
  assert.match(stdout, /^\w+\n$/);
  assert.match(stderr, /^\d+ execve\(/m);
  assert.match(stderr, /^\d+ openat\(AT_FDCWD, "\/etc\/hostname", .*\) = 3$/m);
  assert.match(stderr, /^\d+ openat\(AT_FDCWD, "\/no\/such", .*\) = -1 ENOENT$/m);
  assert.match(stderr, /^\d+ read\(3, 0x[\da-f]+, \d+\) = \d+$/m);
  assert.match(stderr, /^\d+ exit_group\(4\) = \?$/m);
  const lines = stderr
    .trimEnd()
    .split("\n")
    .filter((line) => !line.startsWith("cat: "));
  for (const line of lines) assert.match(line, /^\d+ \w+\(.*\) = (\?|-?\d|0x)/);
});

test("--stats says what was executed, how fast, with how much memory", async () => {
  const { stdout, stderr, code } = await run(["--stats", "-c", "echo out"]);
  assert.deepEqual({ stdout, code }, { stdout: "out\n", code: 0 });
  assert.match(stderr, /instructions +[\d,]+ \(\d+ million a second\)/);
  assert.match(stderr, /processes +\d+ created/);
  assert.match(stderr, /memory +[\d,]+ kB of 65,536 kB/);
});

test("options after the program's name are the program's", async () => {
  const { stderr, code } = await run(["run", "/no/such/program", "--help"]);
  assert.equal(code, 127);
  assert.match(stderr, /^vitrine: [^\n]*\/no\/such\/program/);
  assert.equal((await sh("echo --help")).stdout, "--help\n");
});
