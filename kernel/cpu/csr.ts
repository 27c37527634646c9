// The CSRs of user mode: cycle, time, instret, all read-only. Specification: RISC-V Unprivileged ISA, chapters "Zicsr"
// and "Zicntr". Their values are a function of what the kernel set and of the instructions retired since: no clock.
//
//   cycle = instret = cycles + retired        time = time + floor(perInstruction × retired)

import { HART, STATE_ADDRESS } from "./layout.ts";
import { singleAt } from "./operations.ts";

const CSR_CYCLE = 0xc00;
const CSR_TIME = 0xc01;
const CSR_INSTRET = 0xc02;

export interface Csrs {
  readonly set: (cycles: number, time: number, perInstruction: number) => void;
  /** Told how many instructions a run retired. */
  readonly retire: (instructions: number) => void;
  /** Carries out the CSR instruction at `ip`; 1 if it is illegal, its bits then being at STATE_ADDRESS. */
  readonly access: (ip: number, retired: number) => number;
}

export function createCsrs(memory: WebAssembly.Memory): Csrs {
  const words = new Int32Array(memory.buffer);
  let cycles = 0;
  let time = 0;
  let perInstruction = 0;
  /** Retired since set(), the present run's not included. */
  let since = 0;

  return {
    set(newCycles, newTime, newPerInstruction) {
      cycles = newCycles;
      time = newTime;
      perInstruction = newPerInstruction;
      since = 0;
    },
    retire(instructions) {
      since += instructions;
    },
    access(ip, retired) {
      const single = singleAt((words[ip >>> 2] ?? 0) & 0xffff);
      const operands = words[(ip >>> 2) + 1] ?? 0;
      const rd = operands & 0xff;
      const source = (operands >>> 8) & 0xff;
      const number = operands >>> 16;
      const writes = single?.instruction.name.startsWith("csrrw") === true || source !== 0;
      const known = number === CSR_CYCLE || number === CSR_TIME || number === CSR_INSTRET;
      if (!known || writes) {
        const match = single?.instruction.match ?? 0;
        words[STATE_ADDRESS >>> 2] = match | (rd << 4) | (source << 12) | (number << 20);
        words[(STATE_ADDRESS >>> 2) + 1] = 0;
        return 1;
      }
      const now = since + retired;
      const value = number === CSR_TIME ? time + Math.floor(perInstruction * now) : cycles + now;
      if (rd !== 0) {
        words[(HART + rd) >>> 2] = value | 0;
        words[((HART + rd) >>> 2) + 1] = Math.floor(value / 2 ** 32);
      }
      return 0;
    },
  };
}
