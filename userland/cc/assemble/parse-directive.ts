// Directives of assembly text. What has no meaning for us is passed over (.cfi_*, .file, .ident, .attribute), what would
// change the meaning and is not known is refused. (GNU as manual, "Assembler Directives" and "RISC-V Directives".)

import { parseConstant, parseExpression } from "./expression.ts";
import type { AsmItem, DirectiveItem, Value } from "./item.ts";
import { writeNumber } from "./number.ts";
import { type AssemblyReader, readAssignment } from "./assembly-reader.ts";

type Handler = (reader: AssemblyReader, name: string, from: number) => void;

/** More contents than this in one object are a mistake, or malice. */
export const MOST_BYTES = 1 << 26;
/** Zeros that take no room in a file may be more. */
export const MOST_ZEROS = 2 ** 31 - 1;

function put(reader: AssemblyReader, item: AsmItem): void {
  reader.items.push(item);
}

function readAll(reader: AssemblyReader): void {
  const { scanner } = reader;
  while (!scanner.atEnd()) {
    if (scanner.peek() === 34) scanner.string();
    else scanner.at++;
  }
}

function constant(reader: AssemblyReader, what: string, low: bigint, high: bigint): number {
  const { scanner } = reader;
  scanner.skipBlanks();
  const from = scanner.at;
  const value = parseConstant(scanner, reader.constants, what);
  if (value < low || value > high) scanner.refuse(`${what} must be ${low} to ${high}`, from);
  return Number(value);
}

function data(size: 1 | 2 | 4 | 8): Handler {
  return (reader, _name, from) => {
    const { scanner } = reader;
    const loc = scanner.loc(from);
    const values: Value[] = [];
    if (scanner.atEnd()) return;
    do {
      scanner.skipBlanks();
      const at = scanner.at;
      const value = parseExpression(scanner, reader.constants);
      if (value.symbol === undefined && value.minus === undefined && size < 8) {
        const limit = 1n << BigInt(size * 8);
        if (value.addend >= limit || value.addend < -(limit >> 1n)) {
          scanner.refuse(
            `${value.addend} does not fit into ${size === 1 ? "a byte" : `${size} bytes`}`,
            at,
          );
        }
      }
      values.push(value);
    } while (scanner.take(","));
    put(reader, { kind: "directive", name: "data", size, values, loc });
  };
}

function text(isTerminated: boolean): Handler {
  return (reader, _name, from) => {
    const { scanner } = reader;
    const loc = scanner.loc(from);
    if (scanner.atEnd()) return;
    do {
      // Strings side by side are one.
      do {
        put(reader, { kind: "directive", name: "bytes", bytes: scanner.string(), loc });
        scanner.skipBlanks();
      } while (scanner.peek() === 34);
      if (isTerminated) {
        put(reader, { kind: "directive", name: "bytes", bytes: new Uint8Array(1), loc });
      }
    } while (scanner.take(","));
  };
}

function align(isExponent: boolean): Handler {
  return (reader, name, from) => {
    const { scanner, constants } = reader;
    const loc = scanner.loc(from);
    const amount = scanner.atEnd()
      ? 0
      : constant(reader, isExponent ? "exponent" : "alignment", 0n, isExponent ? 16n : 65536n);
    const bytes = isExponent ? 2 ** amount : Math.max(1, amount);
    if ((bytes & (bytes - 1)) !== 0) scanner.refuse("alignment must be a power of two", from);
    if (scanner.take(",")) {
      scanner.skipBlanks();
      if (scanner.text[scanner.at] !== ",") {
        const fill = parseConstant(scanner, constants, "fill");
        if (fill !== 0n) scanner.refuse(`${name} with a fill other than 0 is not supported`, from);
      }
      if (scanner.take(",") && parseConstant(scanner, constants, "limit") < bytes - 1) {
        scanner.refuse(`${name} with a limit is not supported`, from);
      }
    }
    put(reader, { kind: "directive", name: "align", bytes, loc });
  };
}

function skip(reader: AssemblyReader, _name: string, from: number): void {
  const { scanner } = reader;
  const size = constant(reader, "size", 0n, BigInt(MOST_ZEROS));
  const fill = scanner.take(",") ? constant(reader, "fill", -128n, 255n) & 255 : 0;
  put(reader, { kind: "directive", name: "zero", size, fill, loc: scanner.loc(from) });
}

function fill(reader: AssemblyReader, _name: string, from: number): void {
  const { scanner } = reader;
  const repeat = constant(reader, "repeat count", 0n, BigInt(MOST_BYTES));
  const size = scanner.take(",") ? constant(reader, "size", 0n, 8n) : 1;
  const value = scanner.take(",") ? parseConstant(scanner, reader.constants, "value") : 0n;
  const loc = scanner.loc(from);
  if (repeat * size > MOST_BYTES) scanner.refuse("too many bytes", from);
  if (value === 0n || size < 2) {
    const byte = Number(value & 255n);
    put(reader, { kind: "directive", name: "zero", size: repeat * size, fill: byte, loc });
    return;
  }
  // GNU as takes four bytes of the value at most.
  const once = new Uint8Array(size);
  writeNumber(once, 0, Math.min(size, 4), value);
  const bytes = new Uint8Array(repeat * size);
  for (let at = 0; at < bytes.length; at += size) bytes.set(once, at);
  put(reader, { kind: "directive", name: "bytes", bytes, loc });
}

