// Faults while the Faults panel is open. Recording goes on while a narrow window shows the terminal instead, since what
// is typed there is what one wants to see the faults of; the recorder keeps the latest events until they are pulled.

import { signal } from "@preact/signals";
import type { MachineStatus } from "../client/api.ts";
import type { EventListening } from "../client/event-share.ts";
import type { PageClient } from "../client/vitrine.ts";
import { wantPlaces } from "./code-places.ts";
import {
  addBatch,
  addGap,
  clearLog,
  emptyLog,
  type FaultLog,
  forgetChanged,
  type Names,
  type Program,
  type Programs,
} from "./fault-log.ts";

export const faultLog = signal<FaultLog>(emptyLog);

/** Faults, and what tells whose name is whose. */
const KINDS = ["fault", "fork", "exec", "exit"] as const;

/** Where to go on reading, once recording has begun; undefined while it is off. */
let next: Promise<number> | undefined;
const names: Names = new Map();
const programs: Programs = new Map();
/** Whether processes run whose beginning was not recorded: their programs must be asked for. */
let isBlind = true;

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
  programs.clear();
  isBlind = true;
  // What others have recorded before is not of this panel.
  next = events.events(Infinity, KINDS).then((batch) => batch.next);
  next.catch(() => undefined);
}

/** Reads what was recorded since the last time. */
export async function pullFaults(
  { vitrine, listening }: PageClient,
  seen: MachineStatus,
): Promise<void> {
  const from = next;
  if (from === undefined) return;
  const since = await from;
  if (next !== from) return;
  const asked = isBlind ? await vitrine.programs() : undefined;
  const batch = await listening.events(since, KINDS);
  if (next !== from) return;
  if (asked !== undefined) {
    for (const { pid, ...program } of asked) programs.set(pid, program);
    forgetChanged(programs, batch.events);
  }
  isBlind = batch.lost;
  next = Promise.resolve(batch.next);
  const living = new Map(seen.processes.map(({ pid, name }) => [pid, name]));
  const before = faultLog.value.nextId;
  faultLog.value = addBatch(faultLog.value, batch, names, (pid) => living.get(pid), programs);
  const ran = new Set<Program>();
  for (const row of faultLog.value.rows) {
    if (row.id >= before && "program" in row && row.program !== undefined) ran.add(row.program);
  }
  for (const program of ran) wantPlaces(vitrine, program);
}
