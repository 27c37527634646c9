// What a unit depends on as a rule for make (gcc's manual, "Preprocessor Options", -M and its kin): the object, the file that is
// compiled and what it includes.

import { STANDARD_INPUT } from "../preprocess/preprocess.ts";
import type { Sources } from "../source/sources.ts";

export interface DependencyOptions {
  /** "only": the rule instead of a compilation; "beside": as well. */
  mode: "none" | "only" | "beside";
  /** Whether the system's headers count (-M, -MD), or only one's own (-MM, -MMD). */
  withSystem: boolean;
  /** -MF */
  file: string | undefined;
  /** -MT: as they are. */
  targets: string[];
  /** -MQ: for make to be read as they are. */
  quotedTargets: string[];
  /** -MP: a rule without anything for each header, so that make does not miss one that is deleted. */
  phony: boolean;
  /** -MG: headers that are not there will be made. */
  missing: boolean;
}

export function noDependencies(): DependencyOptions {
  return {
    mode: "none",
    withSystem: true,
    file: undefined,
    targets: [],
    quotedTargets: [],
    phony: false,
    missing: false,
  };
}

/** As gcc has it; longer lines go on behind a backslash. */
const WIDTH = 72;

/** `target` is what the unit becomes, if no option says otherwise. */
export function dependencyRule(
  options: DependencyOptions,
  target: string,
  sources: Sources,
  missing: readonly string[],
): string {
  const names = new Set<string>();
  for (const { name, isSystem, isOwn } of sources.files) {
    if (isOwn || (isSystem && !options.withSystem)) continue;
    names.add(name === STANDARD_INPUT ? "-" : name);
  }
  for (const name of missing) names.add(name);
  const given = [...options.targets, ...options.quotedTargets.map(quoted)];
  const targets = given.length === 0 ? [quoted(target)] : given;
  const lines = [`${targets.join(" ")}:`];
  for (const name of names) {
    const word = quoted(name);
    const line = lines.at(-1) ?? "";
    if (line.length + word.length <= WIDTH) lines[lines.length - 1] = `${line} ${word}`;
    else {
      lines[lines.length - 1] = `${line} \\`;
      lines.push(` ${word}`);
    }
  }
  const headers = options.phony ? [...names].slice(1) : [];
  return [...lines, ...headers.map((name) => `${quoted(name)}:`), ""].join("\n");
}

/** So that make reads the name as it is. */
function quoted(name: string): string {
  return name
    .replaceAll(/(\\*)([ \t])/g, "$1$1\\$2")
    .replaceAll("$", "$$$$")
    .replaceAll("#", "\\#");
}
