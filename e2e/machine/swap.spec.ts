// Memory beyond RAM, in IndexedDB: it comes back as it is there, each tab has its own, nothing of it stays, and the page
// and its terminal live while it comes and goes.

import { expect, type Page, test } from "playwright/test";
import type { SwapStatus } from "../../kernel/api/snapshot.ts";
import { serveFaultySite } from "./faulty-site.ts";
import { command, expectScreen, openMachine, screenOf, type } from "./shell.ts";
import { alterHogs, clusterSizes, databases } from "./swap-databases.ts";

const addressOf = serveFaultySite();
/** Two machines at once, on a computer that has other work, too. */
const PATIENCE = { timeout: 45_000 };
test.describe.configure({ timeout: 120_000 });

const swapOf = async (page: Page): Promise<SwapStatus> =>
  (await page.evaluate(() => window.vitrine.status())).swap;

const run = (page: Page, line: string): Promise<{ stdout: string; stderr: string; code: number }> =>
  page.evaluate((text) => window.vitrine.run(text), line);

const ended = (page: Page, name: string): Promise<unknown> =>
  page.evaluate(
    (wanted) =>
      window.vitrine.waitFor(
        ({ processes }) =>
          processes.every((process) => process.name !== wanted || process.state === "zombie"),
        { timeout: 30_000 },
      ),
    name,
  );

/** Waits until the machine's clusters are those in the database, and gives their sizes. */
async function settledClusters(page: Page, database: string): Promise<readonly number[]> {
  let sizes: readonly number[] = [];
  await expect
    .poll(async () => {
      const before = await swapOf(page);
      sizes = await clusterSizes(page, database);
      const after = await swapOf(page);
      const isStill = before.clusters === after.clusters && after.writing + after.reading === 0;
      return isStill ? after.clusters - sizes.length : "not yet";
    })
    .toBe(0);
  return sizes;
}

test("hog finds three times the RAM again, and meanwhile its clusters are in IndexedDB", async ({
  page,
}) => {
  await openMachine(page, addressOf("ram=8M"));
  const once = await run(page, "hog 24m");
  expect(once).toMatchObject({ code: 0, stdout: expect.stringMatching(/hog: 24m intact\n$/) });
  await type(page, "hog -r -k 1000 24m\r");
  await expectScreen(page, /hog: 24m intact/);
  const [database = "", ...others] = await databases(page);
  expect(others).toEqual([]);
  const sizes = await settledClusters(page, database);
  for (const size of sizes) expect(size > 0 && size % 4096 === 0, String(size)).toBe(true);
  const { used, total } = await swapOf(page);
  expect(total).toBe((256 << 20) / 4096);
  // What does not fit into RAM is there.
  expect(used).toBeGreaterThanOrEqual((16 << 20) / 4096);
  const stored = sizes.reduce((sum, size) => sum + size / 4096, 0);
  expect(stored).toBeGreaterThanOrEqual((16 << 20) / 4096);
  // And goes with its owner.
  await type(page, "\x03");
  await ended(page, "hog");
  expect((await settledClusters(page, database)).length).toBeLessThan(10);
  expect(await command(page, "echo $?")).toBe("130");
});

test("bytes that are changed in IndexedDB are what a program reads", async ({ page }) => {
  await openMachine(page, addressOf("ram=8M", { delay: 50 }));
  const result = page.evaluate(() => window.vitrine.run("hog 24m 2>&1"));
  // It has filled its memory when less than that is in RAM, and begins to read it.
  await expect
    .poll(async () => (await swapOf(page)).used, { intervals: [20] })
    .toBeGreaterThan((16 << 20) / 4096);
  await page.evaluate(() => window.vitrine.pause());
  const [database = ""] = await databases(page);
  await expect.poll(async () => (await clusterSizes(page, database)).length).toBeGreaterThan(50);
  expect(await alterHogs(page, database, 77)).toBeGreaterThan(1000);
  await page.evaluate(() => window.vitrine.resume());
  const { stdout, code } = await result;
  expect(code).toBe(1);
  const [, address, found, expected] =
    /hog: pass 1: (0x[\da-f]+) holds (0x[\da-f]+) instead of (0x[\da-f]+)\n/.exec(stdout) ?? [];
  expect(Number(address) % 4096).toBe(77);
  expect(Number(found) ^ Number(expected)).toBe(0xff);
});

