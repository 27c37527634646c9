// What the compiler's worker does for an editor.

import { check, type CheckResult } from "../check.ts";

export interface CheckerService {
  /**
   * Checks a text that is or would be the file `path`. `known`: files that it includes, undefined for those that there are not;
   * headers of /usr/include are here already. Rejects when those cannot be loaded.
   */
  check(
    path: string,
    text: string,
    known: ReadonlyMap<string, string | undefined>,
  ): Promise<CheckResult>;
}

/** `loadHeaders` gives the text of every file of /usr/include, as JSON: an object from path to text. */
export function createCheckerService(loadHeaders: () => Promise<unknown>): CheckerService {
  let headers: Promise<ReadonlyMap<string, string>> | undefined;
  return {
    async check(path, text, known) {
      headers ??= loadHeaders().then(headersOf);
      // A failure is not kept: the network may be back next time.
      headers.catch(() => {
        headers = undefined;
      });
      return check(path, text, await headers, known);
    },
  };
}

function headersOf(value: unknown): ReadonlyMap<string, string> {
  const headers = new Map<string, string>();
  if (typeof value === "object" && value !== null) {
    for (const [path, text] of Object.entries(value)) {
      if (typeof text === "string") headers.set(path, text);
    }
  }
  if (headers.size === 0)
    throw new Error("the headers of /usr/include are not what they should be");
  return headers;
}
