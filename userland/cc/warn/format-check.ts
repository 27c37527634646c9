// printf's and scanf's formats against the arguments (C11 7.21.6): of functions with the format attribute, and of those that
// everybody knows.

import { integerOf } from "../types/conversions.ts";
import { quoted } from "../types/name.ts";
import type { Type } from "../types/type.ts";
import type { Attributes, Expression, FunctionSymbol } from "../tree/ast.ts";
import { isPoisoned } from "../tree/nodes.ts";
import { bytePlaces, printedAs, scannedAs } from "./format-fix.ts";
import type { WarningName } from "../source/warnings.ts";
import type { Fix } from "../source/diagnostics.ts";
import type { Loc, Span } from "../source/sources.ts";
import type { Report } from "./report.ts";

type Format = NonNullable<Attributes["format"]>;

const KNOWN: Readonly<Record<string, Format>> = {
  printf: { like: "printf", text: 1, first: 2 },
  fprintf: { like: "printf", text: 2, first: 3 },
  dprintf: { like: "printf", text: 2, first: 3 },
  sprintf: { like: "printf", text: 2, first: 3 },
  snprintf: { like: "printf", text: 3, first: 4 },
  vprintf: { like: "printf", text: 1, first: 0 },
  vfprintf: { like: "printf", text: 2, first: 0 },
  vsprintf: { like: "printf", text: 2, first: 0 },
  vsnprintf: { like: "printf", text: 3, first: 0 },
  scanf: { like: "scanf", text: 1, first: 2 },
  fscanf: { like: "scanf", text: 2, first: 3 },
  sscanf: { like: "scanf", text: 2, first: 3 },
};

export function checkFormat(
  report: Report,
  symbol: FunctionSymbol,
  args: readonly Expression[],
  spans: readonly Span[],
): void {
  const known = Object.hasOwn(KNOWN, symbol.name) && symbol.linkage === "external";
  const format = symbol.attributes.format ?? (known ? KNOWN[symbol.name] : undefined);
  if (format === undefined) return;
  const text = args[format.text - 1];
  const span = spans[format.text - 1];
  if (text === undefined || span === undefined) return;
  const bytes = literalOf(text);
  if (bytes === undefined) {
    if (
      format.like === "printf" &&
      format.first > 0 &&
      args.length < format.first &&
      text.type.kind === "pointer" &&
      text.kind !== "conditional" &&
      text.kind !== "pointer-add" &&
      text.kind !== "integer"
    ) {
      report.diagnostics.warning(
        "format-security",
        span.loc,
        "format string is not a string literal (potentially insecure)",
        {
          end: span.end,
        },
      );
    }
    return;
  }
  if (format.first === 0) return;
  const reader: Reader = {
    report,
    format,
    bytes,
    args,
    spans,
    textSpan: span,
    next: format.first - 1,
    usesPositions: false,
    isLost: false,
    allocates: false,
    places: undefined,
    written: { percent: 0, length: 0, letter: 0 },
  };
  if (bytes.length === 1 && format.like === "printf") {
    report.diagnostics.warning("format-zero-length", span.loc, "the format string is empty", {
      end: span.end,
    });
  }
  const zero = bytes.indexOf(0);
  if (zero < bytes.length - 1) {
    report.diagnostics.warning(
      "format-contains-nul",
      placeOf(reader, zero),
      "the format string ends here, at '\\0'; what follows is not read",
    );
    return;
  }
  for (let at = 0; at < bytes.length - 1; at++) {
    if (bytes[at] === PERCENT) at = conversion(reader, at + 1);
  }
  if (reader.next < args.length && !reader.usesPositions && !reader.isLost) {
    const extra = spans[reader.next];
    if (extra !== undefined) {
      report.diagnostics.warning(
        "format-extra-args",
        extra.loc,
        "data argument not used by format string",
        { end: extra.end },
      );
    }
  }
}

const PERCENT = 37;

function literalOf(e: Expression): Uint8Array | undefined {
  if (e.kind === "string") return e.bytes;
  if (e.kind === "convert") return literalOf(e.value);
  return e.kind === "address" && e.of.kind === "string" ? e.of.bytes : undefined;
}

interface Reader {
  readonly report: Report;
  readonly format: Format;
  readonly bytes: Uint8Array;
  readonly args: readonly Expression[];
  readonly spans: readonly Span[];
  readonly textSpan: Span;
  /** The index of the next argument. */
  next: number;
  /** %1$d: arguments are named, and some may be named twice or never. */
  usesPositions: boolean;
  /** A conversion was not understood, so that nobody knows which arguments the others take. */
  isLost: boolean;
  /** %ms: the conversion that is read wants the address of a pointer. */
  allocates: boolean;
  /** Of the bytes, when somebody has asked. */
  places: readonly Loc[] | undefined;
  /** Where the parts of the conversion stand that is read. */
  written: { percent: number; length: number; letter: number };
}

