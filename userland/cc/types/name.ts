// Names of types for messages, as C writes them: `int (*)[3]`, `struct point`, and for a typedef both its name and what it
// stands for.

import { ATOMIC, CONST, RESTRICT, VOLATILE } from "./type.ts";
import { qualifiersOf } from "./make.ts";
import type { Type } from "./type.ts";

/** A type object that messages call by the typedef's name. */
export function named(type: Type, name: string): Type {
  return { ...type, alias: { name, qualifiers: qualifiersOf(type) } };
}

/** 'size_t' (aka 'unsigned long'), with the quotes. */
export function quoted(type: Type): string {
  const full = typeName(type);
  const short = writeWhole(type, true);
  if (full.includes("(unnamed)") && !short.includes("(unnamed)")) return `'${short}'`;
  return short === full ? `'${full}'` : `'${short}' (aka '${full}')`;
}

/** The type's full name, without typedefs. */
export function typeName(type: Type): string {
  return writeWhole(type, false);
}

function qualifierWords(qualifiers: number): string {
  let words = "";
  if (qualifiers & CONST) words += "const ";
  if (qualifiers & VOLATILE) words += "volatile ";
  if (qualifiers & RESTRICT) words += "restrict ";
  if (qualifiers & ATOMIC) words += "_Atomic ";
  return words;
}

const DEEPEST = 64;

/** How many more parts the name may have: function types that repeat each other would give names without end. */
let budget = 0;
const MOST_PARTS = 200;

function writeWhole(type: Type, short: boolean): string {
  budget = MOST_PARTS;
  return write(type, "", short, 0);
}

/** The declaration of `inner` with the type, from the inside out (6.7.7). */
function write(type: Type, inner: string, short: boolean, depth: number): string {
  if (depth > DEEPEST || budget-- <= 0) return "…";
  if (short && type.alias !== undefined) {
    const more = qualifiersOf(type) & ~type.alias.qualifiers;
    return join(qualifierWords(more) + type.alias.name, inner);
  }
  switch (type.kind) {
    case "pointer": {
      const words = qualifierWords(type.qualifiers).trimEnd();
      let pointer = "*" + words;
      if (words !== "" && inner !== "" && !/^[[(]/.test(inner)) pointer += " ";
      pointer += inner;
      const isAlias = short && type.to.alias !== undefined;
      if (!isAlias && (type.to.kind === "array" || type.to.kind === "function")) {
        pointer = `(${pointer})`;
      }
      return write(type.to, pointer, short, depth + 1);
    }
    case "array":
      return write(type.of, `${inner}[${type.length < 0 ? "" : type.length}]`, short, depth + 1);
    case "function": {
      const parameters = type.parameters.map((parameter) =>
        write(parameter.type, "", short, depth + 1),
      );
      if (type.variadic) parameters.push("...");
      if (parameters.length === 0 && !type.unprototyped) parameters.push("void");
      return write(type.returns, `${inner}(${parameters.join(", ")})`, short, depth + 1);
    }
    case "void":
      return join(qualifierWords(type.qualifiers) + "void", inner);
    case "integer":
      return join(
        qualifierWords(type.qualifiers) +
          (type.name === "bool" ? "_Bool" : type.name) +
          (type.bits === undefined ? "" : `:${type.bits}`),
        inner,
      );
    case "enum":
      return join(`${qualifierWords(type.qualifiers)}enum ${type.tag.name ?? "(unnamed)"}`, inner);
    case "struct": {
      const word = type.tag.isUnion ? "union" : "struct";
      return join(
        `${qualifierWords(type.qualifiers)}${word} ${type.tag.name ?? "(unnamed)"}`,
        inner,
      );
    }
  }
}

function join(base: string, inner: string): string {
  if (inner === "") return base;
  return inner.startsWith("[") ? base + inner : `${base} ${inner}`;
}
