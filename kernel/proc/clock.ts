// The machine's time, in nanoseconds since boot. It passes with what the machine does: so much for each retired
// instruction and a constant for each trap, so that a run with a seed has the same times always. In real-time mode the
// same clock is pulled forward to the host's at every pause for breath (`follow`); between two of those it is
// interpolated by retired instructions. It never goes back.

/** Machine time of one instruction when the host's clock does not count: a hart of 250 MHz. */
export const VIRTUAL_NS_PER_INSTRUCTION = 4;
/** In real-time mode less than any host needs for an instruction, so that the clock is never ahead for long. */
export const REAL_NS_PER_INSTRUCTION = 1;
/** What a trap costs, in nanoseconds. */
export const TRAP_NS = 500;

export class MachineClock {
  /** Nanoseconds that an instruction takes. */
  readonly perInstruction: number;
  readonly #retired: () => number;
  /** Time that did not come from instructions: traps, idling, the host's clock. */
  #offset = 0;
  /** Nanoseconds the machine had nothing to run. */
  idle = 0;
  /** Seconds since 1970 at boot, an integer. */
  readonly bootSeconds: number;

  /** `retired` gives the CPU's count of instructions since boot. */
  constructor(retired: () => number, perInstruction: number, bootSeconds: number) {
    this.#retired = retired;
    this.perInstruction = perInstruction;
    this.bootSeconds = bootSeconds;
  }

  now(): number {
    return this.#offset + this.#retired() * this.perInstruction;
  }

  /** Counts one trap. */
  trap(): void {
    this.#offset += TRAP_NS;
  }

  /** The machine idles until `time`; earlier than now changes nothing. */
  idleUntil(time: number): void {
    const passed = time - this.now();
    if (passed <= 0) return;
    this.#offset += passed;
    this.idle += passed;
  }

  /** The host's clock says that `time` has been reached, whatever was executed meanwhile. */
  follow(time: number): void {
    const behind = time - this.now();
    if (behind > 0) this.#offset += behind;
  }
}
