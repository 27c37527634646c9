// From a program to the IR. What is visible outside is lowered, then whatever that speaks of, until nothing new comes up:
// internal functions and variables that nobody uses are never looked at.

import type { IrFunction, IrModule, IrData, StartupCall } from "../ir/ir.ts";
import type { FunctionSymbol, TranslationUnit, Variable } from "../tree/ast.ts";
import type { Diagnostics } from "../source/diagnostics.ts";
import { lowerFunction } from "./function.ts";
import { linkageOf, newModuleState, want, type ModuleState } from "./state.ts";
import { staticData } from "./static-data.ts";

export function lower(unit: TranslationUnit, diagnostics: Diagnostics): IrModule {
  const module = newModuleState(diagnostics);
  const functions = new Map<FunctionSymbol, IrFunction>();
  const data = new Map<Variable, IrData>();
  const bySymbol = new Map<string, FunctionSymbol | Variable>();
  for (const f of unit.functions) {
    const { attributes } = f;
    if (f.body !== undefined || attributes.alias !== undefined) bySymbol.set(f.symbol, f);
    const isVisible = f.linkage === "external" && f.body !== undefined && !f.isInlineOnly;
    const isCalled =
      attributes.used === true ||
      attributes.isConstructor === true ||
      attributes.isDestructor === true;
    if (isVisible || (f.body !== undefined && isCalled)) want(module, f);
  }
  for (const variable of unit.variables) {
    const isDefined = variable.isDefined && variable.attributes.alias === undefined;
    if (isDefined || variable.attributes.alias !== undefined)
      bySymbol.set(variable.symbol ?? variable.name, variable);
    if (isDefined && (variable.linkage === "external" || variable.attributes.used === true))
      want(module, variable);
  }
  const aliases = aliasesOf(unit, module, bySymbol);
  for (let index = 0; index < module.wanted.length; index++) {
    const what = module.wanted[index];
    if (what === undefined || what.attributes.alias !== undefined) continue;
    if (what.kind === "function") {
      if (what.body !== undefined) functions.set(what, lowerFunction(module, what, what.body));
    } else if (what.isDefined) {
      const bytes = staticData(module, what);
      if (bytes !== undefined) data.set(what, bytes);
    }
  }
  return {
    functions: inOrder(unit.functions, functions),
    data: [...inOrder(unit.variables, data), ...module.pool],
    weak: weakSymbols(module),
    aliases,
    assembly: unit.assembly,
    constructors: marked(unit, "isConstructor", "constructorPriority"),
    destructors: marked(unit, "isDestructor", "destructorPriority"),
    complaints: complaintsOf(unit),
    threadLocal: new Set(
      unit.variables.filter((one) => one.threadLocal).map((one) => one.symbol ?? one.name),
    ),
  };
}

/** In the order of the declarations; what is in no list comes last. */
function inOrder<K, V>(declared: readonly K[], made: Map<K, V>): V[] {
  const list: V[] = [];
  for (const key of declared) {
    const one = made.get(key);
    if (one === undefined) continue;
    made.delete(key);
    list.push(one);
  }
  list.push(...made.values());
  return list;
}

function aliasesOf(
  unit: TranslationUnit,
  module: ModuleState,
  bySymbol: ReadonlyMap<string, FunctionSymbol | Variable>,
): IrModule["aliases"] {
  const aliases = [];
  for (const one of [...unit.functions, ...unit.variables]) {
    const target = one.attributes.alias;
    if (target === undefined) continue;
    const aimed = bySymbol.get(target);
    if (aimed === undefined) {
      module.diagnostics.error(
        one.loc,
        `'${one.name}' is an alias of '${target}', which is not defined here`,
      );
      continue;
    }
    want(module, aimed);
    aliases.push({
      symbol: one.symbol ?? one.name,
      target,
      linkage: linkageOf(one.linkage, one.attributes),
    });
  }
  return aliases;
}

/** Weak ones that are used here and defined elsewhere, or nowhere. */
function weakSymbols(module: ModuleState): string[] {
  return module.wanted
    .filter((what) => {
      if (what.attributes.weak !== true || what.attributes.alias !== undefined) return false;
      return what.kind === "function" ? what.body === undefined : !what.isDefined;
    })
    .map((what) => what.symbol ?? what.name);
}

function marked(
  unit: TranslationUnit,
  attribute: "isConstructor" | "isDestructor",
  priority: "constructorPriority" | "destructorPriority",
): StartupCall[] {
  return unit.functions
    .filter(({ body, attributes }) => body !== undefined && attributes[attribute] === true)
    .map(({ symbol, attributes }) => ({ symbol, priority: attributes[priority] }));
}

function complaintsOf(unit: TranslationUnit): IrModule["complaints"] {
  const complaints = new Map<string, { readonly isError: boolean; readonly message: string }>();
  for (const { symbol, attributes } of unit.functions)
    if (attributes.complaint !== undefined) complaints.set(symbol, attributes.complaint);
  return complaints;
}
