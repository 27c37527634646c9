// strace in the page: what it needs of the kernel is fetched with the first call of ptrace.

import { expect, test } from "playwright/test";
import { command, openMachine } from "./shell.ts";

test("strace shows what a program asks of the kernel", async ({ page }) => {
  await openMachine(page);
  const shown = await command(page, "strace -e trace=write echo seen > /dev/null");
  expect(shown).toMatch(/^write\(1, "seen\\n", 5\) += 5$/m);
  expect(shown).toMatch(/^\+\+\+ exited with 0 \+\+\+$/m);
  expect(await command(page, "strace -c true 2>&1 | tail -1")).toMatch(/^100\.00 .* total$/);
});
