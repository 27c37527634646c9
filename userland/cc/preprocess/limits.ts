// Bounds that no program of a person meets, and that keep a hostile one from taking all memory or all time.

/** Files within files. */
export const INCLUDE_DEPTH = 200;
/** Files that are included, each time counted. */
export const MOST_INCLUDED = 50_000;
/** Characters of all files that are read, each time counted. */
export const MOST_TEXT = 1 << 26;
/** Tokens, and characters of pasted and stringified ones, that macros may expand to. */
export const MOST_EXPANSION = 4_000_000;
/** Macro invocations in the arguments of macro invocations. */
export const ARGUMENT_DEPTH = 400;
/** Parentheses and operators within each other in an #if's expression. */
export const CONDITION_DEPTH = 256;
/** Tokens of a translation unit. */
export const MOST_TOKENS = 8_000_000;
