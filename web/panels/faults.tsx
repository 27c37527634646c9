// The Faults panel: every page fault while the panel is open, with its cause in plain words. Nothing is recorded for it
// when it is closed.

import { signal } from "@preact/signals";
import { faultOutcomes } from "../client/api.ts";
import {
  type FaultLog,
  filterRows,
  MOST_ROWS,
  type OutcomeGroup,
  outcomeGroups,
  processesIn,
  totalFaults,
} from "../store/fault-log.ts";
import { clearFaults, faultLog } from "../store/faults.ts";
import { chooseFrame, openInEditor, selectedFrame } from "../store/view.ts";
import { formatCount } from "../ui/format.ts";
import { Icon } from "../ui/icon.tsx";
import { FaultList } from "./fault-list.tsx";
import { groupLabels, outcomeStyles } from "./fault-words.ts";

const chosenPid = signal(0);
const chosenGroup = signal<OutcomeGroup>("all");
/** The log as it was when the person paused the list. */
const paused = signal<FaultLog | null>(null);

const groups = Object.keys(outcomeGroups) as OutcomeGroup[];

function Counts({ counts }: Pick<FaultLog, "counts">) {
  return (
    <ul class="fault-counts" aria-label="Faults by outcome">
      {faultOutcomes.map((outcome, place) => {
        const count = counts[place] ?? 0;
        if (count === 0) return null;
        const { label, mark, weight } = outcomeStyles[outcome];
        return (
          <li key={outcome} class={weight}>
            {"kind" in mark ? (
              <i class={`swatch ${mark.kind}`} />
            ) : (
              <span class={`mark ${weight}`}>
                <Icon name={mark.icon} />
              </span>
            )}
            {label} <b>{formatCount(count)}</b>
          </li>
        );
      })}
    </ul>
  );
}

function ProcessChoice({ log }: { log: FaultLog }) {
  const processes = processesIn(log.rows);
  const pid = chosenPid.value;
  const known = pid === 0 || processes.some(([one]) => one === pid);
  return (
    <label class="choice">
      Process
      <select
        value={String(pid)}
        onChange={(event) => (chosenPid.value = Number(event.currentTarget.value))}
      >
        <option value="0">all</option>
        {processes.map(([one, name]) => (
          <option value={String(one)} key={one}>
            {one} {name}
          </option>
        ))}
        {!known && <option value={String(pid)}>{pid}</option>}
      </select>
    </label>
  );
}

function listed(shown: number, log: FaultLog): string {
  const total = totalFaults(log);
  if (total === 0) return "";
  const { length } = log.rows;
  if (shown === length) return `${formatCount(total)} recorded`;
  const among = length < MOST_ROWS ? formatCount(total) : `the last ${formatCount(MOST_ROWS)}`;
  return `${formatCount(shown)} of ${among}`;
}

function note(log: FaultLog, missed: number | null): string {
  if (missed !== null) return `The list is paused; since then ${formatCount(missed)} more.`;
  const kept = log.rows.length < MOST_ROWS ? "" : ` The last ${formatCount(MOST_ROWS)} are kept.`;
  return `Newest at the bottom.${kept} Faults are recorded while this panel is open.`;
}

export function FaultsPanel() {
  const log = paused.value ?? faultLog.value;
  const rows = filterRows(log.rows, { pid: chosenPid.value, group: chosenGroup.value });
  const missed = faultLog.value.nextId - log.nextId;
  const clear = (): void => {
    clearFaults();
    paused.value = null;
  };
  return (
    <section class="panel faults" aria-label="Faults">
      <header class="panel-head">
        <h2>Faults</h2>
        <span class="about">{listed(rows.length, log)}</span>
        <span class="spacer" />
        <ProcessChoice log={log} />
        <label class="choice">
          Show
          <select
            value={chosenGroup.value}
            onChange={(event) => {
              const wanted = event.currentTarget.value;
              chosenGroup.value = groups.find((group) => group === wanted) ?? "all";
            }}
          >
            {groups.map((group) => (
              <option value={group} key={group}>
                {groupLabels[group]}
              </option>
            ))}
          </select>
        </label>
        <button
          type="button"
          aria-pressed={paused.value !== null}
          title="Holds the list; the machine goes on"
          onClick={() => (paused.value = paused.value === null ? faultLog.value : null)}
        >
          <Icon name={paused.value === null ? "pause" : "play"} />
          {paused.value === null ? "Pause list" : "Resume list"}
        </button>
        <button type="button" onClick={clear} disabled={log.rows.length === 0 && missed === 0}>
          Clear
        </button>
      </header>
      <Counts counts={log.counts} />
      <FaultList
        rows={rows}
        chosenFrame={selectedFrame.value}
        onFrame={chooseFrame}
        onSource={({ file, line }, program) => openInEditor(file, line, program.file)}
        empty={
          log.rows.length === 0
            ? "No fault yet. Run something in the terminal: cow, for one, writes to a page that two processes share."
            : "No fault of this sort was recorded."
        }
        note={note(log, paused.value === null ? null : missed)}
      />
    </section>
  );
}
