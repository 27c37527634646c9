// What is said of a symbol that nobody defines: who refers to it, and what may have been meant.

import { mostSimilar } from "../source/suggest.ts";
import { type LinkSection, type LinkState, placeText } from "./input.ts";

export function undefinedText(state: LinkState, section: LinkSection, name: string): string {
  const place = placeText(section);
  const caller = callerOf(section, name);
  const where = caller === undefined ? place : `${place}, in '${caller}'`;
  return `undefined symbol: ${name}, referenced by ${where}${hint(state, name)}`;
}

/** The function that refers to it. Relaxation has moved the places of the relocations, but not in what was read. */
function callerOf({ object, section }: LinkSection, name: string): string | undefined {
  const first = section.relocations.find(({ symbol }) => symbol?.name === name);
  if (first === undefined) return undefined;
  const caller = object.symbols.find(
    (symbol) =>
      symbol.section === section &&
      symbol.type === "function" &&
      Number(symbol.value) <= first.offset &&
      first.offset < Number(symbol.value) + symbol.size,
  );
  return caller?.name;
}

function hint({ loaded }: LinkState, name: string): string {
  const own: string[] = [];
  for (const { name: other, definition } of loaded.globals.values()) {
    // A library's names are not the program's.
    if (definition !== undefined && !definition.object.name.endsWith(")")) own.push(other);
  }
  const similar =
    own.find((other) => other.toLowerCase() === name.toLowerCase()) ?? mostSimilar(name, own);
  if (similar !== undefined) return `; did you mean '${similar}'?`;
  return name === "main" ? "; every program begins with a function 'main'" : "";
}
