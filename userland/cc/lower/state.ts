// What lowering knows while it goes through a function, and what it collects for the module.

import type { Builder } from "../ir/build.ts";
import type { Block, IrData, Operand, SymbolLinkage, Temp, Width } from "../ir/ir.ts";
import type {
  Attributes,
  CaseStatement,
  Expression,
  FunctionSymbol,
  Label,
  Statement,
  Variable,
} from "../tree/ast.ts";
import { CompilationStopped, type Diagnostics } from "../source/diagnostics.ts";
import type { Loc } from "../source/sources.ts";
import type { Place } from "./place.ts";

export interface ModuleState {
  readonly diagnostics: Diagnostics;
  /** Strings and images of initial values, in the order in which they were asked for. */
  readonly pool: IrData[];
  /** Symbols of the pool by what they hold. */
  readonly pooled: Map<string, string>;
  readonly labelSymbols: Map<Label, string>;
  /** Functions and variables whose symbol occurs somewhere; those of this unit are then needed, in this order. */
  readonly wanted: (FunctionSymbol | Variable)[];
  readonly isWanted: Set<FunctionSymbol | Variable>;
  /** Makes names that nobody else has. */
  unique: number;
}

/** How a function's value gets to its caller (abi.ts). */
export type ResultPlan =
  | { readonly how: "nothing" }
  | { readonly how: "scalar"; readonly width: Width }
  | { readonly how: "registers"; readonly size: number; readonly align: number }
  | { readonly how: "memory"; readonly pointer: Temp };

export interface LabelState {
  readonly block: Block;
  /** Statement expressions that the label stands in, the innermost last; undefined: not yet seen. */
  within: readonly number[] | undefined;
}

/** A `goto` that has to be looked at when all labels are known. */
export interface PendingJump {
  readonly label: Label;
  readonly within: readonly number[];
  readonly loc: Loc;
}

export interface SwitchState {
  readonly blocks: Map<CaseStatement, Block>;
  /** How many statement expressions there were around it. */
  readonly nesting: number;
}

/** What the files of lowering need of each other in circles. */
export interface Rules {
  /** expression.ts */
  readonly value: (s: State, e: Expression) => Operand;
  readonly effect: (s: State, e: Expression) => void;
  /** condition.ts */
  readonly condition: (s: State, e: Expression, then: Block, otherwise: Block) => void;
  /** aggregate.ts */
  readonly aggregatePlace: (s: State, e: Expression) => Place;
  readonly aggregateInto: (s: State, e: Expression, to: Place, isFresh: boolean) => void;
  /** initialise.ts */
  readonly initialiseAutomatic: (s: State, variable: Variable) => void;
  /** statement.ts */
  readonly statement: (s: State, one: Statement) => void;
}

export interface State {
  readonly rules: Rules;
  readonly module: ModuleState;
  readonly b: Builder;
  readonly symbol: FunctionSymbol;
  readonly result: ResultPlan;
  /** Where automatic variables live. */
  readonly places: Map<Variable, Operand>;
  readonly labels: Map<Label, LabelState>;
  readonly jumps: PendingJump[];
  /** By the statement expressions around a `goto *`: where it may go, filled when all labels are known. */
  readonly computedTargets: Map<readonly number[], Block[]>;
  breakTo: Block | undefined;
  continueTo: Block | undefined;
  switch: SwitchState | undefined;
  /** The statement expressions around, by number, the innermost last. */
  within: readonly number[];
  depth: number;
  /** It calls what returns more than once, as setjmp does. */
  returnsTwice: boolean;
}

/**
 * Nodes nested deeper than the parser lets pass would run out of the JavaScript stack. What a list of operators makes is walked
 * in a loop (expression.ts) and does not count.
 */
const DEEPEST = 2500;

/**
 * Memory has an end, and whoever compiles more than that in one function has made a mistake: there is a message instead of the
 * host's crash. What is far below takes seconds, since nothing behind lowering grows much faster than the function does.
 */
export const MOST_BLOCKS = 1_000_000;
export const MOST_INSTRUCTIONS = 1_000_000;

/** What is not needed is thrown away at the end, but beyond so much more nobody waits for that. */
const IN_BETWEEN = 4;

export function refuseSize(s: State, what: "blocks" | "instructions"): void {
  const { loc, name } = s.symbol;
  const most =
    what === "blocks" ? `${MOST_BLOCKS} branches and labels` : `${MOST_INSTRUCTIONS} operations`;
  s.module.diagnostics.error(loc, `function '${name}' is too large: more than ${most}`, {
    end: loc + name.length,
  });
}

/** Ends a compilation that cannot come to a good end, before the rest of the function is looked at. */
export function stopIfHuge(s: State): void {
  const { nextBlock, nextTemp } = s.b.function;
  if (nextBlock > MOST_BLOCKS * IN_BETWEEN) refuseSize(s, "blocks");
  else if (nextTemp > MOST_INSTRUCTIONS * IN_BETWEEN) refuseSize(s, "instructions");
  else return;
  throw new CompilationStopped("too large");
}

export function enter(s: State, loc: Loc): void {
  if (++s.depth > DEEPEST)
    s.module.diagnostics.fatal(loc, "this is nested too deeply to be compiled");
}

export function leave(s: State): void {
  s.depth--;
}

export function newModuleState(diagnostics: Diagnostics): ModuleState {
  return {
    diagnostics,
    pool: [],
    pooled: new Map(),
    labelSymbols: new Map(),
    wanted: [],
    isWanted: new Set(),
    unique: 0,
  };
}

/** The symbol of a function or a static variable, which is needed from now on. */
export function want(module: ModuleState, what: FunctionSymbol | Variable): string {
  if (!module.isWanted.has(what)) {
    module.isWanted.add(what);
    module.wanted.push(what);
  }
  return what.symbol ?? what.name;
}

export function labelSymbol(module: ModuleState, label: Label): string {
  let symbol = module.labelSymbols.get(label);
  if (symbol === undefined) {
    symbol = `.Llabel.${module.unique++}`;
    module.labelSymbols.set(label, symbol);
  }
  return symbol;
}

export function linkageOf(
  linkage: "none" | "internal" | "external",
  attributes: Attributes,
): SymbolLinkage {
  const hidden = attributes.hidden ?? false;
  if (linkage !== "external") return { binding: "local", hidden };
  return { binding: attributes.weak === true ? "weak" : "global", hidden };
}
