// Builtins that are the library's functions by another name: __builtin_memcpy is a call of memcpy, declared or not.

import { isInteger } from "../types/conversions.ts";
import {
  CHAR_POINTER,
  CONST_CHAR_POINTER,
  functionType,
  INT,
  LONG,
  pointerTo,
  UNSIGNED_LONG,
  VOID,
  VOID_POINTER,
} from "../types/make.ts";
import { CONST } from "../types/type.ts";
import type { FunctionType, Type } from "../types/type.ts";
import type { Token } from "../preprocess/token.ts";
import type { Loc } from "../source/sources.ts";
import type { Expression, FunctionSymbol } from "../tree/ast.ts";
import { assignable } from "./assignable.ts";
import * as nodes from "../tree/nodes.ts";
import { poison } from "../tree/nodes.ts";
import { endOf, previousEnd } from "./state.ts";
import type { Parser } from "./state.ts";

/** Whether there are so many arguments; says so otherwise. */
export function hasArguments(
  p: Parser,
  name: Token,
  args: readonly Expression[],
  count: number,
): boolean {
  if (args.length === count) return true;
  const few = args.length < count ? "few" : "many";
  p.diagnostics.error(
    name.loc,
    `too ${few} arguments to '${name.text}', expected ${count}, have ${args.length}`,
    { end: previousEnd(p) },
  );
  return false;
}

/** Result and parameters of library functions: letters as in TYPES; a dot stands for further arguments. */
const LIBRARY: Readonly<Record<string, string>> = {
  memcpy: "ppcn",
  memmove: "ppcn",
  memset: "ppin",
  memcmp: "iccn",
  memchr: "pcin",
  strlen: "nt",
  strnlen: "ntn",
  strcpy: "sst",
  strncpy: "sstn",
  strcat: "sst",
  strncat: "sstn",
  strcmp: "itt",
  strncmp: "ittn",
  strchr: "sti",
  strrchr: "sti",
  strstr: "stt",
  strspn: "ntt",
  strcspn: "ntt",
  strpbrk: "stt",
  strdup: "st",
  malloc: "pn",
  calloc: "pnn",
  realloc: "ppn",
  free: "vp",
  abort: "v",
  exit: "vi",
  abs: "ii",
  labs: "ll",
  printf: "it.",
  sprintf: "ist.",
  snprintf: "isnt.",
  puts: "it",
  putchar: "ii",
  stpcpy: "sst",
  stpncpy: "sstn",
  mempcpy: "ppcn",
  bcmp: "iccn",
  bcopy: "vcpn",
  bzero: "vpn",
  index: "sti",
  rindex: "sti",
  strndup: "stn",
  strcasecmp: "itt",
  strncasecmp: "ittn",
  llabs: "ll",
  imaxabs: "ll",
  fprintf: "ipt.",
  vprintf: "itp",
  vfprintf: "iptp",
  vsprintf: "istp",
  vsnprintf: "isntp",
  fputs: "itp",
  fputc: "iip",
  fwrite: "ncnnp",
  isalnum: "ii",
  isalpha: "ii",
  isblank: "ii",
  iscntrl: "ii",
  isdigit: "ii",
  isgraph: "ii",
  islower: "ii",
  isprint: "ii",
  ispunct: "ii",
  isspace: "ii",
  isupper: "ii",
  isxdigit: "ii",
  tolower: "ii",
  toupper: "ii",
  _exit: "vi",
  __memcpy_chk: "ppcnn",
  __memmove_chk: "ppcnn",
  __mempcpy_chk: "ppcnn",
  __memset_chk: "ppinn",
  __strncpy_chk: "sstnn",
  __stpncpy_chk: "sstnn",
  __strncat_chk: "sstnn",
  __strcpy_chk: "sstn",
  __stpcpy_chk: "sstn",
  __strcat_chk: "sstn",
  __sprintf_chk: "isint.",
  __vsprintf_chk: "isintp",
  __snprintf_chk: "isnint.",
  __vsnprintf_chk: "isnintp",
  __printf_chk: "iit.",
  __vprintf_chk: "iitp",
  __fprintf_chk: "ipit.",
  __vfprintf_chk: "ipitp",
};

const TYPES: Readonly<Record<string, Type>> = {
  v: VOID,
  p: VOID_POINTER,
  c: pointerTo({ ...VOID, qualifiers: CONST }),
  s: CHAR_POINTER,
  t: CONST_CHAR_POINTER,
  i: INT,
  l: LONG,
  n: UNSIGNED_LONG,
};

/** Undefined: it is another builtin. */
export function libraryCall(
  p: Parser,
  short: string,
  args: readonly Expression[],
  name: Token,
): Expression | undefined {
  const code = Object.hasOwn(LIBRARY, short) ? LIBRARY[short] : undefined;
  if (code === undefined) return undefined;
  const loc = name.loc;
  const signature = signatureOf(code, loc);
  const callee = libraryFunction(p, short, signature, loc);
  if (p.unevaluated === 0) callee.isUsed = true;
  const count = signature.parameters.length;
  if (args.length < count || (args.length > count && !signature.variadic)) {
    hasArguments(p, name, args, count);
    return poison(loc);
  }
  const span = { loc, end: endOf(name) };
  const converted = args.map((argument, i) => {
    const parameter = signature.parameters[i];
    if (parameter === undefined)
      return isInteger(argument.type) ? nodes.convert(argument, INT) : argument;
    return assignable(p, argument, parameter.type, { kind: "passing" }, span);
  });
  const designator: Expression = { kind: "function", function: callee, type: signature, loc };
  return nodes.call(designator, signature, converted, loc);
}

/** Of a function that is called without a declaration. */
export function implicitDeclaration(p: Parser, { text, loc }: Token): FunctionSymbol {
  const code = Object.hasOwn(LIBRARY, text) ? LIBRARY[text] : undefined;
  const type = code === undefined ? functionType(INT, [], false, true) : signatureOf(code, loc);
  return libraryFunction(p, text, type, loc);
}

function signatureOf(code: string, loc: Loc): FunctionType {
  const letters = [...code];
  const variadic = letters.at(-1) === ".";
  if (variadic) letters.pop();
  const [returns = VOID, ...parameters] = letters.map((letter) => TYPES[letter] ?? INT);
  return functionType(
    returns,
    parameters.map((type) => ({ name: undefined, type, loc })),
    variadic,
    false,
  );
}

/** The program's own declaration, or one that is as if a header had it. */
function libraryFunction(p: Parser, name: string, type: FunctionType, loc: Loc): FunctionSymbol {
  const declared = p.linked.get(name);
  if (declared?.kind === "function") return declared;
  const symbol: FunctionSymbol = {
    kind: "function",
    name,
    type,
    linkage: "external",
    symbol: name,
    isInlineOnly: false,
    attributes: /^(?:abort|_?exit)$/.test(name) ? { noreturn: true } : {},
    body: undefined,
    isUsed: true,
    loc,
  };
  p.linked.set(name, symbol);
  p.functions.push(symbol);
  return symbol;
}
