// The optimiser: which passes run over a function, in which order, by level. Each pass is a function over an IrFunction and
// leaves it well-formed (ir/verify.ts), so tests can look behind each of them.

import type { IrFunction, IrModule } from "../ir/ir.ts";
import { removeUnreachable, simplifyBranches } from "./branches.ts";
import { analyse } from "./cfg.ts";
import { removeDead } from "./clean.ts";
import type { Symbols } from "./memory.ts";
import { numberValues } from "./number-values.ts";
import { promote } from "./promote.ts";
import { symbolsOf } from "./symbols.ts";

/** Machine-made functions beyond that stay as they are: passes number what they meet within bounds. */
const MOST_TEMPS = 1_000_000;

export type AfterPass = (f: IrFunction, pass: string) => void;

/** 0: only what must be; 1: all passes; 2: more inlining. */
export function optimize(module: IrModule, level: 0 | 1 | 2, after?: AfterPass): void {
  const symbols = symbolsOf(module);
  for (const f of module.functions) {
    removeUnreachable(f);
    if (level > 0 && f.nextTemp < MOST_TEMPS) improve(f, symbols, after ?? ignore);
  }
}

function ignore(): void {}

function improve(f: IrFunction, symbols: Symbols, after: AfterPass): void {
  const run = (name: string, pass: () => void): void => {
    pass();
    after(f, name);
  };
  run("promote", () => promote(f, analyse(f)));
  run("number-values", () => numberValues(f, analyse(f), symbols));
  run("clean", () => removeDead(f));
  run("branches", () => simplifyBranches(f));
  run("promote", () => promote(f, analyse(f)));
  run("number-values", () => numberValues(f, analyse(f), symbols));
  run("clean", () => removeDead(f));
  run("branches", () => simplifyBranches(f));
}
