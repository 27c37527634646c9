// The compiler's worker in Node, for the guest's `cc`.

import { parentPort } from "node:worker_threads";
import { createTurnServer } from "../worker/turns.ts";

const answerTo = createTurnServer();

parentPort?.on("message", (messages) => parentPort?.postMessage(answerTo(messages)));
