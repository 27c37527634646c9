// The storage worker of the built site, from both of its ends: what the kernel worker gets, and what is in IndexedDB.
// No machine runs here: an empty page starts the worker.

import { readFileSync } from "node:fs";
import type { Server } from "node:http";
import { join } from "node:path";
import { build } from "esbuild";
import { expect, test, type BrowserContext, type Page } from "playwright/test";
import { swapStoreContract } from "../../kernel/mm/swap/store-contract.ts";
import { commonOptions, dist } from "../tools/project.mjs";
import { addressOf, listen } from "../tools/static-server.mjs";

/**
 * What the storage worker runs before its own code: browsers differ, and this one is made to. Undefined: there is no such
 * file. A server of our own says so, because Playwright does not see what a worker of a worker loads.
 */
let prelude: string | undefined;
let server: Server;
let origin = "";

test.beforeAll(async () => {
  const entryPoints = ["e2e/machine/storage-client.ts"];
  const { outputFiles } = await build({ ...commonOptions, entryPoints, write: false });
  const files: Record<string, () => string | undefined> = {
    "/empty.html": () => "<!doctype html><title>storage</title>",
    "/storage-client.js": () => outputFiles[0]?.text,
    "/storage-worker.js": () =>
      prelude === undefined
        ? undefined
        : `{${prelude}}\n${readFileSync(join(dist, "storage-worker.js"), "utf8")}`,
  };
  server = await listen(({ url = "" }, response) => {
    const text = files[url]?.();
    const type = url.endsWith(".js") ? "text/javascript" : "text/html";
    response.writeHead(text === undefined ? 404 : 200, { "content-type": type });
    response.end(text);
  }, 0);
  origin = addressOf(server);
});

test.afterAll(() => {
  server.close();
  server.closeAllConnections();
});

test.beforeEach(() => {
  prelude = "";
});

/** A tab with the client in it, but without a store. */
async function openTab(context: BrowserContext): Promise<Page> {
  const page = await context.newPage();
  page.on("pageerror", (error) => {
    throw error;
  });
  await page.goto(`${origin}/empty.html`);
  await page.addScriptTag({ url: "storage-client.js", type: "module" });
  await page.waitForFunction("globalThis.storage");
  return page;
}

const open = (page: Page): Promise<string> => page.evaluate(() => storage.open());

const databases = (page: Page): Promise<string[]> => page.evaluate(() => storage.databases());

const heldLocks = (page: Page): Promise<string[]> =>
  page.evaluate(async () =>
    ((await navigator.locks.query()).held ?? []).map(({ name }) => name ?? ""),
  );

/** Writes a cluster of the pages with these ids; "success", or the rejection as text. */
const write = (page: Page, key: number, ...ids: readonly number[]): Promise<string> =>
  page.evaluate(
    ([key, ids]) => storage.outcomeOf(storage.store.write(key, storage.patternPages(...ids), [])),
    [key, ids] as const,
  );

/** The ids of a cluster's pages, or the rejection as text. */
const read = (page: Page, key: number): Promise<unknown> =>
  page.evaluate(
    (key) => storage.store.read(key).then(storage.idsOf, (error: unknown) => String(error)),
    key,
  );

/** What `open` rejects with, as text. */
const refusal = (page: Page): Promise<string> =>
  page.evaluate(() => storage.outcomeOf(storage.open()));

for (const { name } of swapStoreContract) {
  test(`IndexedDB: ${name}`, async ({ context }) => {
    const page = await openTab(context);
    await page.evaluate((name) => storage.runCase(name), name);
  });
}

