// `cc` in the guest: what it makes, what it says, and that nothing about it depends on how the machine runs, how fast the
// compiler outside is, or whether it fails. The compiler runs in this process here; e2e/cli and e2e/machine have its worker.

import assert from "node:assert/strict";
import { test, type TestContext } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";

import type { CompilerWorker } from "../../kernel/boot/compiler-workers.ts";
import { createTurnServer } from "../../userland/cc/driver/worker/turns.ts";
import { readCodePlaces } from "../../userland/cc/object/read-lines.ts";
import { manners, testMachine, type TestMachine, type TestOptions } from "./test-machine.ts";

/** The compiler in this process; `pace` is waited for before each answer. */
function local(pace: () => Promise<void> = () => Promise.resolve()): CompilerWorker {
  const answerTo = createTurnServer();
  return {
    async turn(messages) {
      await pace();
      const answer = answerTo(messages);
      if ("error" in answer) throw new Error(answer.error);
      return answer.said;
    },
    terminate() {},
  };
}

const compiling: TestOptions = { seed: 7, compiler: () => local() };

async function machineWith(
  t: TestContext,
  files: Readonly<Record<string, string>>,
  options: TestOptions = compiling,
): Promise<TestMachine> {
  const m = await testMachine(t, options);
  for (const [path, text] of Object.entries(files))
    await m.client.upload(path, new TextEncoder().encode(text));
  return m;
}

const HELLO =
  '#include <stdio.h>\nint main(int c, char **v) {\n  printf("hello, %s\\n", v[c - 1]);\n  return c;\n}\n';
const WRONG = "int main(void) {\n  int count = 1;\n  return coutn;\n}\n";

for (const [name, options] of manners) {
  test(`a program is compiled and runs ${name}`, async (t) => {
    const m = await machineWith(
      t,
      { "/tmp/hello.c": HELLO },
      { ...options, compiler: () => local() },
    );
    const { stdout, stderr, code } = await m.run(
      "cd /tmp && cc -O2 hello.c -o hello && ls -l hello | cut -c 1-10 && ./hello you",
    );
    assert.deepEqual(
      { stdout, stderr, code },
      { stdout: "-rwxr-xr-x\nhello, you\n", stderr: "", code: 2 },
    );
    await m.checkSound();
  });
}

test("a mistake is shown with its line and a caret, the status is 1, and no program is made", async (t) => {
  const m = await machineWith(t, { "/tmp/wrong.c": WRONG });
  const { stdout, stderr, code } = await m.run("cd /tmp; cc wrong.c -o wrong; echo $?; ls");
  assert.equal(stdout, "1\nwrong.c\n");
  assert.equal(code, 0);
  assert.match(
    stderr,
    /^wrong\.c:3:10: error: .*'coutn'.*\n {4}3 \| {3}return coutn;\n {6}\| +\^~~~~\n/,
  );
});

test("messages have colours on a terminal, and only there", async (t) => {
  let seen = "";
  const m = await machineWith(t, { "/tmp/wrong.c": WRONG });
  const terminal = m.machine.terminals[0];
  assert.ok(terminal !== undefined);
  terminal.onOutput((bytes) => {
    seen += new TextDecoder().decode(bytes);
  });
  await m.run("cc /tmp/wrong.c 2>/tmp/messages; cp /tmp/messages /tmp/m");
  assert.ok(!new TextDecoder().decode(await m.client.download("/tmp/m")).includes("\u001b"));
  await m.run("cc /tmp/wrong.c 2>/dev/pts/0; true");
  for (let waits = 0; waits < 100 && !seen.includes("error"); waits++) await sleep(10);
  assert.ok(seen.includes("\u001b[1;31merror:"), JSON.stringify(seen));
});

