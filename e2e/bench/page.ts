// The page in a headless Chromium: how long until the prompt, until Ctrl-C ends a program that spins or floods, until a
// click answers while a guest spins, and what the first load weighs.

import { chromium, type Page } from "playwright";
import { chromiumArguments, ensureChromium } from "../tools/chromium.mjs";
import { serveFolder } from "../tools/static-server.mjs";
import { formatTime, median, printTable } from "./measure.ts";

const ROUNDS = 5;
const SETTLE_MS = 400;

/** Milliseconds until the text after the last `mark` on the screen matches. */
async function until(page: Page, pattern: string): Promise<number> {
  return page.evaluate(async (source) => {
    const wanted = new RegExp(source);
    const began = performance.now();
    while (!wanted.test(window.vitrine.screen(0)))
      await new Promise((resolve) => setTimeout(resolve, 1));
    return performance.now() - began;
  }, pattern);
}

/** Types a command, lets it run, presses Ctrl-C and gives the milliseconds until the next prompt. */
async function interrupt(page: Page, command: string): Promise<number> {
  await page.evaluate((text) => window.vitrine.type(0, `clear; ${text}\r`), command);
  await page.waitForTimeout(SETTLE_MS);
  return page.evaluate(async () => {
    const began = performance.now();
    await window.vitrine.type(0, "\x03");
    while (!/\$ $|\$$/.test(window.vitrine.screen(0)))
      await new Promise((resolve) => setTimeout(resolve, 1));
    return performance.now() - began;
  });
}

/** Milliseconds from a click on a view's button to the panel on the screen, while a guest spins. */
async function clickWhileSpinning(page: Page): Promise<number> {
  return page.evaluate(async () => {
    const button = [...document.querySelectorAll("nav button")].find(
      (element) => element.getAttribute("aria-pressed") === "false",
    );
    if (!(button instanceof HTMLElement)) throw new Error("the page has no second view");
    const began = performance.now();
    button.click();
    const status = window.vitrine.status();
    await new Promise((resolve) => requestAnimationFrame(resolve));
    await status;
    return performance.now() - began;
  });
}

export async function benchPage(): Promise<void> {
  const server = await serveFolder("dist");
  const browser = await chromium.launch({
    executablePath: await ensureChromium(),
    args: chromiumArguments,
  });
  try {
    const boot: number[] = [];
    const spin: number[] = [];
    const flood: number[] = [];
    const click: number[] = [];
    for (let round = 0; round < ROUNDS; round++) {
      const page = await browser.newPage();
      const began = performance.now();
      await page.goto(server.url);
      await until(page, "\\$ ?$");
      boot.push(performance.now() - began);
      spin.push(await interrupt(page, "spin"));
      flood.push(await interrupt(page, "yes"));
      await page.evaluate(() => window.vitrine.type(0, "spin\r"));
      await page.waitForTimeout(SETTLE_MS);
      for (let count = 0; count < 4; count++) click.push(await clickWhileSpinning(page));
      await page.close();
    }
    const time = (values: readonly number[]): string => formatTime(median(values) * 1e6);
    printTable(
      "The page in Chromium, medians",
      ["", "time", "aim"],
      [
        ["load to prompt", time(boot), ""],
        ["Ctrl-C ends while(1)", time(spin), "100 ms"],
        ["Ctrl-C ends a flood", time(flood), "100 ms"],
        ["a click answers beside while(1)", time(click), "50 ms"],
      ],
    );
  } finally {
    await browser.close();
    server.close();
  }
}
