// The optimiser: which passes run over a function, in which order, by level. Each pass is a function over an IrFunction and
// leaves it well-formed (ir/verify.ts), so tests can look behind each of them.

import type { IrFunction, IrModule } from "../ir/ir.ts";
import { removeUnreachable, simplifyBranches } from "./branches.ts";
import { analyse } from "./cfg.ts";
import { removeDead } from "./clean.ts";
import { inlineCalls, inlineSize, type Candidate } from "./inline.ts";
import type { Symbols } from "./memory.ts";
import { numberValues } from "./number-values.ts";
import { promote } from "./promote.ts";
import { referencesOf, removeUnneeded } from "./references.ts";
import { splitSlots } from "./split-slots.ts";
import { symbolsOf } from "./symbols.ts";

/** Machine-made functions beyond that stay as they are: passes number what they meet within bounds. */
const MOST_TEMPS = 1_000_000;

export type AfterPass = (f: IrFunction, pass: string) => void;

/** 0: only what the program demands (always_inline); 1: all passes; 2: more inlining. */
export function optimize(module: IrModule, level: 0 | 1 | 2, after?: AfterPass): void {
  const symbols = symbolsOf(module);
  const references = referencesOf(module);
  const candidates = new Map<string, Candidate>();
  for (const f of references.order) {
    removeUnreachable(f);
    inlineCalls(f, level, (name) => candidates.get(name));
    if (level > 0 && f.nextTemp < MOST_TEMPS) improve(f, symbols, after ?? ignore);
    if (level === 0 && !f.alwaysInline) continue;
    const size = inlineSize(f);
    if (size === undefined) continue;
    const isOnlyCall = f.linkage.binding === "local" && references.calls.get(f.symbol) === 1;
    candidates.set(f.symbol, { function: f, size, isOnlyCall });
  }
  removeUnneeded(module, references);
}

function ignore(): void {}

function improve(f: IrFunction, symbols: Symbols, after: AfterPass): void {
  const run = (name: string, pass: () => void): void => {
    pass();
    after(f, name);
  };
  run("split-slots", () => splitSlots(f));
  run("promote", () => promote(f, analyse(f)));
  run("number-values", () => numberValues(f, analyse(f), symbols));
  run("clean", () => removeDead(f));
  run("branches", () => simplifyBranches(f));
  run("split-slots", () => splitSlots(f));
  run("promote", () => promote(f, analyse(f)));
  run("number-values", () => numberValues(f, analyse(f), symbols));
  run("clean", () => removeDead(f));
  run("branches", () => simplifyBranches(f));
}
