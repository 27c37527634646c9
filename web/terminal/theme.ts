// The terminal's colours in light and dark, after the page's own.

import type { ITheme } from "@xterm/xterm";

const light: ITheme = {
  background: "#fdfdfc",
  foreground: "#1d1f21",
  cursor: "#1d1f21",
  cursorAccent: "#fdfdfc",
  selectionBackground: "#bcd9ea",
  black: "#1d1f21",
  red: "#b3261e",
  green: "#00714f",
  yellow: "#8a5a00",
  blue: "#005f99",
  magenta: "#9c3d78",
  cyan: "#00707a",
  white: "#8a8d93",
  brightBlack: "#62666d",
  brightRed: "#d33a2c",
  brightGreen: "#00805a",
  brightYellow: "#9c6a00",
  brightBlue: "#0072b2",
  brightMagenta: "#b04f8a",
  brightCyan: "#008490",
  brightWhite: "#b9bbc0",
};

const dark: ITheme = {
  background: "#0d0e10",
  foreground: "#d7dae0",
  cursor: "#d7dae0",
  cursorAccent: "#0d0e10",
  selectionBackground: "#2d4a5c",
  black: "#24272b",
  red: "#f07f6f",
  green: "#7fc8a9",
  yellow: "#e9b44c",
  blue: "#7ab8e0",
  magenta: "#d99cc0",
  cyan: "#76c7cf",
  white: "#d7dae0",
  brightBlack: "#8b919b",
  brightRed: "#ff9d8f",
  brightGreen: "#9fe0c3",
  brightYellow: "#ffd27a",
  brightBlue: "#a4d3f3",
  brightMagenta: "#eebad9",
  brightCyan: "#a0e3ea",
  brightWhite: "#ffffff",
};

const darkQuery = matchMedia("(prefers-color-scheme: dark)");

export function currentTheme(): ITheme {
  return darkQuery.matches ? dark : light;
}

/** Calls `change` whenever the person's system turns light or dark. */
export function onThemeChange(change: () => void): void {
  darkQuery.addEventListener("change", change);
}
