// The tools that take the whole screen (less, edit, top), with keys typed at a pty of the host (util-linux's `script`).
import assert from "node:assert/strict";
import { spawn, spawnSync } from "node:child_process";
import {
  chmodSync,
  linkSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, describe, test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { readCpio } from "../../kernel/fs/cpio.ts";
import { lacking } from "../oracles.mjs";

const work = mkdtempSync(join(tmpdir(), "vitrine-screen-test-"));
after(() => rmSync(work, { recursive: true }));

const tools = join(work, "tools");
const archive = readCpio(readFileSync(join(import.meta.dirname, "..", "image.cpio")));
writeFileSync(tools, archive.find(({ nlink, data }) => nlink > 9 && data.length > 0)?.data ?? "");
chmodSync(tools, 0o755);

const ESC = String.fromCharCode(27);
const control = (letter: string) => String.fromCharCode(letter.charCodeAt(0) & 31);

/** What is to come on the screen, then what is typed in answer; returns the status. */
type Step = readonly [until: RegExp, keys: string];

/** `before`: what the shell does first, such as setting limits. */
async function atScreen(
  command: string,
  steps: readonly Step[],
  before = ":",
): Promise<number | null> {
  const [name = "", ...rest] = command.split(" ");
  const line = `stty rows 8 cols 60; ${before}; exec qemu-riscv64 -0 ${name} ${tools} ${rest.join(" ")}`;
  const child = spawn("script", ["-qfec", line, "/dev/null"], {
    cwd: work,
    env: { PATH: "/usr/bin:/bin", TERM: "xterm", SHELL: "/bin/sh" },
    stdio: ["pipe", "pipe", "inherit"],
  });
  let output = "";
  let seen = 0;
  child.stdout.setEncoding("utf8").on("data", (chunk: string) => (output += chunk));
  const ended = new Promise<number | null>((resolve) => child.on("close", resolve));
  try {
    for (const [until, keys] of steps) {
      let tries = 0;
      while (!until.test(output.slice(seen))) {
        if (++tries > 400)
          assert.fail(`${until} did not come: ${JSON.stringify(output.slice(seen))}`);
        await sleep(25);
      }
      seen = output.length;
      child.stdin.write(keys);
    }
    return await ended;
  } finally {
    child.kill("SIGKILL");
  }
}

describe("full-screen tools", { skip: lacking("qemu-riscv64", "script") }, () => {
  test("edit changes, undoes, searches, saves, and asks before changes are lost", async () => {
    writeFileSync(join(work, "text"), "first line\n\tsecond w\u00f6rd\n");
    chmodSync(join(work, "text"), 0o640);
    const status = await atScreen("edit text", [
      [/second/, `${ESC}[B${ESC}[F!`],
      [/w\u00f6rd!/, "\r"],
      [/ 3:9 /, "new\u20ac"],
      [/new\u20ac/, `${control("F")}first\r`],
      [/From the beginning again/, control("K")],
      [/\[1;1H[^]*second/, control("Z")],
      [/first/, control("S")],
      [/Saved/, `lost${control("Q")}`],
      [/Save the changes/, ESC],
      [/lost/, control("Q")],
      [/Save the changes/, "n"],
    ]);
    assert.equal(status, 0);
    assert.equal(
      readFileSync(join(work, "text"), "utf8"),
      "first line\n\tsecond w\u00f6rd!\n\tnew\u20ac\n",
    );
    assert.equal(statSync(join(work, "text")).mode & 0o777, 0o640);
    assert.deepEqual(
      readdirSync(work).filter((name) => name.startsWith("text.")),
      [],
    );
  });

  test("edit keeps both names of a file, makes new ones, and leaves alone what it cannot read", async () => {
    const one = join(work, "one");
    writeFileSync(one, "a\n");
    linkSync(one, join(work, "other"));
    const keys = (): readonly Step[] => [
      [/1:1/, `b${control("S")}`],
      [/Saved/, control("Q")],
    ];
    assert.equal(await atScreen("edit one", keys()), 0);
    assert.equal(readFileSync(join(work, "other"), "utf8"), "ba\n");
    assert.equal(
      await atScreen("edit fresh", [[/A new file/, `b${control("S")}`], ...keys().slice(1)]),
      0,
    );
    assert.equal(readFileSync(join(work, "fresh"), "utf8"), "b");
    assert.equal(await atScreen("edit .", []), 1);
  });

  test("a file of two names is still whole when there is no room for its new text", async () => {
    const old = `${"x".repeat(499)}\n`;
    writeFileSync(join(work, "full"), old);
    linkSync(join(work, "full"), join(work, "full-too"));
    // Blocks of 512 bytes (sh).
    const status = await atScreen(
      "edit full",
      [
        [/1:1/, `${"y".repeat(40)}${control("S")}`],
        [/Not saved: full: File too large/, control("Q")],
        [/Save the changes/, "n"],
      ],
      "trap '' XFSZ; ulimit -f 1",
    );
    assert.equal(status, 0);
    assert.equal(readFileSync(join(work, "full-too"), "utf8"), old);
  });

  test("less pages, goes to the end, searches both ways, wraps or cuts long lines", async () => {
    const long = "x".repeat(100);
    const lines = Array.from({ length: 40 }, (_, at) => `line ${at + 1}`);
    writeFileSync(join(work, "long"), [...lines, `${long}END`, ""].join("\n"));
    const status = await atScreen("less long", [
      [/line 7/, " "],
      [/line 14/, "G"],
      [/xEND[^]*\(END\)/, "-S"],
      [/line 40[^E]*\(END\)/, "?line 2$\r"],
      [/line 2[^]*line 8/, "/line .5\r"],
      [/line 15|7mline 15/, "-N"],
      [/ {5}15 /, "/nowhere\r"],
      [/Pattern not found/, "q"],
    ]);
    assert.equal(status, 0);
  });

  test("less copies what it reads where nobody looks", () => {
    const { stdout } = spawnSync("qemu-riscv64", ["-0", "less", tools, "long"], {
      cwd: work,
      encoding: "utf8",
    });
    assert.equal(stdout, readFileSync(join(work, "long"), "utf8"));
  });

  test("top fits the terminal, orders, explains its keys, asks what to end, and ends", async () => {
    const status = await atScreen("top", [
      [/PID S +%CPU +%MEM +RES +SWAP +TIME\+ COMMAND/, "M"],
      [/Tasks: +\d+ total/, "h"],
      [/T {2}by processor time[^]*R {2}the other/, " "],
      [/Tasks: /, "k"],
      [/Process to signal \[\d+\]: /, "999999999\r"],
      [/Signal for 999999999/, "nonsense\r"],
      [/NONSENSE is no signal/, "q"],
    ]);
    assert.equal(status, 0);
  });

  test("ps cuts its rows at the width that it is given", () => {
    const ps = ["--cols", "24", "-o", "pid,args", "-p", String(process.pid)];
    const options = { encoding: "utf8" } as const;
    const ours = spawnSync("qemu-riscv64", ["-0", "ps", tools, ...ps], options).stdout;
    assert.deepEqual(
      ours
        .trim()
        .split("\n")
        .map((row) => row.length <= 24),
      [true, true],
    );
    const wide = spawnSync("qemu-riscv64", ["-0", "ps", tools, ...ps, "-ww"], options).stdout;
    assert.ok(
      wide
        .trimEnd()
        .split("\n")
        .some((row) => row.length > 24),
    );
  });
});
