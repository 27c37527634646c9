// The page's entry: reads the address, starts the kernel's worker, puts the terminal there first and the rest after.

import "@xterm/xterm/css/xterm.css";
import "./ui/tokens.css";
import "./ui/layout.css";
import "./panels/panels.css";
import { render } from "preact";
import { App } from "./app.tsx";
import { connect } from "./client/connection.ts";
import { createVitrine } from "./client/vitrine.ts";
import { readAddress } from "./store/address.ts";
import { failure, follow, notice, notices } from "./store/machine.ts";
import { narrowPane } from "./store/view.ts";
import { createScreen } from "./terminal/screen.ts";

/** The terminal that the page shows; the kernel numbers them from 0. */
const TERMINAL = 0;

const options = readAddress(location.search);
notices.value = options.complaints;
const encoder = new TextEncoder();

const screen = createScreen({
  input: (bytes) => void connection.machine.input(TERMINAL, bytes),
  resize: (rows, columns) =>
    void connection.booted.then(() => connection.machine.resize(TERMINAL, rows, columns)),
});

const connection = connect(
  {
    ram: options.ram,
    ...(options.seed === undefined ? {} : { seed: options.seed }),
    rows: screen.rows,
    columns: screen.columns,
  },
  {
    output: (_terminal, bytes, done) => screen.write(bytes, done),
    notice,
    failed: (reason) => (failure.value = reason),
  },
);

const vitrine = createVitrine(connection.machine, connection.booted, () => screen.text());
window.vitrine = vitrine;

const app = document.getElementById("app");
if (app === null) throw new Error("the page has no place for the app");
const send = (text: string): void => void connection.machine.input(TERMINAL, encoder.encode(text));
render(
  <App
    screen={screen}
    ram={options.ram}
    send={send}
    setPaused={(paused) => void (paused ? vitrine.pause() : vitrine.resume())}
  />,
  app,
);

const narrow = matchMedia("(max-width: 760px)");
connection.booted.then(
  () => {
    void connection.machine.resize(TERMINAL, screen.rows, screen.columns);
    if (options.run !== undefined) send(`${options.run}\r`);
    follow(vitrine, () => !narrow.matches || narrowPane.value === "machine");
  },
  (error: unknown) => {
    failure.value = error instanceof Error ? error.message : String(error);
  },
);
