// The page's entry: reads the address, starts the kernel's worker and shows the terminal. Everything else (the panels and
// what draws them) is loaded once the prompt is there, or once it is clear that it will not be.

import "@xterm/xterm/css/xterm.css";
import "./ui/tokens.css";
import "./ui/layout.css";
import { connect } from "./client/connection.ts";
import { createVitrine } from "./client/vitrine.ts";
import { readAddress } from "./store/address.ts";
import { createScreen } from "./terminal/screen.ts";
import { loadStyleSheet } from "./ui/style-sheet.ts";

/** The terminal that the page shows; the kernel numbers them from 0. */
const TERMINAL = 0;

const options = readAddress(location.search);
const encoder = new TextEncoder();

const screen = createScreen();
const app = document.getElementById("app");
const place = document.querySelector(".terminal-place");
if (app === null || place === null) throw new Error("the page has no place for the terminal");
place.append(screen.element);
screen.open();
screen.focus();

let fail: (reason: string) => void = () => undefined;
const lost = new Promise<string>((resolve) => (fail = resolve));
const reasonOf = (error: unknown): string =>
  error instanceof Error ? error.message : String(error);

if (typeof WebAssembly === "undefined") {
  fail("This browser runs no WebAssembly: it is too old, or a setting has switched it off.");
}

const { machine, booted } = connect(
  {
    ram: options.ram,
    swap: options.swap,
    ...(options.seed === undefined ? {} : { seed: options.seed }),
    rows: screen.rows,
    columns: screen.columns,
  },
  {
    output: (_terminal, bytes, done) => screen.write(bytes, done),
    notice: (text) => void page.then(({ notice }) => notice(text)),
    failed: fail,
  },
);
booted.catch((error: unknown) => fail(reasonOf(error)));
const { vitrine, listening } = createVitrine(machine, booted, lost, () => screen.text());
window.vitrine = vitrine;

// Keys wait for the machine, so nothing that is typed early is lost.
const input = (bytes: Uint8Array): void =>
  void booted
    .then(() => machine.input(TERMINAL, bytes))
    .catch((error: unknown) => fail(reasonOf(error)));
screen.listen({
  input,
  resize: (rows, columns) =>
    void booted
      .then(() => machine.resize(TERMINAL, rows, columns))
      .catch((error: unknown) => fail(reasonOf(error))),
});
const send = (text: string): void => input(encoder.encode(text));
if (options.run !== undefined) send(`${options.run}\r`);

/** Says something before, or without, the rest of the page. */
function sayPlainly(text: string): void {
  const paragraph = document.createElement("p");
  paragraph.className = "notice failure";
  paragraph.setAttribute("role", "alert");
  paragraph.textContent = text;
  document.querySelector(".app")?.append(paragraph);
}

const page = Promise.race([booted.catch(() => lost), lost]).then(async () => {
  const [{ openPage }] = await Promise.all([import("./app.tsx"), loadStyleSheet("panels.css")]);
  const opened = openPage(app, { screen, vitrine, listening, send, ram: options.ram });
  options.complaints.forEach(opened.notice);
  void lost.then(opened.fail);
  return opened;
});
page.catch((error: unknown) => {
  sayPlainly(
    `The panels could not be loaded (${reasonOf(error)}). The terminal works without them; reload the page to try again.`,
  );
  void lost.then((reason) => sayPlainly(`The machine has stopped: ${reason}`));
});
