// One seed is one story, told by Chromium and by Node alike: the same program on two machines gives the same events, each
// with the same time, frames and addresses.

import { readFileSync } from "node:fs";
import { join } from "node:path";

import { expect, type Page, test } from "playwright/test";
import { LocalMachine } from "../../kernel/boot/machine-client.ts";
import { createNodeHost } from "../../kernel/boot/node/host.ts";
import { openMachine } from "./shell.ts";

const SEED = 7;
const RAM = 16 << 20;
const STORY = [
  "apart; shared; cow",
  "yes | head -n 3000 | wc -c; (sleep 0.1; echo late) & spin & sleep 0.05; kill $!; wait",
  "head -c 8 /dev/urandom | hexdump; cat /proc/uptime /proc/meminfo",
];

interface Telling {
  readonly output: readonly string[];
  /** The events as JSON, their numbers counted from the first. */
  readonly events: readonly string[];
}

async function inNode(rows: number, columns: number): Promise<Telling> {
  const image = readFileSync(join(import.meta.dirname, "..", "..", "userland", "image.cpio"));
  const machine = new LocalMachine({
    host: createNodeHost(),
    loadCore: () => Promise.resolve(image),
  });
  let prompt: () => void = () => {};
  const ready = new Promise<void>((resolve) => (prompt = resolve));
  const output = (terminal: number, bytes: Uint8Array): void => {
    if (new TextDecoder().decode(bytes).includes("$ ")) prompt();
    void machine.acknowledge(terminal, bytes.length);
  };
  await machine.boot({ ram: RAM, seed: SEED, rows, columns }, output, () => {});
  await ready;
  const { next } = await machine.events(0);
  const printed: string[] = [];
  for (const command of STORY) {
    const { stdout, stderr } = await machine.run(command);
    printed.push(stdout + stderr);
  }
  const { events } = await machine.events(next);
  await machine.machine.shutdown();
  return { output: printed, events: events.map((event) => JSON.stringify(event)) };
}

async function inChromium(page: Page): Promise<Telling> {
  await openMachine(page, `./?seed=${SEED}&ram=16M`);
  return page.evaluate(async (story) => {
    const { next } = await window.vitrine.events(0);
    const output: string[] = [];
    for (const command of story) {
      const { stdout, stderr } = await window.vitrine.run(command);
      output.push(stdout + stderr);
    }
    const { events } = await window.vitrine.events(next);
    return { output, events: events.map((event) => JSON.stringify(event)) };
  }, STORY);
}

test("a machine with a seed tells the same story in Chromium as in Node", async ({ page }) => {
  const chromium = await inChromium(page);
  const node = await inNode(24, 80);
  expect(chromium.output).toEqual(node.output);
  expect(node.events.length).toBeGreaterThan(1000);
  const differs = node.events.findIndex((event, index) => event !== chromium.events[index]);
  const around = (events: readonly string[]): readonly string[] =>
    differs < 0 ? [] : events.slice(Math.max(0, differs - 2), differs + 2);
  expect(around(chromium.events)).toEqual(around(node.events));
  expect(chromium.events).toHaveLength(node.events.length);
});
