// What the worker does, apart from how it is spoken to: the browser's worker and Node's both expose this.

import { check } from "../check.ts";
import type { CompilerService } from "./service.ts";

/** `loadHeaders` gives the text of every file of /usr/include, as JSON: an object from path to text. */
export function createCompilerService(loadHeaders: () => Promise<unknown>): CompilerService {
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
