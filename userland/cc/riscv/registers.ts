// RV64's integer registers as the code generator sees them: numbers 0 … 31 are the machine's, greater ones are virtual
// (RISC-V psABI, "Register convention").

export const ZERO = 0;
export const RA = 1;
export const SP = 2;
/** The thread pointer: nobody changes it while a thread runs. */
export const TP = 4;
export const FP = 8;
export const A0 = 10;
export const FIRST_VIRTUAL = 32;

/** No value lives here: moves that go in circles and offsets that do not fit need a register at the last moment. */
export const SCRATCH = 31;
/** For the rare instruction that needs a second one; it is saved and restored around it. */
export const SECOND_SCRATCH = 30;

/** Registers of arguments, and how many. */
export const ARGUMENT_REGISTERS = 8;

/**
 * Registers that calls destroy, in the order in which they are given away: those that compressed instructions reach first,
 * arguments' registers from behind, because the first ones are wanted for arguments and results.
 */
export const CALLER_SAVED: readonly number[] = [
  15, 14, 13, 12, 11, 10, 16, 17, 6, 28, 29, 30, 7, 5,
];

/** Registers that a function leaves as it found them. */
export const CALLEE_SAVED: readonly number[] = [8, 9, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27];

const NAMES: readonly string[] = [
  ..."zero ra sp gp tp t0 t1 t2 s0 s1".split(" "),
  ..."a0 a1 a2 a3 a4 a5 a6 a7".split(" "),
  ..."s2 s3 s4 s5 s6 s7 s8 s9 s10 s11 t3 t4 t5 t6".split(" "),
];

const NUMBERS = new Map<string, number>([
  ...NAMES.map((name, number): [string, number] => [name, number]),
  ...NAMES.map((_, number): [string, number] => [`x${number}`, number]),
  ["fp", FP],
]);

/** The ABI's name of a register. */
export function registerName(number: number): string {
  return NAMES[number] ?? `v${number}`;
}

/** A register's number by either of its names; undefined: there is no such integer register. */
export function registerNumber(name: string): number | undefined {
  return NUMBERS.get(name);
}

export function isCalleeSaved(register: number): boolean {
  return register === 8 || register === 9 || (register >= 18 && register <= 27);
}

/** Whether the allocator gives this register to values. */
export const ALLOCATABLE: readonly boolean[] = NAMES.map(
  (_, number) => CALLER_SAVED.includes(number) || CALLEE_SAVED.includes(number),
);
