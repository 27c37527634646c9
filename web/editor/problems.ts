// What the compiler says of a text, as the editor shows it: under the lines, in the gutter, and in words beneath the pointer.
// Messages quote the program, so they reach the page as text nodes and as nothing else.

import type { Action, Diagnostic } from "@codemirror/lint";
import type { CheckMessage } from "../../userland/cc/driver/worker/client.ts";

type Fix = NonNullable<CheckMessage["fix"]>;

function fixName({ from, to, text }: Fix): string {
  if (text === "") return "Remove it";
  return from === to ? `Insert ${text}` : `Replace by ${text}`;
}

/** Does what the compiler proposes, unless what it spoke of has been changed meanwhile. */
function fixAction(fix: Fix, at: number, checked: string): Action {
  return {
    name: fixName(fix),
    apply(view, from) {
      const begin = from + fix.from - at;
      const end = begin + fix.to - fix.from;
      if (view.state.sliceDoc(begin, end) !== checked.slice(fix.from, fix.to)) return;
      view.dispatch({ changes: { from: begin, to: end, insert: fix.text }, userEvent: "input" });
      view.focus();
    },
  };
}

/** A note in words: where it points to, unless that is where the message is. */
function noteText({ message, file, line }: CheckMessage, path: string): string {
  if (line === 0) return message;
  return file === path || file === undefined
    ? `line ${line}: ${message}`
    : `${file}:${line}: ${message}`;
}

function words(message: CheckMessage, path: string): string {
  const { file, line, option } = message;
  const elsewhere = file !== undefined && file !== path && line > 0 ? `${file}:${line}: ` : "";
  return `${elsewhere}${message.message}${option === undefined ? "" : ` [-W${option}]`}`;
}

function drawn(text: string, notes: readonly string[]): HTMLElement {
  const box = document.createElement("div");
  box.append(text);
  for (const note of notes) {
    const line = document.createElement("div");
    line.className = "problem-note";
    line.append(note);
    box.append(line);
  }
  return box;
}

/** @param checked the text that was checked, with "\n" between its lines */
export function diagnosticOf(message: CheckMessage, path: string, checked: string): Diagnostic {
  const text = words(message, path);
  const notes = message.notes.map((note) => noteText(note, path));
  // What is about no place is said where one begins to read.
  const { from, to } = message.range ?? { from: 0, to: 0 };
  return {
    from,
    to,
    severity: message.severity === "note" ? "info" : message.severity,
    message: [text, ...notes].join("\n"),
    renderMessage: () => drawn(text, notes),
    ...(message.fix === undefined ? {} : { actions: [fixAction(message.fix, from, checked)] }),
  };
}
