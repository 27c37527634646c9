// Faults while the Faults panel is open. Recording goes on while a narrow window shows the terminal instead, since what
// is typed there is what one wants to see the faults of; the recorder keeps the latest events until they are pulled.

import { signal } from "@preact/signals";
import type { MachineStatus } from "../client/api.ts";
import type { EventListening } from "../client/event-share.ts";
import { addBatch, addGap, clearLog, emptyLog, type FaultLog, type Names } from "./fault-log.ts";

export const faultLog = signal<FaultLog>(emptyLog);

/** Faults, and what tells whose name is whose. */
const KINDS = ["fault", "fork", "exec", "exit"] as const;

/** Where to go on reading, once recording has begun; undefined while it is off. */
let next: Promise<number> | undefined;
const names: Names = new Map();

export function clearFaults(): void {
  faultLog.value = clearLog(faultLog.value);
}

/** Begins or ends recording. */
export function recordFaults(events: EventListening, open: boolean): void {
  if (open === (next !== undefined)) return;
  if (!open) {
    next = undefined;
    // A machine that is gone records nothing.
    events.stopEvents().catch(() => undefined);
    return;
  }
  faultLog.value = addGap(faultLog.peek(), "closed");
  names.clear();
  // What others have recorded before is not of this panel.
  next = events.events(Infinity, KINDS).then((batch) => batch.next);
  next.catch(() => undefined);
}

/** Reads what was recorded since the last time. */
export async function pullFaults(events: EventListening, seen: MachineStatus): Promise<void> {
  const from = next;
  if (from === undefined) return;
  const since = await from;
  if (next !== from) return;
  const batch = await events.events(since, KINDS);
  if (next !== from) return;
  next = Promise.resolve(batch.next);
  const living = new Map(seen.processes.map(({ pid, name }) => [pid, name]));
  faultLog.value = addBatch(faultLog.value, batch, names, (pid) => living.get(pid));
}
