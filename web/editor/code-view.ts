// The text itself: CodeMirror with what a C program needs. Colours are the page's own custom properties (editor.css), so
// light and dark need nothing here but CodeMirror's own few colours.

import { defaultKeymap, history, historyKeymap, indentWithTab } from "@codemirror/commands";
import {
  bracketMatching,
  indentOnInput,
  indentUnit,
  StreamLanguage,
  syntaxHighlighting,
} from "@codemirror/language";
import { c } from "@codemirror/legacy-modes/mode/clike";
import { type Diagnostic, linter, lintGutter, lintKeymap } from "@codemirror/lint";
import { highlightSelectionMatches, search, searchKeymap } from "@codemirror/search";
import { EditorState, type Extension } from "@codemirror/state";
import {
  drawSelection,
  EditorView,
  highlightActiveLine,
  highlightActiveLineGutter,
  highlightSpecialChars,
  keymap,
  lineNumbers,
  tooltips,
} from "@codemirror/view";
import { classHighlighter } from "@lezer/highlight";
import { isCLanguage } from "./guest-path.ts";

/** How long after the last key the text is checked, in milliseconds. */
const CHECK_AFTER = 350;

export interface CodeListeners {
  /** The text, the selection or what is wrong has changed. */
  readonly changed: (state: EditorState) => void;
  /** What is wrong with the text of a file. */
  readonly check: (path: string, text: string) => Promise<readonly Diagnostic[]>;
  /** Escape was pressed and had nothing to close: the focus goes elsewhere. */
  readonly leave: () => void;
}

const look: Extension = [
  lineNumbers(),
  highlightSpecialChars(),
  drawSelection(),
  highlightActiveLine(),
  highlightActiveLineGutter(),
  syntaxHighlighting(classHighlighter),
  EditorView.lineWrapping,
  // Below the line rather than over the buttons above.
  tooltips({ tooltipSpace: ({ dom }) => dom.getBoundingClientRect() }),
  EditorView.contentAttributes.of({ "aria-label": "Program text; Escape leaves it, Tab indents" }),
];

const editing: Extension = [
  history(),
  bracketMatching(),
  indentOnInput(),
  search({ top: true }),
  highlightSelectionMatches(),
  EditorState.tabSize.of(4),
];

/** The indentation that a text has already: what most of its first lines begin with, else two blanks as in the demos. */
function indentationOf(text: string): string {
  const first = /^(\t| {2,8})\S/m.exec(text)?.[1];
  return first ?? "  ";
}

/** A file's state at its first opening; later ones keep undo history and selection. */
export function createState(path: string, text: string, listeners: CodeListeners): EditorState {
  const isC = isCLanguage(path);
  return EditorState.create({
    doc: text,
    extensions: [
      look,
      editing,
      indentUnit.of(indentationOf(text)),
      isC ? StreamLanguage.define(c) : [],
      isC
        ? [
            lintGutter(),
            linter(({ state }) => listeners.check(path, state.doc.toString()), {
              delay: CHECK_AFTER,
            }),
          ]
        : [],
      keymap.of([
        indentWithTab,
        ...searchKeymap,
        ...historyKeymap,
        ...lintKeymap,
        ...defaultKeymap,
        { key: "Escape", run: () => (listeners.leave(), true) },
      ]),
      EditorView.updateListener.of(({ state }) => listeners.changed(state)),
    ],
  });
}