test("a cluster is one value in a database of the machine's own, and goes with it", async ({
  context,
}) => {
  const page = await openTab(context);
  expect(await databases(page)).toEqual([]);
  const name = await open(page);
  expect(name).toMatch(/^vitrine-swap-[0-9a-f-]{32,}$/);
  expect(await databases(page)).toEqual([name]);
  await write(page, 5, 1, 2, 3);
  const value = await page.evaluate(async (name) => {
    const value = await storage.peek(name, 5);
    return value instanceof Uint8Array ? storage.idsOf(value) : value;
  }, name);
  expect(value).toEqual([1, 2, 3]);
  // The pages are handed over, not copied, and what else is in their buffer does not take room in the database.
  const part = await page.evaluate(async (name) => {
    const pages = storage.patternPages(1, 2, 3).subarray(4096);
    await storage.store.write(6, pages, []);
    const value = await storage.peek(name, 6);
    const stored = value instanceof Uint8Array ? value.buffer.byteLength : value;
    return { left: pages.length, stored };
  }, name);
  expect(part).toEqual({ left: 0, stored: 2 * 4096 });
  await page.evaluate(() => storage.store.remove([5]));
  expect(await page.evaluate((name) => storage.peek(name, 5), name)).toBeUndefined();
  await page.evaluate(() => storage.store.close());
  expect(await databases(page)).toEqual([]);
  expect(await write(page, 7, 1)).toBe("Error: the swap store is closed");
});

test("bytes that are changed in IndexedDB are what is read; what is no cluster is not", async ({
  context,
}) => {
  const page = await openTab(context);
  const name = await open(page);
  for (const key of [1, 2, 3, 4]) await write(page, key, 10, 11);
  const byte = await page.evaluate(async (name) => {
    const altered = storage.patternPages(10, 12);
    altered[77] = 7;
    await storage.poke(name, 1, altered);
    await storage.poke(name, 2, new Uint8Array(4096));
    await storage.poke(name, 3, "no bytes");
    await storage.poke(name, 4, undefined);
    return (await storage.store.read(1))[77];
  }, name);
  expect(byte).toBe(7);
  expect(await read(page, 1)).toEqual([undefined, 12]);
  for (const key of [2, 3])
    expect(await read(page, key)).toBe(`DataError: swap cluster ${key} is not what was written`);
  expect(await read(page, 4)).toBe("NotFoundError: there is no swap cluster 4");
});

test("a machine whose tab was closed leaves nothing to the next; a living one keeps its clusters", async ({
  context,
}) => {
  const dead = await openTab(context);
  const living = await openTab(context);
  const deadName = await open(dead);
  const livingName = await open(living);
  await write(dead, 1, 1);
  await write(living, 1, 2);
  await living.evaluate(() => storage.occupy("somebody-elses"));
  await dead.close();
  // The browser lets go of a closed tab's lock a moment later.
  await expect.poll(() => heldLocks(living)).toEqual([livingName]);
  expect(await databases(living)).toEqual(["somebody-elses", deadName, livingName].toSorted());
  const next = await openTab(context);
  const nextName = await open(next);
  expect(await databases(next)).toEqual(["somebody-elses", livingName, nextName].toSorted());
  expect(await read(living, 1)).toEqual([2]);
  expect(await write(living, 2, 3)).toBe("success");
});

test("two tabs at once use the same keys and do not meet", async ({ context }) => {
  const tabs = [await openTab(context), await openTab(context)];
  const names = await Promise.all(tabs.map(open));
  expect(new Set(names).size).toBe(2);
  const keys = [1, 2, 3, 4, 5, 6, 7, 8];
  const live = async (page: Page, own: number): Promise<unknown[]> => {
    for (const key of keys) expect(await write(page, key, own + key)).toBe("success");
    await page.evaluate(() => storage.store.remove([3]));
    return Promise.all(keys.map((key) => read(page, key)));
  };
  const both = await Promise.all(tabs.map((page, index) => live(page, index * 100)));
  both.forEach((results, index) => {
    const expected = keys.map((key) =>
      key === 3 ? "NotFoundError: there is no swap cluster 3" : [index * 100 + key],
    );
    expect(results).toEqual(expected);
  });
});

