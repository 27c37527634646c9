// A WebAssembly assembler, second half: functions, and the sections of a module that imports its memory.
// Specification: WebAssembly Core 2.0, chapter "Binary Format / Modules".

import { assemble, F64, I32, put, putUnsigned, unsignedLeb } from "./wasm-code.ts";
import type { ByteSink, Code, ValueType } from "./wasm-code.ts";

interface Signature {
  readonly params: readonly ValueType[];
  readonly results: readonly ValueType[];
}

interface Func extends Signature {
  readonly locals: ValueType[];
  code: Code;
}

/** Hands out a function's locals. Parameters are locals 0 … n - 1. */
export interface Locals {
  local(type: ValueType): number;
}

export interface ModuleBuilder {
  /** Imports must all come before the first function. Returns the function's index, for `call`. */
  importFunction(name: string, params: readonly ValueType[], results: readonly ValueType[]): number;
  /** `exportAs` makes it callable from JavaScript, where only i32 and f64 may cross. */
  define(signature: Signature & { exportAs?: string }, body: (locals: Locals) => Code): number;
  bytes(memoryPages: number): Uint8Array<ArrayBuffer>;
}

const encoder = new TextEncoder();

function name(text: string): number[] {
  const bytes = [...encoder.encode(text)];
  return [...unsignedLeb(bytes.length), ...bytes];
}

function vector(items: readonly (readonly number[])[]): number[] {
  const out = [...unsignedLeb(items.length)];
  for (const item of items) for (const byte of item) out.push(byte);
  return out;
}

function sink(): ByteSink {
  return { bytes: new Uint8Array(1024), length: 0 };
}

function putAll(out: ByteSink, bytes: ArrayLike<number>, length = bytes.length): void {
  for (let index = 0; index < length; index++) put(out, bytes[index] ?? 0);
}

/** Code section: each function with its size before it. */
function codeSection(functions: readonly Func[]): ByteSink {
  const out = sink();
  putUnsigned(out, functions.length);
  for (const func of functions) {
    const body = sink();
    putAll(body, vector(func.locals.map((type) => [1, type])));
    assemble(func.code, body);
    put(body, 0x0b);
    putUnsigned(out, body.length);
    putAll(out, body.bytes, body.length);
  }
  return out;
}

/** A module whose imports live in module "m": its memory ("memory") and its functions. */
export function moduleBuilder(): ModuleBuilder {
  const imports: (Signature & { name: string })[] = [];
  const functions: Func[] = [];
  const exported: { name: string; index: number }[] = [];

  return {
    importFunction(importName, params, results) {
      if (functions.length > 0) throw new Error("wasm: imports come before functions");
      imports.push({ name: importName, params, results });
      return imports.length - 1;
    },
    define({ params, results, exportAs }, body) {
      const index = imports.length + functions.length;
      if (exportAs !== undefined) {
        if ([...params, ...results].some((type) => type !== I32 && type !== F64)) {
          throw new Error(`wasm: ${exportAs} would pass an i64 to JavaScript`);
        }
        exported.push({ name: exportAs, index });
      }
      const func: Func = { params, results, locals: [], code: [] };
      functions.push(func);
      func.code = body({
        local(type) {
          func.locals.push(type);
          return params.length + func.locals.length - 1;
        },
      });
      return index;
    },
    bytes(memoryPages) {
      const out = sink();
      putAll(out, [0, 0x61, 0x73, 0x6d, 1, 0, 0, 0]);
      const section = (id: number, content: ArrayLike<number>, length = content.length): void => {
        put(out, id);
        putUnsigned(out, length);
        putAll(out, content, length);
      };
      const types = [...imports, ...functions].map(({ params, results }) => [
        0x60,
        ...vector(params.map((type) => [type])),
        ...vector(results.map((type) => [type])),
      ]);
      const limits = [1, ...unsignedLeb(memoryPages), ...unsignedLeb(memoryPages)];
      section(1, vector(types));
      section(
        2,
        vector([
          [...name("m"), ...name("memory"), 2, ...limits],
          ...imports.map((one, index) => [
            ...name("m"),
            ...name(one.name),
            0,
            ...unsignedLeb(index),
          ]),
        ]),
      );
      section(3, vector(functions.map((_, index) => unsignedLeb(imports.length + index))));
      section(7, vector(exported.map((one) => [...name(one.name), 0, ...unsignedLeb(one.index)])));
      const code = codeSection(functions);
      section(10, code.bytes, code.length);
      return out.bytes.slice(0, out.length);
    },
  };
}
