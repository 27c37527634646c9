// Which warnings are wanted: -Wall, -Wextra, -WNAME, -Wno-NAME, -Werror and -Werror=NAME, by the names that clang and gcc give
// them. What -Wall asks for is on from the beginning, because most who compile here are learning; -Wextra's are not. A warning
// that is named is what its name was last said to be, wherever the groups stand on the command line.

import { mostSimilar } from "./suggest.ts";

/** On with -Wextra. */
const EXTRA = [
  "implicit-fallthrough",
  "initializer-overrides",
  "missing-field-initializers",
  "shift-negative-value",
  "sign-compare",
  "tautological-unsigned-zero-compare",
  "unused-but-set-parameter",
  "unused-parameter",
] as const;

/** Off with -Wno-all: what clang and gcc say with -Wall only. The others have to be turned off by name, or all with -w. */
const ALL = [
  "array-compare",
  "bool-operation",
  "char-subscripts",
  "comment",
  "duplicate-decl-specifier",
  "int-in-bool-context",
  "main",
  "memset-transposed-args",
  "misleading-indentation",
  "missing-braces",
  "multichar",
  "nonnull",
  "parentheses",
  "return-type",
  "self-assign",
  "sizeof-array-argument",
  "sizeof-array-div",
  "sizeof-pointer-div",
  "sizeof-pointer-memaccess",
  "sometimes-uninitialized",
  "switch",
  "switch-bool",
  "switch-unreachable",
  "tautological-compare",
  "uninitialized",
  "unknown-pragmas",
  "unsequenced",
  "unused-but-set-variable",
  "unused-comparison",
  "unused-const-variable",
  "unused-function",
  "unused-label",
  "unused-local-typedef",
  "unused-value",
  "unused-variable",
] as const;

/** On with -pedantic: what GNU C allows and ISO C does not. */
export const PEDANTIC = [
  "gnu-case-range",
  "gnu-conditional-omitted-operand",
  "gnu-empty-initializer",
  "gnu-empty-struct",
  "gnu-label-as-value",
  "gnu-statement-expression",
  "pointer-arith",
  "zero-length-array",
] as const;

/** On without a word. */
const ALWAYS = [
  "#pragma-messages",
  "#warnings",
  "array-bounds",
  "attribute-warning",
  "attributes",
  "backslash-newline-escape",
  "bitfield-constant-conversion",
  "builtin-macro-redefined",
  "c99-extensions",
  "case-range",
  "compare-distinct-pointer-types",
  "constant-conversion",
  "constant-logical-operand",
  "dangling-else",
  "deprecated-declarations",
  "discarded-qualifiers",
  "division-by-zero",
  "empty-body",
  "excess-initializers",
  "extern-initializer",
  "extra-tokens",
  "flexible-array-extensions",
  "format",
  "format-contains-nul",
  "format-extra-args",
  "format-insufficient-args",
  "format-security",
  "format-zero-length",
  "fortify-source",
  "frame-address",
  "free-nonheap-object",
  "ignored-pragmas",
  "implicit-function-declaration",
  "implicit-int",
  "implicitly-unsigned-literal",
  "incompatible-pointer-types",
  "int-conversion",
  "int-to-pointer-cast",
  "integer-overflow",
  "invalid-noreturn",
  "invalid-stringification",
  "logical-not-parentheses",
  "logical-op-parentheses",
  "macro-redefined",
  "main-return-type",
  "many-braces-around-scalar-init",
  "missing-declarations",
  "null-character",
  "null-dereference",
  "pointer-bool-conversion",
  "pointer-integer-compare",
  "pointer-sign",
  "pointer-to-int-cast",
  "pointer-type-mismatch",
  "pragma-once-outside-header",
  "return-stack-address",
  "shift-count-negative",
  "shift-count-overflow",
  "shift-op-parentheses",
  "string-compare",
  "string-plus-int",
  "tautological-pointer-compare",
  "tentative-definition-array",
  "unknown-escape-sequence",
  "unknown-warning-option",
  "unused-result",
  "varargs",
  "variadic-macros",
] as const;

export type WarningName =
  | (typeof EXTRA)[number]
  | (typeof ALL)[number]
  | (typeof PEDANTIC)[number]
  | (typeof ALWAYS)[number];

