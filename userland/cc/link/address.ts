// The address of a symbol in the finished program.

import type { ObjectSymbol } from "../object/object-file.ts";
import { type LinkSection, type LinkState, movedOffset, sectionOf } from "./input.ts";
import { mergedOffset } from "./merge.ts";

export type Target =
  /** `isWeak`: nobody defines it, and nobody need. */
  | {
      readonly kind: "address";
      readonly address: number;
      readonly isWeak: boolean;
      /** Each thread has its own; the address is that of what it begins as. */
      readonly isThreadLocal: boolean;
    }
  /** In a section that is not in the program. */
  | { readonly kind: "gone" }
  | { readonly kind: "undefined"; readonly name: string };

const gone: Target = { kind: "gone" };

function at(address: number, isWeak = false, isThreadLocal = false): Target {
  return { kind: "address", address, isWeak, isThreadLocal };
}

/** The address of an offset in a section; undefined when the section is not in the program. */
export function addressIn(section: LinkSection, offset: number): number | undefined {
  const { output, pieces } = section;
  if (output === undefined) return undefined;
  if (pieces !== undefined) {
    return output.address + pieces.into.offset + mergedOffset(pieces, offset);
  }
  return output.address + section.offset + movedOffset(section, offset);
}

/** Where a symbol and what is added to it are. */
export function targetOf(state: LinkState, symbol: ObjectSymbol, addend: number): Target {
  let defined = symbol;
  if (symbol.binding !== "local") {
    const global = state.loaded.globals.get(symbol.name);
    const { common, definition } = global ?? {};
    if (definition === undefined) {
      if (common?.output !== undefined) {
        return at(common.output.address + common.offset + addend);
      }
      const own = state.own.get(symbol.name);
      if (own !== undefined) return at(own + addend);
      // Somebody else may want it in earnest and says so.
      return symbol.binding === "weak" && symbol.section === undefined
        ? at(addend, true, symbol.type === "tls")
        : { kind: "undefined", name: symbol.name };
    }
    defined = definition.symbol;
  }
  if (defined.section === "absolute") return at(Number(defined.value) + addend);
  const section = sectionOf(state, defined);
  if (section === undefined) return defined.section === undefined ? undefinedLocal(symbol) : gone;
  const value = Number(defined.value);
  // For a section's symbol the addend says which of the merged pieces is meant.
  const isSection = defined.type === "section";
  const address = addressIn(section, isSection ? value + addend : value);
  if (address === undefined) return gone;
  return at(isSection ? address : address + addend, false, section.section.flags.tls);
}

function undefinedLocal({ name }: ObjectSymbol): Target {
  return { kind: "undefined", name };
}
