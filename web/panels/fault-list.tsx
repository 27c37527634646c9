// The faults as a list of which only the rows in sight are on the page: 5,000 rows cost as much as 50. It follows the
// newest row until the person scrolls up, and then holds still, even while the oldest rows are dropped above.

import { useLayoutEffect, useRef, useState } from "preact/hooks";
import { type SourcePlace, sourceOf } from "../store/code-places.ts";
import type { FaultRow, LogRow, Program } from "../store/fault-log.ts";
import { formatAddress, formatSeconds } from "../ui/format.ts";
import { Icon } from "../ui/icon.tsx";
import { faultMeaning, outcomeStyles } from "./fault-words.ts";
import { indexOfRow, listWindow, type Place } from "./list-window.ts";

/** Heights in CSS pixels, as faults.css has them; below this width a fault takes two lines. */
const ROW = 23;
const TALL_ROW = 42;
const TWO_LINES_BELOW = 660;

const gapTexts = {
  lost: "Here some faults were not recorded: there were too many at once.",
  closed: "Here faults were not recorded: this panel was closed.",
} as const;

function Mark({ outcome }: Pick<FaultRow, "outcome">) {
  const { mark, weight } = outcomeStyles[outcome];
  return "kind" in mark ? (
    <i class={`swatch ${mark.kind}`} />
  ) : (
    <span class={`mark ${weight}`}>
      <Icon name={mark.icon} />
    </span>
  );
}

/** Shows a line of C, given where its program is. */
export type OnSource = (place: SourcePlace, program: Program) => void;

function SourceLink({ row, onSource }: { row: FaultRow; onSource: OnSource }) {
  const place = sourceOf(row);
  if (place === undefined || row.program === undefined) return null;
  const { program } = row;
  const name = `${place.file.split("/").at(-1)}:${place.line}`;
  const within = place.function === undefined ? "" : `, in ${place.function}`;
  return (
    <button
      type="button"
      class="link source mono"
      tabIndex={-1}
      title={`${place.file}:${place.line}${within}; opens it in the editor`}
      onClick={() => onSource(place, program)}
    >
      {name}
    </button>
  );
}

interface RowProps {
  readonly row: LogRow;
  readonly index: number;
  readonly current: boolean;
  readonly chosen: boolean;
  readonly onPoint: (row: LogRow) => void;
  readonly onFrame: (pfn: number) => void;
  readonly onSource: OnSource;
}

function Row({ row, index, current, chosen, onPoint, onFrame, onSource }: RowProps) {
  const common = {
    role: "row",
    id: `fault-${row.id}`,
    // The header is the first row.
    "aria-rowindex": index + 2,
    "aria-selected": current,
    onClick: () => onPoint(row),
  } as const;
  if ("gap" in row) {
    return (
      <div {...common} class={`fault gap-row${current ? " current" : ""}`}>
        <span role="gridcell" aria-colspan={6}>
          {gapTexts[row.gap]}
        </span>
      </div>
    );
  }
  const meaning = faultMeaning(row);
  const address = formatAddress(row.address);
  const process = row.name === "" ? String(row.pid) : `${row.pid} ${row.name}`;
  return (
    <div
      {...common}
      class={`fault ${outcomeStyles[row.outcome].weight}${current ? " current" : ""}${chosen ? " chosen" : ""}`}
    >
      <span role="gridcell" class="time">
        {formatSeconds(row.time)}
      </span>
      <span role="gridcell" class="process" title={process}>
        {process}
      </span>
      <span role="gridcell" class="address mono" title={address}>
        {address}
      </span>
      <span role="gridcell" class="access">
        {row.access}
      </span>
      <span role="gridcell" class="meaning" title={meaning}>
        <Mark outcome={row.outcome} />
        <SourceLink row={row} onSource={onSource} />
        <span>{meaning}</span>
      </span>
      <span role="gridcell" class="frame number">
        {row.frame >= 0 && (
          <button
            type="button"
            class="link"
            tabIndex={-1}
            aria-label={`Frame ${row.frame}`}
            onClick={() => onFrame(row.frame)}
          >
            {row.frame}
          </button>
        )}
      </span>
    </div>
  );
}

interface FaultListProps {
  readonly rows: readonly LogRow[];
  /** The frame that is chosen anywhere on the page, -1 for none. */
  readonly chosenFrame: number;
  readonly onFrame: (pfn: number) => void;
  readonly onSource: OnSource;
  /** Said when there are no rows. */
  readonly empty: string;
  /** Said below the list. */
  readonly note: string;
}

