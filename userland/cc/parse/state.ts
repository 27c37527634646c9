// What the parser knows while it reads a translation unit, and how it moves over the tokens.
//
// C's grammar is one knot: declarations hold expressions, expressions hold types and statements. The files are layers, lower
// ones call upper ones through `rules`, so that imports stay without cycles.

import { NOWHERE } from "../source/sources.ts";
import type { Diagnostics, MoreToSay } from "../source/diagnostics.ts";
import type { Loc, Sources } from "../source/sources.ts";
import { isBroken } from "../preprocess/token.ts";
import type { Token } from "../preprocess/token.ts";
import type { FunctionType, StructTag, Type } from "../types/type.ts";
import type {
  CaseStatement,
  CompoundStatement,
  Expression,
  FunctionSymbol,
  Initializer,
  Label,
  Statement,
  Variable,
} from "../tree/ast.ts";
import type { ParameterList } from "./declarator.ts";
import type { Given } from "./attributes.ts";
import type { Scope, TypedefName } from "./scope.ts";
import type { SizeOperand } from "./sizes.ts";
import type { Specifiers } from "./specifiers.ts";

/** What -std= and its kin change. */
export interface Dialect {
  /** As before C99: what has no type is an int, and a function that is called without a declaration returns one. */
  readonly implicit: boolean;
  /** As gcc before C99: `inline` defines, `extern inline` only serves to be inlined. */
  readonly gnuInline: boolean;
}

export const C11: Dialect = { implicit: false, gnuInline: false };

export interface Parser {
  readonly dialect: Dialect;
  readonly tokens: readonly Token[];
  at: number;
  /** tokens[at] */
  token: Token;
  readonly diagnostics: Diagnostics;
  /** For what the layout of the text tells; without the text it tells nothing. */
  readonly sources: Sources;
  scope: Scope;
  readonly fileScope: Scope;
  function: FunctionContext | undefined;
  /** Levels of parentheses, braces, declarators and prefix operators around what is read. */
  depth: number;
  /** Operators so far in the full expression: they too make a tree that others walk recursively. */
  chain: number;
  /** Within sizeof, typeof and the like, where nothing is evaluated. */
  unevaluated: number;
  /** Within what a constant condition rules out: warnings about values are beside the point. */
  unreached: number;
  /** What has been refused once and for all, so that it is said once: floating point, arrays of variable length. */
  readonly refused: Set<string>;
  readonly variables: Variable[];
  readonly functions: FunctionSymbol[];
  readonly assembly: { readonly text: string; readonly loc: Loc }[];
  /** What has linkage, by name: declarations of one name anywhere mean one object or function (6.2.2). */
  readonly linked: Map<string, Variable | FunctionSymbol>;
  /** What warnings about use need to know of local variables. */
  readonly locals: Map<Variable, LocalUse>;
  /** The types that this function names, by the names' tokens. */
  readonly localTypedefs: Map<Token, TypedefName>;
  /** Variables of internal linkage that something speaks of. */
  readonly usedStatics: Set<Variable>;
  /** Counts the static locals of a name, to make their symbols unique. */
  readonly staticNames: Map<string, number>;
  /** Of this external declaration, by the types that they made: a definition finds its own here. */
  readonly parameterLists: Map<FunctionType, ParameterList>;
  /** Functions that may be unused without a word: inline ones, and those that say so. */
  readonly mayBeUnused: Set<FunctionSymbol>;
  /** Parameters that say so. */
  readonly unusedParameters: Set<Variable>;
  /** Structures whose members are being read, or have been. */
  readonly defining: Set<StructTag>;
  /** What was declared `register`: it has no address (6.7.1p6). */
  readonly registers: Set<Variable>;
  /** Parameters that were written as arrays. */
  readonly arrayParameters: Set<Variable>;
  /** By the index of the keyword's token: what each sizeof of this external declaration was of. */
  readonly sizes: Map<number, SizeOperand>;
  /** How many assignments and increments have been read: two in one expression are worth a look. */
  changes: number;
  /** Within a parameter list, where only types make sense. */
  inParameters: boolean;
  /** Sizes of array parameters of this list that are no constants. */
  arraySizes: Expression[];
  /** The type of va_list, with its name. */
  readonly vaList: Type;
  /** A structure's semicolon is missing, which has been said: its declaration ends there. */
  forgottenSemicolon: boolean;
  /** A function's closing brace is missing, which has been said: its statements end, and all that are around it. */
  isLeaving: boolean;
  /** The next function's body has no opening brace, which has been said. */
  impliedBrace: boolean;
  /** Statements stand outside all functions, which has been said. */
  isAdrift: boolean;
  /** Where the block begins that is the first arm of an if. */
  armAt: number;
  /** The last `else` that belonged to an if, as long as that may be in doubt. */
  lastElse: Token | undefined;
  /** The last expression that stood in parentheses: `if ((a = b))` is meant. */
  parenthesised: Expression | undefined;
  readonly rules: Rules;
}

