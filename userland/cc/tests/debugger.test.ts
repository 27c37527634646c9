// What -g writes, as others read it: readelf and addr2line the lines, gdb breakpoints and the way back, in a program that runs
// under qemu.
import assert from "node:assert/strict";
import { spawn, spawnSync } from "node:child_process";
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { lacking } from "../../oracles.mjs";
import { runCommand } from "../driver/command.ts";

const FILES: Readonly<Record<string, string>> = {
  "h.h": "static int thrice(int x) {\n  return x * 3;\n}\n",
  "a.c": `#include "h.h"
static int deep(int n)
{
  if (n == 0)
    return thrice(n + 1);
  return deep(n - 1) + 1;
}
int main(int count,
         char **words)
{
  int a = deep(2);
  (void)words;
  return a + count;
}
`,
  "start.s": "  .globl _start\n_start:\n  li a0, 1\n  call main\n  li a7, 93\n  ecall\n",
};

const folder = mkdtempSync(join(tmpdir(), "cc-debugger-"));
after(() => rmSync(folder, { recursive: true, force: true }));

function compile(options: string, name: string): string {
  const path = join(folder, name);
  const { status, messages } = runCommand(
    [...options.split(" "), "-g", "-nostdlib", "a.c", "start.s", "-o", name],
    {
      read: (file) => {
        const text = FILES[file];
        return text === undefined ? undefined : new TextEncoder().encode(text);
      },
      write(file, bytes) {
        if (file === name) writeFileSync(path, bytes);
        return undefined;
      },
    },
    { headerFolders: [], libraries: [], libraryFolders: [], version: "", colour: false },
  );
  assert.equal(status, 0, messages);
  chmodSync(path, 0o755);
  return path;
}

for (const [name, text] of Object.entries(FILES)) writeFileSync(join(folder, name), text);

function run(command: string, ...args: string[]): string {
  const { stdout, stderr } = spawnSync(command, args, { encoding: "utf8", cwd: folder });
  return stdout + stderr.replaceAll(/^.*(?:warning: Section|debuginfod).*$/gim, "");
}

test(
  "readelf has no complaints, and addr2line finds functions and lines",
  { skip: lacking("riscv64-linux-gnu-readelf", "riscv64-linux-gnu-addr2line") },
  () => {
    for (const level of ["-O0", "-O2"]) {
      const program = compile(level, `lines${level}`);
      const dump = run(
        "riscv64-linux-gnu-readelf",
        "--debug-dump=decodedline,info,aranges",
        program,
      );
      assert.doesNotMatch(dump, /warning|error/i);
      for (const name of ["deep", "main"]) assert.match(dump, new RegExp(`: ${name}\\n`));
      const address = /DW_AT_name .*: main\n(?:.*\n){3,4}?.*DW_AT_low_pc +: (0x[0-9a-f]+)/.exec(
        dump,
      );
      assert.ok(address?.[1] !== undefined, dump);
      const found = run("riscv64-linux-gnu-addr2line", "-f", "-e", program, address[1]);
      assert.match(found, /^main\na\.c:\d+\n$/);
    }
  },
);

/** A port that nobody listens at. */
async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  await new Promise<void>((resolve) => server.close(() => resolve()));
  assert.ok(typeof address === "object" && address !== null);
  return address.port;
}

test(
  "gdb stops at statements, behind the parameters' arrival, and knows who called",
  { skip: lacking("gdb-multiarch", "qemu-riscv64") },
  async () => {
    const program = compile("-O0", "stops");
    const port = await freePort();
    const qemu = spawn("qemu-riscv64", ["-g", `${port}`, program], { stdio: "ignore" });
    try {
      const commands = `set confirm off
set tcp connect-timeout 20
target remote :${port}
break main
break h.h:2
info line a.c:13
continue
continue
bt
delete
continue`.split("\n");
      const said = run(
        "gdb-multiarch",
        "-q",
        "-nx",
        "-batch",
        program,
        ...commands.flatMap((command) => ["-ex", command]),
      );
      assert.match(said, /Breakpoint 1 at 0x[0-9a-f]+: file a\.c, line 11\./);
      assert.match(said, /Breakpoint 2 at 0x[0-9a-f]+: file h\.h, line 2\./);
      assert.match(said, /Line 13 of "a\.c" starts at address 0x[0-9a-f]+ <main\+\d+>/);
      assert.match(said, /Breakpoint 1, main \(\) at a\.c:11\n11\t {2}int a = deep\(2\);/);
      assert.match(
        said,
        /#0 +thrice \(\) at h\.h:2\n#1 .* deep \(\) at a\.c:5\n#2 .* deep \(\) at a\.c:6\n#3 .* deep \(\) at a\.c:6\n#4 .* main \(\) at a\.c:11\n/,
      );
      assert.match(said, /exited with code 06/);
    } finally {
      qemu.kill("SIGKILL");
    }
  },
);