test("several files, objects, folders of headers, macros and pipes are as on Linux", async (t) => {
  const m = await machineWith(t, {
    "/tmp/main.c": '#include "twice.h"\nint main(void) { return TWICE(ONE) + twice(20); }\n',
    "/tmp/twice.c": "#include <twice.h>\nint twice(int i) { return TWICE(i); }\n",
  });
  const { stdout, stderr } = await m.run(`cd /tmp; mkdir include src && mv twice.c src
echo 'int twice(int);
#define TWICE(i) (2 * (i))' >include/twice.h
cc -Iinclude -DONE=1 main.c src/twice.c -o program && ./program; echo $?
cc -Iinclude -c src/twice.c && cc -I include -D ONE=2 -c main.c -o m.o && cc m.o twice.o -lc && ./a.out; echo $?
cc -Iinclude -DONE=1 -E -P main.c | tail -n 1
cc -Iinclude -S src/twice.c -o - | grep -c '^twice:'
echo 'int main(void) { return 9; }' | cc -x c - -o nine; ./nine; echo $?
cc -S -O1 -Iinclude src/twice.c && cc -c twice.s -o again.o && cmp again.o again.o && ls *.s *.o`);
  assert.equal(stderr, "");
  assert.equal(
    stdout,
    "42\n44\nint main(void) { return (2 * (1)) + twice(20); }\n1\n9\nagain.o\nm.o\ntwice.o\ntwice.s\n",
  );
});

test("files are read and written as the caller may: errors are Linux's, the umask counts, links are followed", async (t) => {
  const m = await machineWith(t, { "/tmp/a.c": "int main(void) { return 5; }\n" });
  const { stdout, stderr } = await m.run(`cd /tmp; mkdir d.c
cc none.c; cc d.c; cc a.c -o none/a; cc a.c -o d.c; cc -c a.c -o /dev/full; cc a.c -lnone; cc a.c -o /dev/null/x
(umask 077; cc a.c -o private; cc -c a.c; ls -l private a.o | cut -c 1-10)
echo old >old; ln old other; ln -s target link; cc a.c -o old; cc a.c -o link; cat other; ls link target; ./target; echo $?
cc -c a.c -o /dev/null; ls -l /dev/null | cut -c 1-10; cc; cc -frobnicate a.c; echo $?`);
  assert.equal(
    stderr,
    `cc: error: cannot read 'none.c': No such file or directory
cc: error: cannot read 'd.c': Is a directory
cc: error: cannot write 'none/a': No such file or directory
cc: error: cannot write 'd.c': Is a directory
cc: error: cannot write '/dev/full': No space left on device
cc: error: there is no library 'none'
cc: error: cannot write '/dev/null/x': Not a directory
cc: error: there is no input file; try 'cc --help'
cc: error: unknown option '-frobnicate'
`,
  );
  assert.equal(stdout, "-rw-------\n-rwx------\nold\nlink\ntarget\n5\ncrw-rw-rw-\n1\n");
});

test("a program that runs is not changed by compiling it anew", async (t) => {
  const m = await machineWith(t, {
    "/tmp/a.c": "#include <unistd.h>\nint main(void) { sleep(1); return 1; }\n",
    "/tmp/b.c": "int main(void) { return 2; }\n",
  });
  const { stdout, stderr } = await m.run(
    "cd /tmp; cc a.c -o p; ./p & cc b.c -o p; ./p; echo $?; wait $!; echo $?",
  );
  assert.deepEqual({ stdout, stderr }, { stdout: "2\n1\n", stderr: "" });
});

test("many can compile at once, more than the device lets in", async (t) => {
  const m = await machineWith(t, { "/tmp/a.c": "int main(void) { return N; }\n" });
  const { stdout, stderr } = await m.run(`cd /tmp
for i in 1 2 3 4 5 6 7 8 9 10 11 12; do cc -DN=$i a.c -o p$i & done; wait
for i in 1 2 3 4 5 6 7 8 9 10 11 12; do ./p$i; echo $?; done`);
  assert.equal(stderr, "");
  assert.equal(stdout, Array.from({ length: 12 }, (_, i) => `${i + 1}\n`).join(""));
  await m.checkSound();
});

