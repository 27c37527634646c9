// Chromium with a profile on the disk, as a person has one: in a window without a profile IndexedDB would be memory.

import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { chromium, type BrowserContext } from "playwright";
import { chromiumArguments, ensureChromium } from "../tools/chromium.mjs";
import { serveFolder } from "../tools/static-server.mjs";
import { numbersIn } from "./measure.ts";
import type { RawAnswer, RawQuestion } from "./swap-raw.ts";
import { askWorker, openWorkerPage } from "./worker-page.ts";

const WIDE = 1280;
/** Here the page shows the terminal alone. */
export const NARROW = 400;

export interface MachineOptions {
  readonly before?: string;
  readonly width?: number;
}

export interface SwapBrowser {
  /** Raw IndexedDB; with `beside`, while another worker keeps a processor busy. */
  readonly raw: (question: RawQuestion, beside?: boolean) => Promise<RawAnswer>;
  /**
   * Boots a machine in a new page, runs the program with each row of words in turn and gives the numbers it printed.
   * `before` is a shell command that comes first. In a window of `width` pixels the panels are open,
   * in a narrow one not.
   */
  readonly machine: (
    address: string,
    runs: readonly string[],
    options?: MachineOptions,
  ) => Promise<readonly (readonly number[])[]>;
  readonly close: () => Promise<void>;
}

/** @param program a guest program of this computer */
export async function openSwapBrowser(program: string): Promise<SwapBrowser> {
  const profile = mkdtempSync(join(tmpdir(), "vitrine-bench-profile-"));
  const server = await serveFolder("dist");
  const context = await chromium.launchPersistentContext(profile, {
    executablePath: await ensureChromium(),
    args: chromiumArguments,
  });
  const elf = readFileSync(program).toString("base64");
  return {
    raw: (question, beside = false) => raw(context, question, beside),
    machine: (address, runs, options = {}) =>
      machine(context, server.url + address, elf, runs, options),
    async close() {
      await context.close();
      server.close();
      rmSync(profile, { recursive: true, force: true });
    },
  };
}

async function raw(
  context: BrowserContext,
  question: RawQuestion,
  beside: boolean,
): Promise<RawAnswer> {
  const { page, close } = await openWorkerPage(context, "e2e/bench/swap-raw.ts");
  try {
    if (beside) {
      // It ends with the page.
      askWorker(page, { ...question, clusters: 0 }).catch(() => undefined);
    }
    return await askWorker<RawAnswer>(page, question);
  } finally {
    await close();
  }
}

async function machine(
  context: BrowserContext,
  address: string,
  elf: string,
  runs: readonly string[],
  { before, width = WIDE }: MachineOptions,
): Promise<readonly (readonly number[])[]> {
  const page = await context.newPage();
  try {
    await page.setViewportSize({ width, height: 800 });
    await page.goto(address);
    await page.evaluate(async (base64) => {
      await window.vitrine.ready;
      const bytes = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
      await window.vitrine.upload("/tmp/guest", bytes);
    }, elf);
    if (before !== undefined)
      await page.evaluate((text) => window.vitrine.type(0, `${text}\r`), before);
    const numbers: (readonly number[])[] = [];
    for (const words of runs) {
      const { stdout, stderr, code } = await page.evaluate(
        (command) => window.vitrine.run(command),
        `/tmp/guest ${words}`,
      );
      if (code !== 0) throw new Error(`guest ${words} ended with ${code}: ${stderr}`);
      numbers.push(numbersIn(stdout));
    }
    return numbers;
  } finally {
    await page.close();
  }
}
