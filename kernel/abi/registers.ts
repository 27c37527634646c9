// Where the calling convention's registers lie in a hart context (kernel/cpu/types.ts: register n at words 2n, 2n + 1).
// Plain numbers, which the bundler puts where they are used.

/** x2, x4, x1. */
export const REG_SP = 4;
export const REG_TP = 8;
export const REG_RA = 2;
/** a0 … a7 are x10 … x17. */
export const REG_A0 = 20;
export const REG_A1 = 22;
export const REG_A2 = 24;
export const REG_A7 = 34;
