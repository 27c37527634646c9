// Options that ask for what is so anyway, that tell an optimiser how, or that guard against mistakes which a program may not make:
// a correct program runs the same with and without them. Makefiles are full of them.

const WORDS = new Set(
  (
    "-pipe -static -static-libgcc -no-pie -rdynamic -fno-fast-math -Wa,--noexecstack -mstrict-align -mno-strict-align -mcmodel=medlow " +
    "-mcmodel=medany -g0 -nostartfiles -fhosted -ffreestanding -fno-hosted -funsigned-char -fno-signed-char -fwrapv -fwrapv-pointer " +
    "-fno-trapv -fno-strict-overflow -fdiagnostics-show-option -fno-diagnostics-show-option " +
    "-fno-diagnostics-show-caret -fsigned-bitfields -fplt -fno-plt -fno-short-enums -fno-short-wchar -finput-charset=utf-8 -finput-charset=UTF-8 -fexec-charset=utf-8 -fexec-charset=UTF-8 -fasynchronous-unwind-tables"
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
    "visibility-ms-compat auto-inc-dec ivopts guess-branch-probability if-conversion rename-registers split-loops web strict-overflow non-call-exceptions dollars-in-identifiers " +
    "bit-tests code-hoisting combine-stack-adjustments compare-elim conserve-stack cprop-registers cse-follow-jumps dce dse devirtualize " +
    "early-inlining forward-propagate gcse-after-reload gcse-las gcse-lm gcse-sm hoist-adjacent-loads if-conversion2 indirect-inlining " +
    "ipa-bit-cp ipa-cp-clone ipa-icf ipa-icf-functions ipa-icf-variables ipa-modref ipa-profile ipa-pta ipa-pure-const ipa-ra " +
    "ipa-reference ipa-stack-alignment ipa-vrp ira-hoist-pressure ira-loop-pressure ira-share-save-slots ira-share-spill-slots " +
    "isolate-erroneous-paths-attribute isolate-erroneous-paths-dereference live-range-shrinkage loop-block loop-interchange " +
    "loop-nest-optimize loop-parallelize-all loop-unroll-and-jam lra-remat modulo-sched optimize-strlen partial-inlining " +
    "predictive-commoning prefetch-loop-arrays printf-return-value ree rerun-cse-after-loop reschedule-modulo-scheduled-loops " +
    "sched-interblock sched-pressure sched-spec sched2-use-superblocks selective-scheduling selective-scheduling2 shrink-wrap " +
    "split-ivs-in-unroller split-paths split-wide-types split-wide-types-early ssa-backprop ssa-phiopt stdarg-opt store-merging tracer " +
    "tree-bit-ccp tree-builtin-call-dce tree-ccp tree-ch tree-coalesce-vars tree-copy-prop tree-cselim tree-dce tree-dominator-opts " +
    "tree-dse tree-forwprop tree-fre tree-loop-distribution tree-loop-if-convert tree-loop-im tree-loop-ivcanon tree-loop-optimize " +
    "tree-loop-vectorize tree-partial-pre tree-phiprop tree-pta tree-reassoc tree-scev-cprop tree-sink tree-slsr tree-sra " +
    "tree-tail-merge tree-ter unconstrained-commons unswitch-loops variable-expansion-in-unroller vect-cost-model version-loops-for-strides"
  ).split(" "),
);

const JOINED =
  /^-(?:mtune=|fvisibility=|flto=|fstack-protector-|fcf-protection|fdiagnostics-|falign-|fmessage-length=|fdebug-prefix-map=|fmacro-prefix-map=|finline-limit=|fmax-|ftls-model=local-exec$|fstack-limit|ffp-contract=|fexcess-precision=|ftrivial-auto-var-init=uninitialized$|msmall-data-limit=|mpreferred-stack-boundary=|fvect-cost-model=|-param[= ]?)/;

export function isHarmless(word: string): boolean {
  if (WORDS.has(word) || JOINED.test(word)) return true;
  const name = /^-f(?:no-)?(.+)$/.exec(word)?.[1];
  return name !== undefined && EITHER_WAY.has(name);
}
