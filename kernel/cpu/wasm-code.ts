// A WebAssembly assembler, first half: instructions as nested arrays, structured control flow with named labels.
// Specification: WebAssembly Core 2.0, chapters "Binary Format / Instructions" and "/ Values" (LEB128).
//
// Code is built as trees: `i64.add(a, b)` is [a, b, 0x7c]. A branch names its label, a unique object; `assemble`
// turns names into depths, so a piece of code can be moved into another block without being counted again.

export const I32 = 0x7f;
export const I64 = 0x7e;
export const F64 = 0x7c;
export type ValueType = typeof I32 | typeof I64 | typeof F64;

/** A branch target; identity is all it has. `name` is for a person who prints one. */
export interface Label {
  readonly name: string;
}

interface Block {
  readonly kind: "block" | "loop" | "if";
  readonly label: Label | undefined;
  readonly result: ValueType | undefined;
  readonly body: Code;
  readonly otherwise: Code | undefined;
}

interface Branch {
  readonly kind: "branch";
  readonly opcode: 0x0c | 0x0d;
  readonly to: Label;
}

interface BranchTable {
  readonly kind: "table";
  readonly to: readonly Label[];
  readonly otherwise: Label;
}

export type Code = number | readonly Code[] | Block | Branch | BranchTable;

export function label(name: string): Label {
  return { name };
}

/** Encodings of one byte, made once: most numbers in code are small. */
const oneByte: readonly (readonly number[])[] = Array.from({ length: 128 }, (_, byte) => [byte]);

export function unsignedLeb(value: number): readonly number[] {
  const known = oneByte[value];
  if (known !== undefined) return known;
  const out: number[] = [];
  let rest = value >>> 0;
  for (; rest > 127; rest >>>= 7) out.push((rest & 127) | 128);
  out.push(rest);
  return out;
}

/** Signed LEB128 of a 64-bit value. BigInt is fine here: few constants need it, and modules are assembled once. */
export function signedLeb(value: number | bigint): readonly number[] {
  if (typeof value === "number") {
    const known = value >= -64 && value < 64 ? oneByte[value & 127] : undefined;
    return known ?? signedLeb(BigInt(value));
  }
  const out: number[] = [];
  let rest = BigInt.asIntN(64, value);
  for (;;) {
    const byte = Number(rest & 0x7fn);
    rest >>= 7n;
    if ((rest === 0n && (byte & 0x40) === 0) || (rest === -1n && (byte & 0x40) !== 0)) {
      out.push(byte);
      return out;
    }
    out.push(byte | 0x80);
  }
}

export function block(to: Label, ...body: Code[]): Code {
  return { kind: "block", label: to, result: undefined, body, otherwise: undefined };
}

export function blockOf(result: ValueType, to: Label, ...body: Code[]): Code {
  return { kind: "block", label: to, result, body, otherwise: undefined };
}

export function loop(to: Label, ...body: Code[]): Code {
  return { kind: "loop", label: to, result: undefined, body, otherwise: undefined };
}

export function when(condition: Code, then: Code, otherwise?: Code): Code {
  return [condition, { kind: "if", label: undefined, result: undefined, body: then, otherwise }];
}

export function whenOf(result: ValueType, condition: Code, then: Code, otherwise: Code): Code {
  return [condition, { kind: "if", label: undefined, result, body: then, otherwise }];
}

export function br(to: Label, value: Code = []): Code {
  return [value, { kind: "branch", opcode: 0x0c, to }];
}

export function brIf(to: Label, condition: Code): Code {
  return [condition, { kind: "branch", opcode: 0x0d, to }];
}

export function brTable(index: Code, to: readonly Label[], otherwise: Label): Code {
  return [index, { kind: "table", to, otherwise }];
}

export function get(local: number): Code {
  return [0x20, unsignedLeb(local)];
}

export function set(local: number, value: Code): Code {
  return [value, 0x21, unsignedLeb(local)];
}

export function call(index: number, ...args: Code[]): Code {
  return [args, 0x10, unsignedLeb(index)];
}

export function ret(...values: Code[]): Code {
  return [values, 0x0f];
}

export function drop(value: Code): Code {
  return [value, 0x1a];
}

export function select(then: Code, otherwise: Code, condition: Code): Code {
  return [then, otherwise, condition, 0x1b];
}

export const unreachable: Code = 0x00;

export function memoryCopy(to: Code, from: Code, length: Code): Code {
  return [to, from, length, 0xfc, 0x0a, 0, 0];
}

type Binary = (a: Code, b: Code) => Code;
type Unary = (a: Code) => Code;
type Load = (address: Code, offset?: number) => Code;
type Store = (address: Code, value: Code, offset?: number) => Code;

function binary(opcode: number): Binary {
  return (a, b) => [a, b, opcode];
}

function unary(opcode: number): Unary {
  return (a) => [a, opcode];
}

