// The optimiser: which passes run over a function, in which order, by level. Each pass is a function over an IrFunction and
// leaves it well-formed (ir/verify.ts), so tests can look behind each of them.

import type { IrFunction, IrModule, Slot } from "../ir/ir.ts";
import { alignWords } from "./align-words.ts";
import { removeUnreachable, simplifyBranches } from "./branches.ts";
import { analyse, type Cfg } from "./cfg.ts";
import { removeDead } from "./clean.ts";
import { compareWithEnds } from "./end-test.ts";
import { hoistInvariants } from "./hoist.ts";
import { combineTests } from "./combine-tests.ts";
import { inlineCalls, inlineSize, type Candidate } from "./inline.ts";
import type { Symbols } from "./memory.ts";
import { numberValues } from "./number-values.ts";
import { findLoops } from "./preheaders.ts";
import { canPromote, promote } from "./promote.ts";
import { referencesOf, removeUnneeded } from "./references.ts";
import { splitSlots } from "./split-slots.ts";
import { reduceStrength } from "./strength.ts";
import { symbolsOf } from "./symbols.ts";

/** Machine-made functions beyond that stay as they are: passes number what they meet within bounds. */
const MOST_TEMPS = 1_000_000;

/** Rounds in which passes may find more for each other to do. */
const ROUNDS = 3;

export type AfterPass = (f: IrFunction, pass: string) => void;

/** 0: only what the program demands (always_inline); 1: all passes; 2: more inlining; "s": 1, but for size. */
export type Level = 0 | 1 | 2 | "s";

export function optimize(module: IrModule, level: Level, after?: AfterPass): void {
  const symbols = symbolsOf(module);
  const references = referencesOf(module);
  const candidates = new Map<string, Candidate>();
  for (const f of references.order) {
    removeUnreachable(f);
    inlineCalls(f, level, (name) => candidates.get(name));
    if (level !== 0 && f.nextTemp < MOST_TEMPS) improve(f, level, symbols, after ?? ignore);
    if (level === 0 && !f.alwaysInline) continue;
    const size = inlineSize(f);
    if (size === undefined) continue;
    const isOnlyCall = f.linkage.binding === "local" && references.calls.get(f.symbol) === 1;
    candidates.set(f.symbol, { function: f, size, isOnlyCall });
  }
  removeUnneeded(module, references);
  if (level !== 0 && level !== "s") alignWords(module);
}

function ignore(): void {}

function improve(f: IrFunction, level: Level, symbols: Symbols, after: AfterPass): void {
  splitSlots(f);
  after(f, "split-slots");
  let cfg = analyse(f);
  const far = new Set<Slot>();
  for (let round = 0; round < ROUNDS; round++) {
    promote(f, cfg, far);
    after(f, "promote");
    let changed = simplify(f, cfg, symbols, after);
    cfg = analyse(f);
    if (combineTests(f, cfg)) {
      changed = true;
      removeUnreachable(f);
      simplifyBranches(f);
      cfg = analyse(f);
      after(f, "combine-tests");
    }
    // A pointer that is a temporary now may have been all that kept a slot in memory.
    if (!changed && !canPromote(f, far)) break;
  }
  const loops = findLoops(f, cfg);
  if (loops.loops.length === 0) return;
  const hoisted = hoistInvariants(f, loops, symbols);
  after(f, "hoist");
  const reduced = reduceStrength(f, loops);
  after(f, "strength");
  // It wants a few instructions before each loop.
  const compared = level !== "s" && compareWithEnds(f, loops);
  after(f, "end-test");
  if (hoisted || reduced || compared) simplify(f, loops.cfg, symbols, after);
  else simplifyBranches(f);
}

/** Whether there may be more to do. */
function simplify(f: IrFunction, cfg: Cfg, symbols: Symbols, after: AfterPass): boolean {
  numberValues(f, cfg, symbols);
  after(f, "number-values");
  removeDead(f);
  after(f, "clean");
  const changed = simplifyBranches(f);
  after(f, "branches");
  return changed;
}
