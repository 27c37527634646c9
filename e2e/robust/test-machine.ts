// A whole machine in this process, held by the interface that the page holds, for tests that hurt it. Whatever a test
// does, afterwards memory's arithmetic must add up and no program of the test may live on.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { TestContext } from "node:test";

import type { RunResult } from "../../kernel/api/client.ts";
import { attachCompiler, type CompilerWorker } from "../../kernel/boot/compiler-workers.ts";
import { LocalMachine } from "../../kernel/boot/machine-client.ts";
import type { Machine } from "../../kernel/boot/machine.ts";
import { createNodeHost } from "../../kernel/boot/node/host.ts";
import { checkAccounting } from "../../kernel/mm/accounting.ts";
import type { SwapStore } from "../../kernel/mm/swap/store.ts";
import { createTestSwapStore, type TestSwapStore } from "../../kernel/mm/swap/test-store.ts";

export interface TestMachine {
  readonly client: LocalMachine;
  readonly machine: Machine;
  /** Where its pages go, unless the test brought a store of its own. */
  readonly store: TestSwapStore;
  /** Everything that the first terminal has shown. */
  readonly screen: () => string;
  /** Bytes that the first terminal has sent. */
  readonly raw: () => number;
  /** The kernel's log, one message a line. */
  readonly log: () => string;
  run(command: string): Promise<RunResult>;
  /** Keys on the first terminal. */
  type(keys: string): Promise<void>;
  /** Waits until the terminal shows it; fails after some seconds with what is there instead. */
  shows(pattern: RegExp): Promise<void>;
  /** Waits until storage has answered everything that the machine asked of it. */
  settled(): Promise<void>;
  /** Fails when the machine has panicked, memory does not add up, or the swap store was used as it may not be. */
  checkSound(): Promise<void>;
}

export interface TestOptions {
  /** Bytes. */
  readonly ram?: number;
  /** Bytes; absent: none. */
  readonly swap?: number;
  /** Where swapped pages go; absent: a store in memory of its own. */
  readonly store?: SwapStore;
  readonly seed?: number;
  /** Starts the compiler's workers; absent: /dev/cc has no driver. */
  readonly compiler?: () => CompilerWorker;
  /** Waits are dropped at random. */
  readonly chaosSeed?: number;
  /** Pages are evicted at random. */
  readonly squeezeSeed?: number;
  /** False: the terminal's output is never acknowledged, as by a page that hangs. */
  readonly acknowledge?: boolean;
}

const PATIENCE_MS = 30_000;

/** How machines run whose programs must not notice: in real time, by a seed, and with what is done to them at random. */
export const manners: readonly (readonly [name: string, options: TestOptions])[] = [
  ["in real time", {}],
  ["with a seed", { seed: 7 }],
  ["when waits are dropped", { seed: 7, chaosSeed: 11 }],
  ["when pages are evicted at random", { seed: 7, squeezeSeed: 5 }],
  ["when both happens", { seed: 7, chaosSeed: 3, squeezeSeed: 8 }],
];

export const image = (): Uint8Array =>
  readFileSync(join(import.meta.dirname, "..", "..", "userland", "image.cpio"));

/** What a terminal shows, without colours, titles and the cursor's moves. */
export const plain = (output: string): string =>
  // oxlint-disable-next-line no-control-regex -- the escape sequences are what it is about
  output.replaceAll(/\u001b(?:\[[?\d;]*[A-Za-z]|\][^\u0007]*\u0007)|\r/g, "");

/** Waits for a condition that changes while the host's event loop turns. Fails with `what`. */
export async function until(
  condition: () => boolean | Promise<boolean>,
  what: () => string,
): Promise<void> {
  for (const began = performance.now(); !(await condition());) {
    if (performance.now() - began > PATIENCE_MS) assert.fail(what());
    await new Promise((resolve) => {
      setTimeout(resolve, 5);
    });
  }
}

/** Boots one for a test; it is sound at the end or the test fails. */
export async function testMachine(
  context: TestContext,
  options: TestOptions = {},
): Promise<TestMachine> {
  const { ram = 16 << 20, swap = 0, seed, chaosSeed, squeezeSeed, acknowledge = true } = options;
  const store = createTestSwapStore();
  const { compiler } = options;
  const client = new LocalMachine({
    host: createNodeHost(),
    loadCore: () => Promise.resolve(image()),
    ...(compiler === undefined
      ? {}
      : {
          attachLater: async (machine) => attachCompiler(machine, compiler),
        }),
    openSwap: () => Promise.resolve(options.store ?? store),
    random: {
      ...(chaosSeed === undefined ? {} : { chaosSeed }),
      ...(squeezeSeed === undefined ? {} : { squeezeSeed }),
    },
  });
  const decoder = new TextDecoder();
  let text = "";
  let raw = 0;
  await client.boot(
    { ram, swap, rows: 24, columns: 80, ...(seed === undefined ? {} : { seed }) },
    (terminal, bytes) => {
      raw += bytes.length;
      text += decoder.decode(bytes, { stream: true });
      // After a panic nobody takes it.
      if (acknowledge) client.acknowledge(terminal, bytes.length).catch(() => {});
    },
    () => {},
  );
  const { machine } = client;
  const shows = (pattern: RegExp): Promise<void> =>
    until(
      () => pattern.test(plain(text)),
      () =>
        `no ${String(pattern)} in ${JSON.stringify(plain(text).slice(-800))}\n${machine.panic ?? ""}`,
    );
  const test: TestMachine = {
    client,
    machine,
    store,
    screen: () => plain(text),
    raw: () => raw,
    log: () =>
      machine.kernel.log
        .entries()
        .map((entry) => entry.text)
        .join("\n"),
    run: (command) => client.run(command),
    type: (keys) => client.input(0, new TextEncoder().encode(keys)),
    shows,
    settled: () =>
      until(
        () => machine.do(() => machine.kernel.completions.pending === 0),
        () => "storage has not answered",
      ),
    async checkSound() {
      assert.equal(machine.panic, null);
      assert.deepEqual(store.violations, []);
      await machine.do(() => checkAccounting(machine.kernel.mm));
    },
  };
  await shows(/\$ $/);
  context.after(() => (machine.loop.halted ? undefined : machine.shutdown()));
  return test;
}