// Alignment hints are left at one byte: guests may be misaligned, and engines ignore the hint.
function loadOp(opcode: number): Load {
  return (address, offset = 0) => [address, opcode, 0, unsignedLeb(offset)];
}

function storeOp(opcode: number): Store {
  return (address, value, offset = 0) => [address, value, opcode, 0, unsignedLeb(offset)];
}

export const i32 = {
  const: (value: number): Code => [0x41, signedLeb(value | 0)],
  load: loadOp(0x28),
  load8u: loadOp(0x2d),
  load16s: loadOp(0x2e),
  load16u: loadOp(0x2f),
  store: storeOp(0x36),
  store8: storeOp(0x3a),
  store16: storeOp(0x3b),
  eqz: unary(0x45),
  eq: binary(0x46),
  ne: binary(0x47),
  ltS: binary(0x48),
  ltU: binary(0x49),
  gtU: binary(0x4b),
  geS: binary(0x4e),
  geU: binary(0x4f),
  add: binary(0x6a),
  sub: binary(0x6b),
  mul: binary(0x6c),
  and: binary(0x71),
  or: binary(0x72),
  xor: binary(0x73),
  shl: binary(0x74),
  shrS: binary(0x75),
  shrU: binary(0x76),
  wrap: unary(0xa7),
} as const;

export const i64 = {
  const: (value: number | bigint): Code => [0x42, signedLeb(value)],
  load: loadOp(0x29),
  load8s: loadOp(0x30),
  load8u: loadOp(0x31),
  load16s: loadOp(0x32),
  load16u: loadOp(0x33),
  load32s: loadOp(0x34),
  load32u: loadOp(0x35),
  store: storeOp(0x37),
  store8: storeOp(0x3c),
  store16: storeOp(0x3d),
  store32: storeOp(0x3e),
  eqz: unary(0x50),
  eq: binary(0x51),
  ne: binary(0x52),
  ltS: binary(0x53),
  ltU: binary(0x54),
  geS: binary(0x59),
  geU: binary(0x5a),
  add: binary(0x7c),
  sub: binary(0x7d),
  mul: binary(0x7e),
  divS: binary(0x7f),
  divU: binary(0x80),
  remS: binary(0x81),
  remU: binary(0x82),
  and: binary(0x83),
  or: binary(0x84),
  xor: binary(0x85),
  shl: binary(0x86),
  shrS: binary(0x87),
  shrU: binary(0x88),
  extendI32S: unary(0xac),
  extendI32U: unary(0xad),
  extend8s: unary(0xc2),
  extend16s: unary(0xc3),
  extend32s: unary(0xc4),
} as const;

/** Bytes under construction. */
export interface ByteSink {
  bytes: Uint8Array<ArrayBuffer>;
  length: number;
}

export function put(out: ByteSink, byte: number): void {
  if (out.length === out.bytes.length) {
    const larger = new Uint8Array(2 * out.length + 256);
    larger.set(out.bytes);
    out.bytes = larger;
  }
  out.bytes[out.length++] = byte;
}

export function putUnsigned(out: ByteSink, value: number): void {
  let rest = value >>> 0;
  for (; rest > 127; rest >>>= 7) put(out, (rest & 127) | 128);
  put(out, rest);
}

function putDepth(labels: readonly (Label | undefined)[], to: Label, out: ByteSink): void {
  const index = labels.lastIndexOf(to);
  if (index < 0) throw new Error(`wasm: the label ${to.name} is not around this branch`);
  putUnsigned(out, labels.length - 1 - index);
}

function isSequence(code: Code): code is readonly Code[] {
  return Array.isArray(code);
}

function emit(code: Code, labels: (Label | undefined)[], out: ByteSink): void {
  if (typeof code === "number") {
    put(out, code);
  } else if (isSequence(code)) {
    for (const part of code) {
      if (typeof part === "number") put(out, part);
      else emit(part, labels, out);
    }
  } else if (code.kind === "branch") {
    put(out, code.opcode);
    putDepth(labels, code.to, out);
  } else if (code.kind === "table") {
    put(out, 0x0e);
    putUnsigned(out, code.to.length);
    for (const to of code.to) putDepth(labels, to, out);
    putDepth(labels, code.otherwise, out);
  } else {
    put(out, code.kind === "block" ? 0x02 : code.kind === "loop" ? 0x03 : 0x04);
    put(out, code.result ?? 0x40);
    labels.push(code.label);
    emit(code.body, labels, out);
    if (code.otherwise !== undefined) {
      put(out, 0x05);
      emit(code.otherwise, labels, out);
    }
    labels.pop();
    put(out, 0x0b);
  }
}

/** Appends a function's body, without its size, locals and final `end`. */
export function assemble(code: Code, out: ByteSink): void {
  emit(code, [], out);
}
