// The panels: keyboard, pointer, table twin, light and dark, narrow windows.

import { expect, test } from "playwright/test";
import { openMachine } from "./shell.ts";

test("the grid says the same as the snapshot, cell by cell", async ({ page }) => {
  await openMachine(page, "./?ram=4M#view=frames");
  await page.evaluate(() => window.vitrine.pause());
  const wrong = await page.evaluate(async () => {
    const [grid, snapshot] = await Promise.all([window.vitrine.grid(), window.vitrine.snapshot()]);
    const used = new Map(snapshot.frames.map((frame) => [frame.pfn, frame]));
    return [...grid.kind.keys()].filter((pfn) => {
      const frame = used.get(pfn);
      return (
        (grid.kind[pfn] === 0) !== (frame === undefined || frame.kind === "free") ||
        grid.mappings[pfn] !== (frame?.mappings.length ?? 0)
      );
    });
  });
  expect(wrong).toEqual([]);
});

test("frames by kind add up to RAM, and the legend shows the same numbers", async ({ page }) => {
  await openMachine(page, "./?ram=4M#view=frames");
  await page.evaluate(() => window.vitrine.pause());
  const memory = await page.evaluate(async () => (await window.vitrine.status()).memory);
  const { frames, ...kinds } = memory;
  expect(Object.values(kinds).reduce((sum, count) => sum + count, 0)).toBe(frames);
  expect(frames).toBe(1024);
  const number = (label: string) => page.locator(".legend li", { hasText: label }).locator("b");
  await expect(number("free")).toHaveText(memory.free.toLocaleString("en"));
  await expect(number("page table")).toHaveText(String(memory.pageTables));
  await expect(number("anonymous")).toHaveText(String(memory.anonymous));
});

test("a click on a cell and the arrow keys choose frames, and the details follow", async ({
  page,
}) => {
  await openMachine(page, "./?ram=4M#view=frames");
  const table = (await page.evaluate(() => window.vitrine.snapshot())).frames.find(
    ({ kind }) => kind === "page-table",
  );
  const grid = page.getByRole("application", { name: /Frames of RAM/ });
  await grid.focus();
  await page.keyboard.press("Home");
  for (let count = 0; count < (table?.pfn ?? 0); count++) await page.keyboard.press("ArrowRight");
  await expect(page.locator("#frame-readout")).toContainText(`frame ${table?.pfn}, page table`);
  await expect(page.getByRole("region", { name: "Chosen frame" })).toContainText(
    "page table of pid",
  );
  await page.getByRole("button", { name: "Table" }).click();
  await expect(
    page.getByRole("region", { name: "Frames in use" }).locator("tr.selected"),
  ).toContainText("page table");
});

for (const scheme of ["light", "dark"] as const) {
  test(`nothing is cut or overlaps in ${scheme} at any width`, async ({ page }, testInfo) => {
    await page.emulateMedia({ colorScheme: scheme });
    for (const [width, height] of [
      [1440, 900],
      [1024, 700],
      [390, 800],
    ] as const) {
      await page.setViewportSize({ width, height });
      await openMachine(page, "./?ram=16M#view=frames");
      if (width < 760) await page.getByRole("button", { name: "Machine" }).click();
      await expect(page.locator(".cells")).toBeVisible();
      const overflow = await page.evaluate(
        () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
      );
      expect(overflow).toBe(0);
      await page.waitForTimeout(200);
      await page.screenshot({ path: testInfo.outputPath(`frames-${width}-${scheme}.png`) });
    }
  });
}

test("a phone-sized window types and runs with the touch keys", async ({ page }) => {
  await page.setViewportSize({ width: 390, height: 800 });
  await openMachine(page);
  await page.locator(".terminal-place").click();
  await page.keyboard.type("sleep 99");
  await page.keyboard.press("Enter");
  await page.evaluate(() =>
    window.vitrine.waitFor(({ processes }) => processes.some(({ name }) => name === "sleep")),
  );
  await page.getByRole("button", { name: "Ctrl", exact: true }).click();
  await page.getByRole("button", { name: "Ctrl C" }).click();
  await page.evaluate(() =>
    window.vitrine.waitFor(({ processes }) => !processes.some(({ name }) => name === "sleep")),
  );
});

test("a bad address gives the usual machine and says why", async ({ page }) => {
  await openMachine(page, "./?ram=banana");
  await expect(page.getByRole("status")).toContainText("?ram=banana is not a size");
  expect((await page.evaluate(() => window.vitrine.status())).memory.frames).toBe(16384);
});

test("every control is reached with the keyboard alone, and F6 leads out of the terminal", async ({
  page,
}) => {
  await openMachine(page, "./?ram=4M#view=frames");
  await expect(page.locator(".cells")).toBeVisible();
  const focused = () =>
    page.evaluate(() => {
      const element = document.activeElement;
      return (element?.getAttribute("aria-label") ?? element?.textContent ?? "").trim();
    });
  await page.locator(".terminal-place").click();
  expect(await focused()).toBe("Terminal; F6 leaves it");
  await page.keyboard.press("F6");
  expect(await focused()).not.toContain("Terminal");
  const seen: string[] = [];
  for (let count = 0; count < 3; count++) {
    seen.push(await focused());
    const outline = await page.evaluate(
      () => getComputedStyle(document.activeElement ?? document.body).outlineStyle,
    );
    expect(outline, seen.at(-1)).not.toBe("none");
    await page.keyboard.press("Tab");
  }
  expect(seen.join()).toContain("Table");
  expect(seen.join()).toContain("Frames of RAM");
  await page.keyboard.press("Shift+Tab");
  await page.keyboard.press("F6");
  expect(await focused()).toBe("Editor");
  await page.keyboard.press("Tab");
  expect(await focused()).toBe("Pause");
  await page.keyboard.press("Enter");
  await expect(page.getByText("paused")).toBeVisible();
  await page.keyboard.press("Enter");
  await page.keyboard.press("F6");
  expect(await focused()).toBe("Terminal; F6 leaves it");
});

test("owners have a legend with their names", async ({ page }) => {
  await openMachine(page, "./?ram=4M#view=frames");
  await page.getByLabel("Colour by").selectOption("owner");
  await expect(page.locator(".legend li", { hasText: "2 sh" })).toContainText(/2 sh\s*\d+/);
  await expect(page.locator(".legend")).toContainText("nobody");
});