test("without locks and randomUUID a machine swaps, and deletes nothing that is not its own", async ({
  context,
}) => {
  prelude = `delete Crypto.prototype.randomUUID;
     Object.defineProperty(WorkerNavigator.prototype, "locks", { value: undefined });`;
  const page = await openTab(context);
  const first = await open(page);
  const second = await open(page);
  expect(await databases(page)).toEqual([first, second].toSorted());
  expect(await write(page, 1, 9)).toBe("success");
  expect(await read(page, 1)).toEqual([9]);
  await page.evaluate(() => storage.store.close());
  expect(await databases(page)).toEqual([first]);
});

test("a leftover that cannot be deleted does not keep a machine from starting", async ({
  context,
}) => {
  const page = await openTab(context);
  await page.evaluate(() => storage.occupy("vitrine-swap-occupied"));
  const began = Date.now();
  const name = await open(page);
  expect(Date.now() - began).toBeLessThan(5000);
  expect(await databases(page)).toEqual([name, "vitrine-swap-occupied"].toSorted());
  expect(await write(page, 1, 4)).toBe("success");
  expect(await read(page, 1)).toEqual([4]);
});

test("a deletion that throws does not keep a machine from starting", async ({ context }) => {
  prelude = `IDBFactory.prototype.deleteDatabase = () => { throw new Error("no deletions") };`;
  const page = await openTab(context);
  await page.evaluate(async () => {
    await storage.poke("vitrine-swap-leftover", 1, 1);
  });
  await open(page);
  expect(await write(page, 1, 4)).toBe("success");
});

test("beyond the quota a write rejects with QuotaExceededError, and what is stored stays", async ({
  context,
}) => {
  const page = await openTab(context);
  const session = await context.newCDPSession(page);
  // Chromium asks for the room that is left at the first write and then counts by itself for a while.
  await session.send("Storage.overrideQuotaForOrigin", { origin, quotaSize: 4 << 20 });
  await open(page);
  expect(await write(page, 1, 1, 2, 3)).toBe("success");
  const outcomes: string[] = [];
  // Chromium compresses what it stores, so that equal pages would take no room.
  for (let key = 2; key < 8; key++)
    outcomes.push(await write(page, key, ...Array.from({ length: 256 }, (_, id) => id)));
  const failed = outcomes.findIndex((outcome) => outcome !== "success");
  expect(outcomes[failed]).toBe("QuotaExceededError: IndexedDB did not say why");
  expect(failed).toBeGreaterThan(0);
  expect(await read(page, 2 + failed)).toMatch(/^NotFoundError/);
  expect(await read(page, 1)).toEqual([1, 2, 3]);
  // What is removed makes room.
  await page.evaluate(() => storage.store.remove([2]));
  expect(await write(page, 50, 4)).toBe("success");
  await session.send("Storage.overrideQuotaForOrigin", { origin });
  expect(await write(page, 100, 5)).toBe("success");
  expect(await read(page, 100)).toEqual([5]);
});

for (const [what, script, expected] of [
  [
    "denied",
    `IDBFactory.prototype.open = () => { throw new DOMException("not in this mode", "SecurityError") };`,
    "SecurityError: IndexedDB, where pages are swapped to, cannot be used: SecurityError: not in this mode",
  ],
  [
    "missing",
    `Object.defineProperty(self, "indexedDB", { value: undefined });`,
    "NotSupportedError: IndexedDB, where pages are swapped to, cannot be used: NotSupportedError: this browser has none",
  ],
  [
    "silent",
    // Its seconds pass faster here.
    `const { setTimeout } = self;
     self.setTimeout = (callback, milliseconds) => setTimeout(callback, milliseconds / 50);
     IDBFactory.prototype.open = () => new EventTarget();`,
    "TimeoutError: IndexedDB, where pages are swapped to, cannot be used: TimeoutError: it did not answer for 10 seconds",
  ],
] as const) {
  test(`where IndexedDB is ${what}, opening says so and no lock is kept`, async ({ context }) => {
    prelude = script;
    const page = await openTab(context);
    expect(await refusal(page)).toBe(expected);
    await expect.poll(() => heldLocks(page)).toEqual([]);
  });
}