/** The place of a byte; of the whole string where that cannot be said. */
function placeOf(reader: Reader, at: number): Loc {
  reader.places ??= bytePlaces(reader.report, reader.textSpan) ?? [];
  return reader.places[at] ?? reader.textSpan.loc;
}

/** Underlines the conversion. */
function warnAtConversion(reader: Reader, option: WarningName, message: string): void {
  const { percent, letter } = reader.written;
  const loc = placeOf(reader, percent);
  const isKnown = (reader.places?.length ?? 0) > 0;
  const end = isKnown ? placeOf(reader, Math.min(letter + 1, reader.bytes.length - 1)) : undefined;
  reader.report.diagnostics.warning(option, loc, message, { end: end ?? reader.textSpan.end });
}

function charAt(reader: Reader, at: number): string {
  const byte = reader.bytes[at] ?? 0;
  return byte === 0 ? "" : String.fromCharCode(byte);
}

/** A conversion specification behind its percent sign; the index of its last character. */
function conversion(reader: Reader, from: number): number {
  const { format } = reader;
  const isScan = format.like === "scanf";
  let at = from;
  let suppressed = false;
  const digits = () => {
    while (/[0-9]/.test(charAt(reader, at))) at++;
  };
  const place = positionAt(reader, at);
  if (place !== undefined) at = place.end;
  reader.allocates = false;
  if (isScan) {
    if (charAt(reader, at) === "*") {
      suppressed = true;
      at++;
    }
    digits();
    reader.allocates = charAt(reader, at) === "m";
    if (reader.allocates) at++;
  } else {
    while (charAt(reader, at) !== "" && "-+ #0'".includes(charAt(reader, at))) at++;
    at = star(reader, at);
    digits();
    if (charAt(reader, at) === ".") {
      at = star(reader, at + 1);
      digits();
    }
  }
  let length = "";
  reader.written = { percent: from - 1, length: at, letter: at };
  while (charAt(reader, at) !== "" && "hlqjztL".includes(charAt(reader, at)))
    length += charAt(reader, at++);
  const letter = charAt(reader, at);
  reader.written.letter = at;
  const spelled = `%${textBetween(reader, from, at + 1)}`;
  if (letter === "") {
    warnAtConversion(
      reader,
      "format",
      "this '%' has no letter behind it; '%%' prints a percent sign",
    );
    return at;
  }
  if (letter === "%" || (letter === "m" && !isScan)) return at;
  if (letter === "[") {
    at++;
    if (charAt(reader, at) === "^") at++;
    if (charAt(reader, at) === "]") at++;
    while (charAt(reader, at) !== "" && charAt(reader, at) !== "]") at++;
  }
  if (!"diouxXcspn[eEfFgGaA".includes(letter)) {
    warnAtConversion(
      reader,
      "format",
      `invalid conversion specifier ${JSON.stringify(letter)} in ${JSON.stringify(spelled)}; '%%' prints a percent sign`,
    );
    reader.isLost = true;
    return at;
  }
  if (suppressed || reader.isLost) return at;
  goTo(reader, place);
  check(reader, letter, length, spelled);
  return at;
}

/** POSIX's "N$" in front of a conversion or behind a star: which argument it takes. */
function positionAt(reader: Reader, from: number): { number: number; end: number } | undefined {
  const digits = /^[1-9][0-9]{0,3}(?=\$)/.exec(textBetween(reader, from, from + 5))?.[0];
  if (digits === undefined) return undefined;
  return { number: Number(digits), end: from + digits.length + 1 };
}

function goTo(reader: Reader, position: { readonly number: number } | undefined): void {
  if (position === undefined) return;
  reader.usesPositions = true;
  reader.next = reader.format.first - 2 + position.number;
}

function textBetween(reader: Reader, from: number, to: number): string {
  let text = "";
  for (let i = from; i < to; i++) text += charAt(reader, i);
  return text;
}

/** A width or precision that an argument gives. */
function star(reader: Reader, at: number): number {
  if (charAt(reader, at) !== "*") return at;
  const place = positionAt(reader, at + 1);
  goTo(reader, place);
  const argument = take(reader, "*");
  if (argument !== undefined) {
    const type = integerOf(argument.value.type);
    if (type === undefined || type.size > 4) {
      complain(
        reader,
        argument.span,
        `field width or precision should have type 'int', but the argument has type ${quoted(argument.value.type)}`,
      );
    }
  }
  return place?.end ?? at + 1;
}

function take(reader: Reader, spelled: string): { value: Expression; span: Span } | undefined {
  const value = reader.args[reader.next];
  const span = reader.spans[reader.next];
  reader.next++;
  if (value !== undefined && span !== undefined) return { value, span };
  if (reader.next === reader.args.length + 1 || reader.usesPositions) {
    warnAtConversion(
      reader,
      "format-insufficient-args",
      `more '%' conversions than data arguments: nothing for '${spelled}'`,
    );
  }
  return undefined;
}

