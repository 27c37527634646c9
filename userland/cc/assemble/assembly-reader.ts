// What the parts of the assembly parser share.

import type { Diagnostics } from "../source/diagnostics.ts";
import type { Loc } from "../source/sources.ts";
import { parseExpression } from "./expression.ts";
import type { AsmItem } from "./item.ts";
import type { Scanner } from "./scanner.ts";

interface MacroParameter {
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
  readonly items: AsmItem[];
  readonly diagnostics: Diagnostics;
  /** Symbols that `.set` has made constants. */
  readonly constants: Map<string, bigint>;
  readonly macros: Map<string, Macro>;
  /** Characters that macros may still make. */
  macroBudget: number;
  macroDepth: number;
  macroCalls: number;
  /** Reads what the scanner has, to its end; macros need it for what they made. */
  readonly readStatements: (reader: AssemblyReader) => void;
}

/** `.set symbol, expression` and `symbol = expression`, of which the expression comes next. */
export function readAssignment(reader: AssemblyReader, symbol: string, loc: Loc): void {
  const value = parseExpression(reader.scanner, reader.constants);
  if (value.symbol === undefined && value.minus === undefined) {
    reader.constants.set(symbol, value.addend);
  } else reader.constants.delete(symbol);
  reader.items.push({ kind: "directive", name: "set", symbol, value, loc });
}