for (const [what, script, expected] of [
  [
    "a transaction that is aborted without a reason",
    // No request is under way any more when it is aborted, so that none has an error either.
    `const { put } = IDBObjectStore.prototype;
     IDBObjectStore.prototype.put = function (value, key) {
       const request = put.call(this, value, key);
       request.addEventListener("success", () => this.transaction.abort());
       return request;
     };`,
    "AbortError: IndexedDB did not say why",
  ],
  [
    "a request that fails before its transaction does",
    `const { add } = IDBObjectStore.prototype;
     IDBObjectStore.prototype.put = function (value, key) {
       add.call(this, value, key);
       return add.call(this, value, key);
     };`,
    /^ConstraintError: /,
  ],
] as const) {
  test(`${what} is a rejection with a name`, async ({ context }) => {
    prelude = script;
    const page = await openTab(context);
    await open(page);
    expect(await write(page, 1, 1)).toMatch(expected);
    expect(await read(page, 1)).toMatch(/^NotFoundError/);
  });
}

test("of writes that share a transaction one that fails does not take the others along", async ({
  context,
}) => {
  prelude = `const { put } = IDBObjectStore.prototype;
    IDBObjectStore.prototype.put = function (value, key) {
      if (key === 3) this.transaction.abort();
      return put.call(this, value, key);
    };`;
  const page = await openTab(context);
  await open(page);
  // The first is under way while the others come.
  const outcomes = await page.evaluate(() =>
    Promise.all(
      [1, 2, 3, 4].map((key) =>
        storage.outcomeOf(storage.store.write(key, storage.patternPages(key), [])),
      ),
    ),
  );
  expect(outcomes).toEqual(["success", "success", expect.stringMatching(/Error: /), "success"]);
  expect(await read(page, 2)).toEqual([2]);
  expect(await read(page, 3)).toMatch(/^NotFoundError/);
  expect(await read(page, 4)).toEqual([4]);
});

test("a storage worker that is missing is a rejection, as often as it is asked for", async ({
  context,
}) => {
  prelude = undefined;
  const page = await openTab(context);
  for (let count = 0; count < 2; count++)
    expect(await refusal(page)).toBe("Error: storage-worker.js could not be loaded");
});

test("when the storage worker fails, what waits and what comes later rejects, and its starter lives on", async ({
  context,
}) => {
  prelude = `addEventListener("message", (event) => {
       if (event.data.path?.[0] !== "read") return;
       event.stopImmediatePropagation();
       setTimeout(() => { throw new Error("out of luck") });
     });`;
  const page = await openTab(context);
  // As in a machine, the storage worker is started by a worker, whose own failure it must not become.
  const [starter] = await Promise.all([
    page.waitForEvent("worker"),
    page.evaluate(() => {
      const worker = new Worker("storage-client.js", { type: "module" });
      Object.assign(window, { failures: [] as string[] });
      worker.addEventListener("error", ({ message }) =>
        Reflect.get(window, "failures").push(message),
      );
    }),
  ]);
  await expect.poll(() => starter.evaluate(() => "storage" in globalThis)).toBe(true);
  const name = await starter.evaluate(() => storage.open());
  const outcomes = await starter.evaluate(() => {
    const requests = [
      storage.store.write(1, storage.patternPages(1), []).then(() => storage.store.read(1)),
      storage.store.read(2),
    ];
    return Promise.all(requests.map(storage.outcomeOf));
  });
  const expected = "Error: the storage worker failed: Uncaught Error: out of luck";
  expect(outcomes).toEqual([expected, expected]);
  const later = await starter.evaluate(() => storage.outcomeOf(storage.store.remove([1])));
  expect(later).toBe(expected);
  expect(await page.evaluate("window.failures")).toEqual([]);
  // It has been ended, so that its database is a leftover and the next machine deletes it.
  await expect.poll(() => heldLocks(page)).toEqual([]);
  const next = await open(page);
  expect(await databases(page)).toEqual([next]);
  expect(next).not.toBe(name);
});
