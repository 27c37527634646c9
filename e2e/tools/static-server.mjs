// A static file server as plain as the hosts that the page must work on: no special headers, no rewriting, any folder.

import { createReadStream, statSync } from "node:fs";
import { createServer } from "node:http";
import { extname, join, normalize, sep } from "node:path";

const types = {
  ".css": "text/css; charset=utf-8",
  ".gz": "application/gzip",
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".json": "application/json",
  ".map": "application/json",
  ".mjs": "text/javascript; charset=utf-8",
  ".svg": "image/svg+xml",
  ".txt": "text/plain; charset=utf-8",
  ".wasm": "application/wasm",
  ".woff2": "font/woff2",
};

/**
 * Answers one request with a file of `folder`.
 * @param {string} folder absolute path
 * @param {string} under the URL path that `folder` is reached by, with a slash at both ends
 * @param {import("node:http").IncomingMessage} request
 * @param {import("node:http").ServerResponse} response
 */
export function serveFile(folder, under, request, response) {
  const refuse = (status, text) => {
    response.writeHead(status, { "content-type": "text/plain; charset=utf-8" });
    response.end(text);
  };
  if (request.method !== "GET" && request.method !== "HEAD") return refuse(405, "GET only\n");
  let path;
  try {
    path = decodeURIComponent(new URL(request.url ?? "/", "http://localhost").pathname);
  } catch {
    return refuse(400, "malformed address\n");
  }
  if (!path.startsWith(under)) return refuse(404, "not here\n");
  let file = normalize(join(folder, path.slice(under.length)));
  if (file !== folder && !file.startsWith(folder + sep)) return refuse(404, "not here\n");
  let stat = statSync(file, { throwIfNoEntry: false });
  if (stat?.isDirectory()) {
    file = join(file, "index.html");
    stat = statSync(file, { throwIfNoEntry: false });
  }
  if (!stat?.isFile()) return refuse(404, "not here\n");
  response.writeHead(200, {
    "content-type": types[extname(file)] ?? "application/octet-stream",
    "content-length": stat.size,
    "cache-control": "no-cache",
  });
  if (request.method === "HEAD") return response.end();
  createReadStream(file).pipe(response);
}

/**
 * Listens on 127.0.0.1, on `port` or the next one that is free.
 * @param {import("node:http").RequestListener} listener
 * @param {number} port 0 lets the system choose
 * @returns {Promise<import("node:http").Server>}
 */
export function listen(listener, port) {
  return new Promise((done, fail) => {
    const server = createServer(listener);
    let wanted = port;
    server.on("error", (/** @type {NodeJS.ErrnoException} */ error) => {
      if (error.code !== "EADDRINUSE" || wanted === 0 || wanted > port + 100) return fail(error);
      wanted += 1;
      server.listen(wanted, "127.0.0.1");
    });
    server.on("listening", () => done(server));
    server.listen(wanted, "127.0.0.1");
  });
}

/**
 * The address of a server that `listen` returned.
 * @param {import("node:http").Server} server
 */
export function addressOf(server) {
  const { port } = /** @type {import("node:net").AddressInfo} */ (server.address());
  return `http://127.0.0.1:${port}`;
}

/**
 * Serves a folder until it is closed.
 * @param {string} folder absolute path
 * @param {{ port?: number, under?: string }} [options]
 * @returns {Promise<{ url: string, close: () => void }>}
 */
export async function serveFolder(folder, { port = 0, under = "/" } = {}) {
  const server = await listen(
    (request, response) => serveFile(folder, under, request, response),
    port,
  );
  const close = () => {
    server.close();
    server.closeAllConnections();
  };
  return { url: `${addressOf(server)}${under}`, close };
}
