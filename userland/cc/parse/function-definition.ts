// Function definitions (C11 6.9.1), those in the style before prototypes included.

import { isComplete } from "../types/layout.ts";
import { unqualified, INT, POISON, VOID } from "../types/make.ts";
import { quoted, typeName } from "../types/name.ts";
import { VOLATILE } from "../types/type.ts";
import type { FunctionType } from "../types/type.ts";
import type { Token } from "../preprocess/token.ts";
import type { CompoundStatement, FunctionSymbol, Statement, Variable } from "../tree/ast.ts";
import { adjustedParameter, declarator, declareParameter } from "./declarator.ts";
import type { Declarator, ParameterList } from "./declarator.ts";
import { resolveGotos } from "./cleanup.ts";
import { canComplete } from "../warn/flow.ts";
import { checkLabels, endLabels } from "./label.ts";
import { declareFunction } from "./linkage.ts";
import * as nodes from "../tree/nodes.ts";
import { checkValues } from "../warn/values-flow.ts";
import { newScope } from "./scope.ts";
import { specifiers, startsDeclaration } from "./specifiers.ts";
import type { Specifiers } from "./specifiers.ts";
import { endOf, expectSemicolon, previousEnd, take } from "./state.ts";
import type { FunctionContext, Parser } from "./state.ts";

/** From behind the declarator on. */
export function functionDefinition(p: Parser, specs: Specifiers, declared: Declarator): void {
  const { name, type } = declared;
  if (name === undefined || type.kind !== "function") return;
  const list: ParameterList = p.parameterLists.get(type) ?? {
    scope: newScope(p.fileScope),
    variables: [],
    names: [],
    sizes: [],
  };
  // `int f() {…}` has no parameters, though calls are not checked against that.
  const wasForInlining = isForInlining(p, name);
  const symbol = declareFunction(p, name, type, specs, undefined);
  if (symbol.body !== undefined && !wasForInlining) {
    p.diagnostics.error(name.loc, `redefinition of '${name.text}'`, {
      end: endOf(name),
      notes: [{ loc: symbol.loc, message: "previous definition is here" }],
    });
  }
  const isGnuInline = specs.given.gnuInline || p.dialect.gnuInline;
  symbol.isGnuInline = specs.storage === "extern" && specs.inline && isGnuInline;
  if (symbol.isGnuInline) symbol.isInlineOnly = true;
  checkResult(p, symbol, type);
  const outer = p.scope;
  p.scope = list.scope;
  const parameters =
    list.names.length > 0 ? oldStyle(p, list) : prototyped(p, type, list, name.loc);
  const context: FunctionContext = {
    symbol,
    type,
    labels: new Map(),
    breakable: 0,
    continuable: 0,
    switch: undefined,
    cleanups: undefined,
    breakCleanups: undefined,
    continueCleanups: undefined,
    pendingGotos: [],
  };
  p.function = context;
  p.locals.clear();
  p.localTypedefs.clear();
  for (const parameter of parameters) {
    p.locals.set(parameter, { mentions: 0, mayBeUnused: p.unusedParameters.has(parameter) });
  }
  p.unusedParameters.clear();
  const mistakesBefore = p.diagnostics.mistakes;
  try {
    const statement = p.rules.functionBody(p);
    const end = previousEnd(p) - 1;
    endLabels(p, list.scope);
    checkLabels(p, context.labels);
    resolveGotos(context);
    const returns = type.returns;
    // What could not be read may have used a variable or returned a value.
    const isWhole = p.diagnostics.mistakes === mistakesBefore;
    if (isWhole) {
      warnOfUnused(p, statement);
      warnOfUnusedTypes(p);
    }
    if (!isWhole) {
      // Nothing more to say.
    } else if (returns.kind !== "void" && name.text !== "main" && canComplete(statement)) {
      p.diagnostics.warning(
        "return-type",
        end,
        `non-void function '${name.text}' does not return a value${hasReturn(statement) ? " in all control paths" : ""}`,
      );
    } else if (symbol.attributes.noreturn === true && canComplete(statement)) {
      p.diagnostics.warning(
        "invalid-noreturn",
        end,
        `function '${name.text}' declared 'noreturn' should not return`,
      );
    }
    // The sizes of array parameters are evaluated when the function begins (6.9.1p10), with gcc only those of a prototype.
    const sizes = list.sizes.map((expression): Statement => ({
      kind: "expression",
      expression: nodes.convert(expression, VOID),
      loc: expression.loc,
    }));
    const whole =
      sizes.length === 0
        ? statement
        : { ...statement, statements: [...sizes, ...statement.statements] };
    symbol.body = { parameters, statement: whole, end };
  } finally {
    // What could not be read to its end is defined all the same.
    symbol.body ??= {
      parameters,
      statement: { kind: "compound", statements: [], loc: name.loc, end: name.loc },
      end: name.loc,
    };
    p.function = undefined;
    p.scope = outer;
    p.locals.clear();
    p.localTypedefs.clear();
  }
}

