// What the specs of the editor do again and again.

import { expect, type Locator, type Page } from "playwright/test";

export const pane = (page: Page): Locator => page.getByRole("region", { name: "Editor" });
export const code = (page: Page): Locator => pane(page).locator(".cm-content");
export const said = (page: Page): Locator => pane(page).locator(".editor-status p");

/** Shows the editor with a new file, which is there with a first program in it. */
export async function newFile(page: Page, name: string): Promise<void> {
  await page.getByRole("button", { name: "Editor", exact: true }).click();
  await pane(page).getByRole("textbox", { name: "Name or path" }).fill(name);
  await pane(page).getByRole("button", { name: "New file" }).click();
  await expect(code(page)).toBeVisible();
}

/** Types a text in the place of what is there, key by key. */
export async function typeProgram(page: Page, text: string): Promise<void> {
  await code(page).click();
  await page.keyboard.press("Control+a");
  await page.keyboard.press("Delete");
  await page.keyboard.type(text);
}

/** The text on show. Only for short ones: of long texts no more is on the page than is in sight. */
export const textOf = (page: Page): Promise<string> =>
  code(page).evaluate((content) =>
    [...content.querySelectorAll(".cm-line")].map((line) => line.textContent).join("\n"),
  );

/** What the guest has in a file. */
export const guestFile = (page: Page, path: string): Promise<string> =>
  page.evaluate(async (wanted) => {
    const bytes = await window.vitrine.download(wanted);
    return new TextDecoder().decode(bytes);
  }, path);

export interface DroppedFile {
  readonly name: string;
  readonly text?: string;
  readonly bytes?: readonly number[];
  /** Instead of both: so many bytes of zeros. */
  readonly zeros?: number;
}

/** Drags files over the page, and drops them unless `drop` is false. */
export async function dropFiles(
  page: Page,
  files: readonly DroppedFile[],
  { drop = true } = {},
): Promise<void> {
  const data = await page.evaluateHandle((all) => {
    const transfer = new DataTransfer();
    for (const { name, text = "", bytes, zeros } of all) {
      const content =
        zeros !== undefined
          ? new Uint8Array(zeros)
          : bytes !== undefined
            ? Uint8Array.from(bytes)
            : text;
      transfer.items.add(new File([content], name));
    }
    return transfer;
  }, files);
  const target = page.locator("main");
  await target.dispatchEvent("dragenter", { dataTransfer: data });
  await target.dispatchEvent("dragover", { dataTransfer: data });
  if (drop) await target.dispatchEvent("drop", { dataTransfer: data });
}