test("the same run gives the same events, however fast the compiler is", async (t) => {
  const traces: string[] = [];
  for (const pace of [0, 3, 15]) {
    const m = await machineWith(
      t,
      { "/tmp/a.c": HELLO, "/tmp/b.c": WRONG },
      { seed: 3, ram: 4 << 20, compiler: () => local(() => sleep(pace * Math.random())) },
    );
    const { next } = await m.client.events(0);
    const result = await m.run(
      "cd /tmp; spin & cc a.c -o a & cc b.c -o b & (sleep 0.01; cc -E a.c | wc); ./a; wait %2 %3; kill %1; wait; ./a x; date",
    );
    const { events, lost } = await m.client.events(next);
    assert.ok(!lost && events.length > 500);
    traces.push(JSON.stringify(result) + events.map((event) => JSON.stringify(event)).join("\n"));
    await m.machine.shutdown();
  }
  for (const trace of traces.slice(1)) {
    const [one = [], other = []] = [traces[0], trace].map((text) => text?.split("\n"));
    const at = one.findIndex((line, index) => line !== other[index]);
    assert.deepEqual(
      other.slice(Math.max(at - 12, 0), at + 3),
      one.slice(Math.max(at - 12, 0), at + 3),
      `event ${at}`,
    );
    assert.equal(other.length, one.length);
  }
});

for (const seed of [undefined, 7]) {
  const when = seed === undefined ? "in real time" : "with a seed";
  test(`Ctrl-C ends a compilation that does not end by itself, ${when}`, async (t) => {
    let ended = 0;
    let isStuck = true;
    const compiler = (): CompilerWorker => {
      const worker = local(() => (isStuck ? new Promise(() => {}) : Promise.resolve()));
      return { ...worker, terminate: () => void ended++ };
    };
    const m = await machineWith(
      t,
      { "/tmp/a.c": HELLO },
      { compiler, ...(seed === undefined ? {} : { seed }) },
    );
    await m.type("cd /tmp; cc a.c -o a\r");
    await m.shows(/cc a\.c -o a\n$/);
    await sleep(100);
    await m.type("\u0003");
    await m.shows(/\^C\n.*\$ $/);
    assert.equal(ended, 1);
    isStuck = false;
    await m.type("echo =$?=; cc a.c -o a && ./a again\r");
    await m.shows(/=130=\nhello, again\n/);
    await m.checkSound();
  });
}

test("a compiler that fails gives EIO and its reason, and the next use has a new one", async (t) => {
  let starts = 0;
  const compiler = (): CompilerWorker =>
    local(() =>
      ++starts === 1
        ? Promise.reject(new Error("compiler-worker.js could not be loaded"))
        : Promise.resolve(),
    );
  const m = await machineWith(t, { "/tmp/a.c": HELLO }, { seed: 7, compiler });
  const { stdout, stderr } = await m.run(
    "cd /tmp; cc a.c; echo $?; cc a.c && ./a.out b; dmesg | tail -n 1",
  );
  assert.equal(stderr, "cc: /dev/cc: Input/output error\n");
  assert.match(
    stdout,
    /^1\nhello, b\n.*\/dev\/cc: the compiler has failed: compiler-worker\.js could not be loaded\n$/,
  );
  await m.checkSound();
});

