// A page that does nothing but run a worker of the bench: a question in, an answer out, in a worker of its own each time.

import { createServer } from "node:http";
import { build } from "esbuild";
import type { Browser, BrowserContext, Page } from "playwright";

export interface WorkerPage {
  readonly page: Page;
  readonly close: () => Promise<void>;
}

/** @param entry the worker's source, a path from the root; it answers each message with one */
export async function openWorkerPage(
  browser: Browser | BrowserContext,
  entry: string,
): Promise<WorkerPage> {
  const worker = await build({
    entryPoints: [entry],
    bundle: true,
    format: "esm",
    write: false,
  });
  const script = worker.outputFiles[0]?.text ?? "";
  const server = createServer((request, response) => {
    const isScript = request.url === "/worker.js";
    response.setHeader("content-type", isScript ? "text/javascript" : "text/html");
    response.end(isScript ? script : "<!doctype html><title>Bench</title>");
  });
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("the server has no port");
  const page = await browser.newPage();
  await page.goto(`http://127.0.0.1:${address.port}/`);
  const close = async (): Promise<void> => {
    await page.close();
    server.close();
    server.closeAllConnections();
  };
  return { page, close };
}

/** Asks a new worker of the page. The question and the answer are plain data. */
export function askWorker<Answer>(page: Page, question: unknown): Promise<Answer> {
  return page.evaluate(
    (data) =>
      new Promise<Answer>((done, fail) => {
        const worker = new Worker("/worker.js", { type: "module" });
        worker.addEventListener("message", (event: MessageEvent<Answer>) => {
          worker.terminate();
          done(event.data);
        });
        worker.addEventListener("error", (event) => fail(new Error(event.message)));
        worker.postMessage(data);
      }),
    question,
  );
}
