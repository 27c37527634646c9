// The Faults panel: what is recorded, told, filtered, held still; and that it leaves other listeners alone.

import { expect, type Locator, type Page, test } from "playwright/test";
import { command, openMachine, screenOf } from "./shell.ts";

const list = (page: Page): Locator => page.getByRole("grid", { name: /^Faults/ });
const rows = (page: Page): Locator => list(page).locator(".fault:not(.head)");
const recorded = (page: Page): Locator => page.locator(".faults .panel-head .about");
const count = (page: Page, label: string): Locator =>
  page.locator(".fault-counts li", { hasText: label }).locator("b");

/** The panel is loaded after the prompt, and what runs before it listens is not recorded: waits until it does. */
async function openFaults(page: Page): Promise<void> {
  await openMachine(page, "./?ram=16M#view=faults");
  await expect(async () => {
    await command(page, "/bin/true");
    await expect(rows(page).first()).toBeVisible({ timeout: 1000 });
  }).toPass();
  // A quarter of a second later the last fault of that program has come, too.
  await expect(async () => {
    const held = await recorded(page).textContent();
    await page.waitForTimeout(250);
    expect(await recorded(page).textContent()).toBe(held);
  }).toPass();
  await page.getByRole("button", { name: "Clear" }).click();
  await expect(rows(page)).toHaveCount(0);
}

test("cow: the write that copies is told with its cause, and its frame can be chosen", async ({
  page,
}) => {
  await openFaults(page);
  await command(page, "cow 200");
  const after = /child (\d+) after write: (0x[0-9a-f]+) in frame (\d+)/.exec(await screenOf(page));
  const before = /after fork: +0x[0-9a-f]+ in frame (\d+)/.exec(await screenOf(page));
  const [, pid, address, frame] = after ?? [];
  const row = rows(page)
    .filter({ hasText: address ?? "no address" })
    .last();
  await expect(row).toContainText(`${pid} cow`);
  await expect(row).toContainText("write");
  await expect(row).toContainText(`copy-on-write: copied from frame ${before?.[1]}`);
  await row.getByRole("button", { name: `Frame ${frame}` }).click();
  await expect(page.getByRole("region", { name: "Chosen frame" })).toContainText(`Frame ${frame}`);
  await page.getByRole("button", { name: "In the grid" }).click();
  await expect(page.locator("#frame-readout")).toContainText(`frame ${frame}`);
  expect(page.url()).toContain(`frame=${frame}`);
});

test("filters by process and by outcome, and counts by outcome", async ({ page }) => {
  await openFaults(page);
  await command(page, "cow 50");
  await command(page, "crash");
  const failed = rows(page).filter({ hasText: "SIGSEGV: nothing mapped there" });
  await expect(failed).toHaveClass(/failed/);
  await expect(failed).toContainText("crash");
  await expect(count(page, "nothing mapped")).toHaveText("1");

  await page.getByRole("combobox", { name: "Show" }).selectOption("failed");
  await expect(rows(page)).toHaveCount(1);
  await page.getByRole("combobox", { name: "Show" }).selectOption("copy");
  await expect(rows(page).filter({ hasText: "first touch" })).toHaveCount(0);
  const copies = Number(await count(page, "copied").textContent());
  const taken = Number(await count(page, "taken over").textContent());
  await expect(recorded(page)).toContainText(new RegExp(`^${copies + taken} of \\d+$`));

  await page.getByRole("combobox", { name: "Show" }).selectOption("all");
  const process = page.getByRole("combobox", { name: "Process" });
  const crash = await process.locator("option", { hasText: "crash" }).textContent();
  await process.selectOption({ label: crash ?? "" });
  await expect(rows(page).filter({ hasText: "cow" })).toHaveCount(0);
  await expect(rows(page).filter({ hasText: "crash" })).not.toHaveCount(0);
  await page.getByRole("combobox", { name: "Show" }).selectOption("major");
  await expect(page.getByText("No fault of this sort was recorded.")).toBeVisible();
});

test("a paused list holds still while the machine goes on, and is cleared", async ({ page }) => {
  await openFaults(page);
  await command(page, "cow 50");
  await expect(count(page, "copied")).not.toHaveText("0");
  await page.getByRole("button", { name: "Pause list" }).click();
  const held = await recorded(page).textContent();
  await command(page, "crash");
  await expect(page.getByText(/The list is paused; since then [1-9]\d* more/)).toBeVisible();
  expect(await recorded(page).textContent()).toBe(held);
  await expect(rows(page).filter({ hasText: "SIGSEGV" })).toHaveCount(0);
  await page.getByRole("button", { name: "Resume list" }).click();
  await expect(rows(page).filter({ hasText: "SIGSEGV" })).toHaveCount(1);
  await page.getByRole("button", { name: "Clear" }).click();
  await expect(rows(page)).toHaveCount(0);
});