function symbols(name: "globl" | "weak" | "local" | "hidden"): Handler {
  return (reader, _written, from) => {
    const { scanner } = reader;
    const loc = scanner.loc(from);
    do put(reader, { kind: "directive", name, symbol: scanner.symbol(), loc });
    while (scanner.take(","));
  };
}

function type(reader: AssemblyReader, _name: string, from: number): void {
  const { scanner } = reader;
  const symbol = scanner.symbol();
  scanner.take(",");
  if (!scanner.take("@")) scanner.take("%");
  const kind = scanner.symbol("a type").toLowerCase();
  const loc = scanner.loc(from);
  if (kind === "function" || kind === "stt_func") {
    put(reader, { kind: "directive", name: "type", symbol, type: "function", loc });
  } else if (kind === "object" || kind === "stt_object") {
    put(reader, { kind: "directive", name: "type", symbol, type: "object", loc });
  } else if (!["notype", "stt_notype", "tls_object", "stt_tls", "common"].includes(kind)) {
    scanner.refuse(`symbol type '${kind}' is not supported`, from);
  }
}

function size(reader: AssemblyReader, _name: string, from: number): void {
  const { scanner } = reader;
  const symbol = scanner.symbol();
  scanner.expect(",");
  const value = parseExpression(scanner, reader.constants);
  put(reader, { kind: "directive", name: "size", symbol, size: value, loc: scanner.loc(from) });
}

function set(reader: AssemblyReader, _name: string, from: number): void {
  const { scanner } = reader;
  const symbol = scanner.symbol();
  scanner.expect(",");
  readAssignment(reader, symbol, scanner.loc(from));
}

function common(isLocal: boolean): Handler {
  return (reader, _name, from) => {
    const { scanner } = reader;
    const symbol = scanner.symbol();
    scanner.expect(",");
    const bytes = constant(reader, "size", 0n, BigInt(MOST_ZEROS));
    const alignment = scanner.take(",") ? constant(reader, "alignment", 1n, 65536n) : 8;
    if ((alignment & (alignment - 1)) !== 0) {
      scanner.refuse("alignment must be a power of two", from);
    }
    const loc = scanner.loc(from);
    if (isLocal) put(reader, { kind: "directive", name: "local", symbol, loc });
    put(reader, { kind: "directive", name: "comm", symbol, size: bytes, align: alignment, loc });
  };
}

type SectionItem = Extract<DirectiveItem, { name: "section" }>;

function sectionName(reader: AssemblyReader): string {
  const { scanner } = reader;
  scanner.skipBlanks();
  if (scanner.peek() === 34) return scanner.symbol();
  // Names of sections may have characters that names of symbols have not.
  let name = "";
  for (;;) {
    const part = scanner.name();
    name += part;
    const next = scanner.text[scanner.at] ?? "";
    if (next === "-" || (name !== "" && next >= "0" && next <= "9")) {
      name += next;
      scanner.at++;
    } else if (part === "") break;
  }
  if (name === "") scanner.refuse("expected a section's name");
  return name;
}

function section(isPushed: boolean): Handler {
  return (reader, _name, from) => {
    const { scanner, constants } = reader;
    const loc = scanner.loc(from);
    const name = sectionName(reader);
    let flags: string | undefined;
    let kind: SectionItem["type"];
    let entrySize = 0;
    let group: string | undefined;
    if (scanner.take(",")) {
      scanner.skipBlanks();
      // A subsection's number: .pushsection .text, 0
      if (scanner.peek() !== 34) {
        if (constant(reader, "subsection", 0n, 8192n) !== 0) {
          scanner.refuse("subsections are not supported", from);
        }
      } else {
        flags = new TextDecoder().decode(scanner.string());
        const unknown = [...flags].find((one) => !"awxMSTGR".includes(one));
        if (unknown !== undefined)
          scanner.refuse(`section flag '${unknown}' is not supported`, from);
        if (scanner.take(",")) {
          if (!scanner.take("@") && !scanner.take("%")) scanner.refuse("expected '@' and a type");
          kind = sectionType(scanner.symbol("a type"), () =>
            scanner.refuse("unknown section type"),
          );
        }
        if (flags.includes("M")) {
          scanner.expect(",");
          entrySize = Number(parseConstant(scanner, constants, "entry size"));
          if (!(entrySize > 0 && entrySize <= 4096)) scanner.refuse("entry size must be 1 to 4096");
        }
        if (flags.includes("G")) {
          scanner.expect(",");
          group = scanner.symbol("the group's name");
          if (scanner.take(",") && scanner.symbol() !== "comdat")
            scanner.refuse("expected 'comdat'");
        }
      }
    }
    put(reader, {
      kind: "directive",
      name: "section",
      section: name,
      flags,
      type: kind,
      entrySize,
      ...(group === undefined ? {} : { group }),
      ...(isPushed ? { push: true as const } : {}),
      loc,
    });
  };
}

