// The lines of the sharing picture, measured from where the page has put its cells and frames.

export interface Line {
  /** SVG path data in the stage's pixels. */
  readonly path: string;
  /** The page's kind, for its colour. */
  readonly kind: string;
  /** `meeting` is the one loud line; `chosen` follows the person; `both` and `alone` are quiet. */
  readonly strength: "meeting" | "chosen" | "both" | "alone";
}

/** From the side of a page cell level to the edge of its segment, so that no text is crossed, then a curve to the side
 * of the frame. */
function curve(x1: number, edge: number, y1: number, x2: number, y2: number): string {
  const middle = Math.round((edge + x2) / 2);
  return `M${x1} ${y1}H${edge}C${middle} ${y1} ${middle} ${y2} ${x2} ${y2}`;
}

/** Computes all lines of the stage; gives `old` back when nothing moved, so that nothing is drawn again. */
export function drawLines(
  stage: HTMLElement,
  meeting: ReadonlySet<number>,
  chosen: number,
  old: readonly Line[],
): readonly Line[] {
  const origin = stage.getBoundingClientRect();
  const frames = new Map<number, { box: DOMRect; both: boolean }>();
  for (const element of stage.querySelectorAll<HTMLElement>("[data-frame]")) {
    frames.set(Number(element.dataset["frame"]), {
      box: element.getBoundingClientRect(),
      both: element.classList.contains("both"),
    });
  }
  const lines: Line[] = [];
  for (const cell of stage.querySelectorAll<HTMLElement>("[data-pfn]")) {
    const pfn = Number(cell.dataset["pfn"]);
    const frame = frames.get(pfn);
    if (frame === undefined) continue;
    const box = cell.getBoundingClientRect();
    const fromLeft = cell.dataset["side"] === "left";
    const segment = cell.closest(".vma")?.getBoundingClientRect() ?? box;
    const x1 = Math.round((fromLeft ? box.right : box.left) - origin.left);
    const edge = Math.round((fromLeft ? segment.right : segment.left) - origin.left);
    const x2 = Math.round((fromLeft ? frame.box.left : frame.box.right) - origin.left);
    const y1 = Math.round(box.top + box.height / 2 - origin.top);
    const y2 = Math.round(frame.box.top + frame.box.height / 2 - origin.top);
    const strength = meeting.has(pfn)
      ? "meeting"
      : pfn === chosen
        ? "chosen"
        : frame.both
          ? "both"
          : "alone";
    lines.push({ path: curve(x1, edge, y1, x2, y2), kind: cell.classList[1] ?? "", strength });
  }
  const same =
    lines.length === old.length &&
    lines.every(
      (line, index) =>
        line.path === old[index]?.path &&
        line.strength === old[index]?.strength &&
        line.kind === old[index]?.kind,
    );
  return same ? old : lines;
}
