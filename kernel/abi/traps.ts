// Exception causes (RISC-V Privileged Architecture, table "Supervisor cause register (scause) values").

export const CAUSE_INSTRUCTION_MISALIGNED = 0;
export const CAUSE_INSTRUCTION_ACCESS = 1;
export const CAUSE_ILLEGAL_INSTRUCTION = 2;
export const CAUSE_BREAKPOINT = 3;
export const CAUSE_LOAD_MISALIGNED = 4;
export const CAUSE_LOAD_ACCESS = 5;
export const CAUSE_STORE_MISALIGNED = 6;
export const CAUSE_STORE_ACCESS = 7;
export const CAUSE_ECALL_USER = 8;
export const CAUSE_INSTRUCTION_PAGE_FAULT = 12;
export const CAUSE_LOAD_PAGE_FAULT = 13;
export const CAUSE_STORE_PAGE_FAULT = 15;
/** Not a RISC-V cause: the instruction budget is used up. */
export const CAUSE_BUDGET = -1;
