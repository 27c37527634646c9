import assert from "node:assert/strict";
import { test } from "node:test";
import { CC_EXIT, type CcMessage } from "../abi/cc.ts";
import { createCompilerWorkers } from "./compiler-workers.ts";
import { createRemoteCompiler } from "./remote-compiler.ts";

const exit: CcMessage = { kind: CC_EXIT, argument: 0, bytes: new Uint8Array() };

/** Workers that answer when the test says so, and what became of them. */
function workers() {
  const started: {
    readonly answer: () => void;
    readonly lose: (reason: string) => void;
    isAlive: boolean;
  }[] = [];
  const compiler = createCompilerWorkers(() => {
    const remote = createRemoteCompiler({
      post: () => {},
      terminate: () => {
        worker.isAlive = false;
      },
    });
    const worker = {
      answer: () => remote.answered({ said: [exit] }),
      lose: remote.lost,
      isAlive: true,
    };
    started.push(worker);
    return remote;
  });
  return { compiler, started };
}

test("a worker is started with the first turn, and used again when its compilation has ended", async () => {
  const { compiler, started } = workers();
  const first = compiler.open();
  assert.equal(started.length, 0);
  const turn = first.turn([]);
  started[0]?.answer();
  assert.deepEqual(await turn, [exit]);
  first.close();
  const second = compiler.open();
  const again = second.turn([]);
  started[0]?.answer();
  await again;
  assert.equal(started.length, 1);
});

test("a compilation that is given up while its worker computes takes the worker with it", async () => {
  const { compiler, started } = workers();
  const session = compiler.open();
  const turn = session.turn([]);
  session.close();
  await assert.rejects(turn, /ended/);
  assert.equal(started[0]?.isAlive, false);
  void compiler.open().turn([]);
  assert.equal(started.length, 2);
});

test("each compilation under way has a worker of its own; one is kept afterwards", async () => {
  const { compiler, started } = workers();
  const sessions = [compiler.open(), compiler.open()];
  const turns = sessions.map((session) => session.turn([]));
  for (const worker of started) worker.answer();
  await Promise.all(turns);
  for (const session of sessions) session.close();
  assert.deepEqual(
    started.map(({ isAlive }) => isAlive),
    [true, false],
  );
  compiler.close();
  assert.equal(started[0]?.isAlive, false);
});

test("a worker that is lost makes its turn reject with the reason, and the next compilation has a new one", async () => {
  const { compiler, started } = workers();
  const session = compiler.open();
  const turn = session.turn([]);
  started[0]?.lose("out of memory");
  await assert.rejects(turn, /^Error: out of memory$/);
  session.close();
  const next = compiler.open();
  const again = next.turn([]);
  assert.equal(started.length, 2);
  started[1]?.answer();
  await again;
});
