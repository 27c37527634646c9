// For tests: a C program from its text to what it says when it is interpreted.

import { interpret } from "../ir/interpret.ts";
import type { IrModule } from "../ir/ir.ts";
import { verifyFunction } from "../ir/verify.ts";
import { parse } from "../parse/parse.ts";
import { preprocess } from "../preprocess/preprocess.ts";
import { CompilationStopped, Diagnostics } from "../source/diagnostics.ts";
import { Sources } from "../source/sources.ts";
import { lower } from "./lower.ts";

/** The module and the errors; no module: an error was so bad that nothing came after it. */
export function lowerText(text: string): { module: IrModule | undefined; errors: string[] } {
  const sources = new Sources();
  const diagnostics = new Diagnostics();
  let module: IrModule | undefined;
  try {
    const host = { read: (path: string) => (path === "test.c" ? text : undefined) };
    const tokens = preprocess({
      sources,
      diagnostics,
      host,
      file: "test.c",
      quoteFolders: [],
      systemFolders: [],
      macros: [],
    });
    const unit = parse(tokens, diagnostics);
    if (diagnostics.errors === 0) module = lower(unit, diagnostics);
  } catch (error) {
    if (!(error instanceof CompilationStopped)) throw error;
  }
  const errors = diagnostics.list
    .filter(({ severity }) => severity === "error")
    .map(({ message }) => message);
  return { module, errors };
}

/** The module of a program without errors, which the verifier has nothing to say about. */
export function lowered(text: string): IrModule {
  const { module, errors } = lowerText(text);
  if (module === undefined || errors.length > 0) throw new Error(errors.join("\n"));
  const problems = module.functions.flatMap(verifyFunction);
  if (problems.length > 0) throw new Error(problems.join("\n"));
  return module;
}

/** What `test` hands to `void say(long)`, in order. */
export function said(text: string): number[] {
  const list: number[] = [];
  const machine = interpret(lowered(`void say(long); ${text}`), {
    externals: {
      say: ([value = 0n]) => {
        list.push(Number(value));
      },
    },
  });
  machine.call("test");
  return list;
}
