// Relaxation: what the assembler has written as long as anything may be far away becomes short where it is near. A call of
// auipc and jalr becomes a jal, a jump c.j, a branch that has come nearer its form of two bytes; the upper half of an
// address goes altogether where the global pointer reaches the object, or becomes c.lui. What is taken out brings other things
// nearer, so that it is done until there is nothing left to do. (RISC-V ELF psABI, "Linker Relaxation".)
//
// Everything only becomes shorter, so that a distance, once short enough, stays so: but for alignments, which can become
// longer by less than the largest of them. This is the slack.

import type { ObjectSymbol, Relocation } from "../object/object-file.ts";
import * as R from "../object/relocation-types.ts";
import { targetOf } from "./address.ts";
import { type LinkState, type OutputSection, sectionOf } from "./input.ts";
import { type Layout, layOut, PAGE } from "./layout.ts";
import { defineOwnSymbols } from "./own-symbols.ts";
import { applyCuts, type Relaxable, relaxableOf, type Site, siteOffset } from "./relax-sites.ts";
import { writeRelaxed } from "./relax-write.ts";

/** Later rounds find a short jump or two more. */
const MOST_ROUNDS = 5;
const JAL_REACH = 2 ** 20;
const SHORT_JUMP_REACH = 2 ** 11;
const SHORT_BRANCH_REACH = 2 ** 8;
/** c.lui has 6 bits with a sign, and not 0. */
const LARGEST_SHORT_UPPER = 31;
const GLOBAL_POINTER = "__global_pointer$";

/** Makes sections shorter and lays everything out. Without `isRelaxing` only alignments are seen to. */
export function relax(state: LinkState, isRelaxing: boolean): Layout {
  const list: Relaxable[] = [];
  for (const section of state.sections.values()) {
    if (!section.isLive || section.output === undefined) continue;
    const relaxable = relaxableOf(section, state.errors);
    if (relaxable !== undefined) list.push(relaxable);
  }
  for (const one of list) applyCuts(one, state.errors);
  let layout = place(state);
  const rounds = isRelaxing ? MOST_ROUNDS : 0;
  for (let round = 0; round < rounds; round++) {
    const view = viewOf(state);
    let changed = false;
    for (const one of list) if (shorten(view, one)) changed = true;
    if (!changed) break;
    for (const one of list) applyCuts(one, state.errors);
    layout = place(state);
  }
  for (const one of list) writeRelaxed(one);
  return layout;
}

function place(state: LinkState): Layout {
  const layout = layOut(state);
  state.own.clear();
  defineOwnSymbols(state, layout);
  return layout;
}

interface View {
  readonly state: LinkState;
  /** The largest alignment of code, and of what is written. */
  readonly codeSlack: number;
  readonly dataSlack: number;
  /** Undefined: the program does not set it up. */
  readonly globalPointer: number | undefined;
}

function viewOf(state: LinkState): View {
  const { globals } = state.loaded;
  const pointer = globals.get(GLOBAL_POINTER);
  const address = pointer?.definition === undefined ? state.own.get(GLOBAL_POINTER) : undefined;
  const largest = (outputs: readonly OutputSection[]): number =>
    Math.max(1, ...outputs.map(({ align }) => align));
  return {
    state,
    codeSlack: largest(state.outputs.filter(({ isExecuted }) => isExecuted)),
    dataSlack: largest(state.outputs.filter(({ isWritten }) => isWritten)),
    globalPointer: pointer?.isWanted === true ? address : undefined,
  };
}

/** Finds out what can be shorter now; says whether there was something new. */
function shorten(view: View, one: Relaxable): boolean {
  let changed = false;
  for (const site of one.sites) {
    if (site.kind === "align") continue;
    const removed = removable(view, one, site);
    if (removed <= site.removed) continue;
    site.removed = removed;
    changed = true;
  }
  for (const low of one.lows) {
    if (one.global.has(low) || !isNear(view, low, 0)) continue;
    one.global.add(low);
    changed = true;
  }
  return changed;
}

function removable(view: View, one: Relaxable, site: Site): number {
  const { relocation } = site;
  if (site.kind === "high") return removableOfHigh(view, one, site);
  if (site.kind === "thread") return isNear(view, relocation, restOf(view, relocation)) ? 4 : 0;
  const reaches = (limit: number): boolean => isWithin(view, one, site, limit);
  switch (site.kind) {
    case "jump":
      return reaches(SHORT_JUMP_REACH) ? 2 : 0;
    case "branch":
      return reaches(SHORT_BRANCH_REACH) ? 2 : 0;
    default:
      // `tail`: nobody comes back, so c.j will do.
      if (linkRegister(one, relocation) === 0 && reaches(SHORT_JUMP_REACH)) return 6;
      return reaches(JAL_REACH) ? 4 : 0;
  }
}

