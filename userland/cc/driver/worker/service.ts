// The compiler as its worker offers it, through comlink: checks for an editor, and compilations for the guest's `cc`.

import type { CheckResult } from "../check.ts";

export interface CompilerService {
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
