// The sharing picture: the pages of two processes left and right, the frames between, a line from each page to its
// frame. Two lines that end in one frame are what shared memory is; two that end in different frames are what
// separate processes are. Drawn from the page tables as they are, thirty times a second.

import { useLayoutEffect, useRef, useState } from "preact/hooks";
import type { PageInfo } from "../client/api.ts";
import { pair, type PairSide, status } from "../store/machine.ts";
import { chosenPair, selectedFrame } from "../store/view.ts";
import { formatAddress } from "../ui/format.ts";
import { Icon } from "../ui/icon.tsx";
import { Legend } from "../ui/legend.tsx";
import { kindStyles } from "../ui/palette.ts";
import { drawLines, type Line } from "./sharing-lines.ts";
import {
  isGap,
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
      onClick={() => (selectedFrame.value = page.pfn)}
    />
  );
}

function Side({ side, place }: { side: PairSide | null; place: "left" | "right" }) {
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
  return (
    <div class={`space${side.ended ? " ended" : ""}`}>
      <h3>
        pid {side.space.pid} <span>{side.name}</span>
        {side.ended && <em>has ended</em>}
      </h3>
      {segments(side.space).map(({ vma, cells }) => (
        <div class="vma" key={vma.start}>
          <div class="vma-head">
            <span class="vma-name" title={vma.name}>
              {segmentLabel(vma.name)}
            </span>
            <span class="mono">{vma.permissions}</span>
            <span class="mono">{formatAddress(vma.start)}</span>
          </div>
          <div class="pages">
            {cells.map((cell, index) =>
              isGap(cell) ? (
                <i class={cell.gap > 1 ? "gap" : "page none"} key={index}>
                  {cell.gap > 1 ? `${cell.gap}` : ""}
                </i>
              ) : (
                <PageCell page={cell} side={place} key={index} />
              ),
            )}
          </div>
        </div>
      ))}
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
      onClick={() => (selectedFrame.value = frame.pfn)}
    >
      <i class={`swatch ${frame.kind}`} />
      {frame.pfn}
    </button>
  );
}

function Chooser({ index }: { index: 0 | 1 }) {
  const processes = (status.value?.processes ?? []).filter(
    ({ pid, resident }) => pid > 1 && resident > 0,
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
  const both = frames.filter((frame) => frame.sides === "both");

  useLayoutEffect(() => {
    const element = stage.current;
    if (element === null) return undefined;
    const draw = (): void =>
      setLines((old) =>
        drawLines(
          element,
          new Set(both.filter(isMeeting).map(({ pfn }) => pfn)),
          selectedFrame.value,
          old,
        ),
      );
    draw();
    const observer = new ResizeObserver(draw);
    observer.observe(element);
    return () => observer.disconnect();
  }, [pair.value, selectedFrame.value]);

  const group = (title: string, members: readonly MiddleFrame[]) => (
    <div class="frame-group">
      <h4>{members.length > 0 ? title : ""}</h4>
      <div>
        {members.map((frame) => (
          <FrameBox frame={frame} key={frame.pfn} />
        ))}
      </div>
    </div>
  );

  return (
    <section class="panel sharing" aria-label="Where two processes meet">
      <header class="panel-head">
        <h2>Where two processes meet</h2>
        <span class="spacer" />
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
      </header>
      <p class="summary" aria-live="polite">
        {left !== null && right !== null ? summary(frames) : ""}
      </p>
      <Legend kinds={["anon", "file", "shared", "vdso"]} counts={[]} />
      <div class="stage-room">
        <div class="stage" ref={stage}>
          <Side side={left} place="left" />
          <div class="middle">
            {group(
              "frames of both",
              both.filter((frame) => !isMeeting(frame)),
            )}
            <div class="apart-groups">
              {group(
                "left only",
                frames.filter(({ sides }) => sides === "left"),
              )}
              {group(
                "right only",
                frames.filter(({ sides }) => sides === "right"),
              )}
            </div>
            {group("they meet in", both.filter(isMeeting))}
          </div>
          <Side side={right} place="right" />
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
