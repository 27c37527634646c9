// What the page shows of the swap area, with a machine whose answers about swap are made up: every state is there, and
// the same each time.

import { expect, type Page, test } from "playwright/test";
import type { Vitrine } from "../../web/client/vitrine.ts";
import { openMachine } from "./shell.ts";

interface Made {
  readonly total: number;
  readonly trouble: string | null;
}

/** Opens the page; its machine has 300 slots in use, of which 13 is cached in frame 4, 14 lost, 15 zeros. */
async function openSwapped(page: Page, address: string, made: Made): Promise<void> {
  await page.addInitScript(({ total, trouble }: Made) => {
    const state = new Uint8Array(total);
    const references = new Uint8Array(total);
    const owner = new Uint16Array(total);
    for (let slot = 0; slot < 300; slot++) {
      state[slot] = ({ 13: 5, 14: 4, 15: 2 } as Record<number, number>)[slot] ?? 1;
      references[slot] = 1;
      owner[slot] = 2;
    }
    const makeUp = (vitrine: Vitrine): void => {
      const { status, space } = vitrine;
      vitrine.swapGrid = async () => ({ state, references, owner });
      vitrine.slot = async (slot) => ({
        slot,
        state: state[slot] ?? 0,
        references: references[slot] ?? 0,
        cluster: state[slot] === 1 || state[slot] === 5 ? 3 : -1,
        place: state[slot] === 1 || state[slot] === 5 ? slot : -1,
        frame: state[slot] === 5 ? 4 : -1,
        holders: (owner[slot] ?? 0) === 0 ? [] : [{ pid: 2, address: 0x15000 + slot * 4096 }],
        owner: "",
      });
      vitrine.status = async () => ({
        ...(await status()),
        swap: {
          total,
          used: state.filter((one) => one !== 0).length,
          clusters: 12,
          writing: 0,
          reading: 0,
          out: 340,
          in: 20,
          policy: "two-list",
          trouble,
        },
      });
      vitrine.space = async (pid) => {
        const seen = await space(pid);
        if (seen === null) return null;
        const [area] = seen.vmas.filter(({ name }) => name === "[stack]");
        return { ...seen, swapped: [{ address: area?.start ?? 0, slot: 12 }] };
      };
    };
    let held: Vitrine;
    Object.defineProperty(window, "vitrine", {
      get: () => held,
      set(vitrine: Vitrine) {
        makeUp(vitrine);
        held = vitrine;
      },
    });
  }, made);
  await openMachine(page, address);
}

const slots = (page: Page) => page.getByRole("application", { name: /Slots of the swap area/ });
const readout = (page: Page) => page.locator("#slot-readout");
const chosen = (page: Page) => page.getByRole("region", { name: "Chosen slot" });

test("the keyboard reads the slots, and a cached one leads to its frame", async ({ page }) => {
  await openSwapped(page, "./?ram=4M#view=frames", { total: 65_536, trouble: null });
  await slots(page).focus();
  await page.keyboard.press("Home");
  for (let count = 0; count < 12; count++) await page.keyboard.press("ArrowRight");
  await expect(readout(page)).toHaveText("slot 12: stored in cluster 3, pid 2");
  await expect(chosen(page)).toContainText("stored in cluster 3, page 12 of it");
  await expect(chosen(page)).toContainText("0x21000");
  await page.keyboard.press("ArrowRight");
  await expect(readout(page)).toHaveText("slot 13: stored in cluster 3, and in frame 4 too, pid 2");
  await page.keyboard.press("ArrowRight");
  await expect(readout(page)).toHaveText("slot 14: lost by the store, pid 2");
  await page.keyboard.press("ArrowRight");
  await expect(readout(page)).toContainText("a page of zeros");
  await page.keyboard.press("ArrowLeft");
  await page.keyboard.press("ArrowLeft");
  expect(page.url()).toContain("slot=13");
  await chosen(page).getByRole("button", { name: "Show frame 4" }).click();
  await expect(page.getByRole("region", { name: "Chosen frame" })).toContainText("Frame 4");
  await expect(page.locator("#frame-readout")).toContainText("frame 4");
  expect(page.url()).not.toContain("slot=");
});

