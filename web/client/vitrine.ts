// `window.vitrine`: the machine as scripts see it. Tests drive it through Playwright's `page.evaluate`, lessons from
// within the page. It is the same client the page itself uses.

import type { Remote } from "comlink";
import type { MachineClient, Snapshot } from "./api.ts";
import { type EventListening, shareEvents } from "./event-share.ts";

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
  | "swapGrid"
  | "slot"
  | "space"
  | "walk"
  | "events"
  | "stopEvents"
  | "upload"
  | "download"
  | "stat"
  | "list"
  | "programs"
  | "foreground"
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

/** Makes calls that wait for an answer reject when `lost` says that none will come. */
function answerable(lost: Promise<string>): <T>(call: Promise<T>) => Promise<T> {
  // Not Promise.race, which would keep a reaction on `lost` for every call there ever was.
  const waiting = new Set<(error: Error) => void>();
  let gone: Error | undefined;
  void lost.then((reason) => {
    gone = new Error(reason);
    for (const reject of waiting) reject(gone);
  });
  return (call) =>
    new Promise((resolve, reject) => {
      if (gone !== undefined) {
        call.catch(() => undefined);
        reject(gone);
        return;
      }
      waiting.add(reject);
      call.then(resolve, reject).finally(() => waiting.delete(reject));
    });
}

/** Scripts are not type-checked: what is wrong with an argument is said by name. */
function mustBe(right: boolean, complaint: string): void {
  if (!right) throw new TypeError(complaint);
}

/** The machine as the page has it: what scripts get, and an ear of the page's own. */
export interface PageClient {
  readonly vitrine: Vitrine;
  /** Hears events beside the scripts, so that neither ends the other's recording. */
  readonly listening: EventListening;
}

/**
 * @param lost settles, with the reason, when the kernel's worker will never answer again
 * @param screen the text of the page's only terminal
 */
export function createVitrine(
  machine: Remote<MachineClient>,
  booted: Promise<void>,
  lost: Promise<string>,
  screen: () => string,
): PageClient {
  const encoder = new TextEncoder();
  const answer = answerable(lost);
  const ready = answer(booted);
  // Whoever asks hears of it; nobody has to ask.
  ready.catch(() => undefined);
  /** Asks once the machine is there, so that a script need not wait for `ready` first. */
  const ask = <T>(call: () => Promise<T>): Promise<T> => answer(booted.then(call));
  const listener = shareEvents({
    events: (since, kinds) => ask(() => machine.events(since, kinds)),
    stopEvents: () => ask(() => machine.stopEvents()),
  });
  const vitrine: Vitrine = {
    ready,
    async run(command) {
      mustBe(typeof command === "string", "run: the command must be a string");
      return ask(() => machine.run(command));
    },
    pause: () => ask(() => machine.pause()),
    resume: () => ask(() => machine.resume()),
    status: () => ask(() => machine.status()),
    snapshot: () => ask(() => machine.snapshot()),
    grid: () => ask(() => machine.grid()),
    frame: (pfn) => ask(() => machine.frame(pfn)),
    swapGrid: () => ask(() => machine.swapGrid()),
    slot: (slot) => ask(() => machine.slot(slot)),
    space: (pid) => ask(() => machine.space(pid)),
    walk: (pid, address) => ask(() => machine.walk(pid, address)),
    ...listener(),
    async upload(path, bytes) {
      mustBe(bytes instanceof Uint8Array, "upload: the bytes must be a Uint8Array");
      return ask(() => machine.upload(path, bytes));
    },
    download: (path) => ask(() => machine.download(path)),
    stat: (path) => ask(() => machine.stat(path)),
    list: (path) => ask(() => machine.list(path)),
    programs: () => ask(() => machine.programs()),
    foreground: (terminal) => ask(() => machine.foreground(terminal)),
    async type(terminal, text) {
      mustBe(typeof text === "string", "type: the text must be a string");
      return ask(() => machine.input(terminal, encoder.encode(text)));
    },
    screen(terminal) {
      if (terminal !== 0) throw new RangeError(`there is no terminal ${terminal}`);
      return screen();
    },
    async waitFor(predicate, { timeout = 10_000 } = {}) {
      const end = performance.now() + timeout;
      for (;;) {
        const snapshot = await ask(() => machine.snapshot());
        if (predicate(snapshot)) return snapshot;
        if (performance.now() > end) throw new Error(`waitFor: still false after ${timeout} ms`);
        await new Promise((resolve) => setTimeout(resolve, 20));
      }
    },
  };
  return { vitrine, listening: listener() };
}
