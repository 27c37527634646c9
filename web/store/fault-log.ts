// The faults as the Faults panel lists them: the latest of them, counts of all, and the places where some are missing.

import {
  type EventBatch,
  type FileIdentity,
  type FaultOutcome,
  faultOutcomes,
  type MachineEvent,
} from "../client/api.ts";

type FaultEvent = Extract<MachineEvent, { kind: "fault" }>;

/** The file that a process runs, as it was when it began to. */
export interface Program extends FileIdentity {
  readonly file: string;
}

export interface FaultRow extends Pick<
  FaultEvent,
  "time" | "pid" | "address" | "access" | "outcome" | "frame" | "from" | "pc"
> {
  /** Counts rows; never used twice. */
  readonly id: number;
  /** The process's name when it faulted, empty when it is not known. */
  readonly name: string;
  /** What `pc` is an address in; undefined when it is not known. */
  readonly program: Program | undefined;
}

/** Faults are missing here: the recorder had no room for them, or the panel was closed. */
export interface GapRow {
  readonly id: number;
  readonly gap: "lost" | "closed";
}

export type LogRow = FaultRow | GapRow;

export interface FaultLog {
  /** Oldest first, at most `MOST_ROWS`. */
  readonly rows: readonly LogRow[];
  /** How many of each outcome there were since the log was cleared, by the outcome's place in `faultOutcomes`. */
  readonly counts: readonly number[];
  readonly nextId: number;
}

export const MOST_ROWS = 5000;

export const emptyLog: FaultLog = { rows: [], counts: faultOutcomes.map(() => 0), nextId: 0 };

/** Empties a log; ids go on. */
export const clearLog = ({ nextId }: FaultLog): FaultLog => ({ ...emptyLog, nextId });

export const totalFaults = ({ counts }: FaultLog): number =>
  counts.reduce((sum, count) => sum + count, 0);

function withRows(log: FaultLog, added: readonly LogRow[]): readonly LogRow[] {
  return [...log.rows, ...added].slice(-MOST_ROWS);
}

/** Notes that faults are missing here. Two such notes in a row would say nothing more, and none is due before a fault. */
export function addGap(log: FaultLog, gap: GapRow["gap"]): FaultLog {
  const last = log.rows.at(-1);
  if (last === undefined || "gap" in last) return log;
  return { ...log, rows: withRows(log, [{ id: log.nextId, gap }]), nextId: log.nextId + 1 };
}

/** Who has which name: from the events as far as they tell it, since a short program is gone before anybody asks. */
export type Names = Map<number, string>;

/** Who runs which program, as far as the events and whoever was asked tell it. */
export type Programs = Map<number, Program>;

/**
 * Takes from programs that were asked for before a batch those of which the batch tells something: what they were at its
 * beginning cannot be known.
 */
export function forgetChanged(programs: Programs, events: readonly MachineEvent[]): void {
  for (const event of events) {
    if (event.kind === "exec" || event.kind === "exit") programs.delete(event.pid);
    else if (event.kind === "fork") programs.delete(event.child);
  }
}

/** The longest name a process can have (Linux's TASK_COMM_LEN without its final zero). */
const NAME_BYTES = 15;

function follow(
  event: MachineEvent,
  names: Names,
  programs: Programs,
  known: (pid: number) => string | undefined,
): void {
  if (event.kind === "exec") {
    const { file, device, inode, changed } = event;
    programs.set(event.pid, { file, device, inode, changed });
    names.set(event.pid, (event.path.split("/").at(-1) ?? "").slice(0, NAME_BYTES));
  } else if (event.kind === "fork") {
    // The child may have another name by the time somebody asks.
    const name = names.get(event.pid) ?? known(event.pid);
    if (name !== undefined) names.set(event.child, name);
    const program = programs.get(event.pid);
    if (program !== undefined) programs.set(event.child, program);
    else programs.delete(event.child);
  } else if (event.kind === "exit") {
    names.delete(event.pid);
    programs.delete(event.pid);
  }
}

/**
 * Adds a batch's faults. `names` and `programs` are what the events so far told and are brought up to date; `known` gives the name of a
 * living process of which they told nothing.
 */
export function addBatch(
  log: FaultLog,
  { events, lost }: Pick<EventBatch, "events" | "lost">,
  names: Names,
  known: (pid: number) => string | undefined,
  programs: Programs = new Map(),
): FaultLog {
  // What was lost may have been the end of one process and the beginning of another.
  if (lost) {
    names.clear();
    programs.clear();
  }
  let { nextId } = log;
  const counts = [...log.counts];
  const added: LogRow[] = [];
  if (lost) added.push({ id: nextId++, gap: "lost" });
  for (const event of events) {
    if (event.kind !== "fault") {
      follow(event, names, programs, known);
      continue;
    }
    const { kind: _, sequence: __, ...what } = event;
    const { pid, outcome } = what;
    let name = names.get(pid);
    if (name === undefined) {
      name = known(pid) ?? "";
      if (name !== "") names.set(pid, name);
    }
    const place = faultOutcomes.indexOf(outcome);
    counts[place] = (counts[place] ?? 0) + 1;
    added.push({ id: nextId++, name, program: programs.get(pid), ...what });
  }
  if (added.length === 0) return log;
  return { rows: withRows(log, added), counts, nextId };
}

/** What the list shows. */
export const outcomeGroups = {
  all: faultOutcomes,
  major: ["swap-in", "wait"],
  copy: ["copy", "reuse"],
  failed: ["unmapped", "forbidden", "beyond-end", "no-memory", "io-error"],
} as const satisfies Record<string, readonly FaultOutcome[]>;
export type OutcomeGroup = keyof typeof outcomeGroups;

export interface FaultFilter {
  /** 0 for all. */
  readonly pid: number;
  readonly group: OutcomeGroup;
}

/** The rows that the filter lets through. Gaps are always told, but two in a row once. */
export function filterRows(
  rows: readonly LogRow[],
  { pid, group }: FaultFilter,
): readonly LogRow[] {
  if (pid === 0 && group === "all") return rows;
  const outcomes: readonly FaultOutcome[] = outcomeGroups[group];
  const shown: LogRow[] = [];
  for (const row of rows) {
    const last = shown.at(-1);
    const fits =
      "gap" in row
        ? last !== undefined && !("gap" in last)
        : (pid === 0 || row.pid === pid) && outcomes.includes(row.outcome);
    if (fits) shown.push(row);
  }
  return shown;
}

/** The processes in the list with the last known name of each, by pid. */
export function processesIn(rows: readonly LogRow[]): readonly (readonly [number, string])[] {
  const names = new Map<number, string>();
  for (const row of rows) {
    if ("gap" in row) continue;
    if (row.name !== "" || !names.has(row.pid)) names.set(row.pid, row.name);
  }
  return [...names].toSorted(([a], [b]) => a - b);
}
