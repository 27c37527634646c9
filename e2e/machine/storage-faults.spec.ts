// Storage that misbehaves, in a browser: transactions that abort, no more room, a slow disk, none at all, one that breaks
// or falls silent. The machine and its page live on, whoever needs no storage goes on, and people are told.

import { expect, type Page, test } from "playwright/test";
import type { MachineStatus } from "../../kernel/api/snapshot.ts";
import { serveFaultySite, setFaults } from "./faulty-site.ts";
import { expectScreen, openMachine, screenOf, type } from "./shell.ts";

const addressOf = serveFaultySite();
test.describe.configure({ timeout: 120_000 });

const run = (page: Page, line: string): Promise<{ stdout: string; stderr: string; code: number }> =>
  page.evaluate((text) => window.vitrine.run(text), line);

const statusOf = (page: Page): Promise<MachineStatus> =>
  page.evaluate(() => window.vitrine.status());

/** Waits until a process of this name is in the state, or until none is there. */
const until = (page: Page, name: string, state?: "blocked" | "running"): Promise<unknown> =>
  page.evaluate(
    ([name, state]) =>
      window.vitrine.waitFor(
        ({ processes }) => {
          const named = processes.filter((one) => one.name === name && one.state !== "zombie");
          return state === undefined
            ? named.length === 0
            : named.some((process) => process.state === state);
        },
        { timeout: 30_000 },
      ),
    [name, state] as const,
  );

/** The machine has not panicked, its frames are all accounted for, and its terminal and new programs work. */
async function expectAlive(page: Page): Promise<void> {
  const { panic, memory } = await statusOf(page);
  expect(panic).toBeNull();
  const { frames, ...kinds } = memory;
  expect(Object.values(kinds).reduce((sum, count) => sum + count, 0)).toBe(frames);
  expect(await run(page, "echo alive | tr a-z A-Z")).toMatchObject({ stdout: "ALIVE\n", code: 0 });
  await type(page, "\x03\x15echo here $((40 + 2))\r");
  await expectScreen(page, /\nhere 42\n/);
}

/** Storage is well again: after its rest the machine swaps as before. */
async function expectGood(page: Page): Promise<void> {
  expect(await run(page, "sleep 6; hog 24m")).toMatchObject({
    stdout: expect.stringMatching(/hog: 24m intact\n$/),
    code: 0,
  });
  expect((await statusOf(page)).swap.trouble).toBeNull();
  await expectAlive(page);
}

/** It is on the terminal, whose lines are broken anywhere, and in the kernel's messages. */
async function told(page: Page, what: RegExp): Promise<void> {
  await expect.poll(async () => (await screenOf(page)).replaceAll("\n", "")).toMatch(what);
  expect((await run(page, "dmesg")).stdout).toMatch(what);
}

test("transactions that abort now and then are made up for", async ({ page }) => {
  await openMachine(page, addressOf("ram=8M", { abortOneIn: 3 }));
  expect(await run(page, "hog -p 2 24m")).toMatchObject({
    stdout: expect.stringMatching(/hog: 24m intact\n$/),
    code: 0,
  });
  const { stdout } = await run(page, "dmesg");
  expect(stdout).toMatch(/swap: cluster \d+ could not be written \(.*\); trying another/);
  expect((await statusOf(page)).swap.trouble).toBeNull();
  await expectAlive(page);
});

test("when nothing can be written any more, pages stay, the largest is killed and others go on", async ({
  page,
}) => {
  await openMachine(page, addressOf("ram=8M", { failWritesFrom: 10 }));
  const sums = page.evaluate(() => window.vitrine.run("sums 2 2m 5"));
  expect(await run(page, "hog 24m")).toMatchObject({ code: 137 });
  await told(
    page,
    /swap: pages cannot be written \(IndexedDB did not say why\); they stay in memory/,
  );
  await told(page, /Out of memory: Killed process \d+ \(hog\)/);
  expect((await statusOf(page)).swap.trouble).toMatch(/pages cannot be written/);
  expect(await sums).toMatchObject({ stdout: expect.stringMatching(/sums: 2m intact\n$/) });
  await expectAlive(page);
  await setFaults(page, {});
  await expectGood(page);
});

