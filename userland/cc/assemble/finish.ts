// The assembler's last step: with all labels known, branches get their sizes, data their values, and what the linker has to
// know becomes symbols and relocations. (RISC-V ELF psABI, "Relocations".)

import { makeDebugSections } from "../object/debug-sections.ts";
import type { ObjectFile, ObjectSymbol, Relocation, Section } from "../object/object-file.ts";
import * as R from "../object/relocation-types.ts";
import { type Assembly, symbolNamed } from "./assembly.ts";
import type { DebugOptions } from "./assemble.ts";
import { debugInput } from "./debug-input.ts";
import {
  branchRelocation,
  mayMove,
  openAlignments,
  openBranches,
  pin,
  pinBetween,
} from "./rigid.ts";
import { layOut, type Locate, type Open, writeSection } from "./layout.ts";
import { writeNumber } from "./number.ts";
import { createSection, here, offsetOf, usualSection } from "./section-builder.ts";
import type { AsmSymbol, DataFixup, SectionBuilder, SymbolicValue } from "./section-builder.ts";

/** What a symbol comes down to: a place or something elsewhere, or, without `root`, a number. */
interface Root {
  readonly root: AsmSymbol | undefined;
  readonly addend: bigint;
}

const MOST_SETS = 100;

export interface Finish {
  readonly a: Assembly;
  readonly made: Map<SectionBuilder, Section>;
  readonly objectSymbols: Map<AsmSymbol, ObjectSymbol>;
  readonly symbols: ObjectSymbol[];
}

export function finishObject(
  a: Assembly,
  name: string,
  debug: DebugOptions | undefined,
): ObjectFile {
  placeLocalCommons(a);
  const builders = [...a.sections.values()];
  const locate: Locate = (symbol) => {
    const found = rootOf(a, symbol, 0, "open");
    const position = found?.root?.position;
    return position === undefined ? undefined : { position, addend: Number(found?.addend ?? 0n) };
  };
  for (const builder of builders) makeRigid(a, builder);
  for (const symbol of a.allSymbols) makeRigidDifference(a, symbol.equals);
  for (const builder of builders) {
    openAlignments(builder);
    layOut(builder, locate);
    openBranches(builder, locate);
  }
  const f: Finish = { a, made: new Map(), objectSymbols: new Map(), symbols: [] };
  for (const builder of builders) {
    f.made.set(builder, {
      name: builder.name,
      type: builder.type,
      flags: builder.flags,
      align: builder.align,
      entrySize: builder.entrySize,
      data: new Uint8Array(0),
      size: builder.length + (builder.before.at(-1) ?? 0),
      relocations: [],
    });
  }
  for (const [builder, section] of f.made) {
    if (builder.type !== "nobits") fillSection(f, builder, section, locate);
  }
  for (const symbol of a.allSymbols) {
    if (isShown(f, symbol)) objectSymbol(f, symbol);
    else complainIfMissing(a, symbol);
  }
  const sections = [...f.made.values()];
  const object: ObjectFile = { name, sections, symbols: f.symbols, groups: groupsOf(f) };
  if (debug !== undefined) sections.push(...makeDebugSections(debugInput(f, debug), object));
  return object;
}

/** What lies between a symbol and what is added to it must not change its length. */
function makeRigid(a: Assembly, builder: SectionBuilder): void {
  const keep = (symbol: AsmSymbol | undefined, addend: number): void => {
    if (symbol === undefined || addend === 0) return;
    const position = rootOf(a, symbol, 0, "open")?.root?.position;
    if (position !== undefined) pin(position, addend);
  };
  for (const fragment of builder.fragments) {
    if (fragment.kind === "branch") keep(fragment.target, fragment.addend);
  }
  for (const { symbol, addend } of builder.fixups) keep(symbol, Number(addend));
  for (const { value } of builder.dataFixups) {
    if (value.minus === undefined) keep(value.symbol, Number(value.addend));
  }
}

/** Nor must what lies between two symbols whose difference another one is. */
function makeRigidDifference(a: Assembly, value: SymbolicValue | undefined): void {
  if (value?.symbol === undefined) return;
  const to = rootOf(a, value.symbol, 0, "open")?.root?.position;
  if (to === undefined) return;
  if (value.minus === undefined) {
    if (value.addend !== 0n) pin(to, Number(value.addend));
    return;
  }
  const from = rootOf(a, value.minus, 0, "open")?.root?.position;
  if (from?.section !== to.section) return;
  pinBetween(to.section, Math.min(from.raw, to.raw), Math.max(from.raw, to.raw));
}

/** `.local` and `.comm` of one symbol: room in .bss. */
function placeLocalCommons(a: Assembly): void {
  for (const symbol of a.allSymbols) {
    const { common } = symbol;
    if (common === undefined || symbol.binding !== "local") continue;
    let bss = a.sections.get(".bss");
    if (bss === undefined) {
      bss = createSection(".bss", "nobits", usualSection(".bss").flags, 0, undefined);
      a.sections.set(".bss", bss);
    }
    const { size, align } = common;
    bss.align = Math.max(bss.align, align);
    const { length: raw } = bss;
    const open = { rvc: false, relaxes: false, isOpen: false };
    bss.fragments.push({ kind: "align", raw, size: 0, bytes: align, ...open });
    symbol.position = here(bss);
    symbol.common = undefined;
    symbol.size ??= { symbol: undefined, minus: undefined, addend: BigInt(size) };
    bss.length += size;
  }
}

