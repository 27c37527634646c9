// The parser: from preprocessed tokens to the typed program. Syntax and meaning are one pass, because C's grammar needs to
// know which names are types.

import { CompilationStopped } from "../source/diagnostics.ts";
import type { Diagnostics } from "../source/diagnostics.ts";
import type { Token } from "../preprocess/token.ts";
import { alignOf, isComplete } from "../types/layout.ts";
import { NOWHERE, Sources } from "../source/sources.ts";
import type { Loc } from "../source/sources.ts";
import { POISON, qualifiersOf, VA_LIST } from "../types/make.ts";
import { named, quoted } from "../types/name.ts";
import { CONST } from "../types/type.ts";
import type { TranslationUnit } from "../tree/ast.ts";
import { externalDeclaration, staticAssert } from "./declarations.ts";
import { declarator, typeName } from "./declarator.ts";
import { assignment, expression } from "./expression.ts";
import { initializer } from "./initializer.ts";
import { extraBrace } from "./outside.ts";
import { guarded, synchroniseFile } from "./recover.ts";
import { newScope } from "./scope.ts";
import { specifiers, startsType } from "./specifiers.ts";
import { advance, is, C11 } from "./state.ts";
import type { Dialect, Parser, Rules } from "./state.ts";
import { compoundStatement, functionBody, statement, substatement } from "./statement.ts";
import { withoutStrays } from "./strays.ts";

const RULES: Rules = {
  startsType,
  typeName,
  bracedInitializer: initializer,
  compoundStatement,
  functionBody,
  statement,
  substatement,
  staticAssert,
  memberSpecifiers: (p) => specifiers(p, false),
  memberDeclarator: (p, base, given) => declarator(p, base, "named", given),
  assignment,
  expression,
};

/** Reads a translation unit. What is wrong with it is in the diagnostics; then the result is not to be compiled. */
export function parse(
  tokens: readonly Token[],
  diagnostics: Diagnostics,
  dialect: Dialect = C11,
  sources = new Sources(),
): TranslationUnit {
  let known: readonly Token[] = [END];
  try {
    known = withoutStrays(tokens, diagnostics);
  } catch (stopped) {
    if (!(stopped instanceof CompilationStopped)) throw stopped;
  }
  const first = known[0] ?? END;
  const fileScope = newScope(undefined);
  const p: Parser = {
    dialect,
    tokens: known,
    at: 0,
    token: first,
    diagnostics,
    sources,
    scope: fileScope,
    fileScope,
    function: undefined,
    depth: 0,
    chain: 0,
    unevaluated: 0,
    unreached: 0,
    refused: new Set(),
    variables: [],
    functions: [],
    assembly: [],
    linked: new Map(),
    locals: new Map(),
    localTypedefs: new Map(),
    usedStatics: new Set(),
    staticNames: new Map(),
    parameterLists: new Map(),
    mayBeUnused: new Set(),
    unusedParameters: new Set(),
    defining: new Set(),
    arraySizes: [],
    registers: new Set(),
    arrayParameters: new Set(),
    sizes: new Map(),
    changes: 0,
    inParameters: false,
    vaList: named(VA_LIST, "va_list"),
    parenthesised: undefined,
    armAt: -1,
    lastElse: undefined,
    forgottenSemicolon: false,
    isLeaving: false,
    isAdrift: false,
    impliedBrace: false,
    rules: RULES,
  };
  try {
    declarations(p);
    finish(p);
  } catch (stopped) {
    // After too many errors the messages so far are what there is to say.
    if (!(stopped instanceof CompilationStopped)) throw stopped;
  }
  return { variables: p.variables, functions: p.functions, assembly: p.assembly };
}

const END: Token = { kind: "end", text: "", loc: 0, startsLine: true, spaced: false };

function declarations(p: Parser): void {
  while (p.token.kind !== "end") {
    const at = p.at;
    if (is(p, "}")) {
      if (!p.isAdrift) extraBrace(p);
      p.isAdrift = false;
      advance(p);
      continue;
    }
    const done = guarded(p, () => {
      externalDeclaration(p);
      return true;
    });
    if (p.parameterLists.size > 0) p.parameterLists.clear();
    if (p.arrayParameters.size > 0) p.arrayParameters.clear();
    if (p.sizes.size > 0) p.sizes.clear();
    if (done === undefined) {
      p.function = undefined;
      p.scope = p.fileScope;
      // What a missing brace kept within a function begins here.
      if (p.isLeaving) p.isLeaving = false;
      else {
        synchroniseFile(p, at);
        if (p.at === at) advance(p);
      }
    }
  }
}

/** What can be said only at the end: tentative definitions, and static functions and variables that nobody uses. */
function finish(p: Parser): void {
  for (const variable of p.variables) {
    const { type } = variable;
    if (!variable.isDefined || type === POISON) continue;
    if (type.kind === "array" && type.length < 0 && isComplete(type.of)) {
      p.diagnostics.warning(
        "tentative-definition-array",
        variable.loc,
        `tentative array definition of '${variable.name}' is taken to have one element`,
      );
      variable.type = { ...type, length: 1 };
    } else if (!isComplete(type)) {
      p.diagnostics.error(
        variable.loc,
        `tentative definition of '${variable.name}' has type ${quoted(type)} that is never completed`,
      );
    }
    variable.align = Math.max(variable.align, alignOf(variable.type));
    if (variable.linkage !== "internal" || variable.attributes.used === true) continue;
    if (!p.usedStatics.has(variable)) {
      const isConstant = (qualifiersOf(variable.type) & CONST) !== 0;
      // A constant in a header is there for those who want it.
      if (isConstant && isIncluded(p, variable.loc)) continue;
      p.diagnostics.warning(
        isConstant ? "unused-const-variable" : "unused-variable",
        variable.loc,
        `unused ${isConstant ? "constant" : "variable"} '${variable.name}'`,
        { end: variable.loc + variable.name.length },
      );
    }
  }
  for (const symbol of p.functions) {
    if (symbol.linkage !== "internal") continue;
    const end = symbol.loc + symbol.name.length;
    if (symbol.body === undefined) {
      if (symbol.isUsed && symbol.attributes.alias === undefined) {
        p.diagnostics.error(
          symbol.loc,
          `function '${symbol.name}' has internal linkage but is not defined`,
          { end },
        );
      } else if (symbol.attributes.alias === undefined && !p.mayBeUnused.has(symbol)) {
        if (!isIncluded(p, symbol.loc))
          p.diagnostics.warning(
            "unused-function",
            symbol.loc,
            `static function '${symbol.name}' is declared and never defined`,
            { end },
          );
      }
      continue;
    }
    const { attributes } = symbol;
    const isCalledByOthers =
      attributes.used === true ||
      attributes.isConstructor === true ||
      attributes.isDestructor === true;
    // Inline ones in headers are there for those who want them.
    if (symbol.isUsed || isCalledByOthers || p.mayBeUnused.has(symbol)) continue;
    p.diagnostics.warning("unused-function", symbol.loc, `unused function '${symbol.name}'`, {
      end,
    });
  }
}

function isIncluded(p: Parser, loc: Loc): boolean {
  const file = p.sources.fileOf(loc);
  return file !== undefined && file.includedAt !== NOWHERE;
}