test("the newest row is followed until somebody scrolls up", async ({ page }) => {
  await openFaults(page);
  const fromBottom = () =>
    list(page).evaluate((box) => box.scrollHeight - box.clientHeight - box.scrollTop);
  // Touches a new page of the stack two thousand times.
  await command(page, "crash stack");
  await expect(rows(page).last()).toContainText(/copy-on-write|SIGSEGV|first touch/);
  expect(await fromBottom()).toBe(0);
  expect(await rows(page).count()).toBeLessThan(100);
  await list(page).hover();
  // Rows that come in the same moment keep the list at its end: who scrolls then, scrolls again.
  await expect(async () => {
    await page.mouse.wheel(0, -2000);
    await expect(page.getByRole("button", { name: "Newest" })).toBeVisible({ timeout: 500 });
  }).toPass();
  const text = await rows(page).nth(12).textContent();
  await command(page, "cow 50");
  expect(await rows(page).nth(12).textContent()).toBe(text);
  await page.getByRole("button", { name: "Newest" }).click();
  expect(await fromBottom()).toBe(0);
});

test("the list is one tab stop, and the keyboard reads it and chooses frames", async ({ page }) => {
  await openFaults(page);
  await command(page, "crash");
  await expect(rows(page)).not.toHaveCount(0);
  await list(page).focus();
  await page.keyboard.press("Home");
  const first = rows(page).first();
  await expect(first).toHaveAttribute("aria-selected", "true");
  await expect(list(page)).toHaveAttribute(
    "aria-activedescendant",
    (await first.getAttribute("id")) ?? "",
  );
  await page.keyboard.press("Enter");
  await expect(page.getByRole("region", { name: "Chosen frame" })).toBeVisible();
  await page.keyboard.press("End");
  await expect(rows(page).last()).toHaveAttribute("aria-selected", "true");
});

test("panel and scripts record beside each other, and nothing is recorded when neither does", async ({
  page,
}) => {
  await openMachine(page, "./?ram=16M");
  const since = await page.evaluate(async () => (await window.vitrine.events(Infinity)).next);
  const heard = (from: number) =>
    page.evaluate(async (next) => (await window.vitrine.events(next)).events.length, from);
  await page.getByRole("button", { name: "Faults" }).click();
  await expect(list(page)).toBeVisible();
  await command(page, "/bin/true");
  await expect(rows(page)).not.toHaveCount(0);
  // The panel leaves, the script still hears.
  await page.getByRole("button", { name: "Sharing" }).click();
  const middle = await heard(since);
  expect(middle).toBeGreaterThan(0);
  await command(page, "/bin/true");
  expect(await heard(since)).toBeGreaterThan(middle);
  // The script leaves, the panel still records; what it missed is told.
  await page.getByRole("button", { name: "Faults" }).click();
  await expect(list(page)).toBeVisible();
  await page.evaluate(() => window.vitrine.stopEvents());
  await command(page, "crash");
  await expect(rows(page).filter({ hasText: "SIGSEGV" })).toHaveCount(1);
  await expect(rows(page).filter({ hasText: "this panel was closed" })).toHaveCount(1);
  // Both are gone.
  await page.getByRole("button", { name: "Sharing" }).click();
  await page.waitForTimeout(100);
  const last = await page.evaluate(async () => {
    const { next } = await window.vitrine.events(Infinity);
    await window.vitrine.stopEvents();
    return next;
  });
  await command(page, "/bin/true");
  expect(await heard(last)).toBe(0);
});

test("a program's name is text, whatever it looks like", async ({ page }) => {
  await openFaults(page);
  await command(page, "cp /bin/sh '/tmp/<i>x'; '/tmp/<i>x' -c true");
  await expect(rows(page).filter({ hasText: "<i>x" })).not.toHaveCount(0);
  expect(await list(page).locator("i:not(.swatch)").count()).toBe(0);
});

for (const scheme of ["light", "dark"] as const) {
  test(`no column is cut off in ${scheme} at any width`, async ({ page }, testInfo) => {
    await page.emulateMedia({ colorScheme: scheme });
    await openFaults(page);
    await command(page, "cow 50");
    await command(page, "crash");
    for (const [width, height] of [
      [1440, 900],
      [1024, 700],
      [390, 800],
    ] as const) {
      await page.setViewportSize({ width, height });
      if (width < 760) await page.getByRole("button", { name: "Machine" }).click();
      await expect(rows(page).filter({ hasText: "SIGSEGV" })).toBeVisible();
      const wide = await page.evaluate(() =>
        [document.documentElement, ...document.querySelectorAll(".fault-list, .panel, .fault *")]
          .filter((element) => element.scrollWidth > element.clientWidth + 1)
          .filter((element) => getComputedStyle(element).display !== "inline")
          .map((element) => `${element.className}: ${element.textContent?.slice(0, 60)}`),
      );
      expect(wide).toEqual([]);
      await expect(page.getByRole("button", { name: "Newest" })).toHaveCount(0);
      await page.screenshot({ path: testInfo.outputPath(`faults-${width}-${scheme}.png`) });
    }
  });
}
