// Code generation for RV64IMAC with the lp64 calling convention: a module's functions one after the other, then its data.

import type { AsmItem } from "../assemble/item.ts";
import { parseAssembly } from "../assemble/parse.ts";
import type { IrFunction, IrModule, StartupCall } from "../ir/ir.ts";
import { CompilationStopped, Diagnostics } from "../source/diagnostics.ts";
import { emitData, linkageItems, sectionItem, type SectionOptions } from "./data.ts";
import { emitBlocks, type Emission } from "./emit.ts";
import { findFarJumps } from "./far-jumps.ts";
import { buildFlow } from "./flow.ts";
import { layOutFrame, usesFramePointer } from "./frame.ts";
import { labelItem, symbolValue } from "./items.ts";
import { layOut } from "./layout.ts";
import { tidyBlocks } from "./peephole.ts";
import { assignRegisters } from "./registers-of.ts";
import { select } from "./select.ts";
import { newSelection } from "./selection.ts";
import { sinkSteps } from "./sink.ts";
import { placePrologue, separateEarlyExits } from "./shrink-wrap.ts";

export interface GenerateOptions extends SectionOptions {
  /** Items for the line table. */
  readonly debug: boolean;
  /** Where asm statements that make no sense are reported; undefined: they end the compilation. */
  readonly diagnostics?: Diagnostics;
}

export function generate(
  module: IrModule,
  options: GenerateOptions = { debug: false, functionSections: false },
): AsmItem[] {
  const items: AsmItem[] = [];
  const diagnostics = options.diagnostics ?? new Diagnostics();
  for (const { text, loc } of module.assembly) {
    items.push(
      sectionItem(".text", undefined, undefined),
      ...parseAssembly(text, loc, diagnostics),
    );
  }
  reportCalls(module, diagnostics);
  let number = 0;
  for (const f of module.functions) {
    if (!f.inlineOnly && f.blocks.length > 0)
      generateFunction(f, module.threadLocal, number++, options, diagnostics, items);
  }
  for (const data of module.data) emitData(data, options, items);
  for (const symbol of module.weak) items.push({ kind: "directive", name: "weak", symbol, loc: 0 });
  for (const { symbol, target, linkage } of module.aliases) {
    linkageItems(symbol, linkage, items);
    items.push({ kind: "directive", name: "set", symbol, value: symbolValue(target), loc: 0 });
  }
  emitPointers(".init_array", "init_array", module.constructors, items);
  emitPointers(".fini_array", "fini_array", module.destructors, items);
  const [first] = diagnostics.list;
  if (options.diagnostics === undefined && diagnostics.errors > 0 && first !== undefined) {
    throw new CompilationStopped(first.message);
  }
  return items;
}

/** Calls of functions that are declared so that somebody is told of each that is left (attributes error and warning). */
function reportCalls({ functions, complaints }: IrModule, diagnostics: Diagnostics): void {
  if (complaints.size === 0) return;
  for (const { blocks } of functions) {
    for (const { instructions } of blocks) {
      for (const one of instructions) {
        if (one.op !== "call" || one.callee.kind !== "symbol") continue;
        const complaint = complaints.get(one.callee.name);
        if (complaint === undefined) continue;
        const { isError, message } = complaint;
        const text = `call to '${one.callee.name}', which is declared with attribute '${isError ? "error" : "warning"}': ${message}`;
        if (isError) diagnostics.error(one.loc, text);
        else diagnostics.warning("attribute-warning", one.loc, text);
      }
    }
  }
}

function emitPointers(
  section: string,
  type: "init_array" | "fini_array",
  calls: readonly StartupCall[],
  items: AsmItem[],
): void {
  for (const { symbol, priority } of calls) {
    const suffix = priority === undefined ? "" : `.${String(priority).padStart(5, "0")}`;
    items.push(
      sectionItem(`${section}${suffix}`, "aw", type),
      { kind: "directive", name: "align", bytes: 8, loc: 0 },
      { kind: "directive", name: "data", size: 8, values: [symbolValue(symbol)], loc: 0 },
    );
  }
}

function generateFunction(
  f: IrFunction,
  threadLocal: ReadonlySet<string>,
  number: number,
  options: GenerateOptions,
  diagnostics: Diagnostics,
  items: AsmItem[],
): void {
  const labelPrefix = `.L${number}_`;
  const flow = buildFlow(f);
  const [entry] = flow.blocks;
  if (entry === undefined) return;
  sinkSteps(flow.blocks);
  const s = newSelection(f, flow, labelPrefix, diagnostics, entry);
  select(s, flow);
  const separated = separateEarlyExits(s, flow.blocks);
  assignRegisters(s, flow.blocks, usesFramePointer(s), separated);
  const tidied = tidyBlocks(flow.blocks);
  const frame = layOutFrame(s, tidied);
  const { blocks, prologueAt, hasFrame } = placePrologue(tidied, frame);
  const order = layOut(blocks);

  if (f.naked && frame.size > 0) {
    diagnostics.error(f.loc, `the naked function '${f.symbol}' has more in it than assembly`);
    return;
  }
  const isOwn = options.functionSections || f.retain;
  const text = f.section ?? (isOwn ? `.text.${f.symbol}` : ".text");
  items.push(sectionItem(text, f.retain ? "axR" : "ax", "progbits"), {
    kind: "directive",
    name: "align",
    bytes: Math.max(2, f.align),
    loc: 0,
  });
  linkageItems(f.symbol, f.linkage, items);
  items.push(
    { kind: "directive", name: "type", symbol: f.symbol, type: "function", loc: f.loc },
    labelItem(f.symbol, f.loc),
  );
  const e: Emission = {
    items,
    frame,
    labelPrefix,
    diagnostics,
    prologueAt,
    debug: options.debug,
    isNaked: f.naked,
    rigid: s.rigid,
    isFar: findFarJumps(order),
    threadLocal,
    relaxes: true,
    loc: 0,
    localLabels: 0,
  };
  if (options.debug && f.loc !== 0)
    items.push({ kind: "directive", name: "loc", place: f.loc, loc: f.loc });
  e.loc = f.loc;
  emitBlocks(e, order, hasFrame);
  const end = `${labelPrefix}e`;
  items.push(labelItem(end, f.end), {
    kind: "directive",
    name: "size",
    symbol: f.symbol,
    size: { symbol: end, minus: f.symbol, addend: 0n, modifier: undefined },
    loc: 0,
  });
  emitTables();

  function emitTables(): void {
    let isFirst = true;
    for (const block of order) {
      const { table } = block.last;
      if (table === undefined) continue;
      if (isFirst) {
        items.push(
          sectionItem(
            options.functionSections ? `.rodata.${f.symbol}` : ".rodata",
            "a",
            "progbits",
          ),
        );
        items.push({ kind: "directive", name: "align", bytes: 4, loc: 0 });
        isFirst = false;
      }
      items.push(labelItem(table.label, block.last.loc), {
        kind: "directive",
        name: "data",
        size: 4,
        values: table.entries.map((entry) =>
          symbolValue(`${labelPrefix}${block.successors[entry]?.index ?? 0}`),
        ),
        loc: 0,
      });
    }
  }
}