export interface LocalUse {
  /** How often its name stood somewhere, evaluated or not. */
  mentions: number;
  readonly mayBeUnused: boolean;
}

/** What is to be called when scopes end, the innermost first. */
export interface CleanupChain {
  readonly call: Expression;
  readonly outer: CleanupChain | undefined;
}

export interface FunctionContext {
  readonly symbol: FunctionSymbol;
  readonly type: FunctionType;
  readonly labels: Map<string, LabelUse>;
  /** How many statements around that `break` and `continue` leave. */
  breakable: number;
  continuable: number;
  switch: SwitchContext | undefined;
  cleanups: CleanupChain | undefined;
  /** The chain where `break` and `continue` lead to. */
  breakCleanups: CleanupChain | undefined;
  continueCleanups: CleanupChain | undefined;
  readonly pendingGotos: {
    readonly from: CleanupChain;
    readonly use: LabelUse;
    /** The goto alone, until it is known what it leaves. */
    readonly statements: Statement[];
  }[];
}

export interface LabelUse {
  readonly label: Label;
  /** Of the place where it stands. */
  cleanups: CleanupChain | undefined;
  firstUse: Loc | undefined;
  readonly name: Token;
}

export interface SwitchContext {
  readonly type: Type;
  readonly cases: CaseStatement[];
  readonly outer: SwitchContext | undefined;
}

/** What upper layers lend to lower ones. */
export interface Rules {
  /** Whether a declaration's specifiers begin here: a keyword of types or a typedef's name. */
  startsType(p: Parser): boolean;
  /** type-name (6.7.7) */
  typeName(p: Parser): Type;
  /** Of a compound literal; the type may have got its length from it. */
  bracedInitializer(p: Parser, type: Type, isStatic: boolean): { type: Type; init: Initializer };
  compoundStatement(p: Parser): CompoundStatement;
  /** A compound statement in the scope of the parameters. */
  functionBody(p: Parser): CompoundStatement;
  /** A statement where there is exactly one. */
  statement(p: Parser): Statement;
  /** The same as a block of its own: behind if, while and so on. */
  substatement(p: Parser): Statement;
  staticAssert(p: Parser): void;
  /** specifier-qualifier-list and declarator of a structure's members. */
  memberSpecifiers(p: Parser): Specifiers;
  memberDeclarator(p: Parser, base: Type, given: Given): { name: Token | undefined; type: Type };
  /** assignment-expression, as it stands: perhaps an lvalue. */
  assignment(p: Parser): Expression;
  /** expression, likewise. */
  expression(p: Parser): Expression;
}

/** Thrown when a construct cannot be read on; it has been reported. Statements and declarations catch it. */
export class SyntaxProblem extends Error {}

const problem = new SyntaxProblem("syntax");

export function advance(p: Parser): Token {
  const token = p.token;
  const next = p.tokens[p.at + 1];
  // The list ends with an "end" token, behind which the parser does not go.
  if (next !== undefined) {
    p.at++;
    p.token = next;
  }
  return token;
}

export function peek(p: Parser, ahead = 1): Token {
  return p.tokens[p.at + ahead] ?? p.token;
}

export function moveTo(p: Parser, at: number): void {
  const token = p.tokens[at];
  if (token === undefined) return;
  p.at = at;
  p.token = token;
}

/** Whether this token is the current one. */
export function is(p: Parser, text: string): boolean {
  return p.token.text === text;
}

/** Skips the token if it is this one. */
export function take(p: Parser, text: string): boolean {
  if (p.token.text !== text) return false;
  advance(p);
  return true;
}

export function endOf(token: Token): Loc {
  return token.loc + (token.from === undefined ? token.text.length : token.from.macro.length);
}

