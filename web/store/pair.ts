// Which two processes the sharing picture shows when nobody chose: the newest parent and child, because that is what
// fork makes; else the two newest. A pair on show stays until a newer one appears, even when it has ended.

import type { ProcessInfo } from "../client/api.ts";

/** Two pids, lower first, 0 where there is none. `shown` is the pair on the screen, `chosen` the person's own choice. */
export function choosePair(
  processes: readonly ProcessInfo[],
  shown: readonly [number, number],
  chosen: readonly [number, number] | null,
): readonly [number, number] {
  if (chosen !== null) return chosen;
  const living = processes
    .filter(
      ({ pid, state, resident, swapped }) =>
        pid > 1 && state !== "zombie" && resident + swapped > 0,
    )
    .toSorted((a, b) => b.pid - a.pid);
  const [newest] = living;
  if (newest === undefined) return shown;
  // The shell alone, waiting for a command: leave the last picture where it is.
  if (living.length === 1 && shown[0] !== 0) return shown;
  const other =
    living.find(({ pid }) => pid === newest.parent) ??
    living.find(({ pid, parent }) => pid !== newest.pid && parent === newest.parent) ??
    living[1];
  const next: readonly [number, number] =
    other === undefined
      ? [newest.pid, 0]
      : [Math.min(newest.pid, other.pid), Math.max(newest.pid, other.pid)];
  return next[1] !== 0 && next[1] < Math.max(...shown) && related(processes, shown) ? shown : next;
}

function related(processes: readonly ProcessInfo[], shown: readonly [number, number]): boolean {
  return processes.some(({ pid, parent }) => shown.includes(pid) && shown.includes(parent));
}
