// The shell at a terminal: job control, line editing and the marks around commands, over a pty of the host
// (util-linux's `script`).
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";

import { lacking } from "../oracles.mjs";
import type { GuestShell } from "./tests/guest-shell.mjs";
import { buildGuestShell } from "./tests/guest-shell.mjs";

const ESC = String.fromCharCode(27);
const BEL = String.fromCharCode(7);

/** The shell's "to a fresh line", then control sequences: without them it is what a person reads. */
const controls = new RegExp(
  `${ESC}\\[2m\u23ce${ESC}\\[m *\\r${ESC}\\[K|${ESC}\\][^${BEL}]*${BEL}|${ESC}\\[[0-9;?]*[A-Za-z]|\\r`,
  "g",
);
const mark = new RegExp(`${ESC}\\]633;([^${BEL}]*)${BEL}`, "g");

interface Terminal {
  /** Types, then waits until the output since then matches; returns that output. */
  type(keys: string, until: RegExp): Promise<string>;
  /** Everything since the start, control sequences included. */
  raw(): string;
}

async function atTerminal(
  command: string,
  home: string,
  use: (terminal: Terminal) => Promise<void>,
): Promise<number | null> {
  const child = spawn("script", ["-qfec", command, "/dev/null"], {
    cwd: home,
    env: { PATH: `/usr/bin:/bin`, HOME: home, TERM: "xterm-256color", LC_ALL: "C.UTF-8" },
    stdio: ["pipe", "pipe", "inherit"],
  });
  let output = "";
  let seen = 0;
  child.stdout.setEncoding("utf8").on("data", (chunk: string) => (output += chunk));
  const ended = new Promise<number | null>((resolve) => child.on("close", resolve));
  const wait = async (until: RegExp): Promise<string> => {
    for (let tries = 0; tries < 400; tries++) {
      const text = output.slice(seen).replaceAll(controls, "");
      if (until.test(text)) {
        // what is still on its way belongs to this answer
        await sleep(50);
        seen = output.length;
        return text;
      }
      await sleep(25);
    }
    assert.fail(`${until} did not come; since then: ${JSON.stringify(output.slice(seen))}`);
  };
  try {
    await wait(/\$ $/);
    await use({
      type: (keys, until) => {
        seen = output.length;
        child.stdin.write(keys);
        return wait(until);
      },
      raw: () => output,
    });
    child.stdin.write("\u0015exit\rexit\r");
    return await ended;
  } finally {
    child.kill("SIGKILL");
  }
}

