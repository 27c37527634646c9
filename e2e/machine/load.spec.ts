// The page under load: large address spaces, processes that come and go, floods, and nobody looking.

import { expect, test, type Page } from "playwright/test";
import { command, expectScreen, openMachine, type } from "./shell.ts";

/** Counts the calls that the page makes to the machine from now on. */
async function countCalls(page: Page): Promise<() => Promise<number>> {
  await page.evaluate(() => {
    const counter = { calls: 0 };
    Object.assign(window, { counter });
    Worker.prototype.postMessage = new Proxy(
      Object.getOwnPropertyDescriptor(Worker.prototype, "postMessage")?.value,
      {
        apply(post, worker, args) {
          counter.calls++;
          return Reflect.apply(post, worker, args);
        },
      },
    );
  });
  return () => page.evaluate("window.counter.calls");
}

test("an address space of thousands of pages is drawn in hundreds of elements", async ({
  page,
}) => {
  await openMachine(page, "./?ram=64M");
  await type(page, "hog 30M 600 &\r");
  await expectScreen(page, /30720 KiB taken/);
  await expect(page.locator(".run")).toContainText("pages");
  const elements = await page.evaluate(() => document.querySelectorAll(".machine *").length);
  expect(elements).toBeLessThan(1500);
  await expect(page.locator(".frame-group .more")).toContainText(/and [\d,]+ more/);
});

test("a loop of short programs leaves the page usable and ends with Ctrl-C", async ({ page }) => {
  await openMachine(page, "./?ram=16M");
  await type(page, "while true; do true; /bin/true; done\r");
  await expect
    .poll(async () =>
      Math.max(
        ...(await page.evaluate(() => window.vitrine.status())).processes.map(({ pid }) => pid),
      ),
    )
    .toBeGreaterThan(50);
  for (const view of ["Frames", "Sharing"]) {
    await page.getByRole("button", { name: view }).click();
    await expect(page.getByRole("button", { name: view })).toHaveAttribute("aria-pressed", "true");
  }
  await page.locator(".terminal-place").click();
  // As on Linux, an interrupt that comes when one program has ended and the next has not begun is lost.
  await expect(async () => {
    await page.keyboard.press("Control+c");
    await expectScreenSoon(page);
  }).toPass();
  expect(await command(page, "echo calm")).toBe("calm");
});

const expectScreenSoon = (page: Page): Promise<void> =>
  expect
    .poll(() => page.evaluate(() => window.vitrine.screen(0)), { timeout: 1000 })
    .toMatch(/\$ ?$/);

test("nothing is asked of the machine while nobody looks", async ({ page }) => {
  await page.setViewportSize({ width: 390, height: 800 });
  await openMachine(page, "./?ram=16M");
  await expect(page.getByRole("button", { name: "Machine" })).toBeVisible();
  const calls = await countCalls(page);
  await page.waitForTimeout(1000);
  expect(await calls()).toBe(0);
  await page.getByRole("button", { name: "Machine" }).click();
  await expect.poll(calls).toBeGreaterThan(5);
  await page.evaluate(() => {
    Object.defineProperty(document, "hidden", { value: true });
  });
  await page.waitForTimeout(200);
  const before = await calls();
  await page.waitForTimeout(1000);
  expect(await calls()).toBe(before);
});

test("a gibibyte of frames is drawn whole", async ({ page }) => {
  await openMachine(page, "./?ram=1G#view=frames");
  await expect(page.getByText("262,144 frames of 4 KiB")).toBeVisible();
  const grid = page.locator(".frame-grid");
  await expect(grid).toBeVisible();
  await grid.focus();
  await page.keyboard.press("End");
  await expect(page.locator("#frame-readout")).toContainText("frame 262143, free");
});

test("binary output leaves the terminal usable, and its escape sequences move nothing outside it", async ({
  page,
}) => {
  await openMachine(page);
  const title = await page.title();
  await type(
    page,
    String.raw`printf '\033]0;owned\a\033]52;c;b3duZWQ=\a\033]8;;javascript:alert(1)\a<b>link</b>\033]8;;\a\n'` +
      "\r",
  );
  await expectScreen(page, /<b>link<\/b>/);
  await type(page, "cat /bin/sh\r");
  await expectScreen(page, /\$ ?$/);
  await type(page, "clear\r");
  // Nothing but the prompt: what `command` compares with must not be cleared under it.
  await expectScreen(page, /^[^\n]*\$ ?\n*$/);
  expect(await command(page, "echo fine")).toBe("fine");
  expect(await page.title()).toBe(title);
  await expect(page.locator(".terminal-pane a, .terminal-pane b")).toHaveCount(0);
});

test("letters stand in their columns after the page has moved the terminal", async ({ page }) => {
  await openMachine(page);
  await page.waitForTimeout(500);
  const spacings = await page.evaluate(() =>
    [...document.querySelectorAll<HTMLElement>(".xterm-rows span")].map(({ style }) =>
      Math.abs(Number.parseFloat(style.letterSpacing || "0")),
    ),
  );
  expect(Math.max(0, ...spacings)).toBeLessThan(1);
});
