// What the linker works on: the objects' sections with what it finds out about them. The objects themselves stay as they
// are, so that a library can be read once and linked many times.

import type { ObjectFile, ObjectSymbol, Relocation, Section } from "../object/object-file.ts";
import { type Cut, offsetAfter } from "./cuts.ts";
import type { Loaded } from "./resolve.ts";

export interface LinkSection {
  readonly object: ObjectFile;
  readonly section: Section;
  /** Those of `section`, or what relaxation left of them. */
  data: Uint8Array;
  size: number;
  relocations: readonly Relocation[];
  /** What was taken out. */
  cuts: readonly Cut[];
  /** A COMDAT group of another object has it, or nobody wants it. */
  isDropped: boolean;
  isLive: boolean;
  /** The pieces of a mergeable section: where each is in what they were merged into. */
  pieces: Pieces | undefined;
  output: OutputSection | undefined;
  /** In the output section. */
  offset: number;
}

export interface Pieces {
  /** Offsets of the pieces in the section, ascending. */
  readonly starts: readonly number[];
  /** Where each is in `into`. */
  readonly offsets: readonly number[];
  readonly into: MergedChunk;
}

/** What several mergeable sections became. */
export interface MergedChunk {
  readonly data: Uint8Array;
  readonly align: number;
  output: OutputSection | undefined;
  offset: number;
}

export type Chunk =
  | { readonly kind: "section"; readonly from: LinkSection }
  | { readonly kind: "merged"; readonly from: MergedChunk }
  | { readonly kind: "common"; readonly from: CommonSymbol };

export interface CommonSymbol {
  readonly name: string;
  size: number;
  align: number;
  output: OutputSection | undefined;
  offset: number;
}

export interface OutputSection {
  readonly name: string;
  readonly chunks: Chunk[];
  isNobits: boolean;
  readonly type: Section["type"];
  readonly isAlloc: boolean;
  readonly isWritten: boolean;
  readonly isExecuted: boolean;
  readonly isTls: boolean;
  align: number;
  size: number;
  address: number;
  /** In the file. */
  fileOffset: number;
}

/** All of one link. */
export interface LinkState {
  readonly loaded: Loaded;
  readonly sections: ReadonlyMap<Section, LinkSection>;
  readonly outputs: OutputSection[];
  /** Symbols of the linker's own making, with their addresses. */
  readonly own: Map<string, number>;
  /** Where thread-local storage begins, if there is any. */
  tlsStart: number;
  readonly errors: string[];
}

/** Where an offset of the section as it was read is now. */
export function movedOffset(section: LinkSection, offset: number): number {
  return section.cuts.length === 0 ? offset : offsetAfter(section.cuts, offset);
}

export function sectionOf(
  state: { readonly sections: ReadonlyMap<Section, LinkSection> },
  symbol: ObjectSymbol,
): LinkSection | undefined {
  return typeof symbol.section === "object" ? state.sections.get(symbol.section) : undefined;
}

/** `main.o:(.text.main)` */
export function placeText({ object, section }: LinkSection): string {
  return `${object.name}:(${section.name})`;
}
