// What the parser's tests share: a program as text, what is said about it, and trees as text.

import { Diagnostics } from "../source/diagnostics.ts";
import { WarningSwitches } from "../source/warnings.ts";
import { Sources } from "../source/sources.ts";
import { preprocess } from "../preprocess/preprocess.ts";
import { typeName } from "../types/name.ts";
import type { Expression, FunctionSymbol, TranslationUnit, Variable } from "../tree/ast.ts";
import { parse } from "./parse.ts";
import { C11 } from "./state.ts";

export interface Outcome {
  readonly unit: TranslationUnit;
  /** "line:column severity: message [option]", notes behind theirs. */
  readonly messages: readonly string[];
}

/** With warnings as on a command line, behind -W. */
export function parseText(text: string, warnings: readonly string[] = []): Outcome {
  const sources = new Sources();
  const switches = new WarningSwitches();
  for (const one of warnings) switches.set(one);
  const diagnostics = new Diagnostics(switches);
  const tokens = preprocess({
    sources,
    diagnostics,
    host: { read: (path) => (path === "main.c" ? text : undefined) },
    file: "main.c",
    quoteFolders: [],
    systemFolders: [],
    macros: [],
  });
  const unit = parse(tokens, diagnostics, C11, sources);
  const messages = diagnostics.list.flatMap((diagnostic) =>
    [diagnostic, ...diagnostic.notes].map(({ severity, loc, message, option }) => {
      const place = sources.locate(loc);
      const flag = option === undefined ? "" : ` [${option}]`;
      return `${place?.line ?? 0}:${place?.column ?? 0} ${severity}: ${message}${flag}`;
    }),
  );
  return { unit, messages };
}

/** The program's parts; it must not have been complained about. */
export function parsed(text: string, warnings: readonly string[] = []): TranslationUnit {
  const { unit, messages } = parseText(text, warnings);
  if (messages.length > 0) throw new Error(messages.join("\n"));
  return unit;
}

export function functionOf(unit: TranslationUnit, name: string): FunctionSymbol {
  const found = unit.functions.find((symbol) => symbol.name === name);
  if (found === undefined) throw new Error(`no function ${name}`);
  return found;
}

export function variableOf(unit: TranslationUnit, name: string): Variable {
  const found = unit.variables.find((variable) => variable.name === name);
  if (found === undefined) throw new Error(`no variable ${name}`);
  return found;
}

/** "offset[.bit+width] = value" of each entry. */
export function entriesOf(variable: Variable): string[] {
  return (variable.init?.entries ?? []).map(({ offset, bits, value }) => {
    const place = bits === undefined ? `${offset}` : `${offset}.${bits.at}+${bits.width}`;
    return `${place} = ${show(value)}`;
  });
}

/** An expression as operators before their operands; conversions and reads are said. */
export function show(e: Expression): string {
  switch (e.kind) {
    case "integer":
      return e.type.kind === "pointer" ? `${e.value}:${typeName(e.type)}` : `${e.value}`;
    case "string":
      return JSON.stringify(String.fromCharCode(...e.bytes));
    case "variable":
      return e.variable.name;
    case "function":
      return e.function.name;
    case "member":
      return `${show(e.of)}.${e.member.name ?? ""}`;
    case "dereference":
      return `*${show(e.pointer)}`;
    case "compound-literal":
      return "literal";
    case "load":
      return `[${show(e.place)}]`;
    case "address":
      return `&${show(e.of)}`;
    case "convert":
      return `(${typeName(e.type)})${show(e.value)}`;
    case "unary":
      return `${e.operator}${show(e.value)}`;
    case "binary":
    case "compare":
    case "logical":
      return `(${show(e.left)} ${e.operator} ${show(e.right)})`;
    case "pointer-add":
      return `(${show(e.pointer)} ${e.negative ? "-" : "+"} ${show(e.index)}*${e.element})`;
    case "pointer-difference":
      return `(${show(e.left)} - ${show(e.right)})/${e.element}`;
    case "conditional":
      return `(${show(e.condition)} ? ${e.then === undefined ? "" : show(e.then)} : ${show(e.else)})`;
    case "comma":
      return `(${show(e.left)}, ${show(e.right)})`;
    case "assign":
      return `(${show(e.place)} = ${show(e.value)})`;
    case "compound-assign":
      return `(${show(e.place)} ${e.operator}= ${show(e.value)} in ${typeName(e.computed)})`;
    case "increment":
      return `(${show(e.place)} ${e.isPostfix ? "post" : "pre"} ${e.delta})`;
    case "call":
      return `${show(e.function)}(${e.arguments.map(show).join(", ")})`;
    case "statement-expression":
      return `({${e.body.statements.map(({ kind }) => kind).join(" ")}; ${e.result === undefined ? "" : show(e.result)}})`;
    case "label-address":
      return `&&${e.label.name}`;
    case "builtin":
      return `${e.name}(${e.arguments.map(show).join(", ")})`;
    case "va-arg":
      return `va-arg(${show(e.list)})`;
  }
}

/** What the function's only statement returns. */
export function returned(text: string, name = "f"): string {
  const body = functionOf(parsed(text), name).body;
  const last = body?.statement.statements.at(-1);
  if (last?.kind !== "return" || last.value === undefined) throw new Error("no return at the end");
  return show(last.value);
}
