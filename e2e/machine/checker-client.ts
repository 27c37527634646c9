// What compiler.spec.ts loads into a page of the site: the client with which an editor checks a text.

import { createChecker } from "../../userland/cc/driver/worker/client.ts";

declare global {
  // Reached by `globalThis`, which only a `var` can be.
  // oxlint-disable-next-line no-var
  var createCheckerForTest: typeof createChecker;
}

globalThis.createCheckerForTest = createChecker;
