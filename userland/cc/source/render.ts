// Messages as a terminal shows them: place, sentence, the line with what is meant underlined, what would mend it, notes. Lines come
// from files that may hold anything, so control characters are spelled out, and what does not fit is cut around the place.

import type { Diagnostic, Fix, Severity } from "./diagnostics.ts";
import { type Column, columnsOf } from "./render-line.ts";
import { type Loc, NOWHERE, type Place, type Sources } from "./sources.ts";

export interface RenderOptions {
  readonly colour: boolean;
}

const RESET = "\x1b[0m";
const BOLD = "\x1b[1m";
const GREEN = "\x1b[1;32m";
const DIM_GREEN = "\x1b[32m";
const COLOURS: Readonly<Record<Severity, string>> = {
  error: "\x1b[1;31m",
  warning: "\x1b[1;35m",
  note: "\x1b[1;36m",
};

interface Renderer {
  readonly sources: Sources;
  readonly colour: boolean;
  readonly out: string[];
  /** The #include through which the last message's file came, so that it is said once. */
  includedAt: Loc;
}

/** All messages, and at the end how many there were; empty if there are none. */
export function renderDiagnostics(
  list: readonly Diagnostic[],
  sources: Sources,
  { colour }: RenderOptions = { colour: false },
): string {
  const renderer: Renderer = { sources, colour, out: [], includedAt: NOWHERE };
  for (const diagnostic of list) renderOne(renderer, diagnostic);
  if (list.length > 0) renderer.out.push(`${summary(list)}\n`);
  return renderer.out.join("");
}

function summary(list: readonly Diagnostic[]): string {
  const count = (severity: Severity): string[] => {
    const found = list.filter((diagnostic) => diagnostic.severity === severity).length;
    return found === 0 ? [] : [`${found} ${severity}${found === 1 ? "" : "s"}`];
  };
  return `${[...count("warning"), ...count("error")].join(" and ")} generated.`;
}

function paint(renderer: Renderer, colour: string, text: string): string {
  return renderer.colour ? `${colour}${text}${RESET}` : text;
}

function renderOne(renderer: Renderer, diagnostic: Diagnostic): void {
  const { sources, out } = renderer;
  const { severity, message, option } = diagnostic;
  const place = sources.locate(diagnostic.loc);
  if (place !== undefined) renderIncludes(renderer, place);
  const where = place === undefined ? "cc: " : `${nameOf(place)}:${place.line}:${place.column}: `;
  const suffix = option === undefined ? "" : ` [-W${option}]`;
  out.push(
    paint(renderer, BOLD, where),
    paint(renderer, COLOURS[severity], `${severity}:`),
    " ",
    severity === "note" ? message + suffix : paint(renderer, BOLD, message + suffix),
    "\n",
  );
  if (place !== undefined) renderLine(renderer, place, diagnostic);
  for (const note of diagnostic.notes) renderOne(renderer, note);
}

function nameOf(place: Place): string {
  return place.file.name;
}

/** "In file included from": innermost first, as it is read. */
function renderIncludes(renderer: Renderer, place: Place): void {
  let at = place.file.includedAt;
  if (at === renderer.includedAt) return;
  renderer.includedAt = at;
  for (let depth = 0; at !== NOWHERE && depth < 10; depth++) {
    const from = renderer.sources.locate(at);
    if (from === undefined) return;
    renderer.out.push(`In file included from ${from.file.name}:${from.line}:\n`);
    at = from.file.includedAt;
  }
}

/** The most columns of a line that are shown. */
const WIDEST = 120;

function renderLine(renderer: Renderer, place: Place, diagnostic: Diagnostic): void {
  const { out } = renderer;
  const start = place.column - 1;
  // What goes on in the next line is underlined to the end of this one.
  const length = diagnostic.end > diagnostic.loc ? diagnostic.end - diagnostic.loc : 1;
  const end = Math.max(start + 1, Math.min(start + length, place.text.length));
  const { columns, cutBefore, cutBehind } = window(place.text, start);
  const gutter = " ".repeat(5);
  const number = String(place.line).padStart(5);
  let text = cutBefore ? "..." : "";
  let marks = cutBefore ? "   " : "";
  for (const column of columns) {
    text += column.text;
    const mark = column.at === start ? "^" : column.at > start && column.at < end ? "~" : " ";
    // A wide character has its mark as wide.
    marks += mark + (mark === " " ? " " : "~").repeat(Math.max(0, column.width - 1));
  }
  if (start >= place.text.length) marks += "^";
  if (cutBehind) text += "...";
  out.push(`${number} | ${text.trimEnd()}\n`);
  out.push(`${gutter} | ${paint(renderer, GREEN, marks.trimEnd())}\n`);
  const { fix } = diagnostic;
  if (fix !== undefined && !cutBefore) renderFix(renderer, place, fix, columns, gutter);
}

/** The text that would mend it, below the place where it belongs. */
function renderFix(
  renderer: Renderer,
  place: Place,
  fix: Fix,
  columns: readonly Column[],
  gutter: string,
): void {
  const at = renderer.sources.locate(fix.from);
  if (at === undefined || at.file !== place.file || at.line !== place.line) return;
  if (fix.text === "" || fix.text.includes("\n")) return;
  let before = 0;
  for (const column of columns) if (column.at < at.column - 1) before += column.width;
  const text = paint(renderer, DIM_GREEN, fix.text);
  renderer.out.push(`${gutter} | ${" ".repeat(before)}${text}\n`);
}

interface Window {
  readonly columns: readonly Column[];
  readonly cutBefore: boolean;
  readonly cutBehind: boolean;
}

/** The part of a line that is shown: all of it, or what is around the place. */
function window(line: string, start: number): Window {
  // What is far away is not even looked at: lines may have millions of characters.
  let from = start > WIDEST - 20 && line.length > WIDEST ? start - WIDEST / 2 : 0;
  // Not between the halves of a code point.
  if (from > 0 && (line.charCodeAt(from) & 0xfc00) === 0xdc00) from++;
  const columns = columnsOf(line, from, from + WIDEST);
  let width = 0;
  let count = 0;
  while (count < columns.length && width < WIDEST + 8) width += columns[count++]?.width ?? 0;
  const shown = columns.slice(0, count);
  const last = shown[shown.length - 1];
  const cutBehind = last !== undefined && last.at + last.length < line.length;
  return { columns: shown, cutBefore: from > 0, cutBehind };
}
