// strace on the machine against strace on Linux. tests/traced-recorded.txt is what strace 6.1 there prints for a native, static
// tests/traced.c, from its getppid on:
//
//   gcc -static -O1 tests/traced.c -o traced && strace -o traced-recorded.txt ./traced
//
// Process ids and addresses are masked on both sides, and the calls that the C libraries make in their own ways left out.

import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { HostOutput } from "../kernel/boot/kernel-tasks.ts";
import { Machine, shellStatus } from "../kernel/boot/machine.ts";
import { createNodeHost } from "../kernel/boot/node/host.ts";
import { compileProgram } from "./toolchain.mjs";

const here = import.meta.dirname;
const work = mkdtempSync(join(tmpdir(), "vitrine-strace-"));
after(() => rmSync(work, { recursive: true }));

interface Run {
  readonly out: string;
  readonly complaints: string;
  readonly status: number;
}

/** Runs `sh -c script` on a fresh machine, which has `program` as /tmp/program. */
async function run(script: string, program?: Uint8Array): Promise<Run> {
  const image = readFileSync(join(here, "image.cpio"));
  const machine = new Machine({ ramBytes: 16 << 20, image, host: createNodeHost(), seed: 7 });
  void machine.start();
  if (program !== undefined) await machine.writeFile("/tmp/program", program);
  const texts: [Uint8Array[], Uint8Array[]] = [[], []];
  const [stdout, stderr] = texts.map(
    (chunks) => new HostOutput(machine.kernel, (bytes) => chunks.push(bytes)),
  );
  assert.ok(stdout !== undefined && stderr !== undefined);
  const status = await machine.runProgram(
    { path: "/bin/sh", argv: ["sh", "-c", script], envp: ["PATH=/bin"], cwd: "/tmp" },
    { input: undefined, stdout, stderr },
  );
  await machine.shutdown();
  assert.equal(machine.panic, null);
  const [out = "", complaints = ""] = texts.map((chunks) => Buffer.concat(chunks).toString());
  return { out, complaints, status: shellStatus(status) };
}

function masked(text: string): string {
  return text
    .slice(text.indexOf("getppid"))
    .replaceAll(/0x[0-9a-f]{5,}/g, "ADDRESS")
    .replaceAll(/kill\(\d+/g, "kill(PID")
    .replaceAll(/si_pid=\d+/g, "si_pid=PID")
    .replaceAll(/^((?:getp|wait4|kill).*\)) += \d+$/gm, "$1 = N")
    .replaceAll(/^(?:clone|rt_sigaction|getpid).*\n/gm, "")
    .replaceAll(/, si_utime=.*\}/g, "}");
}

test("strace shows calls of every kind as strace does on Linux", async () => {
  const out = join(work, "traced");
  compileProgram({ sources: [join(here, "tests", "traced.c")], out });
  const { complaints, status } = await run("strace ./program", readFileSync(out));
  const recorded = readFileSync(join(here, "tests", "traced-recorded.txt"), "latin1");
  assert.equal(masked(complaints), masked(recorded));
  assert.equal(status, 128 + 10);
});

test("strace -f follows children, and says who is who", async () => {
  const { complaints, status } = await run(
    "strace -f -e trace=wait4,exit_group sh -c 'cat /dev/null; false'",
  );
  assert.equal(status, 1);
  const [, child = ""] = /strace: Process (\d+) attached/.exec(complaints) ?? [];
  assert.match(complaints, new RegExp(`^\\[pid +${child}\\] exit_group\\(0\\) += \\?$`, "m"));
  assert.match(
    complaints,
    new RegExp(`^\\[pid +${child}\\] \\+\\+\\+ exited with 0 \\+\\+\\+$`, "m"),
  );
  assert.match(
    complaints,
    /^<\.\.\. wait4 resumed>\[\{WIFEXITED\(s\) && WEXITSTATUS\(s\) == 0\}\]/m,
  );
  assert.match(complaints, /\+\+\+ exited with 1 \+\+\+\n$/);
});

