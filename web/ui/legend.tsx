// What the colours mean, with how many there are of each.

import type { FrameKind } from "../client/api.ts";
import { formatCount } from "./format.ts";
import { kindStyles, swappedStyle } from "./palette.ts";

interface LegendProps {
  readonly kinds: readonly FrameKind[];
  /** Parallel to `kinds`; empty for none. */
  readonly counts: readonly number[];
  /** Whether pages that are swapped out are there too. */
  readonly swapped?: boolean;
}

export function Legend({ kinds, counts, swapped = false }: LegendProps) {
  return (
    <ul class="legend">
      {kinds.map((kind, index) => (
        <li key={kind}>
          <i class={`swatch ${kind}`} />
          {kindStyles[kind].label}
          {counts[index] !== undefined && <b>{formatCount(counts[index])}</b>}
        </li>
      ))}
      {swapped && (
        <li>
          <i class="swatch swapped" />
          {swappedStyle.label}
        </li>
      )}
    </ul>
  );
}
