// One meaning, one colour, everywhere (Okabe and Ito's set, which people with colour-blindness can tell apart), and one
// letter beside it, so that nothing is said by colour alone. The colours themselves are in tokens.css; the canvas needs
// them as numbers.

import type { FrameKind } from "../client/api.ts";

export interface KindStyle {
  /** As people say it. */
  readonly label: string;
  readonly letter: string;
  /** Name of the custom property in tokens.css. */
  readonly property: string;
}

export const kindStyles: Readonly<Record<FrameKind, KindStyle>> = {
  free: { label: "free", letter: "", property: "--free" },
  "page-table": { label: "page table", letter: "T", property: "--page-table" },
  anon: { label: "anonymous", letter: "A", property: "--anon" },
  file: { label: "file", letter: "F", property: "--file" },
  shared: { label: "shared memory", letter: "S", property: "--shared" },
  buffer: { label: "pipe buffer", letter: "P", property: "--buffer" },
  vdso: { label: "vDSO", letter: "V", property: "--vdso" },
  "swap-cache": { label: "swap cache", letter: "C", property: "--swap" },
};

/** A page without a frame, whose bytes are in the swap area. */
export const swappedStyle: KindStyle = { label: "swapped out", letter: "W", property: "--swap" };

/** Reads a custom property as 0xAABBGGRR, the order of ImageData on little-endian machines. */
export function colourNumber(property: string): number {
  const text = getComputedStyle(document.documentElement).getPropertyValue(property).trim();
  const value = Number.parseInt(text.slice(1), 16);
  return (0xff000000 | ((value & 0xff) << 16) | (value & 0xff00) | ((value >> 16) & 0xff)) >>> 0;
}

/** Distinct colours for owners: hues a golden angle apart, so that neighbours in pid differ. */
export function ownerColour(pid: number): string {
  return `hsl(${(pid * 137.5) % 360} 62% 52%)`;
}