const NAMES: ReadonlySet<string> = new Set([...EXTRA, ...ALL, ...PEDANTIC, ...ALWAYS]);
const IN_EXTRA: ReadonlySet<string> = new Set(EXTRA);
const IN_ALL: ReadonlySet<string> = new Set(ALL);
const IN_PEDANTIC: ReadonlySet<string> = new Set(PEDANTIC);

/** Names that stand for several, and other compilers' names. */
const GROUPS: ReadonlyMap<string, readonly string[]> = new Map<string, readonly string[]>([
  [
    "unused",
    [
      "unused-but-set-variable",
      "unused-comparison",
      "unused-const-variable",
      "unused-function",
      "unused-label",
      "unused-local-typedef",
      "unused-result",
      "unused-value",
      "unused-variable",
    ],
  ],
  ["unused-value", ["unused-value", "unused-comparison"]],
  [
    "format",
    [
      "format",
      "format-contains-nul",
      "format-extra-args",
      "format-insufficient-args",
      "format-invalid-specifier",
      "format-security",
      "format-zero-length",
    ],
  ],
  ["unused-local-typedefs", ["unused-local-typedef"]],
  ["uninitialized", ["uninitialized", "sometimes-uninitialized"]],
  ["maybe-uninitialized", ["sometimes-uninitialized"]],
  ["type-limits", ["tautological-unsigned-zero-compare", "tautological-compare"]],
  ["bool-compare", ["tautological-compare"]],
  ["tautological-constant-out-of-range-compare", ["tautological-compare"]],
  [
    "parentheses",
    ["parentheses", "dangling-else", "logical-op-parentheses", "shift-op-parentheses"],
  ],
  ["address", ["pointer-bool-conversion", "string-compare", "tautological-pointer-compare"]],
  ["sequence-point", ["unsequenced"]],
  ["override-init", ["initializer-overrides"]],
  ["stringop-overflow", ["fortify-source"]],
  ["div-by-zero", ["division-by-zero"]],
  ["overflow", ["integer-overflow", "constant-conversion", "bitfield-constant-conversion"]],
  ["switch-enum", ["switch"]],
  ["main", ["main", "main-return-type"]],
  ["incompatible-pointer-types-discards-qualifiers", ["discarded-qualifiers"]],
  ["return-local-addr", ["return-stack-address"]],
  ["cpp", ["#warnings"]],
  ["pedantic", PEDANTIC],
  ["parentheses-equality", []],
  ["implicit", ["implicit-int", "implicit-function-declaration"]],
]);

/** Other warnings of gcc and clang, which say nothing here; whoever asks for them is not wrong. */
const SILENT: ReadonlySet<string> = new Set(
  (
    "aggregate-return alloca alloc-zero arith-conversion attribute-alias bad-function-cast bitwise-op-parentheses " +
    "builtin-declaration-mismatch c++-compat c11-c2x-compat c90-c99-compat c99-c11-compat calloc-transposed-args cast-align cast-function-type cast-qual " +
    "clobbered comma conditional-uninitialized conversion covered-switch-default dangling-pointer date-time " +
    "declaration-after-statement designated-init disabled-optimization disabled-macro-expansion discarded-array-qualifiers " +
    "documentation double-promotion duplicated-branches duplicated-cond endif-labels enum-compare enum-conversion " +
    "extra-semi float-conversion float-equal format-nonliteral format-overflow format-signedness format-truncation " +
    "format-y2k frame-larger-than ignored-attributes ignored-qualifiers infinite-recursion init-self inline jump-misses-init " +
    "larger-than logical-op long-long max-errors missing-include-dirs missing-noreturn missing-prototypes missing-variable-declarations " +
    "nested-externs newline-eof nonnull-compare null-pointer-arithmetic old-style-declaration old-style-definition " +
    "overlength-strings packed padded pedantic-ms-format psabi redundant-decls reserved-identifier restrict " +
    "return-mismatch shadow shift-overflow sign-conversion stack-protector stack-usage strict-aliasing strict-overflow " +
    "strict-prototypes stringop-truncation suggest-attribute switch-default sync-nand system-headers traditional " +
    "traditional-conversion trampolines undef unreachable-code unsafe-loop-optimizations unsuffixed-float-constants " +
    "unused-const-variable unused-macros use-after-free vector-operation-performance vla volatile-register-var write-strings zero-as-null-pointer-constant"
  ).split(" "),
);

