// How the end-to-end tests run: one headless Chromium against the built page, which `npm run test:e2e` serves. Every
// test is a machine of its own, and machines are busy, so they run one at a time.

import { defineConfig } from "playwright/test";
import { chromiumArguments } from "./tools/chromium.mjs";

const url = process.env["VITRINE_URL"];
const executablePath = process.env["CHROMIUM_PATH"];
if (url === undefined || executablePath === undefined) {
  throw new Error("run `npm run test:e2e`: it builds and serves the page and finds a Chromium");
}

export default defineConfig({
  testDir: ".",
  testMatch: "**/*.spec.ts",
  outputDir: "results",
  snapshotPathTemplate: "{testDir}/expected/{arg}{ext}",
  workers: 1,
  retries: 0,
  forbidOnly: true,
  timeout: 60_000,
  globalTimeout: 14 * 60_000,
  expect: { timeout: 15_000 },
  reporter: [["list"]],
  use: {
    baseURL: url,
    browserName: "chromium",
    headless: true,
    viewport: { width: 1440, height: 900 },
    screenshot: "only-on-failure",
    trace: "retain-on-failure",
    launchOptions: { executablePath, args: chromiumArguments },
  },
});
