// The registers' names (RISC-V ELF psABI, "Register Convention") and those of control and status registers.

import { registerNames } from "../../../kernel/cpu/isa-disassemble.ts";

export { registerNames };

const numbers = new Map<string, number>();
for (const [number, name] of registerNames.entries()) {
  numbers.set(name, number).set(`x${number}`, number);
}
numbers.set("fp", 8);

/** The number of the integer register of that name, x12 or a2; undefined when there is none. */
export function registerNumber(name: string): number | undefined {
  return numbers.get(name);
}

/** Names of floating-point registers, so that they can be refused as what they are. */
export function isFloatRegister(name: string): boolean {
  return /^f(t([0-9]|1[01])|s([0-9]|1[01])|a[0-7]|[0-9]|[12][0-9]|3[01])$/.test(name);
}

/** Unprivileged ones; others go by number. */
const csrs = new Map([
  ["fflags", 0x001],
  ["frm", 0x002],
  ["fcsr", 0x003],
  ["cycle", 0xc00],
  ["time", 0xc01],
  ["instret", 0xc02],
]);
for (let number = 3; number < 32; number++) csrs.set(`hpmcounter${number}`, 0xc00 + number);

/** The number of the control and status register of that name. */
export function csrNumber(name: string): number | undefined {
  return csrs.get(name);
}
