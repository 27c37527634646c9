// Options that ask for what is so anyway, that tell an optimiser how, or that guard against mistakes which a program may not make:
// a correct program runs the same with and without them. Makefiles are full of them.

const WORDS = new Set(
  (
    "-pipe -static -static-libgcc -no-pie -rdynamic -fno-fast-math -Wa,--noexecstack -mstrict-align -mno-strict-align -mcmodel=medlow " +
    "-mcmodel=medany -g0 -nostartfiles -fhosted -ffreestanding -fno-hosted -funsigned-char -fno-signed-char -fwrapv -fwrapv-pointer " +
    "-fno-trapv -fno-strict-overflow -fdiagnostics-show-option -fno-diagnostics-show-option " +
    "-fno-diagnostics-show-caret -fsigned-bitfields -fplt -fno-plt -fasynchronous-unwind-tables"
  ).split(" "),
);

/** Behind -f or -fno-. */
const EITHER_WAY = new Set(
  (
    "PIC pic PIE pie builtin data-sections stack-protector asynchronous-unwind-tables unwind-tables exceptions ident " +
    "omit-frame-pointer optimize-sibling-calls strict-aliasing tree-loop-distribute-patterns tree-vectorize tree-slp-vectorize " +
    "schedule-insns schedule-insns2 move-loop-invariants tree-switch-conversion jump-tables unroll-loops unroll-all-loops " +
    "inline inline-functions inline-small-functions inline-functions-called-once peel-loops gcse expensive-optimizations " +
    "delete-null-pointer-checks lto fat-lto-objects use-linker-plugin whole-program merge-constants math-errno trapping-math " +
    "signed-zeros finite-math-only associative-math reciprocal-math rounding-math unsafe-math-optimizations fast-math " +
    "stack-clash-protection stack-check zero-initialized-in-bss keep-inline-functions keep-static-consts section-anchors " +
    "reorder-functions reorder-blocks align-functions align-loops align-jumps ipa-sra ipa-cp semantic-interposition " +
    "toplevel-reorder unit-at-a-time var-tracking var-tracking-assignments crossjumping thread-jumps tree-pre tree-vrp " +
    "defer-pop caller-saves diagnostics-show-caret verbose-asm dwarf2-cfi-asm gnu-unique eliminate-unused-debug-types " +
    "visibility-ms-compat auto-inc-dec ivopts guess-branch-probability if-conversion rename-registers split-loops web"
  ).split(" "),
);

const JOINED =
  /^-(?:mtune=|fvisibility=|flto=|fstack-protector-|fcf-protection|fdiagnostics-|falign-|fmessage-length=|fdebug-prefix-map=|fmacro-prefix-map=|finline-limit=|fmax-|ftls-model=local-exec$|fstack-limit|ffp-contract=|fexcess-precision=|ftrivial-auto-var-init=uninitialized$|msmall-data-limit=|mpreferred-stack-boundary=|-param[= ]?)/;

export function isHarmless(word: string): boolean {
  if (WORDS.has(word) || JOINED.test(word)) return true;
  const name = /^-f(?:no-)?(.+)$/.exec(word)?.[1];
  return name !== undefined && EITHER_WAY.has(name);
}