function complain(reader: Reader, span: Span, message: string, fix?: Fix): void {
  reader.report.diagnostics.warning("format", span.loc, message, {
    end: span.end,
    ...(fix === undefined ? {} : { fix }),
  });
}

/** What the conversion should be, or what the argument lacks; and how to mend it. */
function remedy(
  reader: Reader,
  value: Expression,
  span: Span,
  letter: string,
): { readonly text: string; readonly fix?: Fix } {
  const { report, written } = reader;
  const isScan = reader.format.like === "scanf";
  if (reader.allocates) return { text: "; the pointer's address is wanted" };
  if (isScan && value.type.kind !== "pointer" && value.kind === "load") {
    const from = span.loc;
    const isPlain = !report.diagnostics.expansions.has(from);
    return {
      text: "; it needs an '&' before it",
      ...(isPlain ? { fix: { from, to: from, text: "&" } } : {}),
    };
  }
  if (isScan && value.type.kind === "pointer" && value.type.to.kind === "array")
    return { text: "; an array needs no '&'" };
  const better = isScan ? scannedAs(value.type, letter) : printedAs(value.type, letter);
  if (better === undefined) return { text: "" };
  const flags = textBetween(reader, written.percent, written.length);
  const text = `; did you mean '${flags}${better}'?`;
  const from = placeOf(reader, written.length);
  const to = placeOf(reader, written.letter) + 1;
  return (reader.places?.length ?? 0) > 0 ? { text, fix: { from, to, text: better } } : { text };
}

const LENGTHS: Readonly<Record<string, string>> = {
  "": "int",
  hh: "char",
  h: "short",
  l: "long",
  ll: "long long",
  q: "long long",
  j: "long",
  z: "long",
  t: "long",
};

/** The type's name without its sign. */
function width(type: Type): string {
  const name = integerOf(type)?.name ?? "";
  return name.replace(/^(un)?signed /, "");
}

function check(reader: Reader, letter: string, length: string, spelled: string): void {
  const argument = take(reader, spelled);
  if (argument === undefined) return;
  const { value, span } = argument;
  const type = value.type;
  // What is wrong with it has been said.
  if (isPoisoned(value) || type.kind === "void") return;
  const mismatch = (expected: string) => {
    const { text, fix } = remedy(reader, value, span, letter);
    complain(
      reader,
      span,
      `format '${spelled}' specifies type '${expected}' but the argument has type ${quoted(type)}${text}`,
      fix,
    );
  };
  const isScan = reader.format.like === "scanf";
  if (reader.allocates && "cs[".includes(letter)) {
    const to = type.kind === "pointer" && type.to.kind === "pointer" ? type.to.to : undefined;
    const size = length === "l" ? 4 : 1;
    if (to === undefined || integerOf(to)?.size !== size)
      mismatch(length === "l" ? "wchar_t **" : "char **");
    return;
  }
  const word = LENGTHS[length] ?? "int";
  const sign = "ouxX".includes(letter) ? "unsigned " : word === "char" ? "signed " : "";
  if ("diouxX".includes(letter)) {
    if (isScan) {
      if (type.kind !== "pointer" || width(type.to) !== word) mismatch(`${sign}${word} *`);
      return;
    }
    const own = integerOf(type);
    // Narrow types have become an int by the time that they are passed.
    const passed = own === undefined ? "" : own.size < 4 ? "int" : width(type);
    if (passed !== (word === "char" || word === "short" ? "int" : word)) mismatch(sign + word);
    return;
  }
  const isCharPointer =
    type.kind === "pointer" && (integerOf(type.to)?.size === 1 || type.to.kind === "void");
  switch (letter) {
    case "c":
      if (isScan && length === "l") {
        if (type.kind !== "pointer" || width(type.to) !== "int") mismatch("wchar_t *");
      } else if (isScan) {
        if (!isCharPointer) mismatch("char *");
      } else if ((integerOf(type)?.size ?? 8) > 4) mismatch("int");
      return;
    case "s":
      if (length === "l") {
        if (type.kind !== "pointer" || width(type.to) !== "int") mismatch("wchar_t *");
      } else if (!isCharPointer) mismatch("char *");
      return;
    case "[":
      if (length === "l") {
        if (type.kind !== "pointer" || width(type.to) !== "int") mismatch("wchar_t *");
      } else if (!isCharPointer) mismatch("char *");
      return;
    case "p":
      if (type.kind !== "pointer") mismatch("void *");
      return;
    case "n":
      if (type.kind !== "pointer" || width(type.to) !== word) mismatch(`${word} *`);
      return;
    default:
      mismatch(isScan ? "float *" : "double");
  }
}