/** format=2 and others have levels, which say nothing here. */
function membersOf(name: string): readonly string[] {
  const plain = name.replace(/=\d+$/, "");
  return GROUPS.get(plain) ?? [plain];
}

/** What stands behind -W and is no warning's name. */
const OF_SEVERAL = ["all", "extra", "everything", "error", "pedantic"];

/** Whether there is a warning of that name, as it stands behind -W; with what may have been meant if there is none. */
export function knownWarning(text: string): {
  readonly isKnown: boolean;
  readonly similar?: string;
} {
  const name = text.replace(/^(?:no-)?(?:error=)?/, "").replace(/=.*$/, "");
  const isKnown =
    name === "" ||
    OF_SEVERAL.includes(name) ||
    NAMES.has(name) ||
    GROUPS.has(name) ||
    SILENT.has(name);
  if (isKnown) return { isKnown };
  const similar = mostSimilar(name, [...OF_SEVERAL, ...NAMES, ...GROUPS.keys()]);
  return { isKnown, ...(similar === undefined ? {} : { similar }) };
}

export class WarningSwitches {
  #extra = false;
  #all = true;
  #pedantic = false;
  /** -w */
  isQuiet = false;
  readonly #named = new Map<string, boolean>();
  #areErrors = false;
  readonly #errors = new Map<string, boolean>();
  /** -Wimplicit-fallthrough=N: how exactly a comment has to say that it is meant. */
  fallThroughLevel = 3;

  copy(): WarningSwitches {
    const copy = new WarningSwitches();
    copy.#extra = this.#extra;
    copy.#all = this.#all;
    copy.#pedantic = this.#pedantic;
    copy.isQuiet = this.isQuiet;
    for (const [name, isOn] of this.#named) copy.#named.set(name, isOn);
    copy.#areErrors = this.#areErrors;
    for (const [name, isOn] of this.#errors) copy.#errors.set(name, isOn);
    copy.fallThroughLevel = this.fallThroughLevel;
    return copy;
  }

  /** Behind -W: all, extra, NAME, no-NAME, error, error=NAME, no-error, no-error=NAME. */
  set(text: string): void {
    if (text === "pedantic" || text === "no-pedantic") this.#pedantic = text === "pedantic";
    const isOn = !text.startsWith("no-");
    const name = isOn ? text : text.slice(3);
    if (name === "all") this.#all = isOn;
    else if (name === "extra" || name === "") this.#extra = isOn;
    else if (name === "everything") this.#all = this.#extra = isOn;
    else if (name === "pedantic") return;
    else if (name === "error") this.#areErrors = isOn;
    else if (name.startsWith("error=")) {
      for (const member of membersOf(name.slice(6))) {
        this.#errors.set(member, isOn);
        if (isOn) this.#named.set(member, true);
      }
    } else {
      const level = /^implicit-fallthrough(?:=(\d))?$/.exec(name);
      if (level !== null) this.fallThroughLevel = Number(level[1] ?? 3);
      const isNone = level?.[1] === "0";
      for (const member of membersOf(name)) this.#named.set(member, isOn && !isNone);
    }
  }

  /** What a pragma says of NAME: the warning is off, a warning, or an error, whatever -Werror says. */
  setKind(name: string, kind: "ignored" | "warning" | "error"): void {
    if (/^(?:all|extra|everything|pedantic)$/.test(name)) {
      this.set(kind === "ignored" ? `no-${name}` : name);
      return;
    }
    for (const member of membersOf(name)) {
      this.#named.set(member, kind !== "ignored");
      if (kind !== "ignored") this.#errors.set(member, kind === "error");
    }
  }

  isWanted(option: string): boolean {
    if (this.isQuiet) return false;
    const named = this.#named.get(option);
    if (named !== undefined) return named;
    if (IN_EXTRA.has(option)) return this.#extra;
    if (IN_PEDANTIC.has(option)) return this.#pedantic;
    return this.#all || !IN_ALL.has(option);
  }

  /** Whether it was asked for by its name. */
  isNamed(option: string): boolean {
    return this.#named.get(option) === true;
  }

  isError(option: string): boolean {
    return this.#errors.get(option) ?? this.#areErrors;
  }
}
