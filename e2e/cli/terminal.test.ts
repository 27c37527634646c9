// The command line on a terminal: a shell whose keys, colours, size and Ctrl-C are the host terminal's. The terminal is a
// pty that util-linux's script(1) makes.

import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { describe, test } from "node:test";

import { lacking } from "../../userland/oracles.mjs";
import { plain, until } from "../robust/test-machine.ts";
import { vitrine } from "./vitrine.ts";

interface Session {
  readonly screen: () => string;
  readonly type: (keys: string) => void;
  readonly shows: (pattern: RegExp) => Promise<void>;
  readonly ended: Promise<number | null>;
}

async function atTerminal(words: string, use: (session: Session) => Promise<void>): Promise<void> {
  const command = `trap : INT; stty rows 30 columns 100; "${process.execPath}" "${vitrine}" ${words}; echo status $?; stty -a`;
  const child = spawn("script", ["-qfec", command, "/dev/null"], {
    stdio: ["pipe", "pipe", "inherit"],
    detached: true,
  });
  let text = "";
  child.stdout.setEncoding("utf8").on("data", (chunk: string) => (text += chunk));
  const screen = (): string => plain(text);
  const session: Session = {
    screen,
    type: (keys) => void child.stdin.write(keys),
    shows: (pattern) =>
      until(
        () => pattern.test(screen()),
        () => `no ${String(pattern)} in ${JSON.stringify(screen().slice(-800))}`,
      ),
    ended: new Promise((resolve) => {
      child.on("close", resolve);
    }),
  };
  try {
    await use(session);
  } finally {
    if (child.exitCode === null && child.pid !== undefined) process.kill(-child.pid, "SIGKILL");
  }
}

describe("the command line at a terminal", { skip: lacking("script") }, () => {
  test("a shell on the terminal: keys go in, Ctrl-C ends what runs, exit gives its status", () =>
    atTerminal("", async ({ type, shows, ended, screen }) => {
      await shows(/\$ $/);
      type("echo $((6 * 7)); stty size; tty\r");
      await shows(/\n42\n30 100\n\/dev\/pts\/0\n/);
      type("spin\r");
      await shows(/\$ spin\n$/);
      type("\x03");
      await shows(/\^C\n[^\n]*\$ $/);
      type("echo $?\r");
      await shows(/\n130\n/);
      type("sleep 100\r");
      await shows(/\$ sleep 100\n$/);
      type("\x1a");
      await shows(/Stopped +sleep 100/);
      type("kill %1; exit 9\r");
      // The shell may speak of the job first, and then must be asked again.
      await shows(/status 9\n/);
      await ended;
      // The host's terminal is as it was.
      assert.match(screen(), /[^-]icanon/);
      assert.match(screen(), /[^-]echo[^ek]/);
    }));

  test("Ctrl-D at the prompt ends the machine", () =>
    atTerminal("", async ({ type, shows, ended }) => {
      await shows(/\$ $/);
      type("\x04");
      await shows(/status 0\n/);
      await ended;
    }));

  test("-c on a terminal: the host's Ctrl-C ends it and the terminal is as before", () =>
    atTerminal("-c 'echo ready; spin'", async ({ type, shows, ended, screen }) => {
      await shows(/ready\n/);
      type("\x03");
      await shows(/icanon/);
      await ended;
      assert.match(screen(), /status 130\n/);
    }));

  test("--timeout leaves the terminal as it was", () =>
    atTerminal("--timeout 1", async ({ shows, ended, screen }) => {
      await shows(/status 124\n/);
      await ended;
      assert.match(screen(), /[^-]icanon/);
    }));
});
