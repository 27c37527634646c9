// -dM: the macros as the #define lines that would make them, as gcc -E -dM prints them. Macros whose value depends on where they
// stand have none.

import type { BodyItem, Macro } from "./macro.ts";
import { spelling } from "./pp-token.ts";

export function printMacros(macros: Iterable<Macro>): string {
  const lines: string[] = [];
  for (const { name, parameters, isVariadic, body, dynamic } of macros) {
    if (dynamic !== undefined) continue;
    const list = parameters === undefined ? "" : `(${parameterList(parameters, isVariadic)})`;
    lines.push(`#define ${name}${list} ${itemsText(body, parameters ?? [])}`.trimEnd(), "\n");
  }
  return lines.join("");
}

function parameterList(parameters: readonly string[], isVariadic: boolean): string {
  if (!isVariadic) return parameters.join(",");
  const names = parameters.slice(0, -1);
  const last = parameters.at(-1) ?? "";
  return [...names, last === "__VA_ARGS__" ? "..." : `${last}...`].join(",");
}

function itemsText(items: readonly BodyItem[], parameters: readonly string[]): string {
  let text = "";
  for (const [index, item] of items.entries()) {
    const { kind, token, parameter, inner, pastesLeft } = item;
    if (pastesLeft) text += " ## ";
    else if (index > 0 && token.spaced) text += " ";
    const name = parameters[parameter] ?? "";
    if (kind === "token") text += spelling(token);
    else if (kind === "argument") text += name;
    else if (kind === "stringify") text += `#${name}`;
    else {
      const hash = kind === "stringify-optional" ? "#" : "";
      text += `${hash}__VA_OPT__(${itemsText(inner, parameters)})`;
    }
  }
  return text;
}
