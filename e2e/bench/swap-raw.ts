// What storage costs without a machine: the clusters that a machine would swap, written to IndexedDB and read again by a
// worker that does nothing else. Each is one value and one transaction, as in the storage worker.

export interface RawQuestion {
  /** Clusters to write, read and read singly; 0: spin instead, so that somebody uses the processor. */
  readonly clusters: number;
  readonly clusterBytes: number;
  /** Requests under way at a time. */
  readonly inFlight: number;
}

export interface RawAnswer {
  /** Milliseconds for all clusters. */
  readonly write: number;
  readonly read: number;
  /** Milliseconds of each read, one after another in no order. */
  readonly single: readonly number[];
}

const DATABASE = "bench-raw";

function settled<Result>(request: IDBRequest<Result>): Promise<Result> {
  return new Promise((resolve, reject) => {
    request.addEventListener("success", () => resolve(request.result));
    request.addEventListener("error", () => reject(request.error ?? new Error("no reason given")));
  });
}

function openDatabase(): Promise<IDBDatabase> {
  const request = indexedDB.open(DATABASE);
  request.addEventListener("upgradeneeded", () => request.result.createObjectStore("clusters"));
  return settled(request);
}

/** Resolves, as idb-keyval does, when the transaction is complete. */
function put(database: IDBDatabase, key: number, value: Uint8Array): Promise<void> {
  const transaction = database.transaction("clusters", "readwrite");
  transaction.objectStore("clusters").put(value, key);
  return new Promise((resolve, reject) => {
    transaction.addEventListener("complete", () => resolve());
    transaction.addEventListener("abort", () => reject(transaction.error ?? new Error("aborted")));
  });
}

function get(database: IDBDatabase, key: number): Promise<unknown> {
  return settled(database.transaction("clusters").objectStore("clusters").get(key));
}

/** Does `work` for 0 … count − 1, so many at a time; milliseconds for all. */
async function timeAll(
  count: number,
  inFlight: number,
  work: (index: number) => Promise<unknown>,
): Promise<number> {
  const began = performance.now();
  let next = 0;
  const lane = async (): Promise<void> => {
    while (next < count) await work(next++);
  };
  await Promise.all(Array.from({ length: inFlight }, lane));
  return performance.now() - began;
}

/** Bytes that nobody can compress. */
function randomBytes(length: number): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(length);
  for (let at = 0; at < length; at += 65536)
    crypto.getRandomValues(bytes.subarray(at, Math.min(length, at + 65536)));
  return bytes;
}

async function answer(question: RawQuestion): Promise<RawAnswer> {
  const { clusters, clusterBytes, inFlight } = question;
  if (clusters === 0) for (;;);
  await settled(indexedDB.deleteDatabase(DATABASE));
  const database = await openDatabase();
  const values = Array.from({ length: 16 }, () => randomBytes(clusterBytes));
  const value = (key: number): Uint8Array => values[key % values.length] ?? new Uint8Array();
  const readBack = async (key: number): Promise<void> => {
    const found = await get(database, key);
    if (!(found instanceof Uint8Array) || found.length !== clusterBytes)
      throw new Error(`cluster ${key} is not what was written`);
  };
  const write = await timeAll(clusters, inFlight, (key) => put(database, key, value(key)));
  const read = await timeAll(clusters, inFlight, readBack);
  const single: number[] = [];
  // A stride that comes to every cluster, as the machine's latency program has it.
  const stride = ((clusters * 5) >> 3) | 1;
  for (let step = 0; step < clusters; step++)
    single.push(await timeAll(1, 1, () => readBack((step * stride) % clusters)));
  database.close();
  await settled(indexedDB.deleteDatabase(DATABASE));
  return { write, read, single };
}

addEventListener("message", ({ data }: MessageEvent<RawQuestion>) => {
  answer(data).then(postMessage, (error: unknown) => {
    // As an uncaught error it reaches who asked.
    setTimeout(() => {
      throw error;
    });
  });
});
