// What a name is declared as (C11 6.2.2, 6.7p3, 6.9.2): the same object or function again, or a new one.

import { compatible, composite } from "../types/compatible.ts";
import { alignOf } from "../types/layout.ts";
import { POISON } from "../types/make.ts";
import { quoted } from "../types/name.ts";
import type { FunctionType, Type } from "../types/type.ts";
import type { Token } from "../preprocess/token.ts";
import type { FunctionSymbol, Linkage, Variable } from "../tree/ast.ts";
import type { Entity, TypedefName } from "./scope.ts";
import type { Specifiers } from "./specifiers.ts";
import { endOf } from "./state.ts";
import type { Parser } from "./state.ts";

function complain(p: Parser, name: Token, message: string, previous: Entity): void {
  p.diagnostics.error(name.loc, message, {
    end: endOf(name),
    notes: [{ loc: previous.loc, message: "previous declaration is here" }],
  });
}

/** 6.7.1p2…4: only objects that live as long as their thread have one for each. */
export function refuseThreadLocal(p: Parser, specs: Specifiers, what: string): void {
  if (specs.threadLocal)
    p.diagnostics.error(specs.loc, `'_Thread_local' is not allowed for ${what}`);
}

export function declareTypedef(p: Parser, name: Token, type: Type, mayBeUnused: boolean): void {
  const previous = p.scope.names.get(name.text);
  if (previous !== undefined) {
    if (previous.kind !== "typedef") {
      complain(p, name, `redefinition of '${name.text}' as different kind of symbol`, previous);
      return;
    }
    if (previous.type === POISON) return;
    if (!compatible(previous.type, type) && type !== POISON) {
      complain(
        p,
        name,
        `typedef redefinition with different types (${quoted(type)} vs ${quoted(previous.type)})`,
        previous,
      );
    }
    return;
  }
  const entity: TypedefName = { kind: "typedef", type, loc: name.loc, isUsed: mayBeUnused };
  p.scope.names.set(name.text, entity);
  if (p.function !== undefined) p.localTypedefs.set(name, entity);
}

export function declareFunction(
  p: Parser,
  name: Token,
  type: FunctionType,
  specs: Specifiers,
  label: string | undefined,
): FunctionSymbol {
  if (specs.storage === "register" || specs.storage === "auto") {
    p.diagnostics.error(specs.loc, `'${specs.storage}' is not allowed for a function`);
  }
  refuseThreadLocal(p, specs, "a function");
  if (specs.storage === "static" && p.function !== undefined) {
    p.diagnostics.error(specs.loc, "a function declared in a block cannot be static");
  }
  const { aligned } = specs.given;
  if (aligned > 0) specs.given.symbol.align = aligned;
  const inScope = p.scope.names.get(name.text);
  const linked = p.linked.get(name.text);
  const previous = inScope ?? linked;
  const isInlineOnly =
    specs.inline &&
    specs.storage !== "static" &&
    (specs.storage === "extern") === (specs.given.gnuInline || p.dialect.gnuInline);
  if (previous?.kind === "function") {
    const isStatic = specs.storage === "static";
    if (!compatible(previous.type, type)) {
      p.diagnostics.error(name.loc, `conflicting types for '${name.text}': ${quoted(type)} here`, {
        end: endOf(name),
        notes: [
          {
            loc: previous.loc,
            message: `previous declaration is here, with type ${quoted(previous.type)}`,
          },
        ],
      });
    } else {
      const whole = composite(previous.type, type);
      if (whole.kind === "function") previous.type = whole;
    }
    if (isStatic && previous.isGnuInline === true) previous.linkage = "internal";
    else if (isStatic && previous.linkage === "external") {
      complain(
        p,
        name,
        `static declaration of '${name.text}' follows non-static declaration`,
        previous,
      );
    }
    previous.isInlineOnly &&= isInlineOnly;
    if (label !== undefined) previous.symbol = label;
    const align = Math.max(aligned, previous.attributes.align ?? 0);
    Object.assign(previous.attributes, specs.given.symbol, align > 0 ? { align } : {});
    p.scope.names.set(name.text, previous);
    return previous;
  }
  if (previous !== undefined && !isPoison(previous)) {
    complain(p, name, `redefinition of '${name.text}' as different kind of symbol`, previous);
  }
  const symbol: FunctionSymbol = {
    kind: "function",
    name: name.text,
    type,
    linkage: specs.storage === "static" ? "internal" : "external",
    symbol: label ?? name.text,
    isInlineOnly,
    attributes: specs.given.symbol,
    body: undefined,
    isUsed: false,
    loc: name.loc,
  };
  if (specs.given.unused || specs.inline) p.mayBeUnused.add(symbol);
  p.functions.push(symbol);
  p.linked.set(name.text, symbol);
  p.scope.names.set(name.text, symbol);
  return symbol;
}

function isPoison(entity: Entity): boolean {
  return entity.kind === "variable" && entity.type === POISON;
}

