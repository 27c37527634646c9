// A person at the terminal.

import { expect, test } from "playwright/test";
import { command, expectScreen, openMachine, screenOf, type } from "./shell.ts";

test("the page boots to a prompt, and keys pressed on it reach a program", async ({ page }) => {
  await openMachine(page);
  await page.locator(".terminal-place").click();
  await page.keyboard.type("echo one two | wc -w");
  await page.keyboard.press("Enter");
  await expectScreen(page, /\n\s*2\n.*\$ ?$/);
});

test("arrow keys and Ctrl-R bring back what was typed, to be changed and run again", async ({
  page,
}) => {
  await openMachine(page);
  await page.locator(".terminal-place").click();
  expect(await command(page, "echo first")).toBe("first");
  expect(await command(page, "echo second")).toBe("second");
  await page.keyboard.press("ArrowUp");
  await page.keyboard.press("ArrowUp");
  await expectScreen(page, /\$ echo first$/);
  await page.keyboard.type(" again");
  await page.keyboard.press("Enter");
  await expectScreen(page, /\nfirst again\n.*\$ ?$/);
  await page.keyboard.press("Control+r");
  await page.keyboard.type("sec");
  await page.keyboard.press("Enter");
  await expectScreen(page, /\nfirst again\n[^]*\nsecond\n.*\$ ?$/);
});

test("Ctrl-C ends a program that spins, and the status says so", async ({ page }) => {
  await openMachine(page);
  await page.locator(".terminal-place").click();
  await page.keyboard.type("spin");
  await page.keyboard.press("Enter");
  await page.evaluate(() =>
    window.vitrine.waitFor(({ processes }) => processes.some(({ name }) => name === "spin")),
  );
  await page.keyboard.press("Control+c");
  await expectScreen(page, /\^C\n.*\$ ?$/);
  expect(await command(page, "echo $?")).toBe("130");
});

test("Ctrl-Z stops a program, fg continues it, and jobs knows", async ({ page }) => {
  await openMachine(page);
  await type(page, "sleep 600\r");
  await page.evaluate(() =>
    window.vitrine.waitFor(({ processes }) => processes.some(({ name }) => name === "sleep")),
  );
  await type(page, "\x1a");
  await expectScreen(page, /Stopped.*sleep 600/);
  expect(await command(page, "jobs")).toMatch(/\[1\]\+?\s+Stopped\s+sleep 600/);
  const stopped = await page.evaluate(() => window.vitrine.status());
  expect(stopped.processes.find(({ name }) => name === "sleep")?.state).toBe("stopped");
  await type(page, "fg\r");
  await page.evaluate(() =>
    window.vitrine.waitFor(({ processes }) =>
      processes.some(({ name, state }) => name === "sleep" && state === "sleeping"),
    ),
  );
  await type(page, "\x03");
  expect(await command(page, "echo gone $?")).toBe("gone 130");
});

test("Ctrl-D at the prompt ends the shell, and init starts another", async ({ page }) => {
  await openMachine(page);
  const pids = async (): Promise<readonly number[]> =>
    (await page.evaluate(() => window.vitrine.status())).processes
      .filter(({ name }) => name === "sh")
      .map(({ pid }) => pid);
  const before = await pids();
  await type(page, "\x04");
  await expect.poll(pids).not.toEqual(before);
  expect(await command(page, "echo again")).toBe("again");
});

test("a flood of output can be interrupted and does not grow the machine's memory", async ({
  page,
}) => {
  await openMachine(page);
  await type(page, "yes\r");
  await expectScreen(page, /y\ny\ny\n/);
  const free = async (): Promise<number> =>
    (await page.evaluate(() => window.vitrine.status())).memory.free;
  const early = await free();
  await page.waitForTimeout(1000);
  expect(early - (await free())).toBeLessThan(64);
  await type(page, "\x03");
  await expectScreen(page, /\$ ?$/);
  expect(await command(page, "echo calm")).toBe("calm");
});

test("clicks answer while a guest spins", async ({ page }) => {
  await openMachine(page);
  await type(page, "spin\r");
  await page.evaluate(() =>
    window.vitrine.waitFor(({ processes }) => processes.some(({ name }) => name === "spin")),
  );
  await page.getByRole("button", { name: "Frames" }).click();
  await expect(page.getByRole("region", { name: "Frames", exact: true })).toBeVisible();
  await page.getByRole("button", { name: "Pause" }).click();
  await expect(page.getByText("paused")).toBeVisible();
  const paused = await page.evaluate(() => window.vitrine.status());
  await page.waitForTimeout(200);
  expect((await page.evaluate(() => window.vitrine.status())).instructions).toBe(
    paused.instructions,
  );
  await page.getByRole("button", { name: "Resume" }).click();
  await expect(page.getByText("running spin")).toBeVisible();
  await type(page, "\x03");
  await expectScreen(page, /\$ ?$/);
});

