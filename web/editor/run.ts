// Commands typed into the terminal for the person, as the person would: only where a shell waits for one.

import type { Vitrine } from "../client/vitrine.ts";
import type { Prompt } from "../terminal/prompt-marks.ts";
import type { Screen } from "../terminal/screen.ts";
import { HOME } from "./guest-path.ts";

/** The terminal that the page shows. */
const TERMINAL = 0;
const CTRL_C = "\x03";
/** How long a shell may take to give a new prompt, in milliseconds. */
const PATIENCE_MS = 3000;

export interface Typing {
  readonly vitrine: Vitrine;
  readonly screen: Screen;
  readonly send: (text: string) => void;
}

/** Waits until the prompt is as wanted; false when that takes too long. */
async function until(screen: Screen, wanted: (prompt: Prompt) => boolean): Promise<boolean> {
  const end = performance.now() + PATIENCE_MS;
  while (!wanted(screen.prompt())) {
    if (performance.now() > end) return false;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  return true;
}

/** Why nothing can be typed: what else has the keyboard. */
async function whoHasIt({ vitrine, screen }: Typing): Promise<string> {
  if (screen.prompt().state === "unknown")
    return "No shell of Vitrine's is at its prompt in the terminal, so nothing was typed.";
  const holder = await vitrine.foreground(TERMINAL);
  const who = holder === null ? "A program" : `${holder.name} (pid ${holder.pid})`;
  return `${who} is running in the terminal, so nothing was typed. End it (Ctrl+C in the terminal), or wait, and try again.`;
}

/**
 * Types a command at the shell's prompt; `command` makes it for the directory the shell is in. What stands there already is
 * given up with Ctrl-C, as a person would, and stays readable. Gives what was typed; throws when no shell waits.
 */
export async function typeCommand(
  typing: Typing,
  command: (folder: string) => string,
): Promise<string> {
  const { vitrine, screen, send } = typing;
  if ((await vitrine.status()).paused)
    throw new Error("The machine is paused: resume it to run something.");
  const { state, commands } = screen.prompt();
  if (state === "busy" || state === "unknown") throw new Error(await whoHasIt(typing));
  if (state === "typed") {
    send(CTRL_C);
    if (!(await until(screen, ({ state }) => state === "ready")))
      throw new Error(await whoHasIt(typing));
  }
  const shell = await vitrine.foreground(TERMINAL);
  const line = command(shell?.folder ?? HOME);
  send(`${line}\r`);
  // Whoever types again at once must not find the prompt that is about to go.
  await until(screen, (prompt) => prompt.commands !== commands);
  return line;
}

/** Types words at an empty prompt for the person to go on with; false where there is none. */
export async function offerWords(
  { vitrine, screen, send }: Typing,
  words: (folder: string) => string,
): Promise<boolean> {
  if (screen.prompt().state !== "ready") return false;
  const shell = await vitrine.foreground(TERMINAL);
  if (shell === null || screen.prompt().state !== "ready") return false;
  send(words(shell.folder));
  return true;
}
