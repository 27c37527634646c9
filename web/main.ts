// The page's entry: reads the address, starts the kernel's worker and shows the terminal. Everything else (the panels and
// what draws them) is loaded once the prompt is there, or once it is clear that it will not be.

import "@xterm/xterm/css/xterm.css";
import "./ui/tokens.css";
import "./ui/layout.css";
import "./panels/panels.css";
import { connect } from "./client/connection.ts";
import { createVitrine } from "./client/vitrine.ts";
import { readAddress } from "./store/address.ts";
import { createScreen } from "./terminal/screen.ts";

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

const { machine, booted } = connect(
  {
    ram: options.ram,
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
screen.listen({
  input: (bytes) => void machine.input(TERMINAL, bytes),
  resize: (rows, columns) => void booted.then(() => machine.resize(TERMINAL, rows, columns)),
});
const vitrine = createVitrine(machine, booted, () => screen.text());
window.vitrine = vitrine;

const send = (text: string): void => void machine.input(TERMINAL, encoder.encode(text));
booted.then(
  () => {
    if (options.run !== undefined) send(`${options.run}\r`);
  },
  (error: unknown) => fail(error instanceof Error ? error.message : String(error)),
);

const page = Promise.race([booted.catch(() => lost), lost]).then(async () => {
  const { openPage } = await import("./app.tsx");
  const opened = openPage(app, { screen, vitrine, send, ram: options.ram });
  options.complaints.forEach(opened.notice);
  void lost.then(opened.fail);
  return opened;
});