function sectionType(name: string, refuse: () => never): NonNullable<SectionItem["type"]> {
  switch (name) {
    case "progbits":
    case "nobits":
    case "note":
    case "init_array":
    case "fini_array":
      return name;
    default:
      return refuse();
  }
}

function plainSection(reader: AssemblyReader, name: string, from: number): void {
  const { scanner } = reader;
  if (!scanner.atEnd() && constant(reader, "subsection", 0n, 8192n) !== 0) {
    scanner.refuse("subsections are not supported", from);
  }
  put(reader, {
    kind: "directive",
    name: "section",
    section: name,
    flags: undefined,
    type: undefined,
    entrySize: 0,
    loc: scanner.loc(from),
  });
}

function earlierSection(name: "previous" | "popsection"): Handler {
  return (reader, _written, from) =>
    put(reader, { kind: "directive", name, loc: reader.scanner.loc(from) });
}

const options = ["push", "pop", "rvc", "norvc", "relax", "norelax", "pic", "nopic"];

function option(reader: AssemblyReader, _name: string, from: number): void {
  const { scanner } = reader;
  const word = scanner.symbol("an option");
  if (!options.includes(word)) scanner.refuse(`.option ${word} is not supported`, from);
  put(reader, { kind: "directive", name: "option", option: word, loc: scanner.loc(from) });
}

/** Numbers of a length of their own, seven bits a byte. (DWARF 4, 7.6) */
function leb128(isSigned: boolean): Handler {
  return (reader, _name, from) => {
    const { scanner } = reader;
    const bytes: number[] = [];
    do {
      let value = parseConstant(scanner, reader.constants, "number");
      if (!isSigned) value = BigInt.asUintN(64, value);
      for (;;) {
        const low = Number(value & 127n);
        value >>= 7n;
        const isLast = isSigned
          ? (value === 0n && low < 64) || (value === -1n && low >= 64)
          : value === 0n;
        bytes.push(isLast ? low : low | 128);
        if (isLast) break;
      }
    } while (scanner.take(","));
    const loc = scanner.loc(from);
    put(reader, { kind: "directive", name: "bytes", bytes: Uint8Array.from(bytes), loc });
  };
}

const handlers = new Map<string, Handler>([
  [".text", plainSection],
  [".data", plainSection],
  [".bss", plainSection],
  [".rodata", plainSection],
  [".sdata", plainSection],
  [".sbss", plainSection],
  [".section", section(false)],
  [".pushsection", section(true)],
  [".previous", earlierSection("previous")],
  [".popsection", earlierSection("popsection")],
  [".globl", symbols("globl")],
  [".global", symbols("globl")],
  [".weak", symbols("weak")],
  [".local", symbols("local")],
  [".hidden", symbols("hidden")],
  [".internal", symbols("hidden")],
  [".type", type],
  [".size", size],
  [".align", align(true)],
  [".p2align", align(true)],
  [".balign", align(false)],
  [".byte", data(1)],
  [".2byte", data(2)],
  [".half", data(2)],
  [".short", data(2)],
  [".hword", data(2)],
  [".4byte", data(4)],
  [".word", data(4)],
  [".long", data(4)],
  [".int", data(4)],
  [".8byte", data(8)],
  [".dword", data(8)],
  [".quad", data(8)],
  [".uleb128", leb128(false)],
  [".sleb128", leb128(true)],
  [".ascii", text(false)],
  [".asciz", text(true)],
  [".string", text(true)],
  [".zero", skip],
  [".skip", skip],
  [".space", skip],
  [".fill", fill],
  [".set", set],
  [".equ", set],
  [".comm", common(false)],
  [".lcomm", common(true)],
  [".option", option],
]);

/** Without a meaning for us. */
const passedOver = new Set([".file", ".loc", ".ident", ".attribute", ".addrsig", ".addrsig_sym"]);

/** Why a directive that GNU as has is none of ours. */
const refused = new Map([
  [".insn", "instructions of one's own making (.insn) are not supported; use .4byte or .2byte"],
  [".float", "floating point is not supported yet"],
  [".double", "floating point is not supported yet"],
  [".incbin", "other files cannot be read from here (.incbin)"],
  [".include", "other files cannot be read from here (.include); use #include in a .S file"],
  [".endm", ".endm without .macro"],
]);

export function parseDirective(reader: AssemblyReader, name: string, from: number): void {
  const handler = handlers.get(name);
  if (handler !== undefined) handler(reader, name, from);
  else if (passedOver.has(name) || name.startsWith(".cfi_")) readAll(reader);
  else reader.scanner.refuse(refused.get(name) ?? `directive '${name}' is not supported`, from);
}