describe("the shell at a terminal", { skip: lacking("qemu-riscv64", "script") }, () => {
  let shell: GuestShell;
  const home = mkdtempSync(join(tmpdir(), "sh-home-"));
  before(() => void (shell = buildGuestShell()));
  after(() => {
    shell.close();
    rmSync(home, { recursive: true });
  });

  test("Ctrl-Z stops a job, bg lets it go on, fg brings it back, Ctrl-C ends it", async () => {
    await atTerminal(shell.command, home, async (terminal) => {
      await terminal.type("sleep 100\r", /sleep 100\n/);
      await sleep(300);
      await terminal.type("\u001a", /\[1\]\+ {2}Stopped {17}sleep 100\n[^]*\$ $/);
      await terminal.type("bg\r", /\[1\] sleep 100 &\n[^]*\$ $/);
      await terminal.type("jobs\r", /\[1\]\+ {2}Running {17}sleep 100 &\n[^]*\$ $/);
      await terminal.type("fg %sleep\r", /fg %sleep\nsleep 100\n/);
      await sleep(100);
      await terminal.type("\u0003", /\$ $/);
      await terminal.type("echo status $?\r", /status 130\n[^]*\$ $/);
      await terminal.type("jobs; echo none\r", /jobs; echo none\nnone\n[^]*\$ $/);
    });
  });

  test("a stopped pipeline goes on where it was, both processes of it", async () => {
    await atTerminal(shell.command, home, async (terminal) => {
      await terminal.type("cat | cat\r", /cat \| cat\n/);
      await terminal.type("one\r", /one\none\n/);
      await terminal.type("\u001a", /Stopped {17}cat \| cat\n[^]*\$ $/);
      await terminal.type("fg\r", /cat \| cat\n/);
      await terminal.type("two\r", /two\ntwo\n/);
      await terminal.type("\u0004", /\$ $/);
    });
  });

  test("Ctrl-C ends a loop of the shell itself, and one that waits for a program", async () => {
    await atTerminal(shell.command, home, async (terminal) => {
      await terminal.type("while :; do :; done\r", /done\n/);
      await sleep(200);
      await terminal.type("\u0003", /\$ $/);
      await terminal.type("while :; do sleep 10; done\r", /done\n/);
      await sleep(300);
      await terminal.type("\u0003", /\$ $/);
      await terminal.type("echo status $?\r", /status 130\n/);
    });
  });

  test("a background job is announced before a prompt when it has ended", async () => {
    await atTerminal(shell.command, home, async (terminal) => {
      await terminal.type("(sleep 0.1; exit 3) &\r", /\[1\] \d+\n[^]*\$ $/);
      await terminal.type("sleep 0.4\r", /\[1\]\+ {2}Exit 3 {18}\(sleep 0.1; exit 3\)\n[^]*\$ $/);
    });
  });

  test("the emacs keys edit the line", async () => {
    await atTerminal(shell.command, home, async (terminal) => {
      await terminal.type("abc\u0001echo \u0005 def\r", /\nabc def\n/);
      await terminal.type("echo one two\u0017three\r", /\none three\n/);
      await terminal.type("echo gone\u0015echo kept\u0001\u000b\u0019\r", /\nkept\n/);
      await terminal.type("echo a-b c\u001bb\u001bb\u001bd\u0004x\r", /\na-xc\n/);
      await terminal.type(
        "echo \u00e9\u4e16\u754cx\u001b[D\u001b[D\u007f\u0014\r",
        /\n\u754c\u00e9x\n/,
      );
      await terminal.type("echo 1\u001b[H\u001b[3~E\u001b[F2\r", /Echo: not found\n/);
    });
  });

  test("Up recalls the lines that begin as typed, Ctrl-R searches, Ctrl-C abandons a line", async () => {
    writeFileSync(join(home, ".sh_history"), "");
    await atTerminal(shell.command, home, async (terminal) => {
      await terminal.type("echo first\r", /\nfirst\n/);
      await terminal.type("true\r", /\$ $/);
      await terminal.type("ec\u001b[A\r", /\nfirst\n/);
      await terminal.type("\u0012fir\r", /\nfirst\n/);
      await terminal.type("echo never\u0003", /\^C\n[^]*\$ $/);
      await terminal.type("history\r", /1 {2}echo first\n *2 {2}true\n *3 {2}echo first\n/);
    });
  });

  test("the next shell begins with what was typed, a command of several lines is one entry, fc lists and repeats", async () => {
    writeFileSync(join(home, ".sh_history"), "");
    await atTerminal(shell.command, home, async (terminal) => {
      await terminal.type("echo once\r", /\nonce\n/);
      await terminal.type("echo once\r", /\nonce\n/);
      await terminal.type("for i in 1 2\r", /\n> $/);
      await terminal.type("do echo n$i; done\r", /\nn1\nn2\n/);
      await terminal.type("echo 'a \\'\r", /\na \\\n/);
    });
    const kept = "echo once\nfor i in 1 2\\\ndo echo n$i; done\necho 'a \\'\nexit\n";
    assert.equal(readFileSync(join(home, ".sh_history"), "utf8"), kept);
    await atTerminal(shell.command, home, async (terminal) => {
      await terminal.type(
        "fc -l\r",
        /1\techo once\n2\tfor i in 1 2\n\tdo echo n\$i; done\n3\techo 'a \\'\n4\texit\n[^]*\$ $/,
      );
      await terminal.type("\u001b[A\u001b[A\u001b[A\u001b[A\r", /\nn1\nn2\n/);
      await terminal.type("fc -s once=twice ec\r", /\necho 'a \\'\na \\\n/);
      await terminal.type("fc -s once=twice 1\r", /\necho twice\ntwice\n/);
      await terminal.type("FCEDIT='sed -i s/twice/thrice/'; fc -2 -1\r", /\nthrice\n/);
      await terminal.type("fc -ln -2 -1\r", /\n\techo twice\n\techo 'a/);
      await terminal.type("\u0012thr\r", /\nthrice\n/);
      await terminal.type("fc -s nothing\r", /fc: nothing: no such command\n/);
    });
  });

  test("with set -b the end of a job is told while a line is being typed", async () => {
    await atTerminal(shell.command, home, async (terminal) => {
      await terminal.type("set -b\r", /\$ $/);
      await terminal.type("(sleep 0.3; exit 4) &\r", /\[1\] \d+\n[^]*\$ $/);
      await terminal.type("echo ty", /\[1\]\+ {2}Exit 4 [^]*\$ echo ty$/);
      await terminal.type("ped\r", /\ntyped\n/);
    });
  });

  test("Tab completes commands, files and variables", async () => {
    writeFileSync(join(home, "a file"), "contents\n");
    writeFileSync(join(home, "pair-one"), "1\n");
    writeFileSync(join(home, "pair-two"), "2\n");
    await atTerminal(shell.command, home, async (terminal) => {
      await terminal.type("hist\t\r", /history \n/);
      await terminal.type("cat a\t\r", /\ncontents\n/);
      await terminal.type("cat pa\t\t", /pair-one {2}pair-two\n/);
      await terminal.type("t\t\r", /\n2\n/);
      await terminal.type("echo $HOM\t\r", /\/sh-home-/);
      await terminal.type('echo "${HOM\t" x$HOM\t\r', /\/sh-home-\S+ x\/tmp\/sh-home-/);
      await terminal.type("cat $HOME/a\t\r", /\ncontents\n/);
      await terminal.type("alias completed='echo yes'\rcomple\t\r", /\nyes\n/);
    });
  });

  test("Tab quotes what a file's name holds, by the quotes that are open", async () => {
    const names = ["b's $x", 'c"d', "e*f"];
    names.push("g\nh");
    for (const name of names) writeFileSync(join(home, name), `in ${name[0]}\n`);
    await atTerminal(shell.command, home, async (terminal) => {
      await terminal.type("cat b\t\r", /cat b\\'s\\ \\\$x \nin b\n/);
      await terminal.type("cat 'b\t\r", /cat 'b'\\''s \$x' \nin b\n/);
      await terminal.type('cat "b\t\r', /cat "b's \\\$x" \nin b\n/);
      await terminal.type("cat c\t\r", /cat c\\"d \nin c\n/);
      await terminal.type('cat "c\t\r', /cat "c\\"d" \nin c\n/);
      await terminal.type("cat e\t\r", /cat e\\\*f \nin e\n/);
      await terminal.type("cat g\t\r", /\nin g\n/);
      await terminal.type("cat 'b'\\''\t\r", /\nin b\n/);
    });
  });

  test("an unfinished command gets a continuation prompt, a paste is edited, not run", async () => {
    await atTerminal(shell.command, home, async (terminal) => {
      await terminal.type("for i in 1 2\r", /\n> $/);
      await terminal.type("do echo n$i; done\r", /\nn1\nn2\n/);
      await terminal.type("\u001b[200~echo p1\necho p2\n\u001b[201~", /echo p1\necho p2$/);
      await terminal.type("\r", /\np1\np2\n/);
      await terminal.type("cat <<E\r", /\n> $/);
      await terminal.type("doc\r", /\n> $/);
      await terminal.type("E\r", /\ndoc\n/);
    });
  });

  test("marks tell the command line and the status of each command", async () => {
    const status = await atTerminal(shell.command, home, async (terminal) => {
      await terminal.type("(exit 7); exit_status=$?\r", /\$ $/);
      await terminal.type("echo out; (exit 5)\r", /out\n[^]*\$ $/);
      const marks = [...terminal.raw().matchAll(mark)].map((match) => match[1]);
      assert.deepEqual(marks, [
        "A",
        "B",
        "E;(exit\\x207)\\x3b\\x20exit_status=$?",
        "C",
        "D;0",
        "A",
        "B",
        "E;echo\\x20out\\x3b\\x20(exit\\x205)",
        "C",
        "D;5",
        "A",
        "B",
      ]);
      await terminal.type("cd /; true\r", /\n\/ \$ $/);
    });
    assert.equal(status, 0);
  });
});
