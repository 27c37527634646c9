// The static linker: objects and archives become a program. Symbols are resolved, unreachable sections left out, mergeable
// ones merged, the rest laid out as program.ld draws it, and relocations applied. (System V gABI, RISC-V ELF psABI.)

import { CompilationStopped } from "../source/diagnostics.ts";
import type { Section } from "../object/object-file.ts";
import { targetOf } from "./address.ts";
import { markLive } from "./collect.ts";
import type { LinkSection, LinkState } from "./input.ts";
import { formOutputs } from "./layout.ts";
import { relax } from "./relax.ts";
import { type LinkInput, type Loaded, resolveSymbols } from "./resolve.ts";
import { writeProgram } from "./write.ts";

export interface LinkOptions {
  /** In the order of the command line. Which archive comes when makes no difference. */
  readonly inputs: readonly LinkInput[];
  /** Sections that cannot be reached from the entry are left out. */
  readonly gcSections: boolean;
  /** Neither symbols nor debugging information. */
  readonly strip: boolean;
  /** False: calls and addresses keep the length they have in the objects (--no-relax). */
  readonly relax?: boolean;
  /** `_start` when it is absent. */
  readonly entry?: string;
}

const MOST_ERRORS = 20;

/** @throws CompilationStopped whose message has a line for each thing that is wrong */
export function link({
  inputs,
  gcSections,
  strip,
  relax: isRelaxing = true,
  entry = "_start",
}: LinkOptions): { bytes: Uint8Array } {
  const errors: string[] = [];
  const loaded = resolveSymbols(inputs, [entry], errors);
  const sections = linkSections(loaded);
  if (loaded.globals.get(entry)?.definition === undefined) {
    errors.push(`undefined symbol: ${entry}, where the program is to begin`);
  }
  stopIfWrong(errors);
  markLive(loaded, sections, entry, gcSections);
  const state: LinkState = {
    loaded,
    sections,
    outputs: [],
    own: new Map(),
    tlsStart: 0,
    errors,
  };
  formOutputs(state, strip);
  stopIfWrong(errors);
  const layout = relax(state, isRelaxing);
  stopIfWrong(errors);
  const start = loaded.globals.get(entry)?.definition?.symbol;
  const target = start === undefined ? undefined : targetOf(state, start, 0);
  if (target?.kind !== "address") errors.push(`'${entry}' is no place in the program`);
  const address = target?.kind === "address" ? target.address : 0;
  const bytes = writeProgram(state, layout, address, strip);
  stopIfWrong(errors);
  return { bytes };
}

function stopIfWrong(errors: readonly string[]): void {
  if (errors.length === 0) return;
  const shown = errors.slice(0, MOST_ERRORS);
  if (errors.length > MOST_ERRORS) shown.push(`and ${errors.length - MOST_ERRORS} more`);
  throw new CompilationStopped(shown.join("\n"));
}

function linkSections({ objects, dropped }: Loaded): Map<Section, LinkSection> {
  const sections = new Map<Section, LinkSection>();
  for (const object of objects) {
    for (const section of object.sections) {
      sections.set(section, {
        object,
        section,
        data: section.data,
        size: section.size,
        relocations: section.relocations,
        cuts: [],
        isDropped: dropped.has(section),
        isLive: false,
        pieces: undefined,
        output: undefined,
        offset: 0,
      });
    }
  }
  return sections;
}
