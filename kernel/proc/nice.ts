// Nice values (sched(7)): each step is a fourth more of what a slice counts for in the run queue, so that of two who compute, one
// step apart, one gets 1.25 times as much of the processor, as on Linux. Nobody starves: whoever waits comes nearer. Steps below 0
// do less, because nobody's turn can come before now.

const LEAST = -20;
const MOST = 19;
const STEP = 1.25;

export function clampNice(value: number): number {
  return Math.max(LEAST, Math.min(MOST, value));
}

/** What `used` nanoseconds count for. */
export function weighted(used: number, nice: number): number {
  return nice === 0 ? used : used * STEP ** nice;
}