test("run() is a shell of its own beside the terminal", async ({ page }) => {
  await openMachine(page);
  const before = await screenOf(page);
  const result = await page.evaluate(() => window.vitrine.run("echo out; echo err >&2; exit 3"));
  expect(result).toEqual({ stdout: "out\n", stderr: "err\n", code: 3 });
  expect(await screenOf(page)).toBe(before);
  const killed = await page.evaluate(() => window.vitrine.run("kill -9 $$"));
  expect(killed.code).toBe(137);
});

test("files go in and come out, and an uploaded program runs", async ({ page }) => {
  await openMachine(page);
  const back = await page.evaluate(async () => {
    await window.vitrine.upload("/tmp/note", new TextEncoder().encode("over and out\n"));
    const copied = await window.vitrine.run("cp /tmp/note /tmp/copy; cat /tmp/copy");
    const bytes = await window.vitrine.download("/tmp/copy");
    return { printed: copied.stdout, text: new TextDecoder().decode(bytes) };
  });
  expect(back).toEqual({ printed: "over and out\n", text: "over and out\n" });
  const ran = await page.evaluate(async () => {
    const echo = await window.vitrine.download("/bin/echo");
    await window.vitrine.upload("/tmp/echo", echo);
    return window.vitrine.run("/tmp/echo hello");
  });
  expect(ran).toEqual({ stdout: "hello\n", stderr: "", code: 0 });
  await expect(page.evaluate(() => window.vitrine.download("/no/such"))).rejects.toThrow(
    /No such file/,
  );
});

test("Ctrl-C copies when text is selected, and interrupts otherwise", async ({ page, context }) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  await openMachine(page);
  await type(page, "clear; echo copied; cat\r");
  await expectScreen(page, /^copied/);
  const box = await page.locator(".xterm-screen").boundingBox();
  await page.mouse.dblclick((box?.x ?? 0) + 10, (box?.y ?? 0) + 6);
  await page.keyboard.press("Control+c");
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe("copied");
  expect(await screenOf(page)).not.toContain("^C");
  await page.keyboard.press("Control+c");
  await expectScreen(page, /\^C\n.*\$ ?$/);
});

test("text of several lines is pasted as one, and letters of any width are erased whole", async ({
  page,
}) => {
  await openMachine(page);
  await page.locator(".terminal-place").click();
  await page.evaluate(() => {
    const clipboardData = new DataTransfer();
    clipboardData.setData("text/plain", "echo one\necho two");
    document
      .querySelector(".xterm-helper-textarea")
      ?.dispatchEvent(new ClipboardEvent("paste", { clipboardData, bubbles: true }));
  });
  await expectScreen(page, /echo one\necho two$/);
  await page.keyboard.press("Enter");
  await expectScreen(page, /\none\ntwo\n.*\$ ?$/);
  await page.keyboard.type("echo é你😀");
  await page.keyboard.press("Backspace");
  await page.keyboard.press("Backspace");
  await page.keyboard.type("z");
  await page.keyboard.press("Enter");
  await expectScreen(page, /\néz\n.*\$ ?$/);
});

test("a program hears of a window that changes its size", async ({ page }) => {
  await openMachine(page);
  const size = async (): Promise<string> => command(page, "stty size");
  const before = await size();
  await page.setViewportSize({ width: 1000, height: 600 });
  await expect.poll(size).not.toBe(before);
  const narrower = await size();
  await page.getByRole("separator", { name: "Width of the terminal" }).focus();
  for (let count = 0; count < 5; count++) await page.keyboard.press("ArrowRight");
  await expect.poll(size).not.toBe(narrower);
});

for (const scheme of ["light", "dark"] as const) {
  test(`reversed text has the colours of the screen, exchanged, in ${scheme}`, async ({ page }) => {
    await page.emulateMedia({ colorScheme: scheme });
    await openMachine(page);
    await type(page, "printf '\\033[7mre%s\\033[m\\n' versed\r");
    const reversed = page.locator(".xterm-rows span", { hasText: /^reversed$/ });
    const [back, fore] = scheme === "light" ? ["#1d1f21", "#fdfdfc"] : ["#d7dae0", "#0d0e10"];
    const rgb = (hex: string): string =>
      `rgb(${[1, 3, 5].map((at) => parseInt(hex.slice(at, at + 2), 16)).join(", ")})`;
    await expect(reversed).toHaveCSS("background-color", rgb(back));
    await expect(reversed).toHaveCSS("color", rgb(fore));
  });
}
