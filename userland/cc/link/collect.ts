// Which sections a program needs: those that can be reached from its entry through relocations (--gc-sections).

import type { ObjectSymbol, Section } from "../object/object-file.ts";
import type { LinkSection } from "./input.ts";
import type { Loaded } from "./resolve.ts";

const C_NAME = /^[A-Za-z_]\w*$/;

/** Sections that nobody refers to and that are meant to be there. */
function isRoot({ section }: LinkSection): boolean {
  return (
    section.flags.retain ||
    section.type === "init_array" ||
    section.type === "fini_array" ||
    section.type === "preinit_array" ||
    section.name === ".init" ||
    section.name === ".fini"
  );
}

/** Sets isLive. Without `isCollecting` all that goes into memory is. What does not (.debug_…) is in any case. */
export function markLive(
  loaded: Loaded,
  sections: ReadonlyMap<Section, LinkSection>,
  entry: string,
  isCollecting: boolean,
): void {
  const todo: LinkSection[] = [];
  const mark = (section: LinkSection | undefined): void => {
    if (section === undefined || section.isLive || section.isDropped) return;
    section.isLive = true;
    todo.push(section);
  };
  const byCName = new Map<string, LinkSection[]>();
  const groupOf = new Map<Section, readonly Section[]>();
  for (const { groups } of loaded.objects) {
    for (const group of groups)
      for (const section of group.sections) groupOf.set(section, group.sections);
  }
  for (const section of sections.values()) {
    const { name, flags } = section.section;
    if (!flags.alloc) {
      section.isLive = !section.isDropped;
      continue;
    }
    if (!isCollecting || isRoot(section)) mark(section);
    if (!C_NAME.test(name)) continue;
    const others = byCName.get(name);
    if (others === undefined) byCName.set(name, [section]);
    else others.push(section);
  }
  const markSymbol = (symbol: ObjectSymbol): void => {
    let defined: ObjectSymbol | undefined = symbol;
    if (symbol.binding !== "local") defined = loaded.globals.get(symbol.name)?.definition?.symbol;
    if (typeof defined?.section === "object") mark(sections.get(defined.section));
    else if (defined === undefined) {
      // __start_name and __stop_name are the ends of all sections of that name.
      const name = /^__(?:start|stop)_(.*)$/.exec(symbol.name)?.[1];
      if (name !== undefined) for (const one of byCName.get(name) ?? []) mark(one);
    }
  };
  const start = loaded.globals.get(entry)?.definition?.symbol;
  if (start !== undefined) markSymbol(start);
  for (let section = todo.pop(); section !== undefined; section = todo.pop()) {
    for (const { symbol } of section.section.relocations) {
      if (symbol !== undefined) markSymbol(symbol);
    }
    for (const other of groupOf.get(section.section) ?? []) mark(sections.get(other));
  }
}