export function declareObject(
  p: Parser,
  name: Token,
  type: Type,
  specs: Specifiers,
  label: string | undefined,
  hasInit: boolean,
): Variable {
  const isFile = p.function === undefined;
  const { storage } = specs;
  if (specs.inline) p.diagnostics.error(specs.loc, "'inline' can only appear on functions");
  if (isFile && (storage === "auto" || storage === "register")) {
    p.diagnostics.error(specs.loc, `'${storage}' is not allowed at file scope`);
  }
  if (storage === "auto" || storage === "register") {
    refuseThreadLocal(p, specs, `a variable that is '${storage}'`);
  } else if (!isFile && storage === undefined) {
    refuseThreadLocal(p, specs, "a variable of a block that is neither 'static' nor 'extern'");
  }
  if (isFile || storage === "extern") return declareLinked(p, name, type, specs, label, hasInit);
  const previous = p.scope.names.get(name.text);
  if (previous !== undefined && !isPoison(previous)) {
    p.diagnostics.error(
      name.loc,
      previous.kind === "variable"
        ? `redefinition of '${name.text}'`
        : `redefinition of '${name.text}' as different kind of symbol`,
      { end: endOf(name), notes: [{ loc: previous.loc, message: "previous definition is here" }] },
    );
  }
  checkAlignas(p, type, specs);
  const isStatic = storage === "static";
  let symbol: string | undefined;
  if (isStatic) {
    const number = (p.staticNames.get(name.text) ?? 0) + 1;
    p.staticNames.set(name.text, number);
    symbol = label ?? `${name.text}.${number}`;
  }
  const variable = newVariable(name, type, specs, "none", isStatic, symbol);
  if (!isStatic && label !== undefined) variable.register = registerName(p, name, label, storage);
  p.scope.names.set(name.text, variable);
  if (storage === "register") p.registers.add(variable);
  if (isStatic) p.variables.push(variable);
  const context = p.function;
  if (context !== undefined) {
    p.locals.set(variable, {
      mentions: 0,
      mayBeUnused: specs.given.unused || type === POISON,
    });
  }
  return variable;
}

function registerName(
  p: Parser,
  name: Token,
  label: string,
  storage: Specifiers["storage"],
): string {
  if (storage !== "register") {
    p.diagnostics.error(
      name.loc,
      `'${name.text}' has an asm label, so it must be declared 'register'`,
    );
  }
  return label.replace(/^%/, "");
}

/** 6.7.5p5 */
function checkAlignas(p: Parser, type: Type, specs: Specifiers): void {
  const least = alignOf(type);
  if (specs.alignas === 0 || specs.alignas >= least || type === POISON) return;
  p.diagnostics.error(
    specs.loc,
    `'_Alignas' asks for ${specs.alignas}, but ${quoted(type)} needs an alignment of ${least}`,
  );
}

function newVariable(
  name: Token,
  type: Type,
  specs: Specifiers,
  linkage: Linkage,
  isStatic: boolean,
  symbol: string | undefined,
): Variable {
  return {
    kind: "variable",
    name: name.text,
    type,
    linkage,
    isStatic,
    isParameter: false,
    symbol,
    isDefined: true,
    init: undefined,
    align: Math.max(alignOf(type), specs.alignas, specs.given.aligned),
    register: undefined,
    threadLocal: specs.threadLocal && isStatic,
    attributes: specs.given.symbol,
    loc: name.loc,
  };
}

/** An object with linkage: at file scope, or `extern` in a block. */
function declareLinked(
  p: Parser,
  name: Token,
  type: Type,
  specs: Specifiers,
  label: string | undefined,
  hasInit: boolean,
): Variable {
  checkAlignas(p, type, specs);
  const isExtern = specs.storage === "extern";
  const linkage: Linkage = specs.storage === "static" ? "internal" : "external";
  const inScope = p.scope.names.get(name.text);
  const previous = inScope ?? p.linked.get(name.text);
  if (previous?.kind === "variable" && previous.linkage !== "none") {
    if (previous.type !== POISON && type !== POISON) merge(p, name, type, previous);
    if (!isExtern && linkage !== previous.linkage) {
      complain(
        p,
        name,
        linkage === "internal"
          ? `static declaration of '${name.text}' follows non-static declaration`
          : `non-static declaration of '${name.text}' follows static declaration`,
        previous,
      );
    }
    if (specs.threadLocal !== previous.threadLocal && previous.type !== POISON) {
      const [now, before] = specs.threadLocal
        ? ["thread-local", "non-thread-local"]
        : ["non-thread-local", "thread-local"];
      complain(
        p,
        name,
        `${now} declaration of '${name.text}' follows ${before} declaration`,
        previous,
      );
    }
    if (hasInit && previous.init !== undefined) {
      p.diagnostics.error(name.loc, `redefinition of '${name.text}'`, {
        end: endOf(name),
        notes: [{ loc: previous.loc, message: "previous definition is here" }],
      });
    }
    if (!isExtern || hasInit) previous.isDefined = true;
    if (label !== undefined) previous.symbol = label;
    previous.align = Math.max(previous.align, alignOf(type), specs.alignas, specs.given.aligned);
    Object.assign(previous.attributes, specs.given.symbol);
    p.scope.names.set(name.text, previous);
    return previous;
  }
  if (previous !== undefined && !isPoison(previous)) {
    complain(p, name, `redefinition of '${name.text}' as different kind of symbol`, previous);
  }
  const variable = newVariable(name, type, specs, linkage, true, label ?? name.text);
  variable.isDefined = !isExtern || hasInit;
  if (isExtern && hasInit && p.function === undefined) {
    p.diagnostics.warning(
      "extern-initializer",
      name.loc,
      `'extern' variable '${name.text}' has an initialiser`,
      {
        end: endOf(name),
      },
    );
  }
  if (specs.given.unused) p.usedStatics.add(variable);
  p.variables.push(variable);
  p.linked.set(name.text, variable);
  p.scope.names.set(name.text, variable);
  return variable;
}

function merge(p: Parser, name: Token, type: Type, previous: Variable): void {
  if (!compatible(previous.type, type)) {
    p.diagnostics.error(
      name.loc,
      `redefinition of '${name.text}' with a different type: ${quoted(type)} vs ${quoted(previous.type)}`,
      { end: endOf(name), notes: [{ loc: previous.loc, message: "previous declaration is here" }] },
    );
    return;
  }
  previous.type = composite(previous.type, type);
}
