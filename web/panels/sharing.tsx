// The sharing picture: the pages of two processes left and right, the frames between, a line from each page to its
// frame. Two lines that end in one frame are what shared memory is; two that end in different frames are what
// separate processes are. Drawn from the page tables as they are, thirty times a second.

import { useLayoutEffect, useRef, useState } from "preact/hooks";
import type { PageInfo, ProcessState, SwappedPage } from "../client/api.ts";
import { pair, type PairSide, status } from "../store/machine.ts";
import { chooseFrame, chooseSlot, chosenPair, selectedFrame, selectedSlot } from "../store/view.ts";
import { formatAddress, formatCount } from "../ui/format.ts";
import { Icon } from "../ui/icon.tsx";
import { Legend } from "../ui/legend.tsx";
import { kindStyles, swappedStyle } from "../ui/palette.ts";
import { drawLines, type Line } from "./sharing-lines.ts";
import {
  type Cell,
  drawnSegments,
  type FrameGroup,
  frameGroups,
  isMeeting,
  type MiddleFrame,
  middleFrames,
  segmentLabel,
  segments,
  summary,
} from "./sharing-model.ts";

function PageCell({ page, side }: { page: PageInfo; side: string }) {
  const label = `${formatAddress(page.address)}: frame ${page.pfn}, ${kindStyles[page.kind].label}`;
  return (
    <button
      type="button"
      class={`page ${page.kind}${page.pfn === selectedFrame.value ? " selected" : ""}`}
      data-side={side}
      data-pfn={page.pfn}
      title={label}
      aria-label={label}
      tabIndex={-1}
      onClick={() => chooseFrame(page.pfn)}
    />
  );
}

/** A page that has no frame: its bytes are in the swap area, so no line leads anywhere. */
function SwappedCell({ page }: { page: SwappedPage }) {
  const label = `${formatAddress(page.address)}: ${swappedStyle.label}, slot ${page.slot}`;
  return (
    <button
      type="button"
      class={`page swapped${page.slot === selectedSlot.value ? " selected" : ""}`}
      title={label}
      aria-label={label}
      tabIndex={-1}
      onClick={() => chooseSlot(page.slot)}
    >
      {swappedStyle.letter}
    </button>
  );
}

function CellView({ cell, side }: { cell: Cell; side: string }) {
  if ("pfn" in cell) return <PageCell page={cell} side={side} />;
  if ("slot" in cell) return <SwappedCell page={cell} />;
  if ("run" in cell) {
    return (
      <>
        {cell.run > 0 && (
          <span class="run">
            <i class={`swatch ${cell.kind}`} />
            {formatCount(cell.run)} {cell.run === 1 ? "page" : "pages"}
          </span>
        )}
        {cell.swapped > 0 && (
          <span class="run">
            <i class="swatch swapped" />
            {formatCount(cell.swapped)} {swappedStyle.label}
          </span>
        )}
      </>
    );
  }
  if (cell.gap === 1) return <i class="page none" />;
  return (
    <i class="gap" title={`${formatCount(cell.gap)} pages without a frame`}>
      {formatCount(cell.gap)}
    </i>
  );
}

/** States that last long enough to be read. */
const lastingStates: Partial<Record<ProcessState, string>> = {
  blocked: "waits for storage",
  stopped: "is stopped",
};

interface SideProps {
  readonly side: PairSide | null;
  readonly place: "left" | "right";
  readonly drawn: ReadonlySet<number>;
}

function Side({ side, place, drawn }: SideProps) {
  if (side === null) {
    return (
      <div class="space empty">
        <p class="about">
          {place === "left"
            ? "No process yet."
            : "A second process appears here: try shared, apart or cow."}
        </p>
      </div>
    );
  }
  const { shown, more } = drawnSegments(segments(side.space, drawn));
  const stateWords = side.ended ? "has ended" : lastingStates[side.state];
  return (
    <div class={`space${side.ended ? " ended" : ""}`}>
      <h3>
        pid {side.space.pid} <span>{side.name}</span>
        {stateWords !== undefined && <em>{stateWords}</em>}
      </h3>
      {shown.map(({ vma, cells }) => (
        <div class="vma" key={vma.start}>
          <div class="vma-head">
            <span class="vma-name" title={vma.name}>
              {segmentLabel(vma.name)}
            </span>
            <span class="mono">{vma.permissions}</span>
            <span class="mono">{formatAddress(vma.start)}</span>
          </div>
          <div class="pages">
            {cells.map((cell, index) => (
              <CellView cell={cell} side={place} key={index} />
            ))}
          </div>
        </div>
      ))}
      {more > 0 && <p class="about">and {formatCount(more)} more areas</p>}
    </div>
  );
}

