// Files that are dropped on the page, pasted or uploaded: a C text, a program, anything else, and what cannot be taken.

import { readFileSync } from "node:fs";
import { expect, test } from "playwright/test";
import { exit, program } from "../robust/guest-elf.ts";
import { code, dropFiles, guestFile, pane, textOf } from "./editor-page.ts";
import { command, expectScreen, openMachine, type } from "./shell.ts";

/** A program that ends with a status, and does nothing else. */
const riscvExit = (status: number): readonly number[] => [...program(exit(status))];

test("a C file opens in the editor and is in the guest's home; the page says what would happen", async ({
  page,
}) => {
  await openMachine(page, "./?ram=16M");
  const file = { name: "dropped.c", text: "int main(void) { return 3; }\r\n" };
  await dropFiles(page, [file], { drop: false });
  await expect(page.getByText("Drop it into the machine")).toBeVisible();
  await dropFiles(page, [file]);
  await expect(page.getByText("Drop it into the machine")).toHaveCount(0);
  await expect(code(page)).toBeVisible();
  expect(await textOf(page)).toBe("int main(void) { return 3; }\n");
  await expect(pane(page).getByRole("button", { name: "dropped.c", exact: true })).toBeVisible();
  expect(await guestFile(page, "/root/dropped.c")).toBe(file.text);
  // Line ends stay what they were.
  await code(page).click();
  await page.keyboard.press("Control+Home");
  await page.keyboard.type("// x");
  await page.keyboard.press("Enter");
  await page.keyboard.press("Control+s");
  await expect
    .poll(() => guestFile(page, "/root/dropped.c"))
    .toBe("// x\r\nint main(void) { return 3; }\r\n");
  // Another one of that name does not take its place unasked; undo brings back what it replaced.
  await dropFiles(page, [{ name: "dropped.c", text: "int other;\n" }]);
  await page.getByRole("button", { name: "Cancel" }).click();
  expect(await guestFile(page, "/root/dropped.c")).toContain("return 3");
  await dropFiles(page, [{ name: "dropped.c", text: "int other;\n" }]);
  await page.getByRole("button", { name: "Replace" }).click();
  await expect(code(page)).toHaveText(/^int other;\s*$/);
});

test("a program is made executable and named at the prompt: Enter runs it", async ({ page }) => {
  await openMachine(page, "./?ram=16M");
  await dropFiles(page, [{ name: "my prog", bytes: riscvExit(42) }]);
  await expectScreen(page, /\$ '\.\/my prog'$/);
  await expect(page.locator(".notice")).toContainText("its name stands at the prompt");
  await type(page, "\r");
  await expectScreen(page, /\$ ?$/);
  expect(await command(page, "echo $?")).toBe("42");
  // In another place it is named by its path, and where a program runs it is only told of.
  await command(page, "cd /tmp");
  await dropFiles(page, [{ name: "two", bytes: riscvExit(2) }]);
  await expectScreen(page, /\$ \/root\/two$/);
  await type(page, "\x15cat\r");
  await expectScreen(page, /cat\n?$/);
  await dropFiles(page, [{ name: "three", bytes: riscvExit(3) }]);
  await expect(page.locator(".notice")).toContainText("~/three is in the machine and can be run.");
  await type(page, "\x03");
  expect(await command(page, "/root/three; echo $?")).toBe("3");
});

test("what cannot be run, edited or taken is said with its reason", async ({ page }) => {
  await openMachine(page, "./?ram=16M");
  const notice = page.locator(".notice");
  const foreign = [...riscvExit(0)];
  foreign[18] = 62;
  await dropFiles(page, [{ name: "foreign", bytes: foreign }]);
  await expect(notice).toContainText("it is for another processor");
  await dropFiles(page, [{ name: "data.bin", bytes: [1, 2, 3] }]);
  await expect(notice).toContainText("~/data.bin is in the machine: 3 B.");
  await dropFiles(page, [{ name: "noise.c", bytes: [0xff, 0, 0xfe] }]);
  await expect(notice).toContainText("~/noise.c is no text");
  await dropFiles(page, [{ name: "huge", zeros: 65 * 2 ** 20 }]);
  await expect(notice).toContainText("huge has 65 MiB; at most 64 MiB are taken");
  await dropFiles(page, [{ name: "a\nb\u0003.txt", text: "x" }]);
  await expect(notice).toContainText("~/a_b_.txt is in the machine");
  await dropFiles(page, [{ name: `${"é".repeat(130)}.c`, text: "x" }]);
  await expect(notice).toContainText("File name too long");
  await command(page, "mkdir folder");
  await dropFiles(page, [{ name: "folder", text: "x" }]);
  await expect(notice).toContainText("~/folder is a folder in the machine");
  await page.getByRole("button", { name: "Pause" }).click();
  await dropFiles(page, [{ name: "late.txt", text: "x" }]);
  await expect(notice).toContainText("The machine is paused");
});

test("a button and the clipboard do the same", async ({ page }) => {
  await openMachine(page, "./?ram=16M");
  await page.getByRole("button", { name: "Editor", exact: true }).click();
  const source = readFileSync("userland/demos/sums.c");
  await pane(page)
    .getByLabel("Files to upload")
    .setInputFiles([{ name: "mine.c", mimeType: "text/x-c", buffer: source }]);
  await expect(pane(page).getByRole("button", { name: "mine.c", exact: true })).toBeVisible();
  expect(await guestFile(page, "/root/mine.c")).toBe(source.toString());
  await page.evaluate(() => {
    const clipboardData = new DataTransfer();
    clipboardData.items.add(new File(["from the clipboard"], "note.txt"));
    const event = new ClipboardEvent("paste", { clipboardData, bubbles: true });
    document.querySelector("main")?.dispatchEvent(event);
  });
  await expect(page.locator(".notice")).toContainText("~/note.txt is in the machine");
  expect(await guestFile(page, "/root/note.txt")).toBe("from the clipboard");
});
