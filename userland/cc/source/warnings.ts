// Which warnings are wanted: -Wall, -Wextra, -WNAME, -Wno-NAME, -Werror and -Werror=NAME, by the names that clang and gcc give
// them. What -Wall asks for is on from the beginning, because most who compile here are learning; -Wextra's are not. A warning
// that is named is what its name was last said to be, wherever the groups stand on the command line.

/** On with -Wextra. */
const EXTRA: readonly string[] = [
  "implicit-fallthrough",
  "initializer-overrides",
  "missing-field-initializers",
  "shift-negative-value",
  "sign-compare",
  "tautological-unsigned-zero-compare",
  "unused-but-set-parameter",
  "unused-parameter",
];

/** Off with -Wno-all: what clang and gcc say with -Wall only. The others have to be turned off by name, or all with -w. */
const ALL: readonly string[] = [
  "array-compare",
  "bool-operation",
  "comment",
  "duplicate-decl-specifier",
  "int-in-bool-context",
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
  "unused-value",
  "unused-variable",
];

/** Names that stand for several, and other compilers' names. */
const GROUPS: ReadonlyMap<string, readonly string[]> = new Map([
  [
    "unused",
    [
      "unused-but-set-variable",
      "unused-comparison",
      "unused-const-variable",
      "unused-function",
      "unused-label",
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
  ["overflow", ["integer-overflow", "constant-conversion"]],
  ["switch-enum", ["switch"]],
  ["main", ["main-return-type"]],
  ["incompatible-pointer-types-discards-qualifiers", ["discarded-qualifiers"]],
  ["return-local-addr", ["return-stack-address"]],
  ["cpp", ["#warnings"]],
  ["implicit", ["implicit-int", "implicit-function-declaration"]],
]);

/** implicit-fallthrough=3 and format=2 have levels, which say nothing here. */
function membersOf(name: string): readonly string[] {
  const plain = name.replace(/=\d+$/, "");
  return GROUPS.get(plain) ?? [plain];
}

export class WarningSwitches {
  #extra = false;
  #all = true;
  /** -w */
  isQuiet = false;
  readonly #named = new Map<string, boolean>();
  #areErrors = false;
  readonly #errors = new Map<string, boolean>();

  /** Behind -W: all, extra, NAME, no-NAME, error, error=NAME, no-error, no-error=NAME. */
  set(text: string): void {
    const isOn = !text.startsWith("no-");
    const name = isOn ? text : text.slice(3);
    if (name === "all") this.#all = isOn;
    else if (name === "extra" || name === "") this.#extra = isOn;
    else if (name === "everything") this.#all = this.#extra = isOn;
    else if (name === "error") this.#areErrors = isOn;
    else if (name.startsWith("error=")) {
      for (const member of membersOf(name.slice(6))) {
        this.#errors.set(member, isOn);
        if (isOn) this.#named.set(member, true);
      }
    } else for (const member of membersOf(name)) this.#named.set(member, isOn);
  }

  isWanted(option: string): boolean {
    if (this.isQuiet) return false;
    const named = this.#named.get(option);
    if (named !== undefined) return named;
    if (EXTRA.includes(option)) return this.#extra;
    return this.#all || !ALL.includes(option);
  }

  isError(option: string): boolean {
    return this.#errors.get(option) ?? this.#areErrors;
  }
}
