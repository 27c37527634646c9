// The README's picture, taken of the real page while `shared` runs: `npm run screenshot [OUTPUT]`.

import { chromium } from "playwright";

import type { Vitrine } from "../../web/client/vitrine.ts";
import { chromiumArguments, ensureChromium } from "./chromium.mjs";
import { dist } from "./project.mjs";
import { serveFolder } from "./static-server.mjs";

const output = process.argv[2] ?? "docs/screenshot.png";

const { url, close } = await serveFolder(dist);
const browser = await chromium.launch({
  executablePath: await ensureChromium(),
  args: chromiumArguments,
});
try {
  const page = await browser.newPage({
    viewport: { width: 1440, height: 900 },
    deviceScaleFactor: 1.5,
    colorScheme: "light",
    reducedMotion: "reduce",
  });
  await page.goto(`${url}?ram=16M#view=sharing`);
  await page.waitForFunction(() => "vitrine" in window);
  await page.evaluate(async () => {
    const vitrine: Vitrine = window.vitrine;
    await vitrine.ready;
    await vitrine.type(0, "shared\r");
    // One frame of shared memory, mapped by two processes: the moment that the picture is about.
    await vitrine.waitFor(({ frames }) =>
      frames.some(
        ({ kind, mappings }) =>
          kind === "shared" && new Set(mappings.map(({ pid }) => pid)).size > 1,
      ),
    );
  });
  await page.waitForFunction(() => window.vitrine.screen(0).includes("is now 4"));
  await page.locator(".middle-frame.meeting").click();
  await page.evaluate(() => window.vitrine.pause());
  // The panels draw at display rate: give them some frames to show what the paused machine holds.
  await page.waitForTimeout(1000);
  await page.screenshot({ path: output });
  console.log(`wrote ${output}`);
} finally {
  await browser.close();
  close();
}
