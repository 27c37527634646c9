// The sharing picture as data: the pages of two processes and the frames between them.

import type { FrameKind, PageInfo, SpaceInfo, SwappedPage, VmaInfo } from "../client/api.ts";

export interface Segment {
  readonly vma: VmaInfo;
  /** Its pages in address order, those without a frame and those that are too many to draw cut to one entry a run. */
  readonly cells: readonly Cell[];
}

export type Cell = PageInfo | SwappedPage | Gap | Run;

/** `gap` pages in a row that are neither in a frame nor swapped out. */
export interface Gap {
  readonly gap: number;
}

/** Pages in a row that are not drawn one by one: `run` of them with a frame, `swapped` of them swapped out. */
export interface Run {
  readonly run: number;
  readonly swapped: number;
  /** Of those with a frame; the first one's. */
  readonly kind: FrameKind;
}

export interface MiddleFrame {
  readonly pfn: number;
  readonly kind: FrameKind;
  /** Who of the two maps it. */
  readonly sides: "left" | "right" | "both";
}

/** Empty pages shown one by one before they become a count. */
const SHOWN_EMPTY = 3;

/** Frames drawn of each group, and areas drawn of a process that has no frame drawn: thousands would be neither fast nor
 * legible. */
const MOST_FRAMES = 40;
const MOST_AREAS = 40;
/** Swapped pages drawn of a process, and of one area. */
const MOST_SWAPPED = 40;
const MOST_SWAPPED_OF_AREA = 8;

/** A VMA's name as people say it. Linux names shared anonymous memory after a file that was never there. */
export function segmentLabel(name: string): string {
  if (name === "") return "anonymous";
  if (name === "/dev/zero (deleted)") return "shared memory";
  return name.split("/").at(-1) ?? name;
}

/** Cuts a space into its VMAs with their pages; those whose frame is not in `drawn` are counted instead of shown, and so
 * are swapped ones from the ninth of an area on. */
export function segments(
  space: SpaceInfo,
  drawn: { has(pfn: number): boolean },
): readonly Segment[] {
  const pages = inOrder(space);
  let next = 0;
  let swappedRoom = MOST_SWAPPED;
  return space.vmas.map((vma) => {
    const cells: Cell[] = [];
    let at = vma.start;
    let areaRoom = Math.min(swappedRoom, MOST_SWAPPED_OF_AREA);
    let run: { run: number; swapped: number; kind: FrameKind } | undefined;
    const skip = (to: number): void => {
      const empty = (to - at) / 4096;
      if (empty > SHOWN_EMPTY) cells.push({ gap: empty });
      else for (let count = 0; count < empty; count++) cells.push({ gap: 1 });
    };
    for (
      let page = pages[next];
      page !== undefined && page.address < vma.end;
      page = pages[++next]
    ) {
      if (page.address < vma.start) continue;
      if ("slot" in page ? areaRoom > 0 : drawn.has(page.pfn)) {
        if ("slot" in page) {
          areaRoom--;
          swappedRoom--;
        }
        skip(page.address);
        cells.push(page);
        run = undefined;
      } else {
        if (run === undefined) {
          skip(page.address);
          cells.push((run = { run: 0, swapped: 0, kind: "anon" }));
        }
        if ("slot" in page) run.swapped++;
        else if (run.run++ === 0) run.kind = page.kind;
      }
      at = page.address + 4096;
    }
    skip(vma.end);
    return { vma, cells };
  });
}

/** The pages that have a frame and those that are swapped out, by address. Both lists are in order already. */
function inOrder({ pages, swapped }: SpaceInfo): readonly (PageInfo | SwappedPage)[] {
  if (swapped.length === 0) return pages;
  const all: (PageInfo | SwappedPage)[] = [];
  let next = 0;
  for (const page of pages) {
    for (
      let out = swapped[next];
      out !== undefined && out.address < page.address;
      out = swapped[++next]
    ) {
      all.push(out);
    }
    all.push(page);
  }
  return [...all, ...swapped.slice(next)];
}

/** The areas to draw, and how many are left out: those that have nothing to show go when there are too many. */
export function drawnSegments(all: readonly Segment[]): {
  readonly shown: readonly Segment[];
  readonly more: number;
} {
  let room = MOST_AREAS;
  const shown = all.filter(
    ({ cells }) =>
      cells.some((cell) => "pfn" in cell || "slot" in cell) || (room > 0 && room-- > 0),
  );
  return { shown, more: all.length - shown.length };
}

/** Where each frame's page stands in its area: 0 for the area's first page that has a frame. */
function ranks(space: SpaceInfo | null, into: Map<number, number>): void {
  let next = 0;
  for (const { start, end } of space?.vmas ?? []) {
    let rank = 0;
    for (
      let page = space?.pages[next];
      page !== undefined && page.address < end;
      page = space?.pages[++next]
    ) {
      if (page.address < start) continue;
      into.set(page.pfn, Math.min(rank++, into.get(page.pfn) ?? Infinity));
    }
  }
}

export interface FrameGroup {
  readonly name: "meeting" | "both" | "left" | "right";
  readonly shown: readonly MiddleFrame[];
  /** How many more there are that are not drawn. */
  readonly more: number;
}

/** The frames in their groups. Of a large group the first pages of every area are drawn, so that each area shows some;
 * `chosen` always is. */
export function frameGroups(
  left: SpaceInfo | null,
  right: SpaceInfo | null,
  frames: readonly MiddleFrame[],
  chosen: number,
): readonly FrameGroup[] {
  const rank = new Map<number, number>();
  ranks(left, rank);
  ranks(right, rank);
  const order = ({ pfn }: MiddleFrame): number => (pfn === chosen ? -1 : (rank.get(pfn) ?? 0));
  return (["both", "left", "right", "meeting"] as const).map((name) => {
    const members = frames.filter((frame) => (isMeeting(frame) ? "meeting" : frame.sides) === name);
    if (members.length <= MOST_FRAMES) return { name, shown: members, more: 0 };
    const shown = members
      .toSorted((a, b) => order(a) - order(b) || a.pfn - b.pfn)
      .slice(0, MOST_FRAMES)
      .toSorted((a, b) => a.pfn - b.pfn);
    return { name, shown, more: members.length - shown.length };
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

/** What the picture says, in a sentence or two; in the past when one of the two has `ended`. */
export function summary(frames: readonly MiddleFrame[], ended: boolean): string {
  const both = frames.filter(({ sides }) => sides === "both");
  const meeting = both.filter(isMeeting);
  const waiting = both.filter(({ kind }) => kind === "anon").length;
  const files = both.length - meeting.length - waiting;
  const first =
    meeting.length === 0
      ? `They ${ended ? "shared" : "share"} no memory that both may write.`
      : `They ${ended ? "met" : "meet"} in ${meeting.length === 1 ? `frame ${meeting[0]?.pfn ?? ""}` : `${meeting.length} frames`}.`;
  const rest = [
    counted(files, "frame of a file", "frames of files"),
    counted(waiting, "frame that the next write copies", "frames that the next write copies"),
  ].filter(Boolean);
  return rest.length === 0 ? first : `${first} In common: ${rest.join(" and ")}.`;
}
