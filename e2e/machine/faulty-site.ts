// The built site from a server of the test's own, whose storage worker can be made to misbehave. A server, because
// Playwright does not see what a worker of a worker loads; and a port of its own for each test, so that its storage is, too.

import { readFileSync } from "node:fs";
import type { Server } from "node:http";
import { join } from "node:path";
import { build } from "esbuild";
import { type Page, test } from "playwright/test";
import { commonOptions, dist } from "../tools/project.mjs";
import { addressOf, listen, serveFile } from "../tools/static-server.mjs";

export interface StorageFaults {
  /** Each request waits for so many milliseconds. */
  readonly delay?: number;
  /** Requests are kept until this is no longer so. */
  readonly hold?: boolean;
  /** The worker fails at this request, counted from 1. */
  readonly crashAt?: number;
  /** One in so many writes ends with an aborted transaction, but never twice with the same pages. */
  readonly abortOneIn?: number;
  /** All writes from this one on, counted from 1, do. */
  readonly failWritesFrom?: number;
  /** Clusters of the program hog cannot be read. */
  readonly loseHogs?: boolean;
  /** There is no IndexedDB for this page. Only from the start. */
  readonly denied?: boolean;
}

let server: Server;
let first: StorageFaults = {};

/** Serves the site to the tests of a file. Gives what makes the address of a machine with these faults from the start. */
export function serveFaultySite(): (query: string, faults?: StorageFaults) => string {
  test.beforeAll(async () => {
    const entryPoints = ["e2e/machine/storage-faults.ts"];
    const bundle = { ...commonOptions, format: "iife", entryPoints, write: false } as const;
    const { outputFiles } = await build(bundle);
    server = await listen((request, response) => {
      if (request.url !== "/storage-worker.js") {
        serveFile(dist, "/", request, response);
        return;
      }
      response.writeHead(200, { "content-type": "text/javascript" });
      response.write(`globalThis.firstFaults = ${JSON.stringify(first)};\n`);
      response.write(`${outputFiles[0]?.text}\n`);
      response.end(readFileSync(join(dist, "storage-worker.js")));
    }, 0);
  });
  test.afterAll(() => {
    server.close();
    server.closeAllConnections();
  });
  return (query, faults = {}) => {
    first = faults;
    return `${addressOf(server)}/?${query}`;
  };
}

/** From now on storage has these faults and no others. */
export const setFaults = (page: Page, faults: StorageFaults): Promise<void> =>
  page.evaluate((next) => new BroadcastChannel("storage-faults").postMessage(next), faults);