test("two tabs swap at once, each in a database of its own", async ({ context }) => {
  const tabs = [await context.newPage(), await context.newPage()] as const;
  await openMachine(tabs[0], addressOf("ram=8M"));
  const [own = ""] = await databases(tabs[0]);
  await openMachine(tabs[1], addressOf("ram=8M"));
  await expect.poll(() => databases(tabs[1])).toHaveLength(2);
  const other = (await databases(tabs[1])).find((name) => name !== own) ?? "";
  for (const tab of tabs) await type(tab, "hog -k 1000 24m\r");
  for (const tab of tabs) {
    await expect.poll(() => screenOf(tab), PATIENCE).toMatch(/hog: 24m intact|holds|Killed/);
    expect(await screenOf(tab)).toContain("hog: 24m intact");
  }
  const mine = await settledClusters(tabs[0], own);
  const theirs = await settledClusters(tabs[1], other);
  expect(Math.min(mine.length, theirs.length)).toBeGreaterThan(50);
});

test("what a closed tab leaves is gone when the next machine starts, and after a reload all is new", async ({
  context,
}) => {
  const dead = await context.newPage();
  await openMachine(dead, addressOf("ram=8M"));
  await run(dead, "hog 24m");
  const before = await databases(dead);
  expect(before).toHaveLength(1);
  await dead.close();
  const page = await context.newPage();
  await openMachine(page, addressOf("ram=8M"));
  const isNew = async (old: readonly string[]): Promise<boolean> => {
    const names = await databases(page);
    return names.length === 1 && !old.includes(names[0] ?? "");
  };
  await expect.poll(() => isNew(before)).toBe(true);
  const second = await databases(page);
  // In the middle of it.
  await type(page, "hog -p 1000 24m\r");
  await expect.poll(async () => (await swapOf(page)).out).toBeGreaterThan(2000);
  await page.reload();
  await expect.poll(() => screenOf(page)).toMatch(/\$ ?$/);
  expect((await swapOf(page)).used).toBe(0);
  expect(await run(page, "hog 24m")).toMatchObject({ code: 0 });
  await expect.poll(() => isNew([...before, ...second])).toBe(true);
});

test("the page answers while the machine swaps as hard as it can", async ({ page }) => {
  await openMachine(page, addressOf("ram=8M"));
  await type(page, "sums 6 32m 1000 &\r");
  await expect.poll(async () => (await swapOf(page)).in).toBeGreaterThan(2000);
  const before = await swapOf(page);
  // How long the page's own thread was ever busy, and how long the kernel's took to answer.
  const { longest, slowest } = await page.evaluate(async () => {
    let last = performance.now();
    let longest = 0;
    const timer = setInterval(() => {
      longest = Math.max(longest, performance.now() - last);
      last = performance.now();
    }, 10);
    let slowest = 0;
    for (let count = 0; count < 20; count++) {
      const asked = performance.now();
      await window.vitrine.status();
      slowest = Math.max(slowest, performance.now() - asked);
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    clearInterval(timer);
    return { longest, slowest };
  });
  expect(longest).toBeLessThan(2000);
  expect(slowest).toBeLessThan(2000);
  const { instructions } = await page.evaluate(() => window.vitrine.status());
  await page.getByRole("button", { name: "Pause" }).click();
  await expect(page.getByText("paused")).toBeVisible();
  await page.getByRole("button", { name: "Resume" }).click();
  await page.locator(".terminal-place").click();
  await page.keyboard.type("echo $((6 * 7))\n");
  await expectScreen(page, /\n42\n/);
  const after = await page.evaluate(() => window.vitrine.status());
  expect(after.swap.in).toBeGreaterThan(before.in + 500);
  expect(after.instructions).toBeGreaterThan(instructions);
  await type(page, "kill %1; wait\r");
  await expectScreen(page, /Terminated/);
});

test("Ctrl-C ends a program at once that waits for storage which takes fifteen seconds", async ({
  page,
}) => {
  await openMachine(page, addressOf("ram=8M", { delay: 15_000 }));
  await type(page, "hog 24m\r");
  await page.evaluate(() =>
    window.vitrine.waitFor(({ processes }) =>
      processes.some(({ name, state }) => name === "hog" && state === "blocked"),
    ),
  );
  await type(page, "\x03");
  await ended(page, "hog");
  await expectScreen(page, /\^C\n[^]*\$ ?$/);
  expect(await command(page, "echo $?")).toBe("130");
  const { out, writing } = await swapOf(page);
  expect(out).toBe(0);
  expect(writing).toBeGreaterThan(0);
});