/** Behind the last token that was read. */
export function previousEnd(p: Parser): Loc {
  const previous = p.tokens[p.at - 1];
  return previous === undefined ? p.token.loc : endOf(previous);
}

/** Whether what does not fit here was to be expected: a constant without its quote or a comment without its end is near. */
function isEcho(p: Parser): boolean {
  if (p.token.kind === "end" && p.diagnostics.isCut) return true;
  return isBroken(p.token) || isBroken(p.tokens[p.at - 1]) || isBroken(p.tokens[p.at + 1]);
}

// The end of a comment that none begins, on what is left of the line.
function strayCommentEnd(p: Parser): Token | undefined {
  for (let at = p.at; at < p.at + MOST_BEFORE_END; at++) {
    const star = p.tokens[at];
    const slash = p.tokens[at + 1];
    if (star === undefined || slash === undefined || slash.startsLine) return undefined;
    if (star.text === "*" && slash.text === "/" && slash.loc === star.loc + 1) return star;
  }
  return undefined;
}

/** Words between the two ends of a comment within a comment. */
const MOST_BEFORE_END = 40;

/** Reports that something is missing or out of place, unless that is only the echo of another mistake. */
export function misplaced(p: Parser, loc: Loc, message: string, more: MoreToSay = {}): void {
  if (isEcho(p)) return;
  const star = strayCommentEnd(p);
  const { token } = p;
  if (token.text === ";" && token.from !== undefined && token.from.loc !== NOWHERE) {
    // #define MAX 10;
    const { macro, loc: definition } = token.from;
    if (p.refused.has(`;${macro}`)) return;
    p.refused.add(`;${macro}`);
    p.diagnostics.error(token.loc, `the ';' in macro '${macro}' does not fit here`, {
      end: endOf(token),
      notes: [{ loc: definition, message: "a #define needs no ';' at its end" }],
    });
  } else if (star !== undefined) p.diagnostics.error(star.loc, "'*/' without a '/*' before it");
  else p.diagnostics.error(loc, message, more);
}

/** Ends the statement or declaration, about which enough has been said. */
export function giveUp(): never {
  throw problem;
}

/** Reports what cannot be read on from; the statement or declaration ends there. */
export function syntaxError(p: Parser, loc: Loc, message: string, end: Loc = loc): never {
  misplaced(p, loc, message, { end });
  throw problem;
}

export function expect(p: Parser, text: string, where = ""): Token {
  if (p.token.text === text) return advance(p);
  return syntaxError(p, ...atGap(p, `expected '${text}'${where}`));
}

/** Where something is missing: behind the last token when the next stands on another line, else at the next token. */
export function atGap(p: Parser, message: string): [Loc, string] {
  const gap = p.token.startsLine || p.token.kind === "end" ? previousEnd(p) : p.token.loc;
  return [gap === NOWHERE ? p.token.loc : gap, message];
}

/** A closing bracket, with a note where its partner is. */
export function expectClosing(p: Parser, text: string, open: Token): void {
  if (p.token.text === text) {
    advance(p);
    return;
  }
  const [loc, message] = atGap(p, `expected '${text}'`);
  misplaced(p, loc, message, {
    notes: [{ loc: open.loc, message: `to match this '${open.text}'` }],
  });
  throw problem;
}

/**
 * Whether only a comma can be missing before the current token, which then begins another item of a list. That is said, and
 * the list goes on.
 */
export function missesComma(p: Parser): boolean {
  const { token } = p;
  const isItem =
    token.kind === "number" ||
    token.kind === "character" ||
    token.kind === "string" ||
    isName(token) ||
    (token.text === "{" && !token.startsLine);
  const before = p.tokens[p.at - 1];
  if (!isItem || isBroken(token) || isBroken(before) || isBroken(peek(p))) return false;
  if (token.from !== undefined) return false;
  const loc = previousEnd(p);
  misplaced(p, loc, "expected ',' before another item of the list", {
    fix: { from: loc, to: loc, text: "," },
  });
  return true;
}

