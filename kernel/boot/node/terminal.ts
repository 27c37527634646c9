// The host's terminal as the machine's: raw keys in, output as it comes, the window's size.

import { type Machine, shellStatus } from "../machine.ts";

/** Runs a shell until it ends; its status. The caller ends the raw mode. */
export function runTerminal(machine: Machine): Promise<number> {
  const { stdin, stdout } = process;
  stdin.setRawMode(true);
  return new Promise<number>((resolve) => {
    const terminal = machine.openTerminal(stdout.rows, stdout.columns, (status) =>
      resolve(shellStatus(status)),
    );
    terminal.onOutput((bytes) => {
      stdout.write(bytes, () => machine.loop.post(() => terminal.acknowledge(bytes.length)));
    });
    stdin.on("data", (chunk: Buffer) => machine.loop.post(() => terminal.input(chunk)));
    stdin.on("end", () => machine.loop.post(() => terminal.hangUp()));
    stdout.on("resize", () =>
      machine.loop.post(() => terminal.resize(stdout.rows, stdout.columns)),
    );
  });
}
