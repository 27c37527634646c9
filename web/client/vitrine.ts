// `window.vitrine`: the machine as scripts see it. Tests drive it through Playwright's `page.evaluate`, lessons from
// within the page. It is the same client the page itself uses.

import type { Remote } from "comlink";
import type { MachineClient, Snapshot } from "./api.ts";

export interface VitrineOptions {
  /** Milliseconds before `waitFor` gives up; 10,000 unless given. */
  readonly timeout?: number;
}

export interface Vitrine extends Pick<
  MachineClient,
  | "run"
  | "pause"
  | "resume"
  | "status"
  | "snapshot"
  | "grid"
  | "frame"
  | "space"
  | "walk"
  | "events"
  | "stopEvents"
  | "upload"
  | "download"
> {
  /** Settles when the machine runs. */
  readonly ready: Promise<void>;
  /** Types text into a visible terminal, as its keyboard would (`\r` is Enter, `\x03` Ctrl-C). */
  type(terminal: number, text: string): Promise<void>;
  /** The text on a terminal's screen and in its scrollback, without trailing blanks. */
  screen(terminal: number): string;
  /** Waits until the predicate is true of a snapshot, and gives that snapshot. */
  waitFor(predicate: (snapshot: Snapshot) => boolean, options?: VitrineOptions): Promise<Snapshot>;
}

declare global {
  interface Window {
    vitrine: Vitrine;
  }
}

export function createVitrine(
  machine: Remote<MachineClient>,
  ready: Promise<void>,
  screen: (terminal: number) => string,
): Vitrine {
  const encoder = new TextEncoder();
  return {
    ready,
    run: (command) => machine.run(command),
    pause: () => machine.pause(),
    resume: () => machine.resume(),
    status: () => machine.status(),
    snapshot: () => machine.snapshot(),
    grid: () => machine.grid(),
    frame: (pfn) => machine.frame(pfn),
    space: (pid) => machine.space(pid),
    walk: (pid, address) => machine.walk(pid, address),
    events: (since) => machine.events(since),
    stopEvents: () => machine.stopEvents(),
    upload: (path, bytes) => machine.upload(path, bytes),
    download: (path) => machine.download(path),
    type: (terminal, text) => machine.input(terminal, encoder.encode(text)),
    screen,
    async waitFor(predicate, { timeout = 10_000 } = {}) {
      const end = performance.now() + timeout;
      for (;;) {
        const snapshot = await machine.snapshot();
        if (predicate(snapshot)) return snapshot;
        if (performance.now() > end) throw new Error(`waitFor: still false after ${timeout} ms`);
        await new Promise((resolve) => setTimeout(resolve, 20));
      }
    },
  };
}
