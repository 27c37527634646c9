// .macro: text with parameters, which is read again wherever the macro is called. (GNU as manual, ".macro".)

import type { AssemblyReader, Macro } from "./assembly-reader.ts";
import { Scanner } from "./scanner.ts";

const MOST_NESTING = 64;

/** Reads a definition up to its .endm; the scanner is behind `.macro`. */
export function defineMacro(reader: AssemblyReader, from: number): void {
  const { scanner } = reader;
  const name = scanner.symbol("the macro's name");
  const parameters: Macro["parameters"][number][] = [];
  scanner.take(",");
  while (!scanner.atEnd()) {
    const parameter = scanner.symbol("a parameter");
    let kind = "";
    if (scanner.take(":")) kind = scanner.name();
    if (kind !== "" && kind !== "req" && kind !== "vararg") {
      scanner.refuse("expected 'req' or 'vararg'");
    }
    const usual = scanner.take("=") ? argument(scanner, false) : "";
    parameters.push({
      name: parameter,
      isRequired: kind === "req",
      takesRest: kind === "vararg",
      usual,
    });
    scanner.take(",");
  }
  const { text } = scanner;
  let depth = 1;
  let line = text.indexOf("\n", scanner.at) + 1;
  const bodyStart = line;
  while (line > 0) {
    const end = text.indexOf("\n", line);
    const words = text.slice(line, end < 0 ? text.length : end).trimStart();
    if (/^\.macro\b/.test(words)) depth++;
    else if (/^\.endm\b/.test(words) && --depth === 0) {
      reader.macros.set(name, { name, parameters, body: text.slice(bodyStart, line) });
      scanner.at = end < 0 ? text.length : end;
      return;
    }
    line = end + 1;
  }
  scanner.at = text.length;
  scanner.refuse(`macro '${name}' has no .endm`, from);
}

/** An argument as it is written, without blanks around it. */
function argument(scanner: Scanner, isRest: boolean): string {
  scanner.skipBlanks();
  const { text } = scanner;
  const from = scanner.at;
  if (text[from] === '"') {
    scanner.string();
    // In GNU as the quotes only hold the argument together.
    if (!isRest) return text.slice(from + 1, scanner.at - 1);
  }
  let depth = 0;
  while (!scanner.atEnd()) {
    const character = text[scanner.at];
    if (depth === 0 && character === "," && !isRest) break;
    if (character === "(") depth++;
    else if (character === ")" && depth > 0) depth--;
    if (character === '"') scanner.string();
    else scanner.at++;
    // Blanks separate arguments too, unless what follows them goes on with an expression.
    if (depth === 0 && !isRest && /[ \t]/.test(text[scanner.at] ?? "")) break;
  }
  return text.slice(from, scanner.at).trim();
}

/** Reads a call's arguments and then the macro's body with them in it. */
export function expandMacro(reader: AssemblyReader, macro: Macro, from: number): void {
  const scanner: Scanner = reader.scanner;
  const loc = scanner.loc(from);
  const values = new Map<string, string>();
  let at = 0;
  while (!scanner.atEnd()) {
    const named = macro.parameters.find((one) => {
      const start = scanner.at;
      const isThis = scanner.text.startsWith(one.name, start);
      if (!isThis) return false;
      scanner.at += one.name.length;
      const found = scanner.take("=");
      if (!found) scanner.at = start;
      return found;
    });
    const parameter = named ?? macro.parameters[at++];
    if (parameter === undefined) scanner.refuse(`too many arguments for macro '${macro.name}'`);
    values.set(parameter.name, argument(scanner, parameter.takesRest));
    scanner.take(",");
  }
  for (const { name, isRequired, usual } of macro.parameters) {
    const value = values.get(name) ?? "";
    if (value !== "") continue;
    if (isRequired) scanner.refuse(`macro '${macro.name}' needs a value for '${name}'`, from);
    values.set(name, usual);
  }
  if (reader.macroDepth >= MOST_NESTING) scanner.refuse("macros call each other too deeply", from);
  const text = substitute(macro.body, values, reader.macroCalls++);
  reader.macroBudget -= text.length + 1;
  if (reader.macroBudget < 0) {
    reader.diagnostics.fatal(loc, "macros make more text than the assembler takes");
  }
  reader.scanner = new Scanner(text, 0, loc);
  reader.macroDepth++;
  reader.readStatements(reader);
  reader.macroDepth--;
  reader.scanner = scanner;
}

function substitute(body: string, values: ReadonlyMap<string, string>, call: number): string {
  const parts: string[] = [];
  let from = 0;
  for (let at = body.indexOf("\\"); at >= 0; at = body.indexOf("\\", at + 1)) {
    let end = at + 1;
    let value: string | undefined;
    if (body[end] === "@") {
      value = String(call);
      end++;
    } else if (body.startsWith("()", end)) {
      value = "";
      end += 2;
    } else {
      while (/[\w$.]/.test(body[end] ?? "")) end++;
      // `\name.text`: a dot may belong to the name or come after it.
      value = values.get(body.slice(at + 1, end));
      const dot = body.indexOf(".", at + 1);
      if (value === undefined && dot > at && dot < end) {
        end = dot;
        value = values.get(body.slice(at + 1, end));
      }
    }
    if (value === undefined) continue;
    parts.push(body.slice(from, at), value);
    from = end;
    at = end - 1;
  }
  parts.push(body.slice(from));
  return parts.join("");
}