/**
 * How far differences of places are known: not at all before there is a layout, then those that the linker cannot change;
 * a symbol's size is "loose", since the linker sees to it itself.
 */
type Knowledge = "open" | "laid-out" | "loose";

/** Follows `.set`. Undefined: it has no single root. */
function rootOf(
  a: Assembly,
  symbol: AsmSymbol,
  depth: number,
  knowledge: Knowledge,
): Root | undefined {
  const { equals } = symbol;
  if (equals === undefined) return { root: symbol, addend: 0n };
  if (depth > MOST_SETS) return undefined;
  const value = evaluate(a, equals, depth + 1, knowledge);
  return value === undefined || value.minus !== undefined ? undefined : value;
}

function evaluate(
  a: Assembly,
  value: SymbolicValue,
  depth: number,
  knowledge: Knowledge,
): (Root & { readonly minus: AsmSymbol | undefined }) | undefined {
  let { addend } = value;
  let root: AsmSymbol | undefined;
  let minus: AsmSymbol | undefined;
  if (value.symbol !== undefined) {
    const found = rootOf(a, value.symbol, depth, knowledge);
    if (found === undefined) return undefined;
    ({ root } = found);
    addend += found.addend;
  }
  if (value.minus !== undefined) {
    const found = rootOf(a, value.minus, depth, knowledge);
    if (found === undefined) return undefined;
    minus = found.root;
    addend -= found.addend;
  }
  const from = minus?.position;
  const to = root?.position;
  if (
    knowledge !== "open" &&
    from !== undefined &&
    from.section === to?.section &&
    (knowledge === "loose" || !mayMove(from.section, from, to))
  ) {
    const distance =
      offsetOf(to.section, to.raw, to.index) - offsetOf(from.section, from.raw, from.index);
    return { root: undefined, minus: undefined, addend: addend + BigInt(distance) };
  }
  return { root, minus, addend };
}

function isShown(f: Finish, symbol: AsmSymbol): boolean {
  if (symbol.isUsed) return true;
  if (symbol.name.startsWith(".L")) return false;
  if (symbol.position !== undefined || symbol.common !== undefined) return true;
  if (symbol.equals === undefined) return false;
  const found = rootOf(f.a, symbol, 0, "laid-out");
  return found !== undefined && (found.root === undefined || found.root.position !== undefined);
}

/** Labels of this file that nobody defines: the linker could not either. */
function complainIfMissing(a: Assembly, { name, position, equals, isUsed, loc }: AsmSymbol): void {
  if (position !== undefined || equals !== undefined || !name.startsWith(".L")) return;
  if (!isUsed) return;
  const local = /^\.L(\d+)\$/.exec(name)?.[1];
  a.diagnostics.error(
    loc,
    local === undefined
      ? `label '${name}' is not defined`
      : `there is no label '${local}' after this`,
  );
}

function objectSymbol(f: Finish, symbol: AsmSymbol): ObjectSymbol {
  const known = f.objectSymbols.get(symbol);
  if (known !== undefined) return known;
  symbol.isUsed = true;
  const { a } = f;
  const found = rootOf(a, symbol, 0, "laid-out");
  let section: ObjectSymbol["section"];
  let value = 0n;
  if (symbol.common !== undefined) {
    section = "common";
    value = BigInt(symbol.common.align);
  } else if (found !== undefined && found.root === undefined) {
    section = "absolute";
    value = found.addend;
  } else if (found?.root?.position !== undefined) {
    const { position } = found.root;
    section = f.made.get(position.section);
    value = BigInt(offsetOf(position.section, position.raw, position.index)) + found.addend;
  }
  let size = symbol.common?.size ?? 0;
  if (symbol.size !== undefined) {
    const evaluated = evaluate(a, symbol.size, 0, "loose");
    if (evaluated === undefined || evaluated.root !== undefined || evaluated.minus !== undefined) {
      a.diagnostics.error(symbol.loc, `the size of '${symbol.name}' is no constant`);
    } else size = Number(evaluated.addend);
  }
  const root = found?.root;
  const isTls =
    typeof section === "object" ? section.flags.tls : section === undefined && symbol.isThreadLocal;
  const type = symbol.type === "none" && root !== undefined ? root.type : symbol.type;
  const made: ObjectSymbol = {
    name: symbol.name,
    binding: symbol.binding ?? (section === undefined || section === "common" ? "global" : "local"),
    type: isTls ? "tls" : type,
    hidden: symbol.hidden,
    section,
    value,
    size,
  };
  if (section === undefined && made.binding === "local") made.binding = "global";
  f.objectSymbols.set(symbol, made);
  f.symbols.push(made);
  if (section === undefined) complainIfMissing(a, symbol);
  return made;
}

