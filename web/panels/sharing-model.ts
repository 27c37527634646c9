// The sharing picture as data: the pages of two processes and the frames between them.

import type { FrameKind, PageInfo, SpaceInfo, VmaInfo } from "../client/api.ts";

export interface Segment {
  readonly vma: VmaInfo;
  /** One entry a page, in address order: the page if it has a frame. Long empty runs are cut to one gap. */
  readonly cells: readonly (PageInfo | Gap)[];
}

/** `count` pages in a row that have no frame. */
export interface Gap {
  readonly gap: number;
}

export interface MiddleFrame {
  readonly pfn: number;
  readonly kind: FrameKind;
  /** Who of the two maps it. */
  readonly sides: "left" | "right" | "both";
}

/** Empty pages shown one by one before they become a count. */
const SHOWN_EMPTY = 3;

export function isGap(cell: PageInfo | Gap): cell is Gap {
  return "gap" in cell;
}

/** A VMA's name as people say it. Linux names shared anonymous memory after a file that was never there. */
export function segmentLabel(name: string): string {
  if (name === "") return "anonymous";
  if (name === "/dev/zero (deleted)") return "shared memory";
  return name.split("/").at(-1) ?? name;
}

/** Cuts a space into its VMAs with their pages. */
export function segments(space: SpaceInfo): readonly Segment[] {
  let next = 0;
  return space.vmas.map((vma) => {
    const cells: (PageInfo | Gap)[] = [];
    let at = vma.start;
    const skip = (to: number): void => {
      const empty = (to - at) / 4096;
      if (empty > SHOWN_EMPTY) cells.push({ gap: empty });
      else for (let count = 0; count < empty; count++) cells.push({ gap: 1 });
    };
    for (
      let page = space.pages[next];
      page !== undefined && page.address < vma.end;
      page = space.pages[++next]
    ) {
      if (page.address < vma.start) continue;
      skip(page.address);
      cells.push(page);
      at = page.address + 4096;
    }
    skip(vma.end);
    return { vma, cells };
  });
}

/** The frames that either space maps, those of both first, each group by number. */
export function middleFrames(
  left: SpaceInfo | null,
  right: SpaceInfo | null,
): readonly MiddleFrame[] {
  const found = new Map<number, MiddleFrame>();
  for (const { pfn, kind } of left?.pages ?? []) found.set(pfn, { pfn, kind, sides: "left" });
  for (const { pfn, kind } of right?.pages ?? []) {
    const sides = found.has(pfn) && found.get(pfn)?.sides !== "right" ? "both" : "right";
    found.set(pfn, { pfn, kind, sides });
  }
  return [...found.values()].toSorted((a, b) => a.pfn - b.pfn);
}

/** A frame that both may write is where they meet: shared memory, not a page that merely has not been copied yet. */
export function isMeeting(frame: MiddleFrame): boolean {
  return frame.sides === "both" && frame.kind === "shared";
}

const counted = (count: number, one: string, many: string): string =>
  count === 0 ? "" : `${count} ${count === 1 ? one : many}`;

/** What the picture says, in a sentence or two. */
export function summary(frames: readonly MiddleFrame[]): string {
  const both = frames.filter(({ sides }) => sides === "both");
  const meeting = both.filter(isMeeting);
  const waiting = both.filter(({ kind }) => kind === "anon").length;
  const files = both.length - meeting.length - waiting;
  const first =
    meeting.length === 0
      ? "They share no memory that both may write."
      : `They meet in ${meeting.length === 1 ? `frame ${meeting[0]?.pfn ?? ""}` : `${meeting.length} frames`}.`;
  const rest = [
    counted(files, "frame of a file", "frames of files"),
    counted(waiting, "frame that the next write copies", "frames that the next write copies"),
  ].filter(Boolean);
  return rest.length === 0 ? first : `${first} In common: ${rest.join(" and ")}.`;
}
