// The machine's time, in nanoseconds since boot. It passes with what the machine does: so much for each retired
// instruction and a constant for each trap, so that a run with a seed has the same times always. In real-time mode the
// same clock is pulled forward to the host's at every pause for breath, and when a program asks for the time; in between
// it is interpolated by retired instructions. It never goes back.

/** How fast machine time passes, in nanoseconds. */
export interface ClockRates {
  readonly perInstruction: number;
  readonly perTrap: number;
}

/** When the host's clock does not count: a hart of 250 MHz. */
export const VIRTUAL_RATES: ClockRates = { perInstruction: 4, perTrap: 500 };
/** In real-time mode less than any host needs, because the clock cannot go back when it is ahead of the host's. */
export const REAL_TIME_RATES: ClockRates = { perInstruction: 1, perTrap: 50 };

export class MachineClock {
  /** Nanoseconds that an instruction takes. */
  readonly perInstruction: number;
  readonly #perTrap: number;
  readonly #retired: () => number;
  /** Time that did not come from instructions: traps, idling, the host's clock. */
  #offset = 0;
  /** Nanoseconds the machine had nothing to run. */
  idle = 0;
  /** Seconds since 1970 at boot, an integer. */
  readonly bootSeconds: number;

  /** `retired` gives the CPU's count of instructions since boot. */
  constructor(retired: () => number, rates: ClockRates, bootSeconds: number) {
    this.#retired = retired;
    this.perInstruction = rates.perInstruction;
    this.#perTrap = rates.perTrap;
    this.bootSeconds = bootSeconds;
  }

  now(): number {
    return this.#offset + this.#retired() * this.perInstruction;
  }

  /** Counts one trap. */
  trap(): void {
    this.#offset += this.#perTrap;
  }

  /** The machine idles until `time`; earlier than now changes nothing. */
  idleUntil(time: number): void {
    const passed = time - this.now();
    if (passed <= 0) return;
    this.#offset += passed;
    this.idle += passed;
  }

  /** Where the host's clock counts: what it says now, on this clock's scale. Set by the machine's loop. */
  host: (() => number) | undefined;

  /** The time for a program that asks: not as it was at the last pause for breath, when the host's clock counts. */
  read(): number {
    if (this.host !== undefined) this.follow(this.host());
    return this.now();
  }

  /** The host's clock says that `time` has been reached, whatever was executed meanwhile. */
  follow(time: number): void {
    const behind = time - this.now();
    if (behind > 0) this.#offset += behind;
  }
}
