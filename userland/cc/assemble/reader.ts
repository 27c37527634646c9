// What the parts of the assembly reader share: where they are, what they have made, and what names mean so far.

import type { Diagnostics } from "../source/diagnostics.ts";
import type { Loc } from "../source/sources.ts";
import { parseExpression } from "./expression.ts";
import type { AsmItem } from "./item.ts";
import type { Scanner } from "./scanner.ts";

export interface MacroParameter {
  readonly name: string;
  readonly isRequired: boolean;
  readonly takesRest: boolean;
  readonly usual: string;
}

export interface Macro {
  readonly name: string;
  readonly parameters: readonly MacroParameter[];
  readonly body: string;
}

/** What goes from statement to statement. */
export interface AssemblyReader {
  scanner: Scanner;
  /** Reads what the scanner has: a macro's body, once its text has been made. */
  readonly readStatements: (reader: AssemblyReader) => void;
  readonly items: AsmItem[];
  readonly diagnostics: Diagnostics;
  /** Symbols that `.set` has made constants. */
  readonly constants: Map<string, bigint>;
  readonly macros: Map<string, Macro>;
  /** Characters that macros may still make. */
  macroBudget: number;
  macroDepth: number;
  macroCalls: number;
}

/** `.set symbol, expression` and `symbol = expression`, of which the expression comes next. */
export function readAssignment(reader: AssemblyReader, symbol: string, loc: Loc): void {
  const value = parseExpression(reader.scanner, reader.constants);
  if (value.symbol === undefined && value.minus === undefined) {
    reader.constants.set(symbol, value.addend);
  } else reader.constants.delete(symbol);
  reader.items.push({ kind: "directive", name: "set", symbol, value, loc });
}
