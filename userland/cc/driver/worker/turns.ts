// Turns of compilations as messages between the machine and the compiler's worker (kernel/boot/remote-compiler.ts).

import { CC_START, type CcMessage } from "../../../../kernel/abi/cc.ts";
import { createGuestCompilation, type GuestCompilation } from "./compilation.ts";

type TurnAnswer = { readonly said: readonly CcMessage[] } | { readonly error: string };

/** Answers turns; CC_START begins another compilation, whatever became of the one before. */
export function createTurnServer(): (messages: readonly CcMessage[]) => TurnAnswer {
  let compilation: GuestCompilation | undefined;
  return (messages) => {
    try {
      if (messages.at(-1)?.kind === CC_START) compilation = createGuestCompilation();
      if (compilation === undefined) return { error: "no compilation has been started" };
      return { said: compilation.turn(messages) };
    } catch (error) {
      return { error: error instanceof Error ? error.message : String(error) };
    }
  };
}