/** The symbol that a relocation names for this one, and what it adds. */
function relocationSymbol(f: Finish, symbol: AsmSymbol): { symbol: ObjectSymbol; addend: bigint } {
  const found = rootOf(f.a, symbol, 0, "laid-out");
  // What is set to something elsewhere goes by the other's name; a place of ours keeps its own.
  if (found?.root !== undefined && found.root.position === undefined) {
    return { symbol: objectSymbol(f, found.root), addend: found.addend };
  }
  if (found === undefined) {
    f.a.diagnostics.error(symbol.loc, `the value of '${symbol.name}' is no single address`);
  }
  return { symbol: objectSymbol(f, symbol), addend: 0n };
}

function fillSection(f: Finish, builder: SectionBuilder, section: Section, locate: Locate): void {
  const { relocations } = section;
  section.data = writeSection(
    builder,
    locate,
    (open) => relocateOpen(f, open, relocations),
    (branch, message) => f.a.diagnostics.error(branch.loc, message),
  );
  for (const fixup of builder.fixups) {
    const { symbol, addend } = relocationSymbol(f, fixup.symbol);
    const offset = offsetOf(builder, fixup.raw, fixup.index);
    relocations.push({ offset, type: fixup.type, symbol, addend: addend + fixup.addend });
    if (fixup.relaxes) relocations.push(relaxation(offset));
  }
  for (const fixup of builder.dataFixups) fixData(f, builder, section, fixup);
  relocations.sort((x, y) => x.offset - y.offset);
}

/** Says of the relocation before it that the linker may take out bytes. */
function relaxation(offset: number): Relocation {
  return { offset, type: R.R_RISCV_RELAX, symbol: undefined, addend: 0n };
}

function relocateOpen(f: Finish, { offset, fragment }: Open, relocations: Relocation[]): void {
  if (fragment.kind === "align") {
    const addend = BigInt(fragment.size);
    relocations.push({ offset, type: R.R_RISCV_ALIGN, symbol: undefined, addend });
    return;
  }
  const { symbol, addend } = relocationSymbol(f, fragment.target);
  const sum = addend + BigInt(fragment.addend);
  relocations.push({ offset, type: branchRelocation(fragment), symbol, addend: sum });
  if (fragment.isOpen && fragment.size === 4 && fragment.hasShort && fragment.relaxes) {
    relocations.push(relaxation(offset));
  }
}

const additions = new Map([
  [1, R.R_RISCV_ADD8],
  [2, R.R_RISCV_ADD16],
  [4, R.R_RISCV_ADD32],
  [8, R.R_RISCV_ADD64],
]);

const subtractions = new Map([
  [1, R.R_RISCV_SUB8],
  [2, R.R_RISCV_SUB16],
  [4, R.R_RISCV_SUB32],
  [8, R.R_RISCV_SUB64],
]);

function fixData(f: Finish, builder: SectionBuilder, section: Section, fixup: DataFixup): void {
  const { size, loc } = fixup;
  const { diagnostics } = f.a;
  const offset = offsetOf(builder, fixup.raw, fixup.index);
  const value = evaluate(f.a, fixup.value, 0, "laid-out");
  if (value === undefined) {
    diagnostics.error(loc, "this value is no address and no difference of two");
    return;
  }
  const { root, minus, addend } = value;
  if (root === undefined && minus === undefined) {
    const bits = BigInt(size * 8);
    if (addend >= 1n << bits || addend < -(1n << (bits - 1n))) {
      diagnostics.error(loc, `${addend} does not fit into ${size} bytes`);
    }
    writeNumber(section.data, offset, size, addend);
    return;
  }
  const { relocations } = section;
  if (minus === undefined && root !== undefined) {
    if (size < 4) {
      diagnostics.error(loc, `an address does not fit into ${size === 1 ? "a byte" : "two bytes"}`);
      return;
    }
    const type = size === 8 ? R.R_RISCV_64 : R.R_RISCV_32;
    relocations.push({ offset, type, symbol: objectSymbol(f, root), addend });
    return;
  }
  if (minus === undefined) return;
  // The two relocations of a difference add to what is there.
  const plus = additions.get(size) ?? R.R_RISCV_NONE;
  if (root === undefined) writeNumber(section.data, offset, size, addend);
  else relocations.push({ offset, type: plus, symbol: objectSymbol(f, root), addend });
  const type = subtractions.get(size) ?? R.R_RISCV_NONE;
  relocations.push({ offset, type, symbol: objectSymbol(f, minus), addend: 0n });
}

function groupsOf(f: Finish): ObjectFile["groups"] {
  const groups = new Map<string, Section[]>();
  for (const [builder, section] of f.made) {
    if (builder.group === undefined) continue;
    const members = groups.get(builder.group);
    if (members === undefined) groups.set(builder.group, [section]);
    else members.push(section);
  }
  for (const signature of groups.keys()) objectSymbol(f, symbolNamed(f.a, signature));
  return [...groups].map(([signature, sections]) => ({ signature, sections }));
}
