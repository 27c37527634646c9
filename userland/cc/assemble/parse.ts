// Assembly text, in the syntax of GNU as for RISC-V, becomes items: statements, labels and instructions' operands here,
// directives in parse-directive.ts. (GNU as manual; RISC-V Assembly Programmer's Manual.)

import type { Diagnostics } from "../source/diagnostics.ts";
import type { Loc } from "../source/sources.ts";
import { constantValue, parseValue } from "./expression.ts";
import { type AssemblyReader, readAssignment } from "./assembly-reader.ts";
import type { AsmItem, AsmOperand } from "./item.ts";
import { defineMacro, expandMacro } from "./macro.ts";
import { parseDirective } from "./parse-directive.ts";
import { isFloatRegister, registerNumber } from "./registers.ts";
import { Scanner, StatementRefused } from "./scanner.ts";

/** All that macros of one text may grow to. */
const MACRO_CHARACTERS = 1 << 22;

/**
 * Reads a file or the text of an asm statement. Its first character is at `base`, or nowhere when that is 0. Errors are
 * reported, and the statement they are in is left out.
 */
export function parseAssembly(text: string, base: Loc, diagnostics: Diagnostics): AsmItem[] {
  const reader: AssemblyReader = {
    scanner: new Scanner(text, base),
    items: [],
    diagnostics,
    constants: new Map(),
    macros: new Map(),
    macroBudget: MACRO_CHARACTERS,
    macroDepth: 0,
    macroCalls: 0,
    readStatements,
  };
  readStatements(reader);
  return reader.items;
}

function readStatements(reader: AssemblyReader): void {
  const { scanner } = reader;
  const attempt = (work: () => void): void => {
    try {
      work();
    } catch (error) {
      if (!(error instanceof StatementRefused)) throw error;
      reader.diagnostics.error(error.loc, error.message);
    }
  };
  const statement = (): void => {
    readStatement(reader);
    if (!scanner.atEnd()) scanner.refuse(`unexpected ${shown(scanner)}`);
  };
  const rest = (): void => scanner.skipStatement();
  while (scanner.at < scanner.text.length) {
    attempt(statement);
    // A comment that does not end is found here too.
    attempt(rest);
  }
}

function shown(scanner: Scanner): string {
  const from = scanner.at;
  const name = scanner.name();
  const text = name === "" ? String.fromCodePoint(scanner.text.codePointAt(from) ?? 32) : name;
  return `'${text}'`;
}

function readStatement(reader: AssemblyReader): void {
  const { scanner } = reader;
  for (;;) {
    if (scanner.atEnd()) return;
    const from = scanner.at;
    const loc = scanner.loc();
    if (scanner.atDigit()) {
      const number = scanner.number();
      if (typeof number !== "bigint" || !scanner.take(":")) {
        scanner.refuse("expected an instruction, a directive or a label", from);
      }
      reader.items.push({ kind: "label", name: String(number), loc });
      continue;
    }
    const isQuoted = scanner.peek() === 34;
    const name = isQuoted ? scanner.symbol() : scanner.name();
    if (name === "") scanner.refuse(`unexpected ${shown(scanner)}`, from);
    if (scanner.take(":")) {
      reader.items.push({ kind: "label", name, loc });
      continue;
    }
    if (scanner.text[scanner.at] === "=") {
      scanner.at += scanner.text[scanner.at + 1] === "=" ? 2 : 1;
      readAssignment(reader, name, loc);
      return;
    }
    if (isQuoted) scanner.refuse("expected ':' after a label", scanner.at);
    const macro = reader.macros.get(name);
    if (macro !== undefined) expandMacro(reader, macro, from);
    else if (name === ".macro") defineMacro(reader, from);
    else if (name.startsWith(".")) parseDirective(reader, name, from);
    else readInstruction(reader, name, loc);
    return;
  }
}

function readInstruction(reader: AssemblyReader, written: string, loc: Loc): void {
  const { scanner } = reader;
  const mnemonic = written.toLowerCase();
  const operands: AsmOperand[] = [];
  if (!scanner.atEnd()) {
    do {
      const operand = readOperand(reader, mnemonic, operands.length);
      if (operand !== undefined) operands.push(operand);
    } while (scanner.take(","));
  }
  reader.items.push({ kind: "instruction", mnemonic, operands, loc });
}

/** Instructions whose operand, though it is called like a register, is a function. */
function takesFunction(mnemonic: string, index: number): boolean {
  return (mnemonic === "call" || mnemonic === "tail") && index === 0;
}

function takesName(mnemonic: string, index: number): boolean {
  return mnemonic === "fence" || (mnemonic.startsWith("csr") && index < 2);
}

function readOperand(
  reader: AssemblyReader,
  mnemonic: string,
  index: number,
): AsmOperand | undefined {
  const { scanner, constants } = reader;
  scanner.skipBlanks();
  const from = scanner.at;
  const base = readBase(scanner);
  if (base !== undefined) return { kind: "memory", base, offset: constantValue(0n) };
  const name = scanner.name();
  if (name !== "") {
    scanner.skipBlanks();
    const next = scanner.text[scanner.at];
    const isFunction = takesFunction(mnemonic, index) && next !== ",";
    const number = isFunction ? undefined : registerNumber(name);
    if (number !== undefined) return { kind: "register", number };
    if (takesName(mnemonic, index) && !constants.has(name)) return { kind: "name", name };
    if (isFloatRegister(name) && !isFunction && mnemonic.startsWith("f")) {
      scanner.refuse("floating-point instructions are not supported yet", from);
    }
    scanner.at = from;
  }
  const value = parseValue(scanner, constants);
  if (scanner.take("@")) {
    const suffix = scanner.name();
    if (suffix !== "plt") scanner.refuse(`@${suffix} is not supported`, from);
  }
  const register = readBase(scanner);
  return register === undefined
    ? { kind: "value", value }
    : { kind: "memory", base: register, offset: value };
}

/** `(a0)`, or undefined, nothing having been read. */
function readBase(scanner: Scanner): number | undefined {
  const from = scanner.at;
  if (scanner.take("(")) {
    scanner.skipBlanks();
    const number = registerNumber(scanner.name());
    if (number !== undefined && scanner.take(")")) return number;
  }
  scanner.at = from;
  return undefined;
}
