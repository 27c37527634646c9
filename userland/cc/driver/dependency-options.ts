// -M and its kin on the command line (gcc's manual, "Preprocessor Options").

import type { Option } from "./option.ts";

function mode(name: string, help: string, isOnly: boolean, withSystem: boolean): Option {
  return {
    name,
    shape: "alone",
    help,
    apply: ({ dependencies }) => {
      // -MM may stand beside -MD: what is asked for then is the rule alone.
      if (isOnly || dependencies.mode === "none") dependencies.mode = isOnly ? "only" : "beside";
      // Whoever asks for less at any place gets less, as with gcc.
      dependencies.withSystem = dependencies.withSystem && withSystem;
    },
  };
}

export const DEPENDENCY_OPTIONS: readonly Option[] = [
  mode("-M", "print what the files depend on, as rules for make", true, true),
  mode("-MM", "the same without the system's headers", true, false),
  mode("-MD", "compile, and write such a rule to FILE.d", false, true),
  mode("-MMD", "the same without the system's headers", false, false),
  {
    name: "-MF",
    shape: "either",
    help: "FILE: where the rule goes",
    apply: ({ dependencies }, value) => void (dependencies.file = value),
  },
  {
    name: "-MT",
    shape: "either",
    help: "TARGET: what the rule is for; -MQ quotes what make would misread",
    apply: ({ dependencies }, value) => void dependencies.targets.push(value),
  },
  {
    name: "-MQ",
    shape: "either",
    apply: ({ dependencies }, value) => void dependencies.quotedTargets.push(value),
  },
  {
    name: "-MP",
    shape: "alone",
    help: "a rule for each header too, so that it may be deleted",
    apply: ({ dependencies }) => void (dependencies.phony = true),
  },
  {
    name: "-MG",
    shape: "alone",
    help: "headers that are missing will be made",
    apply: ({ dependencies }) => void (dependencies.missing = true),
  },
];
