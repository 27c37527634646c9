// Compatible types and their composites (C11 6.2.7, 6.7.2.2p4, 6.7.3p10, 6.7.6.1p2, 6.7.6.2p6, 6.7.6.3p15).

import { promoted } from "./conversions.ts";
import { arrayOf, functionType, unqualified } from "./make.ts";
import type { ArrayType, FunctionType, Parameter, Type } from "./type.ts";

/** Whether two types are compatible, qualifiers included. */
export function compatible(a: Type, b: Type): boolean {
  return a === b || (a.qualifiers === b.qualifiers && compatibleUnqualified(a, b));
}

/** How many more function types this comparison looks into: such as repeat each other would take for ever. */
let budget = 0;
const MOST_FUNCTIONS = 2000;

/** Whether two types are compatible when the qualifiers of the types themselves do not count. */
export function compatibleUnqualified(a: Type, b: Type): boolean {
  if (a === b) return true;
  budget = MOST_FUNCTIONS;
  return alike(a, b);
}

function alikeQualified(a: Type, b: Type): boolean {
  return a === b || (a.qualifiers === b.qualifiers && alike(a, b));
}

function alike(a: Type, b: Type): boolean {
  if (a === b) return true;
  switch (a.kind) {
    case "void":
      return b.kind === "void";
    case "integer":
      if (b.kind === "enum") return b.tag.underlying?.name === a.name;
      return b.kind === "integer" && a.name === b.name && a.bits === b.bits;
    case "enum":
      if (b.kind === "integer") return a.tag.underlying?.name === b.name;
      return b.kind === "enum" && a.tag === b.tag;
    case "pointer":
      return b.kind === "pointer" && alikeQualified(a.to, b.to);
    case "array":
      return (
        b.kind === "array" &&
        (a.length === b.length || a.length < 0 || b.length < 0) &&
        alikeQualified(a.of, b.of)
      );
    case "struct":
      return b.kind === "struct" && a.tag === b.tag;
    case "function":
      return b.kind === "function" && compatibleFunctions(a, b);
  }
}

function compatibleFunctions(a: FunctionType, b: FunctionType): boolean {
  if (budget-- <= 0) return true;
  if (!alike(a.returns, b.returns)) return false;
  if (a.unprototyped || b.unprototyped) {
    if (a.unprototyped && b.unprototyped) return true;
    const known = a.unprototyped ? b : a;
    // Callers without a prototype promote their arguments, so the parameters must be what promotion gives.
    return (
      !known.variadic &&
      known.parameters.every(({ type }) => alikeQualified(promoted(type), unqualified(type)))
    );
  }
  if (a.variadic !== b.variadic || a.parameters.length !== b.parameters.length) return false;
  for (let i = 0; i < a.parameters.length; i++) {
    const left = a.parameters[i];
    const right = b.parameters[i];
    if (left === undefined || right === undefined) return false;
    if (!alike(left.type, right.type)) return false;
  }
  return true;
}

/** Of two compatible types: the one that says what either says. */
export function composite(a: Type, b: Type): Type {
  if (a === b) return a;
  if (a.kind === "pointer" && b.kind === "pointer") {
    const to = composite(a.to, b.to);
    return to === a.to ? a : { ...a, to };
  }
  if (a.kind === "array" && b.kind === "array") return compositeArray(a, b);
  if (a.kind === "function" && b.kind === "function") return compositeFunction(a, b);
  return a;
}

function compositeArray(a: ArrayType, b: ArrayType): ArrayType {
  const of = composite(a.of, b.of);
  const length = a.length < 0 ? b.length : a.length;
  if (of === a.of && length === a.length) return a;
  return { ...arrayOf(of, length), alignas: Math.max(a.alignas, b.alignas) };
}

function compositeFunction(a: FunctionType, b: FunctionType): FunctionType {
  if (b.unprototyped) return a;
  if (a.unprototyped) return b;
  const parameters: Parameter[] = a.parameters.map((parameter, i) => {
    const other = b.parameters[i];
    if (other === undefined) return parameter;
    return {
      name: parameter.name ?? other.name,
      type: composite(parameter.type, other.type),
      loc: parameter.loc,
    };
  });
  return functionType(composite(a.returns, b.returns), parameters, a.variadic, false);
}
