// The editor: open, change, check, save, run; and that nothing is lost or done behind somebody's back.

import { expect, type Page, test } from "playwright/test";
import { code, guestFile, newFile, pane, said, textOf, typeProgram } from "./editor-page.ts";
import { command, expectScreen, openMachine, screenOf, type } from "./shell.ts";

/** Maps a page that it shares with its child; both stay until the shell is told to kill them. */
const SHARING = `#include <stdio.h>
#include <sys/mman.h>
#include <unistd.h>
int main(void) {
int *page = mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
*page = 41;
if (fork() == 0) {
*page += 1;
pause();
}
while (*page != 42) usleep(1000);
printf("the page at %p has %d\\n", (void *)page, *page);
fflush(stdout);
pause();
}
`;

/** The frame that two processes of one name map, when there is one. */
const meetingFrame = (page: Page, name: string) =>
  page.evaluate(async (wanted) => {
    const meeting = ({ frames, processes }: Awaited<ReturnType<typeof window.vitrine.snapshot>>) =>
      frames.find(({ kind, mappings }) => {
        const pids = new Set(mappings.map(({ pid }) => pid));
        const names = processes.filter(({ pid }) => pids.has(pid)).map((one) => one.name);
        return kind === "shared" && pids.size === 2 && names.every((one) => one === wanted);
      });
    const snapshot = await window.vitrine.waitFor((seen) => meeting(seen) !== undefined);
    return meeting(snapshot);
  }, name);

test("a program is typed, mended where it is marked, and run: two processes share the frame it maps", async ({
  page,
}) => {
  await openMachine(page, "./?ram=16M#view=frames");
  await newFile(page, "meet.c");
  await typeProgram(page, SHARING.replace("*page = 41", "*pagee = 41"));
  const mark = pane(page).locator(".cm-lintRange-error");
  await expect(mark).toHaveText("pagee");
  await expect(pane(page).locator(".cm-lint-marker-error")).toHaveCount(1);
  await expect(pane(page).getByRole("button", { name: "1 error" })).toBeVisible();
  await mark.hover();
  await expect(page.locator(".cm-tooltip")).toContainText("'pagee'");
  // The compiler's own proposal mends it.
  await page.locator(".cm-tooltip").getByRole("button", { name: "Replace by page" }).click();
  await expect(mark).toHaveCount(0);
  await page.keyboard.press("Control+Enter");
  await expectScreen(page, /cc -g meet\.c -o meet && \.\/meet\n+the page at 0x[0-9a-f]+ has 42/);
  const address = Number(/the page at (0x[0-9a-f]+)/.exec(await screenOf(page))?.[1]);
  const frame = await meetingFrame(page, "meet");
  expect(frame?.mappings.map((mapping) => mapping.address)).toEqual([address, address]);
  expect(await guestFile(page, "/root/meet.c")).toContain("*page = 41");

  // The Frames panel is beside the editor, and says who meets there.
  await page.getByRole("button", { name: "Table" }).click();
  const row = page
    .locator(".frames tr", { hasText: /shared/ })
    .filter({ hasText: String(frame?.pfn) });
  await expect(row.first()).toBeVisible();
  await type(page, "\x03");
});

test("the same with the guest's own editor and its compiler in the terminal", async ({ page }) => {
  await openMachine(page, "./?ram=16M");
  await type(page, "edit meet.c\r");
  await expectScreen(page, /A new file/);
  await type(page, SHARING.replace("*page = 41", "*pagee = 41").replaceAll("\n", "\r"));
  await type(page, "\x13\x11");
  await expectScreen(page, /\$ ?$/);
  const errors = await command(page, "cc -g meet.c -o meet");
  expect(errors).toMatch(/meet\.c:6:\d+: error:.*'pagee'/);
  expect(await command(page, "sed 's/pagee/page/' meet.c > ok.c; cc -g ok.c -o meet")).toBe("");
  await type(page, "./meet\r");
  await expectScreen(page, /the page at 0x[0-9a-f]+ has 42/);
  expect((await meetingFrame(page, "meet"))?.mappings).toHaveLength(2);
});

test("a demo is opened from the list, changed, run and put back as it was", async ({ page }) => {
  await openMachine(page, "./?ram=16M");
  await page.getByRole("button", { name: "Editor", exact: true }).click();
  const demo = pane(page)
    .getByRole("region", { name: "Demos" })
    .getByRole("button", { name: /^cow / });
  await expect(demo).toContainText("copy-on-write");
  await demo.click();
  await expect(said(page)).toContainText("~/cow.c is your copy");
  // It finds the demos' header beside it.
  await expect(pane(page).locator(".cm-lintRange-error")).toHaveCount(0);
  await code(page).click();
  await page.keyboard.press("Control+f");
  await page.getByRole("textbox", { name: "Find" }).fill("by the parent");
  await page.getByRole("textbox", { name: "Replace" }).fill("by somebody");
  await page.getByRole("button", { name: "replace all" }).click();
  await page.keyboard.press("Escape");
  await pane(page).getByRole("button", { name: "Run" }).click();
  await expectScreen(page, /"by somebody"/);
  expect(await guestFile(page, "/root/cow.c")).toContain("by somebody");
  await pane(page).getByRole("button", { name: "Original" }).click();
  await pane(page).getByRole("button", { name: "Save", exact: true }).click();
  await expect(said(page)).toHaveText("~/cow.c is saved.");
  expect(await guestFile(page, "/root/cow.c")).toBe(await guestFile(page, "/usr/src/demos/cow.c"));
});

