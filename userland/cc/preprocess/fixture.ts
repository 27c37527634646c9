// What the preprocessor's tests share: files in memory, and what comes out as text.

import { CompilationStopped, Diagnostics } from "../source/diagnostics.ts";
import { Sources } from "../source/sources.ts";
import { type PreprocessOptions, preprocess } from "./preprocess.ts";
import type { Token } from "./token.ts";

export interface Outcome {
  readonly tokens: readonly Token[];
  /** The tokens' text with a space between them. */
  readonly text: string;
  /** "file:line: severity: message", notes behind theirs. */
  readonly messages: readonly string[];
  readonly diagnostics: Diagnostics;
  readonly sources: Sources;
  /** The files that were asked for, each time. */
  readonly read: readonly string[];
}

/** Preprocesses `main.c`, which may be given as a text; system headers are in `sys/`. */
export function run(
  files: string | Readonly<Record<string, string>>,
  more: Partial<PreprocessOptions> = {},
): Outcome {
  const all = typeof files === "string" ? { "main.c": files } : files;
  const sources = new Sources();
  const diagnostics = new Diagnostics();
  const read: string[] = [];
  const host = {
    read(path: string): string | undefined {
      read.push(path);
      return Object.hasOwn(all, path) ? all[path] : undefined;
    },
  };
  let tokens: readonly Token[] = [];
  try {
    tokens = preprocess({
      sources,
      diagnostics,
      host,
      file: "main.c",
      quoteFolders: [],
      systemFolders: ["sys"],
      macros: [],
      ...more,
    });
  } catch (error) {
    if (!(error instanceof CompilationStopped)) throw error;
  }
  const messages: string[] = [];
  for (const diagnostic of diagnostics.list) {
    for (const one of [diagnostic, ...diagnostic.notes]) {
      const place = sources.locate(one.loc);
      const where = place === undefined ? "" : `${place.file.name}:${place.line}: `;
      messages.push(`${where}${one.severity}: ${one.message}`);
    }
  }
  const text = tokens
    .filter((token) => token.kind !== "end")
    .map((token) => token.text)
    .join(" ");
  return { tokens, text, messages, diagnostics, sources, read };
}

/** The text, after having made sure that there is nothing to say. */
export function expand(files: string | Readonly<Record<string, string>>): string {
  const { text, messages } = run(files);
  if (messages.length > 0) throw new Error(messages.join("\n"));
  return text;
}