test("the area is summed up in a line, and what is shown and what is wrong is said", async ({
  page,
}) => {
  const trouble = "The store is full: pages stay in RAM.";
  await openSwapped(page, "./?ram=4M#view=frames", { total: 65_536, trouble });
  const area = page.getByRole("region", { name: "Swap" });
  await expect(area).toContainText(
    "1.2 MiB of 256 MiB used · 12 clusters · since boot 340 pages out, 20 in · policy two-list",
  );
  await expect(area.getByRole("alert")).toHaveText(trouble);
  await expect(area).toContainText("Slots 0 to 1,023 are shown, the others of 65,536 are free.");
  const number = (label: string) =>
    page.locator(".slot-legend li", { hasText: label }).locator("b");
  await expect(number("stored")).toHaveText("297");
  await expect(number("lost")).toHaveText("1");
  await expect(page.locator(".facts")).toContainText("300 of 65,536 swap slots used");
  await page.getByRole("button", { name: "Table" }).click();
  const table = page.getByRole("region", { name: "Slots in use" });
  await expect(table.locator("tbody tr")).toHaveCount(300);
  await expect(table.locator("tbody tr").nth(13)).toContainText("cached");
  await table.getByRole("button", { name: "14", exact: true }).click();
  await expect(chosen(page)).toContainText("SIGBUS");
});

test("a swapped page is a cell of its area, without a line", async ({ page }) => {
  await openSwapped(page, "./?ram=4M#view=sharing", { total: 1024, trouble: null });
  const cell = page.getByRole("button", { name: /swapped out, slot 12/ });
  await expect(cell).toHaveText("W");
  await cell.click();
  await expect(chosen(page)).toContainText("Slot 12");
});

test("a machine without swap says so", async ({ page }) => {
  await openMachine(page, "./?ram=4M&swap=0#view=frames");
  await expect(page.getByText("This machine has no swap.")).toBeVisible();
});

test("a bad size of swap gives the usual one and says why", async ({ page }) => {
  await openMachine(page, "./?ram=4M&swap=5G");
  await expect(page.getByRole("status")).toContainText(
    "?swap=5G is not a size from 0 (none) to 4G",
  );
});

for (const scheme of ["light", "dark"] as const) {
  test(`nothing is cut or overlaps with swap in ${scheme} at any width`, async ({
    page,
  }, testInfo) => {
    await page.emulateMedia({ colorScheme: scheme });
    const trouble = "The browser gives no more room: pages stay in RAM until there is some again.";
    await openSwapped(page, "./?ram=16M#view=frames&slot=13", { total: 65_536, trouble });
    for (const [width, height] of [
      [1440, 900],
      [1024, 700],
      [390, 800],
    ] as const) {
      await page.setViewportSize({ width, height });
      if (width < 760) await page.getByRole("button", { name: "Machine" }).click();
      await expect(slots(page)).toBeVisible();
      await page.waitForTimeout(200);
      const { overflow, overlaps } = await page.evaluate(() => {
        const boxes = [...document.querySelectorAll(".panel.frames > *, .swap > *")]
          .filter((element) => !element.matches(".swap"))
          .map((element) => element.getBoundingClientRect());
        return {
          overflow: document.documentElement.scrollWidth - document.documentElement.clientWidth,
          overlaps: boxes.filter((box, index) => box.top < (boxes[index - 1]?.bottom ?? 0) - 1)
            .length,
        };
      });
      expect(overflow).toBe(0);
      expect(overlaps).toBe(0);
      await page.screenshot({ path: testInfo.outputPath(`swap-${width}-${scheme}.png`) });
    }
  });
}
