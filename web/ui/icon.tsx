// The page's icons: one set, 16 × 16, drawn with the text's colour.

const paths = {
  pause: "M5 3v10M11 3v10",
  play: "M5 3l8 5-8 5z",
  table: "M2.500 3h11v10h-11zM2.500 6.500h11M2.500 9.800h11M6.500 6.500V13",
  grid: "M2.500 2.500h4v4h-4zM9.500 2.500h4v4h-4zM2.500 9.500h4v4h-4zM9.500 9.500h4v4h-4z",
  meet: "M2 4h2.500M2 12h2.500M11.500 4H14M11.500 12H14M4.500 4L8 8M4.500 12L8 8M11.500 4L8 8M11.500 12L8 8M6.500 8a1.500 1.500 0 1 0 3 0 1.500 1.500 0 1 0-3 0",
  close: "M4 4l8 8M12 4l-8 8",
  terminal: "M2.500 4l4 4-4 4M8 12.500h5.500",
  follow: "M8 2.500v3M8 10.500v3M2.500 8h3M10.500 8h3M6 8a2 2 0 1 0 4 0 2 2 0 1 0-4 0",
  fault: "M9 1.500L3.500 9H8l-1 5.500L12.500 7H8z",
  warning: "M8 2.500l6 11H2zM8 6.500v3.500M8 11.800v.200",
  major: "M8 13.500V5M4.500 8.500L8 5l3.500 3.500M3 2.500h10",
  wait: "M8 2.500a5.500 5.500 0 1 0 0 11 5.500 5.500 0 1 0 0-11M8 5v3l2 1.500",
  copy: "M5.500 5.500h8v8h-8zM5.500 10.500h-3v-8h8v3",
  out: "M3 4.500h10L8 12z",
  back: "M3 11.500h10L8 4z",
  folder: "M2 4h4l1.500 2H14v7H2z",
  upload: "M8 11V3M4.500 6.500L8 3l3.500 3.500M3 13.500h10",
  edit: "M3 13l.7-3L10.500 3.200l2.300 2.300L6 12.300zM9 4.700l2.300 2.300",
  newest: "M8 2.500V10M4.500 7L8 10.500 11.500 7M3 13.500h10",
} as const;

export type IconName = keyof typeof paths;

const filled: readonly IconName[] = ["play", "out", "back"];

export function Icon({ name }: { name: IconName }) {
  return (
    <svg class="icon" viewBox="0 0 16 16" width="16" height="16" aria-hidden="true">
      <path d={paths[name]} fill={filled.includes(name) ? "currentColor" : "none"} />
    </svg>
  );
}
