// The integer registers' names, for register variables and clobbers of inline assembly.

const ABI_NAMES =
  "zero ra sp gp tp t0 t1 t2 s0 s1 a0 a1 a2 a3 a4 a5 a6 a7 s2 s3 s4 s5 s6 s7 s8 s9 s10 s11 t3 t4 t5 t6".split(
    " ",
  );

const CANONICAL = new Map<string, string>([["fp", "s0"]]);
for (const [number, name] of ABI_NAMES.entries()) {
  CANONICAL.set(name, name);
  CANONICAL.set(`x${number}`, name);
}

/** The ABI's name of a register (a0 for x10); undefined: there is none. */
export function canonicalRegister(name: string): string | undefined {
  return CANONICAL.get(name);
}