export function FaultList({ rows, chosenFrame, onFrame, onSource, empty, note }: FaultListProps) {
  const box = useRef<HTMLDivElement>(null);
  const [size, setSize] = useState({ width: 0, height: 0 });
  const [place, setPlace] = useState<Place>("newest");
  const [currentId, setCurrentId] = useState(-1);
  const twoLines = size.width < TWO_LINES_BELOW;
  const row = twoLines ? TALL_ROW : ROW;
  // The header lies over the first rows' place and is as high as a row.
  const view = listWindow(rows, place, row, Math.max(0, size.height - row));

  useLayoutEffect(() => {
    const element = box.current;
    if (element === null) return undefined;
    // While the pane is hidden it has no size, and loses how far it was scrolled.
    const measure = (): void => {
      if (element.clientHeight > 0)
        setSize({ width: element.clientWidth, height: element.clientHeight });
    };
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    return () => observer.disconnect();
  }, []);

  useLayoutEffect(() => {
    const element = box.current;
    if (element !== null && Math.abs(element.scrollTop - view.top) >= 1)
      element.scrollTop = view.top;
  }, [view.top, rows.length, size]);

  const scrolled = (): void => {
    const element = box.current;
    if (element === null || Math.abs(element.scrollTop - view.top) < 1) return;
    // It was not the person who scrolled: the list has another size, and is put right when it has been measured.
    if (element.clientHeight !== size.height || element.clientWidth !== size.width) return;
    setPlace(view.placeAt(element.scrollTop));
  };
  /** Makes a row the current one and brings it in sight. */
  const goTo = (index: number): void => {
    const target = rows[index];
    if (target === undefined) return;
    setCurrentId(target.id);
    setPlace(view.placeShowing(index));
  };
  const key = (event: KeyboardEvent): void => {
    if (event.ctrlKey || event.altKey || event.metaKey) return;
    const from = indexOfRow(rows, currentId);
    const known = rows[from]?.id === currentId;
    const page = Math.max(1, view.rowsInSight - 1);
    const to = {
      ArrowUp: known ? from - 1 : rows.length - 1,
      ArrowDown: known ? from + 1 : rows.length - 1,
      PageUp: (known ? from : rows.length) - page,
      PageDown: (known ? from : rows.length) + page,
      Home: 0,
      End: rows.length - 1,
    }[event.key];
    if (to !== undefined) {
      event.preventDefault();
      goTo(Math.min(rows.length - 1, Math.max(0, to)));
      return;
    }
    const current = rows[from];
    if (event.key !== "Enter" || !known || current === undefined || "gap" in current) return;
    event.preventDefault();
    if (event.shiftKey) {
      const place = sourceOf(current);
      if (place !== undefined && current.program !== undefined) onSource(place, current.program);
    } else if (current.frame >= 0) onFrame(current.frame);
  };

  const inSight = rows.slice(view.first, view.end);
  return (
    <div class="fault-room">
      <div
        class={`fault-list${twoLines ? " two-lines" : ""}`}
        ref={box}
        role="grid"
        aria-label="Faults, newest last; the arrow keys move from row to row, Enter chooses the frame, Shift+Enter opens the line of C"
        aria-rowcount={rows.length + 1}
        aria-activedescendant={
          inSight.some(({ id }) => id === currentId) ? `fault-${currentId}` : undefined
        }
        tabIndex={0}
        onScroll={scrolled}
        onWheel={(event) => {
          // Before the next row arrives and pulls the list down again.
          if (event.deltaY < 0 && place === "newest" && view.top > 0)
            setPlace(view.placeAt(view.top - 1));
        }}
        onKeyDown={key}
      >
        <div class="fault head" role="row" aria-rowindex={1}>
          <span role="columnheader" class="time">
            Time
          </span>
          <span role="columnheader" class="process">
            Process
          </span>
          <span role="columnheader" class="address">
            Address
          </span>
          <span role="columnheader" class="access">
            Access
          </span>
          <span role="columnheader" class="meaning">
            What happened
          </span>
          <span role="columnheader" class="frame number">
            Frame
          </span>
        </div>
        <div class="fault-space" role="rowgroup" style={{ height: `${rows.length * row}px` }}>
          <div style={{ transform: `translateY(${view.first * row}px)` }} role="presentation">
            {inSight.map((one, index) => (
              <Row
                key={one.id}
                row={one}
                index={view.first + index}
                current={one.id === currentId}
                chosen={!("gap" in one) && one.frame >= 0 && one.frame === chosenFrame}
                onPoint={({ id }) => setCurrentId(id)}
                onFrame={onFrame}
                onSource={onSource}
              />
            ))}
          </div>
        </div>
      </div>
      {rows.length === 0 && <p class="about fault-empty">{empty}</p>}
      <div class="fault-foot">
        <p>{note}</p>
        {place !== "newest" && rows.length > 0 && (
          <button type="button" onClick={() => setPlace("newest")}>
            <Icon name="newest" /> Newest
          </button>
        )}
      </div>
    </div>
  );
}
