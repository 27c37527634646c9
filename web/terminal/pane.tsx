// The terminal's place on the page, and on a touch screen the keys that such a keyboard lacks.

import { useLayoutEffect, useRef, useState } from "preact/hooks";
import type { Screen } from "./screen.ts";

/** Keys by label: what they send to the guest. Ctrl is held until the next letter. */
const touchKeys: readonly (readonly [label: string, sequence: string])[] = [
  ["Esc", "\x1b"],
  ["Tab", "\t"],
  ["←", "\x1b[D"],
  ["↑", "\x1b[A"],
  ["↓", "\x1b[B"],
  ["→", "\x1b[C"],
];

const controlKeys: readonly (readonly [label: string, sequence: string])[] = [
  ["Ctrl C", "\x03"],
  ["Ctrl D", "\x04"],
  ["Ctrl Z", "\x1a"],
  ["Ctrl L", "\x0c"],
  ["Ctrl R", "\x12"],
];

interface TerminalPaneProps {
  readonly screen: Screen;
  readonly send: (text: string) => void;
}

export function TerminalPane({ screen, send }: TerminalPaneProps) {
  const place = useRef<HTMLDivElement>(null);
  const [control, setControl] = useState(false);
  // Before anything is painted: letters cannot be measured while the terminal is off the page.
  useLayoutEffect(() => {
    place.current?.append(screen.element);
    screen.redraw();
    screen.focus();
  }, [screen]);
  const press = (sequence: string): void => {
    send(sequence);
    setControl(false);
    screen.focus();
  };
  return (
    <section class="terminal-pane" aria-label="Terminal">
      <div class="terminal-place" ref={place} />
      <div class="touch-keys" role="toolbar" aria-label="Keys">
        <button type="button" aria-pressed={control} onClick={() => setControl(!control)}>
          Ctrl
        </button>
        {(control ? controlKeys : touchKeys).map(([label, sequence]) => (
          <button type="button" key={label} onClick={() => press(sequence)}>
            {label}
          </button>
        ))}
      </div>
    </section>
  );
}
