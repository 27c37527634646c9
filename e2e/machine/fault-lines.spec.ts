// Faults name the line of C that made them, as long as that can be known.

import { expect, type Locator, type Page, test } from "playwright/test";
import { code, guestFile, pane, said } from "./editor-page.ts";
import { command, openMachine, screenOf, type } from "./shell.ts";

const SOURCE = `#include <stdio.h>
#include <stdlib.h>

static char *touch(char *page) {
  page[8000] = 1;
  return page;
}

int main(int argc, char **argv) {
  int *nowhere = NULL;
  char *page = aligned_alloc(4096, 16384);
  printf("%p\\n", (void *)touch(page));
  fflush(stdout);
  if (argc > 1) getchar();
  return *nowhere;
}
`;

const rows = (page: Page): Locator => page.locator(".fault:not(.head)");

async function write(page: Page, path: string, text: string): Promise<void> {
  await page.evaluate(
    ([to, content]) => window.vitrine.upload(to, new TextEncoder().encode(content)),
    [path, text] as const,
  );
}

test("a fault of a program that was compiled with -g names its line, which opens in the editor", async ({
  page,
}) => {
  await openMachine(page, "./?ram=16M#view=faults");
  await expect(rows(page)).toHaveCount(0);
  await write(page, "/root/hello.c", SOURCE);
  expect(await command(page, "cc -g hello.c -o hello")).toBe("");
  await command(page, "./hello");
  const failed = rows(page).filter({ hasText: "SIGSEGV" }).last();
  await expect(failed.getByRole("button", { name: "hello.c:15" })).toBeVisible();
  const touched = Number(/^0x[0-9a-f]+/m.exec(await screenOf(page))?.[0]) + 8000;
  const first = rows(page).filter({ hasText: `0x${touched.toString(16)}` });
  await expect(first.getByRole("button", { name: "hello.c:5" })).toBeVisible();
  // What has no lines names none: the shell, and a program without -g.
  await expect(rows(page).filter({ hasText: " sh" }).locator(".source")).toHaveCount(0);
  await first.getByRole("button", { name: "hello.c:5" }).click();
  await expect(code(page)).toBeFocused();
  await expect(pane(page).locator(".position")).toHaveText("5:1");
  await expect(pane(page).locator(".cm-activeLine")).toContainText("page[8000] = 1;");
  // The keyboard opens it too.
  await pane(page).getByRole("button", { name: "Close the editor" }).click();
  await page.getByRole("grid", { name: /^Faults/ }).focus();
  await failed.click();
  await page.keyboard.press("Shift+Enter");
  await expect(pane(page).locator(".position")).toHaveText("15:1");
});

test("a program whose file has changed names no line of the new one", async ({ page }) => {
  await openMachine(page, "./?ram=16M");
  await write(page, "/root/hello.c", SOURCE);
  expect(await command(page, "cc -g hello.c -o hello; cc hello.c -o plain")).toBe("");
  await page.getByRole("button", { name: "Faults", exact: true }).click();
  await expect(rows(page)).toHaveCount(0);
  await page.getByRole("combobox", { name: "Show" }).selectOption("failed");
  await command(page, "./plain");
  await expect(rows(page).filter({ hasText: "SIGSEGV" })).toHaveCount(1);
  // It is rebuilt with other lines in the same breath, before anybody could look.
  await write(page, "/root/other.c", `\n\n\n${SOURCE}`);
  await command(page, "./hello; cc -g other.c -o hello");
  await expect(rows(page).filter({ hasText: "SIGSEGV" })).toHaveCount(2);
  const sources = rows(page).filter({ hasText: "SIGSEGV" }).locator(".source");
  // The first was known in time or not at all.
  await page.waitForTimeout(500);
  for (const text of await sources.allTextContents()) expect(text).toBe("hello.c:15");
  await command(page, "./hello");
  await expect(rows(page).filter({ hasText: "SIGSEGV" }).last().locator(".source")).toHaveText(
    "other.c:18",
  );
  // Its source is gone: that is said.
  await command(page, "rm other.c");
  await rows(page).filter({ hasText: "SIGSEGV" }).last().locator(".source").click();
  await expect(said(page)).toContainText(
    "other.c, of which ~/hello was made, is not there any more",
  );
});

test("a program that ran before the panel was opened is known too", async ({ page }) => {
  await openMachine(page, "./?ram=16M");
  await write(page, "/root/hello.c", SOURCE);
  expect(await command(page, "cc -g hello.c -o hello")).toBe("");
  await type(page, "./hello wait\r");
  await expect.poll(() => screenOf(page)).toMatch(/\n0x[0-9a-f]+\n?$/);
  await page.getByRole("button", { name: "Faults", exact: true }).click();
  await expect(rows(page)).toHaveCount(0);
  await page.waitForTimeout(300);
  await type(page, "\r");
  await expect(
    rows(page).filter({ hasText: "SIGSEGV" }).getByRole("button", { name: "hello.c:15" }),
  ).toBeVisible();
  expect(await guestFile(page, "/root/hello.c")).toBe(SOURCE);
});
