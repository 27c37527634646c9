// The page: a bar above, the terminal left, the machine right, a line of facts below.

import { type ComponentType, render } from "preact";
import type { MachineStatus } from "./client/api.ts";
import type { PageClient } from "./client/vitrine.ts";
import {
  busy,
  dismissNotices,
  fail,
  failure,
  follow,
  notice,
  notices,
  status,
} from "./store/machine.ts";
import {
  detailShare,
  editorOpen,
  editorShare,
  narrowPane,
  selectedFrame,
  selectedSlot,
  terminalShare,
  type View,
  view,
} from "./store/view.ts";
import type { Screen } from "./terminal/screen.ts";
import { TerminalPane } from "./terminal/pane.tsx";
import { FrameDetailPane } from "./panels/frame-detail.tsx";
import { FramesPanel } from "./panels/frames.tsx";
import { LaterPanel } from "./panels/later.tsx";
import { SharingPanel } from "./panels/sharing.tsx";
import { SlotDetailPane } from "./panels/slot-detail.tsx";
import { DropZone } from "./ui/drop-zone.tsx";
import { formatBytes, formatCount, formatLarge } from "./ui/format.ts";
import { Icon, type IconName } from "./ui/icon.tsx";
import { followPaneKey } from "./ui/pane-focus.ts";
import { Question } from "./ui/question.tsx";
import { Splitter } from "./ui/splitter.tsx";
import { loadStyleSheet } from "./ui/style-sheet.ts";

const narrow = matchMedia("(max-width: 760px)");

export interface PageParts extends PageClient {
  readonly screen: Screen;
  readonly ram: number;
  /** Types text into the terminal. */
  readonly send: (text: string) => void;
}

const viewButtons: readonly (readonly [view: View, label: string, icon: IconName])[] = [
  ["sharing", "Sharing", "meet"],
  ["frames", "Frames", "grid"],
  ["faults", "Faults", "fault"],
];

const loadFaults = async () => (await import("./panels/faults.tsx")).FaultsPanel;

/** A view's panel; one that takes its time to load says so. */
function Panel({ name }: { name: View }) {
  switch (name) {
    case "sharing":
      return <SharingPanel />;
    case "frames":
      return <FramesPanel />;
    case "faults":
      return <LaterPanel label="Faults" load={loadFaults} />;
  }
}

function Bar({ ram, vitrine }: Pick<PageParts, "ram" | "vitrine">) {
  const paused = status.value?.paused ?? false;
  const swap = (status.value?.swap.total ?? 0) * 4096;
  const isEditing = narrow.matches ? narrowPane.value === "editor" : editorOpen.value;
  const toggleEditor = (): void => {
    if (!isEditing || !narrow.matches) editorOpen.value = !isEditing;
    if (narrow.matches) narrowPane.value = isEditing ? "terminal" : "editor";
  };
  const setPaused = (pause: boolean) => void (pause ? vitrine.pause() : vitrine.resume());
  return (
    <header class="bar">
      <h1>Vitrine</h1>
      <span class="about">
        {formatBytes(ram)} RAM
        {swap > 0 && ` · ${formatBytes(swap)} swap`}
      </span>
      <span class="spacer" />
      <button type="button" aria-pressed={isEditing} onClick={toggleEditor}>
        <Icon name="edit" />
        Editor
      </button>
      <button
        type="button"
        class="narrow-only"
        onClick={() =>
          (narrowPane.value = narrowPane.value === "terminal" ? "machine" : "terminal")
        }
      >
        <Icon name={narrowPane.value === "terminal" ? "grid" : "terminal"} />
        {narrowPane.value === "terminal" ? "Machine" : "Terminal"}
      </button>
      <button
        type="button"
        aria-pressed={paused}
        onClick={() => setPaused(!paused)}
        disabled={failure.value !== null}
      >
        <Icon name={paused ? "play" : "pause"} />
        {paused ? "Resume" : "Pause"}
      </button>
      <nav aria-label="View">
        {viewButtons.map(([name, label, icon]) => (
          <button
            type="button"
            key={name}
            aria-pressed={view.value === name}
            onClick={() => {
              view.value = name;
              narrowPane.value = "machine";
            }}
          >
            <Icon name={icon} />
            {label}
          </button>
        ))}
      </nav>
    </header>
  );
}

/** What the hart does, in a word or two. */
function activity({ paused, processes, running }: MachineStatus, busy: boolean): string {
  if (paused) return "paused";
  const current = processes.find(({ pid }) => pid === running);
  if (current !== undefined) return `running ${current.name} (pid ${current.pid})`;
  const [blocked] = processes.filter(({ state }) => state === "blocked");
  if (blocked !== undefined) return `${blocked.name} (pid ${blocked.pid}) waits for storage`;
  return busy ? "busy" : "idle";
}

