// For the page: checks C texts as they are written, in a compiler's worker of its own, so that neither the page nor the
// machine stands still for it. The worker and the headers are loaded with the first check.

import { type Remote, wrap } from "comlink";
import type { CheckMessage } from "../check.ts";
import type { CheckerService } from "./checker-service.ts";

export type { CheckMessage, TextRange } from "../check.ts";

export interface CheckerParts {
  /** Where compiler-worker.js is; compiler-headers.json lies beside it. */
  readonly worker: URL;
  /**
   * Gives the text of a file that is included and is none of /usr/include's, undefined where there is none. Paths begin in the
   * folder of the checked file as it was named. Absent: there are no such files.
   */
  readonly read?: (path: string) => Promise<string | undefined>;
  /** Milliseconds after which a check is given up, and its worker with it; 10,000 unless given. */
  readonly timeout?: number;
}

export interface Checker {
  /**
   * What is wrong with `text`, which is or would be the file `path`; empty when nothing is. Undefined when another check has
   * been asked for meanwhile, which makes this one worthless. Rejects when the worker cannot be loaded, has failed or takes
   * too long; the next check starts a new one.
   */
  check(path: string, text: string): Promise<readonly CheckMessage[] | undefined>;
  /** Ends the worker. The next check would start a new one. */
  close(): void;
}

interface Running {
  readonly worker: Worker;
  readonly service: Remote<CheckerService>;
  /** Rejects when the worker fails. */
  readonly lost: Promise<never>;
}

export function createChecker({ worker: address, read, timeout = 10_000 }: CheckerParts): Checker {
  let running: Running | undefined;
  let latest = 0;

  const stop = (): void => {
    running?.worker.terminate();
    running = undefined;
  };

  /** One check at a time is under way, so that typing does not make a queue. */
  let previous: Promise<unknown> = Promise.resolve();

  async function checkNow(
    ticket: number,
    path: string,
    text: string,
  ): Promise<readonly CheckMessage[] | undefined> {
    const known = new Map<string, string | undefined>();
    for (;;) {
      if (ticket !== latest) return undefined;
      running ??= startWorker(address);
      const { service, lost } = running;
      let result;
      try {
        result = await within(timeout, Promise.race([service.check(path, text, known), lost]));
      } catch (error) {
        stop();
        throw error;
      }
      if (ticket !== latest) return undefined;
      if (result.kind === "checked") return result.messages;
      for (const wanted of result.paths) known.set(wanted, await read?.(wanted));
    }
  }

  return {
    check(path, text) {
      const ticket = ++latest;
      const result = previous.then(() => checkNow(ticket, path, text));
      previous = result.catch(() => undefined);
      return result;
    },
    close: stop,
  };
}

function startWorker(address: URL): Running {
  const worker = new Worker(address, { type: "module", name: "checker" });
  const lost = new Promise<never>((_resolve, reject) => {
    worker.addEventListener("error", (event) => {
      // Otherwise the browser would report it as the page's own failure.
      event.preventDefault();
      reject(new Error(event.message || "compiler-worker.js could not be loaded"));
    });
    worker.addEventListener("messageerror", () =>
      reject(new Error("an answer of the compiler could not be read")),
    );
  });
  // Whoever waits for an answer hears of it.
  lost.catch(() => undefined);
  return { worker, service: wrap<CheckerService>(worker), lost };
}

function within<T>(milliseconds: number, work: Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(
      () => reject(new Error(`the check was given up after ${milliseconds} ms`)),
      milliseconds,
    );
    work.then(resolve, reject).finally(() => clearTimeout(timer));
  });
}