test("when the quota ends in the middle, the browser's limit is named, and swapping goes on when there is room", async ({
  page,
}) => {
  const session = await page.context().newCDPSession(page);
  const address = addressOf("ram=8M");
  const { origin } = new URL(address);
  // Chromium asks for the room that is left at the first write. The limit is no multiple of a cluster.
  await session.send("Storage.overrideQuotaForOrigin", { origin, quotaSize: 6_000_000 });
  await openMachine(page, address);
  expect(await run(page, "hog 24m")).toMatchObject({ code: 137 });
  await told(
    page,
    /swap: the browser or disk gives no more room than \d+ MiB; pages stay in memory/,
  );
  await expectAlive(page);
  await session.send("Storage.overrideQuotaForOrigin", { origin });
  await expectGood(page);
});

test("on a slow disk all is right, and the page answers", async ({ page }) => {
  await openMachine(page, addressOf("ram=8M", { delay: 100 }));
  await page.evaluate(() => {
    Object.assign(window, { result: window.vitrine.run("hog 16m") });
  });
  await until(page, "hog", "blocked");
  const slowest = await page.evaluate(async () => {
    let longest = 0;
    for (let count = 0; count < 20; count++) {
      const asked = performance.now();
      await window.vitrine.status();
      longest = Math.max(longest, performance.now() - asked);
    }
    return longest;
  });
  expect(slowest).toBeLessThan(2000);
  expect(await page.evaluate("window.result")).toMatchObject({
    stdout: expect.stringMatching(/hog: 16m intact\n$/),
    code: 0,
  });
  await expectAlive(page);
});

test("where IndexedDB is denied the machine boots, says so and works without swap", async ({
  page,
}) => {
  await page.goto(addressOf("ram=8M", { denied: true }));
  await told(
    page,
    /swap: .*there is no store for it.*IndexedDB, where pages are swapped to, cannot/,
  );
  expect((await statusOf(page)).swap.trouble).toMatch(/not in this mode/);
  expect(await run(page, "hog 4m")).toMatchObject({ code: 0 });
  expect(await run(page, "hog 24m")).toMatchObject({ code: 137 });
  await expectAlive(page);
});

test("who needs a page that cannot be read gets a bus error, and nobody else does", async ({
  page,
}) => {
  await openMachine(page, addressOf("ram=8M", { loseHogs: true }));
  const sums = page.evaluate(() => window.vitrine.run("sums 2 2m 5"));
  const { stdout, stderr } = await run(page, "hog 24m >/dev/null; echo $?");
  expect(stdout).toBe("135\n");
  expect(stderr).toMatch(/Bus error/);
  await told(page, /swap: cluster \d+ cannot be read \(the disk is broken here\)/);
  expect(await sums).toMatchObject({ stdout: expect.stringMatching(/sums: 2m intact\n$/) });
  await setFaults(page, {});
  await expectGood(page);
});

test("a storage worker that fails is named, and nothing waits for it", async ({ page }) => {
  await openMachine(page, addressOf("ram=8M", { crashAt: 100 }));
  const { code } = await run(page, "hog -p 3 24m");
  // It may meet a page that is lost, or the end of memory.
  expect([135, 137]).toContain(code);
  const { stdout } = await run(page, "dmesg");
  expect(stdout).toMatch(/swap: .*the storage worker failed: Uncaught Error: out of luck/);
  expect((await statusOf(page)).swap.trouble).toMatch(/the storage worker failed/);
  // If pages of the terminal's shell are lost, init has started another one.
  await expectAlive(page);
  expect(await run(page, "hog 3m")).toMatchObject({ code: 0 });
});

test("while storage does not answer, the page does, who needs none goes on, and who waits can be killed", async ({
  page,
}) => {
  await openMachine(page, addressOf("ram=8M", { hold: true }));
  await type(page, "spin & sleep 0.2; hog 24m\r");
  await until(page, "hog", "blocked");
  const before = await statusOf(page);
  await expect
    .poll(async () => (await statusOf(page)).instructions)
    .toBeGreaterThan(before.instructions + 10_000_000);
  const { processes } = await statusOf(page);
  expect(processes.find(({ name }) => name === "hog")?.state).toBe("blocked");
  await type(page, "\x03");
  await until(page, "hog");
  await expectScreen(page, /\^C\n[^]*\$ ?$/);
  await type(page, "hog 24m & sleep 0.5; kill -9 $!; wait $!; echo status $?\r");
  await expectScreen(page, /status 137\n/);
  expect(await screenOf(page)).not.toMatch(/Bus error|Out of memory/);
  await type(page, "kill %1; wait\r");
  await until(page, "spin");
  expect((await statusOf(page)).swap.out).toBe(0);
  await setFaults(page, {});
  await expectGood(page);
});
