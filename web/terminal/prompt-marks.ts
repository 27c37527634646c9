// Whether a shell waits for a command on this terminal. The guest's shell marks its prompts and commands with OSC 633 (A
// before the prompt, B behind it, C when a command begins, D when it has ended): the marks are for programs, not for the
// screen. A shell without marks is never known to wait.

import type { IMarker, Terminal } from "@xterm/xterm";

/** `ready`: at an empty prompt; `typed`: at the prompt, but something has been typed there already. */
export type PromptState = "unknown" | "ready" | "typed" | "busy";

export interface Prompt {
  readonly state: PromptState;
  /** How many commands have begun. */
  readonly commands: number;
}

/** Takes the marks out of what is shown; gives a function that tells the state. */
export function followPrompt(terminal: Terminal): () => Prompt {
  let marked: "unknown" | "prompt" | "busy" = "unknown";
  /** Where the prompt ends. */
  let line: IMarker | undefined;
  let column = 0;
  let commands = 0;
  terminal.parser.registerOscHandler(633, (mark) => {
    if (mark.startsWith("B")) {
      marked = "prompt";
      line?.dispose();
      line = terminal.registerMarker(0);
      column = terminal.buffer.active.cursorX;
    } else if (mark.startsWith("C")) {
      marked = "busy";
      commands++;
    }
    return true;
  });
  const state = (): PromptState => {
    if (marked !== "prompt") return marked;
    const { active } = terminal.buffer;
    const isThere = line?.line === active.baseY + active.cursorY && active.cursorX === column;
    const behind = active.getLine(line?.line ?? -1)?.translateToString(true, column);
    return isThere && behind === "" ? "ready" : "typed";
  };
  return () => ({ state: state(), commands });
}
