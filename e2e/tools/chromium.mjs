// Finds the Chromium that the end-to-end tests drive, and installs one where there is none.
//
// Order: CHROMIUM_PATH, playwright's own download, then the names that distributions and vendors use. A candidate counts
// only if it answers `--version`: Ubuntu's /usr/bin/chromium-browser, for one, may be a stub that only names a snap.

import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";

const names = [
  "chromium",
  "chromium-browser",
  "google-chrome",
  "google-chrome-stable",
  "chrome",
  "microsoft-edge",
  "headless-shell",
];

const wellKnown = [
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
  "/Applications/Chromium.app/Contents/MacOS/Chromium",
  "C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe",
  "C:\\Program Files (x86)\\Google\\Chrome\\Application\\chrome.exe",
  "C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe",
];

/** How every test starts it: alone, and without what a browser does for a person. */
export const chromiumArguments = [
  // Chromium's sandbox refuses to start as root, which is what containers are.
  ...(process.getuid?.() === 0 ? ["--no-sandbox"] : []),
  "--disable-dev-shm-usage",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-default-apps",
  "--disable-sync",
  "--no-first-run",
];

function onPath() {
  const folders = (process.env.PATH ?? "").split(process.platform === "win32" ? ";" : ":");
  const ending = process.platform === "win32" ? ".exe" : "";
  return names.flatMap((name) => folders.map((folder) => join(folder, name + ending)));
}

/** Windows' browsers do not answer on the console, so there a file that exists must do. */
function works(path) {
  if (!existsSync(path)) return false;
  if (process.platform === "win32") return true;
  return spawnSync(path, ["--version"], { stdio: "ignore", timeout: 20_000 }).status === 0;
}

/**
 * The path of a Chromium that starts.
 * @returns {Promise<string | undefined>} undefined where there is none
 */
export async function findChromium() {
  const given = process.env.CHROMIUM_PATH;
  if (given) {
    if (works(given)) return given;
    throw new Error(`CHROMIUM_PATH is ${given}, which does not start`);
  }
  const { chromium } = await import("playwright");
  return [chromium.executablePath(), ...onPath(), ...wellKnown].find(works);
}

/**
 * Finds a Chromium or installs one: the distribution's for root on Debian and its kin, playwright's download elsewhere.
 * @returns {Promise<string>} its path
 */
export async function ensureChromium() {
  const found = await findChromium();
  if (found !== undefined) return found;
  const isRoot = process.getuid?.() === 0;
  if (isRoot && existsSync("/usr/bin/apt-get")) {
    console.log("Installing Chromium (apt-get) …");
    const environment = { ...process.env, DEBIAN_FRONTEND: "noninteractive" };
    const apt = (...args) =>
      spawnSync("apt-get", ["-q", ...args], {
        stdio: ["ignore", "ignore", "inherit"],
        env: environment,
      });
    apt("update");
    apt("install", "-y", "--no-install-recommends", "chromium");
    const installed = await findChromium();
    if (installed !== undefined) return installed;
  }
  console.log("Installing Chromium (playwright install chromium) …");
  const { createRequire } = await import("node:module");
  const cli = join(
    createRequire(import.meta.url).resolve("playwright/package.json"),
    "..",
    "cli.js",
  );
  spawnSync(process.execPath, [cli, "install", ...(isRoot ? ["--with-deps"] : []), "chromium"], {
    stdio: ["ignore", "inherit", "inherit"],
  });
  const installed = await findChromium();
  if (installed !== undefined) return installed;
  throw new Error(
    "No Chromium was found or could be installed: install one and set CHROMIUM_PATH to its path",
  );
}