function FrameBox({ frame }: { frame: MiddleFrame }) {
  const meeting = isMeeting(frame);
  return (
    <button
      type="button"
      class={`middle-frame ${frame.kind} ${frame.sides}${meeting ? " meeting" : ""}${frame.pfn === selectedFrame.value ? " selected" : ""}`}
      data-frame={frame.pfn}
      aria-label={`frame ${frame.pfn}, ${kindStyles[frame.kind].label}, mapped by ${frame.sides === "both" ? "both" : `the ${frame.sides} process`}`}
      onClick={() => chooseFrame(frame.pfn)}
    >
      <i class={`swatch ${frame.kind}`} />
      {frame.pfn}
    </button>
  );
}

function Group({ title, group }: { title: string; group: FrameGroup | undefined }) {
  if (group === undefined || group.shown.length === 0) return <div class="frame-group" />;
  return (
    <div class="frame-group">
      <h4>{title}</h4>
      <div>
        {group.shown.map((frame) => (
          <FrameBox frame={frame} key={frame.pfn} />
        ))}
      </div>
      {group.more > 0 && <p class="about more">and {formatCount(group.more)} more</p>}
    </div>
  );
}

function Chooser({ index }: { index: 0 | 1 }) {
  const processes = (status.value?.processes ?? []).filter(
    ({ pid, resident, swapped }) => pid > 1 && resident + swapped > 0,
  );
  const shown = pair.value[index]?.space.pid ?? 0;
  const known = processes.some(({ pid }) => pid === shown);
  const choose = (pid: number): void => {
    const other = pair.value[1 - index]?.space.pid ?? 0;
    if (pid > 0 && other > 0) chosenPair.value = index === 0 ? [pid, other] : [other, pid];
  };
  return (
    <select
      aria-label={index === 0 ? "Left process" : "Right process"}
      value={String(shown)}
      onChange={(event) => choose(Number(event.currentTarget.value))}
    >
      {!known && <option value={String(shown)}>{shown === 0 ? "none" : `${shown} (ended)`}</option>}
      {processes.map(({ pid, name }) => (
        <option value={String(pid)} key={pid}>
          {pid} {name}
        </option>
      ))}
    </select>
  );
}

export function SharingPanel() {
  const stage = useRef<HTMLDivElement>(null);
  const [lines, setLines] = useState<readonly Line[]>([]);
  const [left, right] = pair.value;
  const frames = middleFrames(left?.space ?? null, right?.space ?? null);
  const groups = frameGroups(
    left?.space ?? null,
    right?.space ?? null,
    frames,
    selectedFrame.value,
  );
  const drawn = new Set(groups.flatMap(({ shown }) => shown.map(({ pfn }) => pfn)));
  const meeting = groups.find(({ name }) => name === "meeting")?.shown ?? [];

  useLayoutEffect(() => {
    const element = stage.current;
    if (element === null) return undefined;
    const draw = (): void =>
      setLines((old) =>
        drawLines(element, new Set(meeting.map(({ pfn }) => pfn)), selectedFrame.value, old),
      );
    draw();
    const observer = new ResizeObserver(draw);
    observer.observe(element);
    return () => observer.disconnect();
  }, [pair.value, selectedFrame.value]);

  const ended = (left?.ended ?? false) || (right?.ended ?? false);
  const [both, onlyLeft, onlyRight, meetings] = groups;
  const anySwapped = [left, right].some((side) => (side?.space.swapped.length ?? 0) > 0);

  return (
    <section class="panel sharing" aria-label="Where two processes meet">
      <header class="panel-head">
        <h2>Where two processes meet</h2>
        <span class="spacer" />
        <span class="choosers">
          <Chooser index={0} />
          <Chooser index={1} />
          <button
            type="button"
            aria-pressed={chosenPair.value === null}
            onClick={() => (chosenPair.value = null)}
            title="Show the newest parent and child"
          >
            <Icon name="follow" /> Follow
          </button>
        </span>
      </header>
      <p class="summary" aria-live="polite">
        {left !== null && right !== null ? summary(frames, ended) : ""}
      </p>
      <Legend kinds={["anon", "file", "shared", "vdso"]} counts={[]} swapped={anySwapped} />
      <div class="stage-room">
        <div class="stage" ref={stage}>
          <Side side={left} place="left" drawn={drawn} />
          <div class="middle">
            <Group title="frames of both" group={both} />
            <div class="apart-groups">
              <Group title="left only" group={onlyLeft} />
              <Group title="right only" group={onlyRight} />
            </div>
            <Group title={ended ? "they met in" : "they meet in"} group={meetings} />
          </div>
          <Side side={right} place="right" drawn={drawn} />
          <svg class="lines" aria-hidden="true">
            {lines.map(({ path, kind, strength }, index) => (
              <path d={path} class={`line ${kind} ${strength}`} key={index} />
            ))}
          </svg>
        </div>
      </div>
    </section>
  );
}
