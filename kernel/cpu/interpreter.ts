// The interpreter's module, put together: walk, install, exec, run.

import { execBody } from "./interpreter-loop.ts";
import type { Accesses } from "./interpreter-loop.ts";
import { installBody, walkBody } from "./interpreter-mmu.ts";
import { runBody } from "./interpreter-run.ts";
import type { Layout } from "./layout.ts";
import { I32, I64 } from "./wasm-code.ts";
import { moduleBuilder } from "./wasm-module.ts";

export interface InterpreterModule {
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly accesses: Accesses;
}

/** What the module calls in TypeScript; interpreter-run.ts documents each. */
export interface InterpreterImports {
  readonly decode: (ip: number) => void;
  readonly allocate: (pfn: number) => number;
  readonly drop: (pfn: number) => void;
  readonly straddle: (ip: number, secondPfn: number) => void;
  readonly csr: (ip: number, retired: number) => number;
}

export function buildInterpreter(layout: Layout): InterpreterModule {
  const accesses: Accesses = new Map();
  const module = moduleBuilder();
  const decode = module.importFunction("decode", [I32], []);
  const allocate = module.importFunction("allocate", [I32], [I32]);
  const drop = module.importFunction("drop", [I32], []);
  const straddle = module.importFunction("straddle", [I32, I32], []);
  const csr = module.importFunction("csr", [I32, I32], [I32]);
  const walk = module.define({ params: [I64, I32], results: [I32] }, (locals) =>
    walkBody(locals, layout),
  );
  const install = module.define({ params: [I64, I32, I32], results: [] }, installBody);
  const exec = module.define({ params: [I32, I32, I64], results: [I32] }, (locals) =>
    execBody(locals, accesses),
  );
  module.define({ params: [I32], results: [I32], exportAs: "run" }, (locals) =>
    runBody(locals, layout, { walk, install, exec, decode, allocate, drop, straddle, csr }),
  );
  return { bytes: module.bytes(layout.wasmPages), accesses };
}
