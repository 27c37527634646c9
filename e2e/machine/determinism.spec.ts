// One seed is one story, told by Chromium and by Node alike: the same program on two machines gives the same events, each
// with the same time, frames and addresses.

import { readFileSync } from "node:fs";
import { join } from "node:path";

import { expect, type Page, test } from "playwright/test";
import { LocalMachine } from "../../kernel/boot/machine-client.ts";
import { openSwapFile } from "../../kernel/boot/node/swap-file.ts";
import { createNodeHost } from "../../kernel/boot/node/host.ts";
import { serveFaultySite } from "./faulty-site.ts";
import { openMachine } from "./shell.ts";

const addressOf = serveFaultySite();
test.describe.configure({ timeout: 120_000 });

const SEED = 7;

interface Story {
  /** As in the page's address. */
  readonly size: string;
  readonly ram: number;
  readonly swap: number;
  readonly commands: readonly string[];
}

const plain: Story = {
  size: "ram=16M&swap=0",
  ram: 16 << 20,
  swap: 0,
  commands: [
    "apart; shared; cow",
    "yes | head -n 3000 | wc -c; (sleep 0.1; echo late) & spin & sleep 0.05; kill $!; wait",
    "head -c 8 /dev/urandom | hexdump; cat /proc/uptime /proc/meminfo",
  ],
};

const swapping: Story = {
  size: "ram=2M&swap=16M",
  ram: 2 << 20,
  swap: 16 << 20,
  commands: [
    "hog -r 3m",
    "sums 3 1200k 0",
    "yes | head -c 700000 >/tmp/a; cp /tmp/a /tmp/b; hog 2m | tail -n 1; cmp /tmp/a /tmp/b; rm /tmp/?",
    "hog 1m & hog -r 1500k & (cow 20; apart 1); wait; cat /proc/vmstat /proc/meminfo",
  ],
};

interface Telling {
  readonly output: readonly string[];
  /** The events as JSON, their numbers counted from the first. */
  readonly events: readonly string[];
}

async function inNode({ ram, swap, commands }: Story): Promise<Telling> {
  const image = readFileSync(join(import.meta.dirname, "..", "..", "userland", "image.cpio"));
  const machine = new LocalMachine({
    host: createNodeHost(),
    loadCore: () => Promise.resolve(image),
    openSwap: () => openSwapFile(),
  });
  let prompt: () => void = () => {};
  const ready = new Promise<void>((resolve) => (prompt = resolve));
  const output = (terminal: number, bytes: Uint8Array): void => {
    if (new TextDecoder().decode(bytes).includes("$ ")) prompt();
    void machine.acknowledge(terminal, bytes.length);
  };
  await machine.boot({ ram, swap, seed: SEED, rows: 24, columns: 80 }, output, () => {});
  await ready;
  let { next } = await machine.events(0);
  const printed: string[] = [];
  const events: string[] = [];
  for (const command of commands) {
    const { stdout, stderr } = await machine.run(command);
    printed.push(stdout + stderr);
    const batch = await machine.events(next);
    expect(batch.lost).toBe(false);
    next = batch.next;
    for (const event of batch.events) events.push(JSON.stringify(event));
  }
  await machine.machine.shutdown();
  return { output: printed, events };
}

const inChromium = (page: Page, { commands }: Story): Promise<Telling> =>
  page.evaluate(async (commands) => {
    let { next } = await window.vitrine.events(0);
    const output: string[] = [];
    const events: string[] = [];
    for (const command of commands) {
      const { stdout, stderr } = await window.vitrine.run(command);
      output.push(stdout + stderr);
      const batch = await window.vitrine.events(next);
      next = batch.next;
      for (const event of batch.events) events.push(JSON.stringify(event));
    }
    return { output, events };
  }, commands);

function expectSame(chromium: Telling, node: Telling): void {
  expect(chromium.output).toEqual(node.output);
  expect(node.events.length).toBeGreaterThan(1000);
  const differs = node.events.findIndex((event, index) => event !== chromium.events[index]);
  const around = (events: readonly string[]): readonly string[] =>
    differs < 0 ? [] : events.slice(Math.max(0, differs - 2), differs + 2);
  expect(around(chromium.events)).toEqual(around(node.events));
  expect(chromium.events).toHaveLength(node.events.length);
}

test("a machine with a seed tells the same story in Chromium as in Node", async ({ page }) => {
  await openMachine(page, `./?seed=${SEED}&${plain.size}`);
  expectSame(await inChromium(page, plain), await inNode(plain));
});

test("and so it does when it swaps to IndexedDB instead of a file, however slow that is", async ({
  context,
}) => {
  const node = await inNode(swapping);
  for (const kind of ["evict", "swap-write", "swap-read", "swap-in"])
    expect(node.events.some((event) => event.includes(`"kind":"${kind}"`))).toBe(true);
  for (const faults of [{}, { delay: 20 }]) {
    const page = await context.newPage();
    await openMachine(page, addressOf(`seed=${SEED}&${swapping.size}`, faults));
    expectSame(await inChromium(page, swapping), node);
    await page.close();
  }
});
