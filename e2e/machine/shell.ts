// What the specs do again and again: open a machine, type at its prompt, wait for what appears.

import { expect, type Page } from "playwright/test";

/** The prompt, alone on the last line. */
const PROMPT = /\$ ?$/;

/** Everything on the first terminal. */
export const screenOf = (page: Page): Promise<string> =>
  page.evaluate(() => window.vitrine.screen(0));

/** Opens the page and waits for the first prompt. A page error at any time fails the test. */
export async function openMachine(page: Page, address = "./"): Promise<void> {
  page.on("pageerror", (error) => {
    throw error;
  });
  await page.goto(address);
  await expect.poll(() => screenOf(page)).toMatch(PROMPT);
}

/** Types text as the keyboard would. */
export const type = (page: Page, text: string): Promise<void> =>
  page.evaluate((keys) => window.vitrine.type(0, keys), text);

/** Waits until the screen matches. */
export const expectScreen = (page: Page, pattern: RegExp): Promise<void> =>
  expect.poll(() => screenOf(page)).toMatch(pattern);

/** Types a command, waits until the prompt is back, and gives what was printed between. */
export async function command(page: Page, line: string): Promise<string> {
  const before = (await screenOf(page)).length;
  await type(page, `${line}\r`);
  await expect
    .poll(async () => {
      const after = (await screenOf(page)).slice(before);
      return after.includes("\n") && PROMPT.test(after);
    })
    .toBe(true);
  const printed = (await screenOf(page)).slice(before).split("\n");
  return printed.slice(1, -1).join("\n");
}
