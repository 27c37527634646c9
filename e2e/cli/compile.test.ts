// C on the command line: `vitrine run FILE.c`, and `cc` inside the machine with the compiler in its real worker.

import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";

import { run } from "./vitrine.ts";

const folder = mkdtempSync(join(tmpdir(), "vitrine-cc-"));
after(() => rmSync(folder, { recursive: true }));

function file(name: string, text: string): string {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
}

test("a C file of this computer is compiled and runs, with its arguments, input and status", async () => {
  file("word.h", '#define WORD "from the host"\n');
  const source = file(
    "echo.c",
    '#include <stdio.h>\n#include "word.h"\nint main(int c, char **v) {\n' +
      '  char line[80];\n  fgets(line, sizeof line, stdin);\n  printf("%s|%s|%s|%s", v[0], v[1], WORD, line);\n  return c;\n}\n',
  );
  const { stdout, stderr, code } = await run(["run", source, "--help"], { input: "in\n" });
  assert.equal(stderr, "");
  assert.deepEqual([stdout, code], ["/run/echo|--help|from the host|in\n", 2]);
});

test("what is wrong with a C file is said by the name that was typed, and the status is 1", async () => {
  file("wrong.c", "int main(void) {\n  retrun 0;\n}\n");
  const { stdout, stderr, code } = await run(["run", "./wrong.c"], { cwd: folder });
  assert.deepEqual([stdout, code], ["", 1]);
  assert.match(stderr, /^\.\/wrong\.c:2:3: error: /);
  assert.match(stderr, /\^/);
  const missing = await run(["run", join(folder, "none.c")]);
  assert.equal(missing.code, 127);
  assert.match(missing.stderr, /^vitrine: .*none\.c/);
});

test("a fault of a C program ends it with its signal's status", async () => {
  const source = file("fault.c", "int main(void) {\n  return *(volatile int *)8;\n}\n");
  assert.equal((await run(["run", source])).code, 139);
});

test("cc works in the shell, and a compilation that would take minutes ends with its process", async () => {
  const { stdout, stderr, code } = await run([
    "-c",
    `cd /tmp
seq 1 2500 | sed 's/.*/x += x * & + (x >> 3);/' >lines
for f in $(seq 1 200); do echo "int f$f(int x) {"; cat lines; echo 'return x; }'; done >long.c
echo 'int main(void) { return 7; }' >short.c
cc -O2 long.c -o long & sleep 3
cc short.c -o short && ./short; echo $?
kill $!; wait $!; echo $?
cc short.c -o again && ./again; echo $?
ls long 2>/dev/null`,
  ]);
  assert.equal(stderr, "");
  assert.deepEqual([stdout, code], ["7\n143\n7\n", 2]);
});

test("with a seed the machine waits for the compiler, and its time does not", async () => {
  const script =
    "cd /tmp; echo 'int main(void) { return 7; }' >a.c; cc a.c; ./a.out; cat /proc/uptime";
  const runs = await Promise.all([1, 2].map(() => run(["--seed", "4", "-c", script])));
  assert.deepEqual(runs[0], runs[1]);
  assert.match(runs[0]?.stdout ?? "", /^0\.\d\d /);
});
