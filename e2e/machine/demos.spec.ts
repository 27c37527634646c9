// The three demos: what the snapshot proves, the panels show.

import { expect, type Page, test } from "playwright/test";
import type { Snapshot, SpaceInfo } from "../../kernel/api/snapshot.ts";
import { openMachine, screenOf, type } from "./shell.ts";

interface Family {
  readonly snapshot: Snapshot;
  readonly parent: SpaceInfo;
  readonly child: SpaceInfo;
}

/** Waits until a program and a child of it are both there and `ready` holds of the terminal, then looks at them. */
async function family(page: Page, name: string, ready: RegExp): Promise<Family> {
  await expect.poll(() => screenOf(page)).toMatch(ready);
  const snapshot = await page.evaluate(
    (wanted) =>
      window.vitrine.waitFor(({ processes }) => {
        const named = processes.filter(
          (process) => process.name === wanted && process.state !== "zombie",
        );
        return named.some(({ pid }) => named.some(({ parent }) => parent === pid));
      }),
    name,
  );
  const named = snapshot.processes.filter((process) => process.name === name);
  const child = named.find(({ parent }) => named.some(({ pid }) => pid === parent));
  const space = (pid: number | undefined): SpaceInfo => {
    const found = snapshot.spaces.find((candidate) => candidate.pid === pid);
    if (found === undefined) throw new Error(`no address space of pid ${pid}`);
    return found;
  };
  return { snapshot, parent: space(child?.parent), child: space(child?.pid) };
}

/** The page of the first address that a program printed. */
const pageIn = (text: string): number =>
  Math.floor(Number(/0x[0-9a-f]+/.exec(text)?.[0]) / 4096) * 4096;
const pageAt = (space: SpaceInfo, address: number) =>
  space.pages.find((page) => page.address === address);

test("shared: one frame behind one page of each process, and the picture says so", async ({
  page,
}, testInfo) => {
  await openMachine(page, "./?ram=16M#view=sharing");
  await type(page, "shared 20\r");
  const { snapshot, parent, child } = await family(page, "shared", /frame \d+[^]*frame \d+/);
  const meeting = snapshot.frames.filter(
    ({ kind, mappings }) => kind === "shared" && mappings.length === 2,
  );
  expect(meeting).toHaveLength(1);
  const [frame] = meeting;
  expect(new Set(frame?.mappings.map(({ pid }) => pid))).toEqual(new Set([parent.pid, child.pid]));
  const address = pageIn(await screenOf(page));
  expect(frame?.mappings.map((mapping) => mapping.address)).toEqual([address, address]);
  expect(await screenOf(page)).toContain(`frame ${frame?.pfn}`);

  await expect(page.locator(".middle-frame.meeting")).toHaveText(String(frame?.pfn));
  await expect(page.locator("path.line.meeting")).toHaveCount(2);
  await expect(page.locator(".summary")).toContainText(`They meet in frame ${frame?.pfn}`);
  await page.locator(".middle-frame.meeting").click();
  const rows = page.locator(".mappings tbody tr");
  await expect(rows).toHaveCount(2);
  await expect(rows.nth(0)).toContainText(`0x${address.toString(16)}`);
  await page.screenshot({ path: testInfo.outputPath("shared.png") });

  await page.getByRole("button", { name: "Frames" }).click();
  await expect(page.locator("#frame-readout")).toContainText(
    `frame ${frame?.pfn}, shared memory, mapped 2 times`,
  );
  await page.screenshot({ path: testInfo.outputPath("shared-frames.png") });
});

test("apart: one address, two frames, two values", async ({ page }, testInfo) => {
  await openMachine(page, "./?ram=16M#view=sharing");
  await type(page, "apart\r");
  const { parent, child } = await family(page, "apart", /frame \d+[^]*frame \d+/);
  const address = pageIn(await screenOf(page));
  const [mine, theirs] = [pageAt(parent, address), pageAt(child, address)];
  expect(mine).toBeDefined();
  expect(theirs).toBeDefined();
  expect(mine?.pfn).not.toBe(theirs?.pfn);
  const bytes = await page.evaluate(
    async (pfns) =>
      Promise.all(
        pfns.map(async (pfn) =>
          [...(await window.vitrine.frame(pfn)).bytes.subarray(0, 64)].join(),
        ),
      ),
    [mine?.pfn ?? -1, theirs?.pfn ?? -1],
  );
  expect(bytes[0]).not.toBe(bytes[1]);
  await expect(page.locator(".middle-frame.meeting")).toHaveCount(0);
  await page.screenshot({ path: testInfo.outputPath("apart.png") });
});

test("cow: one frame before the write, two after, and exactly one copy of that page", async ({
  page,
}, testInfo) => {
  await openMachine(page, "./?ram=16M#view=sharing");
  const first = await page.evaluate(async () => (await window.vitrine.events(0)).next);
  await type(page, "cow\r");
  const before = await family(page, "cow", /0x[0-9a-f]+/);
  const address = pageIn(await screenOf(page));
  const shared = pageAt(before.parent, address);
  expect(pageAt(before.child, address)?.pfn).toBe(shared?.pfn);
  expect((shared?.bits ?? 0) & 4).toBe(0);
  await page.screenshot({ path: testInfo.outputPath("cow-before.png") });

  const after = await page.evaluate(
    ({ pids, va }) =>
      window.vitrine.waitFor(({ spaces }) => {
        const frames = pids.map(
          (pid) =>
            spaces.find((space) => space.pid === pid)?.pages.find((entry) => entry.address === va)
              ?.pfn,
        );
        return frames[0] !== undefined && frames[1] !== undefined && frames[0] !== frames[1];
      }),
    { pids: [before.parent.pid, before.child.pid], va: address },
  );
  await page.screenshot({ path: testInfo.outputPath("cow-after.png") });
  expect(after.frames.some(({ pfn }) => pfn === shared?.pfn)).toBe(true);
  const events = await page.evaluate(
    async (since) => (await window.vitrine.events(since)).events,
    first,
  );
  // The frame was another's before, which may have been copied as well.
  const copies = events.filter(
    (event) =>
      event.kind === "fault" &&
      event.outcome === "copy" &&
      event.from === shared?.pfn &&
      event.address === address,
  );
  expect(copies).toHaveLength(1);
});