test("what is not saved is marked, and outlives a closed pane and a reload", async ({ page }) => {
  await openMachine(page, "./?ram=16M");
  await newFile(page, "keep.c");
  await expect(pane(page).getByRole("button", { name: "keep.c, not saved" })).toBeVisible();
  await page.keyboard.press("Control+s");
  await expect(said(page)).toHaveText("~/keep.c is saved.");
  await expect(pane(page).getByRole("button", { name: "keep.c", exact: true })).toBeVisible();
  await page.keyboard.press("Control+Home");
  await page.keyboard.type("// mine");
  await page.keyboard.press("Enter");
  await expect(pane(page).getByRole("button", { name: "keep.c, not saved" })).toBeVisible();
  expect(await guestFile(page, "/root/keep.c")).not.toContain("mine");
  await pane(page).getByRole("button", { name: "Close the editor" }).click();
  await expect(pane(page)).toHaveCount(0);
  await page.getByRole("button", { name: "Editor", exact: true }).click();
  await expect(code(page)).toContainText("// mine");
  // Undo still knows what was before.
  await code(page).click();
  await page.keyboard.press("Control+z");
  await page.keyboard.press("Control+z");
  await expect(code(page)).not.toContainText("// mine");
  await page.keyboard.press("Control+Shift+z");
  await page.reload();
  await expect(code(page)).toContainText("// mine");
  // The new machine does not have it.
  await expect(pane(page).getByRole("button", { name: "keep.c, not saved" })).toBeVisible();
  expect(await page.evaluate(() => window.vitrine.stat("/root/keep.c"))).toBeNull();
  // Closing it would lose it, and that is asked about.
  await pane(page).getByRole("button", { name: "Close keep.c" }).click();
  await page.getByRole("button", { name: "Cancel" }).click();
  await expect(code(page)).toContainText("// mine");
  await pane(page).getByRole("button", { name: "Close keep.c" }).click();
  await page.getByRole("button", { name: "Close it" }).click();
  await expect(code(page)).toHaveCount(0);
});

