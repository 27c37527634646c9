// Which definition each global symbol has: objects as they come, members of archives when somebody needs what they define.
// (System V gABI, "Symbol Table": strong before weak before common; two strong ones are an error.)

import type { ObjectFile, ObjectSymbol, Section } from "../object/object-file.ts";
import type { CommonSymbol } from "./input.ts";

export type LinkInput =
  | { readonly kind: "object"; readonly object: ObjectFile }
  | {
      readonly kind: "archive";
      readonly members: readonly ObjectFile[];
      /**
       * What the program itself defines, it need not: as if each function had a member of its own, as in libraries that are cut
       * finer. A program may have a memcpy of its own.
       */
      readonly yields?: boolean;
    };

export interface GlobalSymbol {
  readonly name: string;
  definition: { readonly object: ObjectFile; readonly symbol: ObjectSymbol } | undefined;
  common: CommonSymbol | undefined;
  /** Somebody refers to it other than weakly. */
  isWanted: boolean;
}

export interface Loaded {
  readonly objects: readonly ObjectFile[];
  readonly globals: ReadonlyMap<string, GlobalSymbol>;
  /** Sections of COMDAT groups that another object has already brought. */
  readonly dropped: ReadonlySet<Section>;
}

export function resolveSymbols(
  inputs: readonly LinkInput[],
  wanted: readonly string[],
  errors: string[],
): Loaded {
  const objects: ObjectFile[] = [];
  const globals = new Map<string, GlobalSymbol>();
  const groups = new Set<string>();
  const dropped = new Set<Section>();
  /** Names that were wanted and not defined when they first appeared. */
  const open: string[] = [];
  const yielding = new Set<ObjectFile>();

  const globalNamed = (name: string): GlobalSymbol => {
    let known = globals.get(name);
    if (known === undefined) {
      known = { name, definition: undefined, common: undefined, isWanted: false };
      globals.set(name, known);
    }
    return known;
  };
  const want = (name: string): void => {
    const known = globalNamed(name);
    if (known.isWanted) return;
    known.isWanted = true;
    if (known.definition === undefined && known.common === undefined) open.push(name);
  };
  const load = (object: ObjectFile): void => {
    objects.push(object);
    for (const { signature, sections } of object.groups) {
      if (groups.has(signature)) for (const section of sections) dropped.add(section);
      else groups.add(signature);
    }
    for (const symbol of object.symbols) {
      if (symbol.binding === "local") continue;
      const isElsewhere = typeof symbol.section === "object" && dropped.has(symbol.section);
      if (symbol.section === undefined || isElsewhere) {
        if (symbol.binding === "weak") globalNamed(symbol.name);
        else want(symbol.name);
      } else define(globalNamed(symbol.name), object, symbol, yielding, errors);
    }
  };

  for (const name of wanted) want(name);
  const archives: Map<string, ObjectFile>[] = [];
  const loadedMembers = new Set<ObjectFile>();
  for (const input of inputs) {
    if (input.kind === "object") load(input.object);
    else {
      archives.push(indexOf(input.members));
      if (input.yields === true) for (const member of input.members) yielding.add(member);
    }
  }
  // Whatever is loaded may want more, of any archive, so their order does not matter.
  for (let at = 0; at < open.length; at++) {
    const name = open[at] ?? "";
    const known = globals.get(name);
    if (known?.definition !== undefined || known?.common !== undefined) continue;
    const member = archives.map((index) => index.get(name)).find((one) => one !== undefined);
    if (member === undefined || loadedMembers.has(member)) continue;
    loadedMembers.add(member);
    load(member);
  }
  return { objects, globals, dropped };
}

/** Which member defines a name: the first that does. */
function indexOf(members: readonly ObjectFile[]): Map<string, ObjectFile> {
  const index = new Map<string, ObjectFile>();
  for (const member of members) {
    for (const { binding, section, name } of member.symbols) {
      if (binding === "local" || section === undefined || index.has(name)) continue;
      index.set(name, member);
    }
  }
  return index;
}

function define(
  global: GlobalSymbol,
  object: ObjectFile,
  symbol: ObjectSymbol,
  yielding: ReadonlySet<ObjectFile>,
  errors: string[],
): void {
  if (symbol.section === "common") {
    const align = Math.max(1, Number(symbol.value));
    const { common } = global;
    if (common === undefined) {
      const { name } = global;
      global.common = { name, size: symbol.size, align, output: undefined, offset: 0 };
    } else {
      common.size = Math.max(common.size, symbol.size);
      common.align = Math.max(common.align, align);
    }
    if (global.definition?.symbol.binding === "weak") global.definition = undefined;
    else if (global.definition !== undefined) global.common = undefined;
    return;
  }
  const { definition } = global;
  if (definition === undefined) {
    if (symbol.binding === "weak" && global.common !== undefined) return;
    global.common = undefined;
    global.definition = { object, symbol };
  } else if (symbol.binding !== "weak") {
    const isKept = definition.symbol.binding !== "weak" && !yielding.has(definition.object);
    if (isKept && yielding.has(object)) return;
    if (isKept) {
      errors.push(
        `duplicate symbol: ${global.name}, defined in ${definition.object.name} and in ${object.name}`,
      );
    } else global.definition = { object, symbol };
  }
}
