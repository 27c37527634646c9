// The compiler in a browser: `cc` at the prompt with its worker, and the page's checker with its own; both when their files cannot
// be loaded, too. A server of the test's own, because Playwright does not see what a worker of a worker loads.

import type { Server } from "node:http";
import { build } from "esbuild";
import { expect, type Page, test } from "playwright/test";
import { commonOptions, dist } from "../tools/project.mjs";
import { addressOf, listen, serveFile } from "../tools/static-server.mjs";
import { command, expectScreen, openMachine, type } from "./shell.ts";

let server: Server;
/** Files that the server does not have just now, and those that were asked for. */
const missing = new Set<string>();
const asked = new Set<string>();

test.beforeAll(async () => {
  server = await listen((request, response) => {
    const name = (request.url ?? "").slice(1);
    asked.add(name);
    if (missing.has(name)) {
      response.writeHead(404).end();
    } else serveFile(dist, "/", request, response);
  }, 0);
});
test.afterAll(() => {
  server.close();
  server.closeAllConnections();
});
test.beforeEach(() => {
  missing.clear();
  asked.clear();
});

const HELLO = '#include <stdio.h>\nint main(void) {\n  printf("hello\\n");\n  return 3;\n}\n';

const upload = (page: Page, path: string, text: string): Promise<void> =>
  page.evaluate(([path, text]) => window.vitrine.upload(path, new TextEncoder().encode(text)), [
    path,
    text,
  ] as const);

test("cc compiles at the prompt, and its worker is loaded only then", async ({ page }) => {
  await openMachine(page, addressOf(server));
  await upload(page, "/root/hello.c", HELLO);
  await upload(page, "/root/wrong.c", "int main(void) {\n  return cuont;\n}\n");
  expect(await command(page, "ls /usr/include/stdio.h /usr/lib")).toMatch(/stdio\.h[^]*libc\.a/);
  expect(asked).not.toContain("compiler-worker.js");
  expect(await command(page, "cc hello.c -o hello && ./hello; echo $?")).toBe("hello\n3");
  expect(asked).toContain("compiler-worker.js");
  expect(asked).not.toContain("compiler-headers.json");
  const wrong = await command(page, "cc wrong.c; echo $?");
  expect(wrong).toMatch(/^wrong\.c:2:10: error: [^\n]*cuont[^]*\^~+[^]*\n1$/);
});

test("Ctrl-C ends a compilation that would take minutes", async ({ page }) => {
  await openMachine(page, addressOf(server));
  await upload(page, "/root/hello.c", HELLO);
  const lines = Array.from({ length: 2500 }, (_, i) => `x += x * ${i} + (x >> 3);\n`).join("");
  const functions = Array.from(
    { length: 200 },
    (_, i) => `int f${i}(int x) {${lines}return x; }\n`,
  );
  await upload(page, "/root/long.c", functions.join(""));
  await type(page, "cc -O2 long.c -o long\r");
  await expect
    .poll(() =>
      page.evaluate(async () =>
        (await window.vitrine.snapshot()).processes.some(({ name }) => name === "cc"),
      ),
    )
    .toBe(true);
  // The compiler is at work, not the machine.
  await page.waitForTimeout(2000);
  await type(page, "\x03");
  await expectScreen(page, /\^C\n[^\n]*\$ ?$/);
  expect(await command(page, "echo $?; ls; cc hello.c && ./a.out")).toMatch(
    /^130\nhello\.c\s+long\.c\nhello$/,
  );
});

test("a compiler that cannot be loaded is an I/O error; when it is there again it works", async ({
  page,
}) => {
  missing.add("compiler-worker.js");
  await openMachine(page, addressOf(server));
  await upload(page, "/root/hello.c", HELLO);
  expect(await command(page, "cc hello.c; echo $?; dmesg | tail -n 1")).toMatch(
    /^cc: \/dev\/cc: Input\/output error\n1\n[^]*compiler-worker\.js could not be\s+loaded$/,
  );
  missing.clear();
  expect(await command(page, "cc hello.c && ./a.out")).toBe("hello");
});

test.describe("the checker of the page", () => {
  test.beforeEach(async ({ page }) => {
    const { outputFiles } = await build({
      ...commonOptions,
      format: "iife",
      entryPoints: ["e2e/machine/checker-client.ts"],
      write: false,
    });
    // Any page of the site will do: no machine runs in this one.
    await page.goto(`${addressOf(server)}/LICENSE.txt`);
    await page.evaluate(outputFiles[0]?.text ?? "");
  });

  test("says what is wrong, by ranges of the text, and reads what is included", async ({
    page,
  }) => {
    const messages = await page.evaluate(async () => {
      const checker = createCheckerForTest({
        worker: new URL("/compiler-worker.js", location.href),
        read: async (path) => (path === "/root/own.h" ? "int own;\n" : undefined),
      });
      const text = '#include <stdio.h>\n#include "own.h"\nint main(void) { return owm; }\n';
      const found = await checker.check("/root/a.c", text);
      const none = await checker.check("/root/a.c", text.replace("owm", "own"));
      checker.close();
      const marked = found?.map(({ range }) => text.slice(range?.from, range?.to));
      return { found, marked, none };
    });
    expect(messages.none).toEqual([]);
    expect(messages.marked).toEqual(["owm"]);
    expect(messages.found).toMatchObject([
      { severity: "error", file: "/root/a.c", line: 3, column: 25, fix: { text: "own" } },
    ]);
  });

  test("gives up texts that are no longer wanted, and those that take too long", async ({
    page,
  }) => {
    const outcome = await page.evaluate(async () => {
      const worker = new URL("/compiler-worker.js", location.href);
      const checker = createCheckerForTest({ worker });
      const results = await Promise.all(
        ["int a;", "int b", "int c;"].map((text) => checker.check("a.c", text)),
      );
      checker.close();
      const hasty = createCheckerForTest({ worker, timeout: 1 });
      const late = await hasty.check("a.c", "int a;").catch(String);
      hasty.close();
      return { counts: results.map((found) => found?.length), late };
    });
    expect(outcome.counts).toEqual([undefined, undefined, 0]);
    expect(outcome.late).toMatch(/given up after 1 ms/);
  });

  test("rejects when the worker or the headers cannot be loaded, and is well again afterwards", async ({
    page,
  }) => {
    const check = () =>
      page.evaluate(async () => {
        const checker = createCheckerForTest({
          worker: new URL("/compiler-worker.js", location.href),
        });
        const first = await checker.check("a.c", "int a;").then(String, String);
        checker.close();
        return first;
      });
    missing.add("compiler-worker.js");
    expect(await check()).toMatch(/compiler-worker\.js could not be loaded/);
    missing.clear();
    missing.add("compiler-headers.json");
    expect(await check()).toMatch(/compiler-headers\.json: 404/);
    missing.clear();
    expect(await check()).toBe("");
  });
});