test("who misuses the device gets an errno, and the machine goes on", async (t) => {
  const m = await machineWith(t, {
    "/tmp/a.c": `#include <bits/cc.h>
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>
static uint32_t message[CC_MESSAGE_MAX / 4 + 1];
static int say(int fd, uint32_t kind, uint32_t argument) {
  message[0] = kind;
  message[1] = argument;
  return write(fd, message, 8) < 0 ? -errno : 0;
}
static void show(const char *what, long result) {
  printf("%s: %s\\n", what, result < 0 ? strerror(-(int)result) : "ok");
}
int main(void) {
  int fd = open("/dev/cc", O_RDWR | O_NONBLOCK);
  struct pollfd p = {fd, POLLIN | POLLOUT, 0};
  poll(&p, 1, 0);
  printf("%d\\n", p.revents == POLLOUT);
  show("nothing to read", read(fd, message, sizeof message) < 0 ? -errno : 0);
  show("rubbish", write(fd, "rubbish", 7) < 0 ? -errno : 0);
  show("too long", write(fd, message, sizeof message) < 0 ? -errno : 0);
  show("no such kind", say(fd, 99, 0));
  show("out of turn", say(fd, CC_DONE, 0));
  show("bad address", write(fd, (void *)8, 8) < 0 ? -errno : 0);
  show("mmap", mmap(0, 4096, PROT_READ, MAP_SHARED, fd, 0) == MAP_FAILED ? -errno : 0);
  show("seek", lseek(fd, 0, SEEK_SET) < 0 ? -errno : 0);
  show("start", say(fd, CC_START, 0));
  show("its turn", say(fd, CC_START, 0));
  p.events = POLLIN;
  show("poll", poll(&p, 1, -1));
  if (fork() == 0) { /* the same compilation */
    while (read(fd, message, CC_MESSAGE_MAX) > 0)
      if (message[0] == CC_EXIT) _exit((int)message[1]);
    _exit(99);
  }
  int status;
  wait(&status);
  printf("status %d\\n", WEXITSTATUS(status));
  show("after the end", read(fd, message, sizeof message) < 0 ? -errno : 0);
  int other = open("/dev/cc", O_RDWR);
  memcpy(message + 2, "nowhere.c", 10);
  message[0] = CC_ARGUMENTS;
  write(other, message, 18);
  say(other, CC_START, 0);
  close(other); /* in the middle */
  return 0;
}
`,
  });
  const { stdout, stderr, code } = await m.run(
    "cd /tmp && cc a.c && ./a.out && cc a.c -o b && ./b | head -n 1",
  );
  assert.deepEqual({ stderr, code }, { stderr: "", code: 0 });
  assert.equal(
    stdout,
    `1
nothing to read: Resource temporarily unavailable
rubbish: Invalid argument
too long: Message too long
no such kind: Protocol error
out of turn: Protocol error
bad address: Bad address
mmap: No such device
seek: Illegal seek
start: ok
its turn: Device or resource busy
poll: ok
status 1
after the end: ok
1
`,
  );
  await m.checkSound();
});

test("with -g the program knows its lines by the names that were typed, with -s it knows nothing", async (t) => {
  const m = await machineWith(t, {
    "/tmp/fault.c": "int main(void) {\n  int *p = 0;\n  return *p;\n}\n",
  });
  const { code } = await m.run(
    "cd /tmp; cc -g fault.c -o /tmp/fault; cc -g -s ./fault.c -o stripped; ./fault",
  );
  assert.equal(code, 139);
  const { events } = await m.client.events(0);
  void events;
  const places = readCodePlaces(await m.client.download("/tmp/fault"));
  const main = Array.from({ length: 0x4000 }, (_, index) =>
    places.locate(0x10000 + 2 * index),
  ).filter((place) => place?.function === "main");
  assert.deepEqual(new Set(main.map((place) => place?.file)), new Set(["fault.c"]));
  assert.ok(main.some((place) => place?.line === 3));
  const stripped = await m.client.download("/tmp/stripped");
  assert.equal(readCodePlaces(stripped).locate(0x10000), undefined);
  assert.ok(stripped.length < (await m.client.download("/tmp/fault")).length);
});

test("the headers and the libc are there to be looked at", async (t) => {
  const m = await machineWith(t, {});
  const { stdout } = await m.run(
    "ls /usr/include | grep -c h; head -n 1 /usr/include/stdio.h; ls -l /usr/lib/libc.a | wc -l",
  );
  assert.match(stdout, /^[3-9]\d\n\/\*.*\n1\n$/);
});