test("strace -c counts, -o writes elsewhere, -p attaches and lets go, and a bad line is refused", async () => {
  const { complaints } = await run("strace -c cat /etc/hostname /nope");
  assert.match(complaints, /^% time     seconds  usecs\/call     calls    errors syscall$/m);
  assert.match(complaints, / 2         1 openat$/m);
  assert.match(complaints, /^100\.00 .* total$/m);
  const other = await run("strace -o trace cat /etc/hostname; grep -c read trace");
  assert.deepEqual([other.out, other.complaints], ["vitrine\n2\n", ""]);
  const attached = await run("sleep 5 & strace -p $! & sleep 1; kill $!; wait %1; echo $?");
  assert.match(
    attached.complaints,
    /Process \d+ attached\n.*nanosleep.* <detached \.\.\.>\nstrace: Process \d+ detached/s,
  );
  assert.match(attached.out, /0\n$/);
  for (const [line, complaint] of [
    ["strace", "strace: must have PROG [ARGS] or -p PID\nTry 'strace -h' for more information.\n"],
    ["strace -e trace=nope ls", "strace: invalid system call 'nope'\n"],
    ["strace /nope", "strace: Can't stat '/nope': No such file or directory\n"],
    ["strace -p 99999", "strace: attach: ptrace(PTRACE_SEIZE, 99999): No such process\n"],
  ] as const) {
    const { complaints: said, status } = await run(line);
    assert.deepEqual([said, status], [complaint, 1], line);
  }
});

test("strace shows what select found, the mask that a handler returns to, and who sent SIGPIPE", async () => {
  const source = join(work, "rarer.c");
  const out = join(work, "rarer");
  writeFileSync(
    source,
    `#include <signal.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/select.h>
#include <unistd.h>
static void nothing(int number) { (void)number; }
int main(void) {
  int ends[2];
  fd_set set;
  sigset_t mask;
  struct timeval soon = {0, 0};
  struct rusage usage;
  pipe(ends);
  FD_ZERO(&set);
  FD_SET(ends[0], &set);
  select(ends[0] + 1, &set, 0, 0, &soon);
  write(ends[1], "x", 1);
  FD_SET(ends[0], &set);
  select(ends[0] + 1, &set, 0, 0, 0);
  sigemptyset(&mask), sigaddset(&mask, SIGINT), sigprocmask(SIG_BLOCK, &mask, 0);
  signal(SIGUSR1, nothing), raise(SIGUSR1);
  getrusage(RUSAGE_CHILDREN, &usage);
  prctl(PR_SET_NAME, "renamed");
  close(ends[0]);
  write(ends[1], "x", 1);
}
`,
  );
  compileProgram({ sources: [source], out });
  const { complaints, status } = await run("strace ./program", readFileSync(out));
  assert.equal(status, 128 + 13);
  for (const line of [
    "pselect6(4, [3], NULL, NULL, {tv_sec=0, tv_nsec=0}, NULL) = 0 (Timeout)",
    "pselect6(4, [3], NULL, NULL, NULL, NULL) = 1 (in [3])",
    "rt_sigreturn({mask=[INT]})",
    "getrusage(RUSAGE_CHILDREN, {ru_utime={tv_sec=",
    'prctl(PR_SET_NAME, "renamed")',
    "--- SIGPIPE {si_signo=SIGPIPE, si_code=SI_USER, si_pid=",
  ])
    assert.ok(complaints.includes(line), `${line} is not in ${complaints}`);
});

test("strace says nothing of what its child does after a program that cannot be executed", async () => {
  const { complaints, status } = await run("strace /tmp");
  assert.equal(status, 1);
  assert.match(
    complaints,
    /^execve\("\/tmp".*EACCES.*\nstrace: exec: Permission denied\n\+\+\+ exited with 1 \+\+\+\n$/,
  );
});
