// __attribute__((mode(M))): the integer type of that width, with the sign of the type that it stands at (GCC internals,
// "Machine Modes").

import { integerOf } from "../types/conversions.ts";
import {
  INT,
  LONG,
  SHORT,
  SIGNED_CHAR,
  UNSIGNED_CHAR,
  UNSIGNED_INT,
  UNSIGNED_LONG,
  UNSIGNED_SHORT,
} from "../types/make.ts";
import type { IntegerType, Type } from "../types/type.ts";
import type { Token } from "../preprocess/token.ts";
import { endOf } from "./state.ts";
import type { Parser } from "./state.ts";

const MODES: Readonly<Record<string, readonly [IntegerType, IntegerType]>> = {
  QI: [SIGNED_CHAR, UNSIGNED_CHAR],
  HI: [SHORT, UNSIGNED_SHORT],
  SI: [INT, UNSIGNED_INT],
  DI: [LONG, UNSIGNED_LONG],
  byte: [SIGNED_CHAR, UNSIGNED_CHAR],
  word: [LONG, UNSIGNED_LONG],
  pointer: [LONG, UNSIGNED_LONG],
  unwind_word: [LONG, UNSIGNED_LONG],
};

/** Why there is no such type; undefined: there is, or there is no such mode. */
function lacking(mode: string): string | undefined {
  if (/^[HSDXTKB]F$|^[SDT]D$/.test(mode)) return "floating point is not supported yet";
  if (/^[QHSDXTC][IC]$/.test(mode) && mode.endsWith("C"))
    return "complex numbers are not supported";
  if (mode === "TI") return "integers of 128 bits are not supported";
  if (/^V\d+/.test(mode)) return "vectors are not supported";
  return undefined;
}

/** Whether a declaration can say so; otherwise a message has been given. */
export function checkMode(p: Parser, mode: string, name: Token): boolean {
  if (Object.hasOwn(MODES, mode)) return true;
  const why = lacking(mode);
  p.diagnostics.error(name.loc, why === undefined ? `unknown mode '${name.text}'` : why, {
    end: endOf(name),
  });
  return false;
}

/** The declared type in the mode that attributes asked for. */
export function inMode(p: Parser, type: Type, mode: string | undefined, name: Token): Type {
  const pair = mode === undefined ? undefined : MODES[mode];
  if (pair === undefined) return type;
  if (type.kind === "pointer" && pair[0].size === 8) return type;
  const integer = integerOf(type);
  if (integer === undefined || integer.name === "bool") {
    p.diagnostics.error(
      name.loc,
      `mode '${mode ?? ""}' is for integers, which '${name.text}' is not`,
      {
        end: endOf(name),
      },
    );
    return type;
  }
  const { qualifiers, alignas } = type;
  return { ...(integer.signed ? pair[0] : pair[1]), qualifiers, alignas };
}
