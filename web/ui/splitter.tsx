// A bar between two panes that can be dragged, or moved with the arrow keys.

import type { Signal } from "@preact/signals";

interface SplitterProps {
  /** Per cent of the parent that the measured pane takes. */
  readonly share: Signal<number>;
  readonly direction: "columns" | "rows";
  /** True when the measured pane is the one after the bar. */
  readonly after?: boolean;
  readonly label: string;
}

const LEAST = 15;
const MOST = 80;

const clamp = (share: number): number => Math.min(MOST, Math.max(LEAST, share));

export function Splitter({ share, direction, after = false, label }: SplitterProps) {
  const columns = direction === "columns";
  const drag = (down: PointerEvent): void => {
    const bar = down.currentTarget;
    if (!(bar instanceof HTMLElement) || bar.parentElement === null) return;
    const box = bar.parentElement.getBoundingClientRect();
    bar.setPointerCapture(down.pointerId);
    const move = (event: PointerEvent): void => {
      const part = columns
        ? (event.clientX - box.left) / box.width
        : (event.clientY - box.top) / box.height;
      share.value = clamp(100 * (after ? 1 - part : part));
    };
    bar.addEventListener("pointermove", move);
    bar.addEventListener("lostpointercapture", () => bar.removeEventListener("pointermove", move), {
      once: true,
    });
  };
  const key = (event: KeyboardEvent): void => {
    const less = columns ? "ArrowLeft" : "ArrowUp";
    const more = columns ? "ArrowRight" : "ArrowDown";
    if (event.key !== less && event.key !== more) return;
    event.preventDefault();
    const step = event.key === more ? 2 : -2;
    share.value = clamp(share.value + (after ? -step : step));
  };
  return (
    <div
      class={`splitter ${direction}`}
      role="separator"
      tabIndex={0}
      aria-label={label}
      aria-orientation={columns ? "vertical" : "horizontal"}
      aria-valuenow={Math.round(share.value)}
      aria-valuemin={LEAST}
      aria-valuemax={MOST}
      onPointerDown={drag}
      onKeyDown={key}
    />
  );
}