/** GNU's `extern inline` may be followed by the definition in earnest. */
function isForInlining(p: Parser, name: Token): boolean {
  const known = p.linked.get(name.text);
  return known?.kind === "function" && known.isInlineOnly && known.isGnuInline === true;
}

function checkResult(p: Parser, symbol: FunctionSymbol, type: FunctionType): void {
  if (type.returns.kind !== "void" && !isComplete(type.returns)) {
    p.diagnostics.error(
      symbol.loc,
      `incomplete result type ${quoted(type.returns)} in function definition`,
    );
  }
  if (symbol.name === "main" && typeName(type.returns) !== "int" && type.returns !== POISON) {
    p.diagnostics.warning("main-return-type", symbol.loc, "return type of 'main' is not 'int'");
  }
  if (symbol.name === "main") checkParameters(p, type);
}

/** 5.1.2.2.1: main(void), main(int, char **), and Unix's main(int, char **, char **). */
function checkParameters(p: Parser, { parameters }: FunctionType): void {
  for (const [index, { type, loc }] of parameters.entries()) {
    const wanted = index === 0 ? "int" : "char **";
    const text = typeName(type);
    if (index > 2 || text === wanted || type === POISON) continue;
    if (index > 0 && text.replaceAll(/ ?const ?/g, " ").replaceAll(" ", "") === "char**") continue;
    const which = ["first", "second", "third"][index] ?? "";
    p.diagnostics.warning("main", loc, `the ${which} parameter of 'main' has to be '${wanted}'`);
  }
  const [only] = parameters;
  if (parameters.length === 1 && only !== undefined)
    p.diagnostics.warning("main", only.loc, "'main' has no parameters, or 'int' and 'char **'");
}

function prototyped(p: Parser, type: FunctionType, list: ParameterList, loc: number): Variable[] {
  const parameters: Variable[] = [];
  type.parameters.forEach((parameter, i) => {
    if (!isComplete(parameter.type)) {
      p.diagnostics.error(
        parameter.loc,
        `parameter '${parameter.name ?? ""}' has incomplete type ${quoted(parameter.type)}`,
      );
    }
    const variable = list.variables[i];
    if (variable !== undefined) {
      parameters.push(variable);
      return;
    }
    // C2x allows it: a parameter that the body does not use needs no name.
    parameters.push({
      kind: "variable",
      name: "",
      type: parameter.type,
      linkage: "none",
      isStatic: false,
      isParameter: true,
      symbol: undefined,
      isDefined: true,
      init: undefined,
      align: 1,
      register: undefined,
      threadLocal: false,
      attributes: {},
      loc: parameter.loc || loc,
    });
  });
  return parameters;
}

/** int f(a, b) int a; char *b; {…} */
function oldStyle(p: Parser, list: ParameterList): Variable[] {
  const names = new Set(list.names.map((name) => name.text));
  p.inParameters = true;
  p.arraySizes = [];
  while (startsDeclaration(p)) {
    const specs = specifiers(p, true);
    if (specs.threadLocal)
      p.diagnostics.error(specs.loc, "'_Thread_local' is not allowed for a parameter");
    do {
      const { name, type } = declarator(p, specs.type, "named", specs.given);
      if (name === undefined) continue;
      if (names.has(name.text)) {
        declareParameter(p, name, adjustedParameter(p, type, name.loc, name));
      } else {
        p.diagnostics.error(name.loc, `parameter named '${name.text}' is missing`, {
          end: endOf(name),
        });
      }
    } while (take(p, ","));
    expectSemicolon(p, "a parameter's declaration");
  }
  p.inParameters = false;
  return list.names.map((name) => {
    const declared = p.scope.names.get(name.text);
    return declared?.kind === "variable" ? declared : declareParameter(p, name, unqualified(INT));
  });
}

function warnOfUnused(p: Parser, body: CompoundStatement): void {
  const sets = checkValues(p, p.locals.keys(), body);
  for (const [variable, { mentions, mayBeUnused }] of p.locals) {
    if (mayBeUnused || variable.name === "") continue;
    const { loc, name, isParameter } = variable;
    const end = loc + name.length;
    const what = isParameter ? "parameter" : "variable";
    if (mentions === 0) {
      p.diagnostics.warning(`unused-${what}`, loc, `unused ${what} '${name}'`, { end });
    } else if (mentions === sets.get(variable) && !(variable.type.qualifiers & VOLATILE)) {
      p.diagnostics.warning(`unused-but-set-${what}`, loc, `${what} '${name}' set but not used`, {
        end,
      });
    }
  }
}

function warnOfUnusedTypes(p: Parser): void {
  for (const [name, { isUsed }] of p.localTypedefs) {
    if (isUsed) continue;
    const message = `unused typedef '${name.text}'`;
    p.diagnostics.warning("unused-local-typedef", name.loc, message, { end: endOf(name) });
  }
}

/** Whether some path returns, which makes the message say more. */
function hasReturn(statement: {
  readonly statements: readonly { readonly kind: string }[];
}): boolean {
  return statement.statements.some(
    (inner) => inner.kind !== "expression" && inner.kind !== "declaration",
  );
}