/** The semicolon after something. When it is missing, that is said and the parser goes on as if it were there. */
export function expectSemicolon(p: Parser, after: string): void {
  if (p.token.text === ";") {
    advance(p);
    return;
  }
  // `a = b);`: all before it was understood.
  if (p.token.text === ")" && peek(p).text === ";") {
    const { loc } = p.token;
    misplaced(p, loc, "there is no '(' for this ')'", {
      fix: { from: loc, to: loc + 1, text: "" },
    });
    advance(p);
    advance(p);
    return;
  }
  const loc = previousEnd(p);
  misplaced(p, loc, `expected ';' after ${after}`, {
    fix: { from: loc, to: loc, text: ";" },
  });
  // On the same line is more of something that was not understood; on the next one the program goes on.
  if (!p.token.startsLine && p.token.text !== "}") throw problem;
}

export function expectName(p: Parser, what = "identifier"): Token {
  if (isName(p.token)) return advance(p);
  if (p.token.kind === "identifier") {
    return syntaxError(
      p,
      p.token.loc,
      `expected ${what}, but '${p.token.text}' is a keyword`,
      endOf(p.token),
    );
  }
  return syntaxError(p, ...atGap(p, `expected ${what}`));
}

const NESTING_LIMIT = 256;
const CHAIN_LIMIT = 1000;

export function enter(p: Parser): void {
  if (++p.depth > NESTING_LIMIT) {
    p.diagnostics.fatal(p.token.loc, `nesting of more than ${NESTING_LIMIT} levels`);
  }
}

export function leave(p: Parser): void {
  p.depth--;
}

export function link(p: Parser): void {
  if (++p.chain > CHAIN_LIMIT) {
    p.diagnostics.fatal(p.token.loc, `more than ${CHAIN_LIMIT} operators in one expression`);
  }
}

/** Skips to the bracket that closes the one at `open`, or to the end; whether it was found (it is the current token then). */
export function skipToClosing(p: Parser, open: number): boolean {
  let level = 0;
  moveTo(p, open);
  while (p.token.kind !== "end") {
    const text = p.token.text;
    if (text === "(" || text === "[" || text === "{") level++;
    else if (text === ")" || text === "]" || text === "}") {
      if (--level === 0) return true;
    }
    advance(p);
  }
  return false;
}

/** Says once that something is not supported. */
export function refuse(p: Parser, what: string, loc: Loc, end: Loc, message: string): void {
  if (p.refused.has(what)) return;
  p.refused.add(what);
  p.diagnostics.error(loc, message, { end });
}

/** The one spelling of a keyword; undefined: an identifier. */
export function keywordOf(token: Token): string | undefined {
  return token.kind === "identifier" ? KEYWORDS.get(token.text) : undefined;
}

export function isName(token: Token): boolean {
  return token.kind === "identifier" && !KEYWORDS.has(token.text);
}

const KEYWORDS: ReadonlyMap<string, string> = new Map(
  (
    "auto break case char const continue default do double else enum extern float for goto if inline int long register " +
    "restrict return short signed sizeof static struct switch typedef union unsigned void volatile while _Alignas _Alignof " +
    "_Atomic _Bool _Complex _Generic _Imaginary _Noreturn _Static_assert _Thread_local asm typeof __attribute__ " +
    "__extension__ __auto_type _Float128 __int128 __label__ __func__ __FUNCTION__ __PRETTY_FUNCTION__ _Float16 _Float32 _Float64 _Decimal32 _Decimal64 _Decimal128 " +
    "__inline=inline __inline__=inline __const=const __const__=const __volatile=volatile __volatile__=volatile " +
    "__restrict=restrict __restrict__=restrict __signed=signed __signed__=signed __asm=asm __asm__=asm " +
    "__typeof=typeof __typeof__=typeof typeof_unqual=typeof_unqual __typeof_unqual__=typeof_unqual __alignof=_Alignof __alignof__=_Alignof __attribute=__attribute__ " +
    "__thread=_Thread_local __complex__=_Complex __float128=_Float128 __int128_t=__int128 __uint128_t=__int128"
  )
    .split(" ")
    .map((word): [string, string] => {
      const [spelling = "", same = spelling] = word.split("=");
      return [spelling, interned(same)];
    }),
);

/** The engine compares its property names by identity, and strings that were cut out of others by length and content. */
function interned(text: string): string {
  return Object.keys({ [text]: 0 })[0] ?? text;
}

export function contextOf(p: Parser): FunctionContext {
  return p.function ?? syntaxError(p, p.token.loc, "a statement outside a function");
}
