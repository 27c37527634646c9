// IndexedDB as a page of the site sees it: the databases of machines, and the clusters in one.

import type { Page } from "playwright/test";

/** Names of the machines' databases. */
export const databases = (page: Page): Promise<string[]> =>
  page.evaluate(async () =>
    (await indexedDB.databases())
      .flatMap(({ name }) => name ?? [])
      .filter((name) => name.startsWith("vitrine-swap-"))
      .toSorted(),
  );

/** Bytes of each cluster in a database. */
export const clusterSizes = (page: Page, database: string): Promise<number[]> =>
  page.evaluate(async (name) => {
    const settled = <T>(request: IDBRequest<T>): Promise<T> =>
      new Promise((resolve, reject) => {
        request.addEventListener("success", () => resolve(request.result));
        request.addEventListener("error", () => reject(request.error ?? new Error("no reason")));
      });
    const connection = await settled(indexedDB.open(name));
    const objects = connection.transaction("clusters").objectStore("clusters");
    const values: unknown[] = await settled(objects.getAll());
    connection.close();
    return values.map((value) => (value instanceof Uint8Array ? value.length : -1));
  }, database);

/** Inverts byte `at` of each page of the program hog, whose words are all as far from one another. How many there were. */
export const alterHogs = (page: Page, database: string, at: number): Promise<number> =>
  page.evaluate(
    async ({ name, at }) => {
      const settled = <T>(request: IDBRequest<T>): Promise<T> =>
        new Promise((resolve, reject) => {
          request.addEventListener("success", () => resolve(request.result));
          request.addEventListener("error", () => reject(request.error ?? new Error("no reason")));
        });
      const isHogs = (bytes: Uint8Array): boolean => {
        const words = new BigUint64Array(bytes.slice().buffer);
        const step = (index: number): bigint =>
          BigInt.asUintN(64, (words[index + 1] ?? 0n) - (words[index] ?? 0n));
        return step(0) !== 0n && [1, 2, 100, 510].every((index) => step(index) === step(0));
      };
      const connection = await settled(indexedDB.open(name));
      const objects = connection.transaction("clusters", "readwrite").objectStore("clusters");
      let altered = 0;
      for (const key of await settled(objects.getAllKeys())) {
        const cluster: unknown = await settled(objects.get(key));
        if (!(cluster instanceof Uint8Array)) continue;
        for (let start = 0; start < cluster.length; start += 4096) {
          if (!isHogs(cluster.subarray(start, start + 4096))) continue;
          cluster[start + at] = ~(cluster[start + at] ?? 0);
          altered++;
        }
        await settled(objects.put(cluster, key));
      }
      connection.close();
      return altered;
    },
    { name: database, at },
  );