test("nothing is typed into a program that runs, and what stood at the prompt is not run", async ({
  page,
}) => {
  await openMachine(page, "./?ram=16M");
  await newFile(page, "hello.c");
  await type(page, "cat\r");
  await expectScreen(page, /cat\n$|cat$/);
  await expect
    .poll(() => page.evaluate(() => window.vitrine.foreground(0)))
    .toMatchObject({ name: "cat" });
  await code(page).click();
  await page.keyboard.press("Control+Enter");
  await expect(said(page)).toContainText(/cat \(pid \d+\) is running in the terminal/);
  expect(await screenOf(page)).not.toContain("cc -g");
  // It was saved all the same.
  expect(await guestFile(page, "/root/hello.c")).toContain("hello, world");
  await type(page, "\x03");
  await expectScreen(page, /\$ ?$/);
  await type(page, "rm -r /root ");
  await expectScreen(page, /rm -r \/root$/);
  await page.keyboard.press("Control+Enter");
  await expectScreen(page, /\$ cc -g hello\.c -o hello && \.\/hello\nhello, world/);
  // In another directory, and with a name that a shell would take apart.
  await command(page, "cd /tmp");
  await pane(page).getByRole("button", { name: "Open…" }).click();
  await pane(page).getByRole("textbox", { name: "Name or path" }).fill("it's $HOME.c");
  await pane(page).getByRole("button", { name: "New file" }).click();
  await expect(code(page)).toBeFocused();
  await page.keyboard.press("Control+Enter");
  await expectScreen(page, /&& '\/root\/it'\\''s\s+\$HOME'\nhello, world\n/);
  // While the machine is paused nothing can be saved, and nothing waits for ever.
  await page.getByRole("button", { name: "Pause" }).click();
  await pane(page).getByRole("button", { name: "Run" }).click();
  await expect(said(page)).toContainText("The machine is paused");
  await page.getByRole("button", { name: "Resume" }).click();
  await pane(page).getByRole("button", { name: "Save", exact: true }).click();
  await expect(said(page)).toContainText("is saved");
});

test("a file that the guest has changed is not overwritten without a question", async ({
  page,
}) => {
  await openMachine(page, "./?ram=16M");
  await newFile(page, "both.c");
  await page.keyboard.press("Control+s");
  await expect(said(page)).toHaveText("~/both.c is saved.");
  await command(page, "echo '// by the guest' > both.c");
  await code(page).click();
  await page.keyboard.press("Control+End");
  await page.keyboard.type("// by the page");
  await page.keyboard.press("Control+s");
  await page.getByRole("button", { name: "Cancel" }).click();
  expect(await guestFile(page, "/root/both.c")).toBe("// by the guest\n");
  await expect(pane(page).getByRole("button", { name: "both.c, not saved" })).toBeVisible();
  await code(page).click();
  await page.keyboard.press("Control+s");
  await page.getByRole("button", { name: "Replace" }).click();
  await expect(said(page)).toHaveText("~/both.c is saved.");
  expect(await guestFile(page, "/root/both.c")).toContain("// by the page");
  // What cannot be written says why.
  await pane(page).getByRole("button", { name: "Open…" }).click();
  await pane(page).getByRole("textbox", { name: "Name or path" }).fill("/no/such/folder/x.c");
  await pane(page).getByRole("button", { name: "New file" }).click();
  await expect(code(page)).toBeFocused();
  await page.keyboard.press("Control+s");
  await expect(pane(page).getByRole("alert")).toContainText("No such file or directory");
});

test("what the compiler says of a program is text, whatever it looks like", async ({ page }) => {
  await openMachine(page, "./?ram=16M");
  await newFile(page, "evil.c");
  await typeProgram(page, "#error <img src=x onerror=alert(1)><b>bold</b>\n");
  const mark = pane(page).locator(".cm-lintRange-error").first();
  await mark.hover();
  await expect(page.locator(".cm-tooltip")).toContainText("<img src=x onerror=alert(1)>");
  expect(await page.locator(".cm-tooltip :is(img, b)").count()).toBe(0);
});

test("the keyboard is enough: Tab indents, Escape leaves, F6 comes back, F8 finds what is wrong", async ({
  page,
}) => {
  await openMachine(page, "./?ram=16M");
  await newFile(page, "keys.c");
  await typeProgram(page, "int f(void) {\nreturn ((1));\n}\nint x = nothing;");
  await page.keyboard.press("Control+Home");
  await page.keyboard.press("Tab");
  expect(await textOf(page)).toMatch(/^ {2}int f/);
  await page.keyboard.press("Control+z");
  await page.keyboard.press("Control+Home");
  await expect(pane(page).getByRole("button", { name: "1 error" })).toBeVisible();
  await page.keyboard.press("F8");
  await expect(page.locator(".editor-status .position")).toHaveText("4:16");
  await page.keyboard.press("ArrowUp");
  await page.keyboard.press("ArrowUp");
  await page.keyboard.press("End");
  await expect(pane(page).locator(".cm-matchingBracket")).toHaveCount(2);
  await page.keyboard.press("Escape");
  await expect(pane(page).getByRole("button", { name: "Run" })).toBeFocused();
  await page.keyboard.press("Tab");
  await expect(pane(page).getByRole("button", { name: "Close the editor" })).toBeFocused();
  await page.keyboard.press("F6");
  await expect(page.getByRole("textbox", { name: /^Terminal/ })).toBeFocused();
  await page.keyboard.press("Shift+F6");
  await expect(code(page)).toBeFocused();
});

test("a phone's window types a program and runs it", async ({ browser, baseURL }) => {
  const context = await browser.newContext({
    ...(baseURL === undefined ? {} : { baseURL }),
    viewport: { width: 390, height: 800 },
    hasTouch: true,
    isMobile: true,
  });
  const page = await context.newPage();
  await openMachine(page, "./?ram=16M");
  await newFile(page, "small.c");
  await code(page).tap();
  await page.keyboard.press("Control+a");
  await page.keyboard.press("Delete");
  await page.keyboard.type('#include <stdio.h>\nint main(void) {\nputs("from a phone")');
  await pane(page).getByRole("button", { name: ";", exact: true }).tap();
  await page.keyboard.press("Enter");
  await pane(page).getByRole("button", { name: "}", exact: true }).tap();
  await expect(pane(page).locator(".cm-lintRange-error")).toHaveCount(0);
  // Nothing is cut off or lies outside of the window.
  const wide = await page.evaluate(() =>
    [document.documentElement, ...document.querySelectorAll(".editor-pane, .editor-head, .bar")]
      .filter((element) => element.scrollWidth > element.clientWidth + 1)
      .map((element) => element.className),
  );
  expect(wide).toEqual([]);
  await pane(page).getByRole("button", { name: "Run" }).tap();
  await expect(page.getByRole("region", { name: "Terminal" })).toBeVisible();
  await expect(pane(page)).toBeHidden();
  await expectScreen(page, /\nfrom a phone\n/);
  await page.getByRole("button", { name: "Editor", exact: true }).tap();
  await expect(code(page)).toContainText("from a phone");
  await context.close();
});

test("none of it is loaded before it is opened", async ({ page }) => {
  const loaded: string[] = [];
  page.on("response", (response) => loaded.push(response.url()));
  await openMachine(page, "./?ram=16M");
  await page.waitForLoadState("networkidle");
  const ofTheEditor = (): readonly string[] =>
    loaded.filter((url) => /editor\.css|compiler/.test(url));
  expect(ofTheEditor()).toEqual([]);
  await newFile(page, "late.c");
  await expect.poll(ofTheEditor).toHaveLength(3);
});