function Facts() {
  const seen = status.value;
  if (failure.value !== null) return <footer class="facts">The machine does not run.</footer>;
  if (seen === null) return <footer class="facts">Starting…</footer>;
  const { memory, swap } = seen;
  return (
    <footer class="facts">
      <span>{activity(seen, busy.value)}</span>
      <span>{formatLarge(seen.instructions)} instructions</span>
      <span>
        {formatCount(memory.free)} of {formatCount(memory.frames)} frames free
      </span>
      {swap.total > 0 && (
        <span>
          {formatCount(swap.used)} of {formatCount(swap.total)} swap slots used
        </span>
      )}
      <span class="spacer" />
      <span>
        {seen.processes.length} {seen.processes.length === 1 ? "process" : "processes"}
      </span>
    </footer>
  );
}

function Notices() {
  if (failure.value !== null) {
    const { reason, started } = failure.value;
    return (
      <div class="notice failure" role="alert">
        <div>
          <strong>{started ? "The machine has stopped." : "The machine did not start."}</strong>
          <pre tabIndex={0}>{reason}</pre>
          <p>
            {started
              ? "This is a fault in Vitrine, not in your program. Reload the page to start a new machine."
              : "Reload the page to try again."}
          </p>
        </div>
        <button type="button" onClick={() => location.reload()}>
          Reload
        </button>
      </div>
    );
  }
  if (notices.value.length === 0) return null;
  return (
    <div class="notice" role="status">
      <div>
        {notices.value.map((text, index) => (
          <p key={index}>{text}</p>
        ))}
      </div>
      <button type="button" class="bare" aria-label="Dismiss" onClick={dismissNotices}>
        <Icon name="close" />
      </button>
    </div>
  );
}

interface AppProps extends PageParts {
  readonly loadEditor: () => Promise<ComponentType>;
  readonly receive: (files: readonly File[]) => void;
}

function App({ screen, vitrine, ram, send, loadEditor, receive }: AppProps) {
  const slotOpen = selectedSlot.value >= 0;
  const detailOpen = slotOpen || selectedFrame.value >= 0;
  return (
    <div class={`app show-${narrowPane.value}`}>
      <Bar ram={ram} vitrine={vitrine} />
      <Notices />
      <main style={{ "--terminal-share": `${terminalShare.value}%` }}>
        <div
          class="work"
          style={{ "--editor-share": editorOpen.value ? `${editorShare.value}%` : "0%" }}
        >
          {editorOpen.value && (
            <>
              <LaterPanel label="Editor" load={loadEditor} className="editor-pane" />
              <Splitter share={editorShare} direction="rows" label="Height of the editor" />
            </>
          )}
          <TerminalPane screen={screen} send={send} />
        </div>
        <Splitter share={terminalShare} direction="columns" label="Width of the terminal" />
        <div class="machine" style={{ "--detail-share": `${detailOpen ? detailShare.value : 0}%` }}>
          <Panel name={view.value} />
          {detailOpen && (
            <>
              <Splitter
                share={detailShare}
                direction="rows"
                after
                label="Height of the details below"
              />
              {slotOpen ? <SlotDetailPane /> : <FrameDetailPane />}
            </>
          )}
        </div>
      </main>
      <Facts />
      <Question />
      <DropZone onFiles={receive} />
    </div>
  );
}

export interface OpenPage {
  /** Shows a message until the person closes it. */
  readonly notice: (text: string) => void;
  /** Says that the machine has stopped for good, and why. */
  readonly fail: (reason: string) => void;
}

/** Puts the whole page into `place`, the terminal that is there already included, and begins to follow the machine. */
export function openPage(place: HTMLElement, parts: PageParts): OpenPage {
  const loadEditor = async () => {
    const [{ createEditorPane }] = await Promise.all([
      import("./editor/pane.tsx"),
      loadStyleSheet("editor.css"),
    ]);
    made ??= createEditorPane(parts);
    return made;
  };
  let made: ComponentType | undefined;
  const receive = (files: readonly File[]): void => {
    import("./editor/receive.ts").then(
      ({ receiveFiles }) => receiveFiles(parts, files),
      (error: unknown) => notice(`What takes files could not be loaded: ${String(error)}`),
    );
  };
  place.replaceChildren();
  render(<App {...parts} loadEditor={loadEditor} receive={receive} />, place);
  followPaneKey();
  follow(parts, () => !narrow.matches || narrowPane.value === "machine");
  return { notice, fail };
}
