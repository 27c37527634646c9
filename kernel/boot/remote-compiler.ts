// The machine's side of a compiler's worker, in a browser and in Node: one turn at a time goes there, and its answer or the
// worker's end comes back. (Not by comlink, which would wait for ever for a worker that has failed.)

import type { CcMessage } from "../abi/cc.ts";
import type { CompilerWorker } from "./compiler-workers.ts";

/** What the worker sends: what the compiler says, or why the turn made no sense. */
export type TurnAnswer = { readonly said: readonly CcMessage[] } | { readonly error: string };

export interface RemoteCompiler extends CompilerWorker {
  /** An answer has come. */
  readonly answered: (answer: TurnAnswer) => void;
  /** None will come any more. */
  readonly lost: (reason: string) => void;
}

export interface RemoteParts {
  readonly post: (messages: readonly CcMessage[]) => void;
  readonly terminate: () => void;
  /** Told whether an answer is waited for. */
  readonly onBusy?: (isBusy: boolean) => void;
}

export function createRemoteCompiler({ post, terminate, onBusy }: RemoteParts): RemoteCompiler {
  let waiting: ((answer: TurnAnswer) => void) | undefined;
  let failure: string | undefined;
  const answered = (answer: TurnAnswer): void => {
    const settle = waiting;
    waiting = undefined;
    onBusy?.(false);
    settle?.(answer);
  };
  const lost = (reason: string): void => {
    failure ??= reason;
    answered({ error: failure });
  };
  return {
    async turn(messages) {
      if (failure !== undefined) throw new Error(failure);
      const answer = await new Promise<TurnAnswer>((resolve) => {
        waiting = resolve;
        onBusy?.(true);
        post(messages);
      });
      if ("error" in answer) throw new Error(answer.error);
      return answer.said;
    },
    terminate() {
      terminate();
      lost("the compilation was ended");
    },
    answered,
    lost,
  };
}
