// What /dev/cc stands on: a compiler that boot brings, outside of the machine's one thread (kernel/boot/compiler-workers.ts).

import type { CcMessage } from "../abi/cc.ts";

export interface Compiler {
  /** Begins a compilation; nothing is started before its first turn. */
  open(): CompilerSession;
}

/** One compilation. */
export interface CompilerSession {
  /**
   * Hands over all that the program has said in its turn; resolves to what the compiler says in its own, of which the last is
   * CC_READ, CC_END or CC_EXIT. The answer depends on nothing but what has been said. Rejects when the compiler has failed or
   * cannot be loaded; no other turn follows then.
   */
  turn(messages: readonly CcMessage[]): Promise<readonly CcMessage[]>;
  /** Nobody waits any more: what is under way is ended. */
  close(): void;
}
