// One terminal of the machine: xterm.js on the page, a pty in the kernel. Bytes from the guest are acknowledged when
// xterm has drawn them, which is what makes a flood of output wait instead of filling memory.

import { FitAddon } from "@xterm/addon-fit";
import { Terminal } from "@xterm/xterm";
import { followPrompt, type Prompt } from "./prompt-marks.ts";
import { currentTheme, onThemeChange } from "./theme.ts";

export interface Screen {
  /** Shows bytes from the guest and calls `done` when they have been drawn. */
  write(bytes: Uint8Array, done: () => void): void;
  /** Where the terminal is drawn; it may be moved from one place on the page to another. */
  readonly element: HTMLElement;
  /** Begins to draw, once `element` is on the page. */
  open(): void;
  /** Draws again what may have been drawn while `element` had no size. */
  redraw(): void;
  /** Hears the person's keys and the changes of the terminal's size from now on. */
  listen(listeners: ScreenListeners): void;
  focus(): void;
  /** Whether a shell waits for a command. */
  prompt(): Prompt;
  /** Everything on the screen and in the scrollback as text. */
  text(): string;
  readonly rows: number;
  readonly columns: number;
}

export interface ScreenListeners {
  readonly input: (bytes: Uint8Array) => void;
  readonly resize: (rows: number, columns: number) => void;
}

const encoder = new TextEncoder();

function binaryBytes(data: string): Uint8Array {
  return Uint8Array.from(data, (character) => character.charCodeAt(0) & 0xff);
}

/** Every key is the guest's, Tab too, so one must lead out: F6, which the page hears (ui/pane-focus.ts). */
const LEAVE_KEY = "F6";

/** Copies the selection on Ctrl+C when there is one; otherwise the key goes to the guest as an interrupt. */
function copyOrInterrupt(terminal: Terminal): (event: KeyboardEvent) => boolean {
  return (event) => {
    if (event.key === LEAVE_KEY) return false;
    const copyKey =
      event.type === "keydown" && event.ctrlKey && !event.altKey && event.key.toLowerCase() === "c";
    if (!copyKey || (!terminal.hasSelection() && !event.shiftKey)) return true;
    if (terminal.hasSelection()) {
      void navigator.clipboard?.writeText(terminal.getSelection());
      terminal.clearSelection();
    }
    event.preventDefault();
    return false;
  };
}

export function createScreen(): Screen {
  const terminal = new Terminal({
    fontFamily: 'ui-monospace, "SF Mono", Menlo, Consolas, "DejaVu Sans Mono", monospace',
    fontSize: 13,
    lineHeight: 1.2,
    cursorBlink: !matchMedia("(prefers-reduced-motion: reduce)").matches,
    minimumContrastRatio: 4.5,
    scrollback: 5000,
    // What a guest prints may be anything; that it is no escape sequence is no error of the page's.
    logLevel: "off",
    screenReaderMode: new URLSearchParams(location.search).has("screenreader"),
    theme: currentTheme(),
  });
  const fit = new FitAddon();
  terminal.loadAddon(fit);
  terminal.attachCustomKeyEventHandler(copyOrInterrupt(terminal));
  const prompt = followPrompt(terminal);
  onThemeChange(() => (terminal.options.theme = currentTheme()));
  const element = document.createElement("div");
  element.className = "screen";
  return {
    element,
    write: (bytes, done) => terminal.write(bytes, done),
    open() {
      terminal.open(element);
      terminal.textarea?.setAttribute("aria-label", `Terminal; ${LEAVE_KEY} leaves it`);
      fit.fit();
      new ResizeObserver(() => {
        // A pane that is not shown has no size; fitting to it would shrink the terminal to nothing.
        if (element.clientWidth === 0 || element.clientHeight === 0) return;
        fit.fit();
        // Letters that were drawn while they could not be measured stand too far apart.
        terminal.refresh(0, terminal.rows - 1);
      }).observe(element);
    },
    redraw: () => terminal.refresh(0, terminal.rows - 1),
    listen({ input, resize }) {
      terminal.onData((data) => input(encoder.encode(data)));
      terminal.onBinary((data) => input(binaryBytes(data)));
      terminal.onResize(({ rows, cols }) => resize(rows, cols));
    },
    focus: () => terminal.focus(),
    prompt,
    text() {
      const buffer = terminal.buffer.active;
      const lines = Array.from(
        { length: buffer.length },
        (_, row) => buffer.getLine(row)?.translateToString(true) ?? "",
      );
      return lines.join("\n").trimEnd();
    },
    get rows() {
      return terminal.rows;
    },
    get columns() {
      return terminal.cols;
    },
  };
}