/** The register in which a call leaves the way back. */
function linkRegister({ section }: Relaxable, { offset }: Relocation): number {
  const { data } = section.section;
  return (((data[offset + 5] ?? 0) & 15) << 1) | ((data[offset + 4] ?? 0) >> 7);
}

function isWithin(view: View, one: Relaxable, site: Site, limit: number): boolean {
  const { symbol, addend } = site.relocation;
  const { section, hasAlignment } = one;
  const { output } = section;
  if (symbol === undefined || output === undefined) return false;
  const target = targetOf(view.state, symbol, Number(addend));
  if (target.kind !== "address" || target.isWeak) return false;
  const distance = target.address - (output.address + section.offset + siteOffset(one, site));
  const isInside = !hasAlignment && definedIn(view.state, symbol) === section;
  const most = limit - (isInside ? 0 : view.codeSlack);
  return distance >= -most && distance < most && distance % 2 === 0;
}

/** The symbol that defines what this one names. */
function definitionOf(state: LinkState, symbol: ObjectSymbol): ObjectSymbol | undefined {
  if (symbol.binding === "local") return symbol;
  return state.loaded.globals.get(symbol.name)?.definition?.symbol;
}

function definedIn(
  state: LinkState,
  symbol: ObjectSymbol,
): ReturnType<typeof sectionOf> | undefined {
  const definition = definitionOf(state, symbol);
  return definition === undefined ? undefined : sectionOf(state, definition);
}

function removableOfHigh(view: View, { section }: Relaxable, { relocation }: Site): number {
  // All of the object, since other lower parts may go with the same upper one.
  const { symbol, addend, offset } = relocation;
  if (symbol === undefined) return 0;
  if (isNearPointer(view, relocation, restOf(view, relocation))) return 4;
  const target = targetOf(view.state, symbol, Number(addend));
  if (target.kind !== "address" || target.isWeak) return 0;
  const register =
    (((section.section.data[offset + 1] ?? 0) & 15) << 1) |
    ((section.section.data[offset] ?? 0) >> 7);
  if (register === 0 || register === 2) return 0;
  // Whatever becomes shorter, the next page's same place may be where this one comes to lie.
  const least = Math.max(0, target.address - 2 * PAGE);
  const most = target.address + 2 * PAGE;
  return upper(least) > 0 && upper(most) <= LARGEST_SHORT_UPPER ? 2 : 0;
}

/** How many bytes of its object lie behind the place that a relocation names. */
function restOf(view: View, { symbol, addend }: Relocation): number {
  if (symbol === undefined) return 0;
  const size = definitionOf(view.state, symbol)?.size ?? commonOf(view, symbol)?.size ?? 0;
  return Math.max(0, size - Number(addend));
}

/** Whether so many bytes are near the pointer that they count from. */
function isNear(view: View, low: Relocation, size: number): boolean {
  switch (low.type) {
    case R.R_RISCV_LO12_I:
    case R.R_RISCV_LO12_S:
      return isNearPointer(view, low, size);
    default:
      return isNearThread(view, low, size);
  }
}

/** Thread-local storage does not move, and tp points to its beginning. */
function isNearThread({ state }: View, { symbol, addend }: Relocation, size: number): boolean {
  if (symbol === undefined || definedIn(state, symbol)?.output?.isTls !== true) return false;
  const target = targetOf(state, symbol, Number(addend));
  if (target.kind !== "address") return false;
  const distance = target.address - state.tlsStart;
  return distance >= 0 && distance + size <= 2047;
}

function upper(address: number): number {
  return (address + 0x800) >> 12;
}

function commonOf(
  { state }: View,
  symbol: ObjectSymbol,
): { size: number; output: OutputSection | undefined } | undefined {
  const global = symbol.binding === "local" ? undefined : state.loaded.globals.get(symbol.name);
  return global?.definition === undefined ? global?.common : undefined;
}

/** Whether the global pointer and 12 bits reach so many bytes of an object that is written. */
function isNearPointer(view: View, { symbol, addend }: Relocation, size: number): boolean {
  const { state, globalPointer, dataSlack } = view;
  if (globalPointer === undefined || symbol === undefined) return false;
  const output = definedIn(state, symbol)?.output ?? commonOf(view, symbol)?.output;
  if (output === undefined || !output.isWritten || output.isExecuted || output.isTls) return false;
  const target = targetOf(state, symbol, Number(addend));
  if (target.kind !== "address") return false;
  const distance = target.address - globalPointer;
  return distance - dataSlack >= -2048 && distance + size + dataSlack <= 2047;
}
