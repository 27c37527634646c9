// What a person reads when the machine cannot start, and what a script gets.

import { expect, test, type Page } from "playwright/test";
import { openMachine } from "./shell.ts";

const missing = (page: Page, pattern: string): Promise<unknown> =>
  page.route(pattern, (route) => route.fulfill({ status: 404, body: "no such file" }));

/** What a script's call ends with: its error's text, never silence. */
const answerOf = (page: Page): Promise<string> =>
  page.evaluate(() =>
    window.vitrine.status().then(
      () => "an answer",
      (error: unknown) => String(error),
    ),
  );

for (const [what, prepare, reason] of [
  [
    "the kernel's worker is missing",
    (page: Page) => missing(page, "**/kernel-worker.js"),
    /kernel-worker\.js could not be loaded/,
  ],
  [
    "the image is missing",
    (page: Page) => missing(page, "**/image-core.cpio.gz"),
    /image-core\.cpio\.gz: 404/,
  ],
  [
    "there is no WebAssembly",
    (page: Page) => page.addInitScript("delete globalThis.WebAssembly"),
    /runs no WebAssembly/,
  ],
] as const) {
  test(`when ${what}, the page says so and scripts get an error`, async ({ page }) => {
    await prepare(page);
    await page.goto("./");
    const alert = page.getByRole("alert");
    await expect(alert).toContainText("The machine did not start.");
    await expect(alert).toContainText(reason);
    await expect(alert.getByRole("button", { name: "Reload" })).toBeVisible();
    expect(await answerOf(page)).toMatch(reason);
  });
}

test("without its panels the page says so and the terminal works", async ({ page }) => {
  await page.route(/\/app-[^/]*\.js$/, (route) => route.fulfill({ status: 404, body: "" }));
  await page.goto("./");
  await expect(page.getByRole("alert")).toContainText("The panels could not be loaded");
  await page.locator(".terminal-place").click();
  await page.keyboard.type("echo 6 7 | wc -w\n");
  await expect.poll(() => page.evaluate(() => window.vitrine.screen(0))).toMatch(/\n\s*2\n/);
});

test("arguments that cannot be meant are refused by name", async ({ page }) => {
  await openMachine(page);
  const complaints = await page.evaluate(async () => {
    const { vitrine } = window;
    const calls: (() => unknown)[] = [
      () => vitrine.download("/no/such"),
      () => vitrine.upload("/no/such/file", new Uint8Array(1)),
      () => vitrine.upload("/bin/new", new Uint8Array(1)),
      () => Reflect.apply(vitrine.upload, vitrine, ["/tmp/x", "text"]),
      () => Reflect.apply(vitrine.run, vitrine, []),
      () => vitrine.type(9, "x"),
      () => vitrine.screen(9),
    ];
    const complaintOf = async (call: () => unknown): Promise<string> => {
      try {
        await call();
        return "";
      } catch (error) {
        return error instanceof Error ? error.message : String(error);
      }
    };
    return Promise.all(calls.map(complaintOf));
  });
  expect(complaints).toEqual([
    "/no/such: No such file or directory",
    "/no/such/file: No such file or directory",
    "/bin/new: Read-only file system",
    "upload: the bytes must be a Uint8Array",
    "run: the command must be a string",
    "there is no terminal 9",
    "there is no terminal 9",
  ]);
  expect(await page.evaluate(() => window.vitrine.space(99))).toBeNull();
  expect(await page.evaluate(() => window.vitrine.walk(99, 0))).toBeNull();
});

test("a link to a frame and to processes that are not there says so and shows what is", async ({
  page,
}) => {
  await openMachine(page, "./?ram=1M#view=sharing&frame=99999&pids=400,500");
  await expect(page.getByRole("status")).toContainText("There is no frame 99999");
  await expect(page.getByRole("status")).toContainText("Process 400 is not there");
  await expect(page.getByRole("heading", { name: "pid 2 sh" })).toBeVisible();
  await expect(page.getByRole("region", { name: "Chosen frame" })).toHaveCount(0);
});
