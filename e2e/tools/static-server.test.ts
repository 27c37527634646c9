// The development server must be as plain as the hosts the page has to work on.

import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { request } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";

import { serveFolder } from "./static-server.mjs";

const folder = mkdtempSync(join(tmpdir(), "vitrine-serve-"));
mkdirSync(join(folder, "site"));
writeFileSync(join(folder, "secret"), "secret");
writeFileSync(join(folder, "site", "index.html"), "<p>hello");
writeFileSync(join(folder, "site", "image.cpio.gz"), "gz");
const { url, close } = await serveFolder(join(folder, "site"), { under: "/a/b/" });
after(() => {
  close();
  rmSync(folder, { recursive: true });
});

/** The status of a path that is sent as it is: `fetch` would tidy it first. */
function statusOf(path: string): Promise<number | undefined> {
  const { hostname, port } = new URL(url);
  return new Promise((done, fail) => {
    request({ hostname, port, path }, (response) => {
      response.resume();
      done(response.statusCode);
    })
      .on("error", fail)
      .end();
  });
}

test("a folder's address answers with its index, without headers that a plain host would not send", async () => {
  const response = await fetch(url);
  assert.equal(await response.text(), "<p>hello");
  assert.equal(response.headers.get("content-type"), "text/html; charset=utf-8");
  assert.equal(response.headers.get("cross-origin-opener-policy"), null);
  assert.equal(response.headers.get("cross-origin-embedder-policy"), null);
});

test("a .gz file arrives compressed as it is", async () => {
  const response = await fetch(`${url}image.cpio.gz`);
  assert.equal(response.headers.get("content-encoding"), null);
  assert.equal(await response.text(), "gz");
});

test("nothing outside the folder can be reached", async () => {
  for (const path of [
    "/a/b/../../../secret",
    "/a/b/%2e%2e/secret",
    "/a/b/..%2fsecret",
    "/secret",
  ]) {
    assert.equal(await statusOf(path), 404, path);
  }
});

test("a malformed escape is a bad request", async () => {
  assert.equal(await statusOf("/a/b/%zz"), 400);
});
