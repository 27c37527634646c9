// Faults in words, and the mark that stands before each: the swatch of the kind of page, or an icon.

import type { Access, FaultOutcome, FrameKind } from "../client/api.ts";
import type { FaultRow, OutcomeGroup } from "../store/fault-log.ts";
import type { IconName } from "../ui/icon.tsx";

interface OutcomeStyle {
  /** As the counts say it. */
  readonly label: string;
  /** A frame's kind for its swatch, or an icon. */
  readonly mark: { readonly kind: FrameKind } | { readonly icon: IconName };
  /** What makes the row stand out. */
  readonly weight: "plain" | "major" | "failed";
}

const failed = (label: string): OutcomeStyle => ({
  label,
  mark: { icon: "close" },
  weight: "failed",
});

export const outcomeStyles: Readonly<Record<FaultOutcome, OutcomeStyle>> = {
  zero: { label: "zeros", mark: { kind: "anon" }, weight: "plain" },
  file: { label: "file", mark: { kind: "file" }, weight: "plain" },
  shared: { label: "shared", mark: { kind: "shared" }, weight: "plain" },
  copy: { label: "copied", mark: { icon: "copy" }, weight: "plain" },
  reuse: { label: "taken over", mark: { icon: "copy" }, weight: "plain" },
  spurious: { label: "nothing to do", mark: { kind: "free" }, weight: "plain" },
  "swap-in": { label: "from swap", mark: { icon: "major" }, weight: "major" },
  "swap-cache": { label: "swap cache", mark: { kind: "swap-cache" }, weight: "plain" },
  wait: { label: "waits", mark: { icon: "wait" }, weight: "major" },
  unmapped: failed("nothing mapped"),
  forbidden: failed("forbidden"),
  "beyond-end": failed("beyond the end"),
  "no-memory": failed("no memory"),
  "io-error": failed("storage error"),
};

export const groupLabels: Readonly<Record<OutcomeGroup, string>> = {
  all: "all",
  major: "major",
  copy: "copy-on-write",
  failed: "failed",
};

const doing: Readonly<Record<Access, string>> = {
  read: "reading",
  write: "writing",
  execute: "executing",
};

/** What happened and why, in plain words. */
export function faultMeaning({
  outcome,
  access,
  from,
}: Pick<FaultRow, "outcome" | "access" | "from">): string {
  switch (outcome) {
    case "zero":
      return "first touch: a page of zeros";
    case "file":
      return "first touch: a page of a file";
    case "shared":
      return "first touch: a shared page";
    case "copy":
      return from < 0 ? "copy-on-write: copied" : `copy-on-write: copied from frame ${from}`;
    case "reuse":
      return "copy-on-write: last owner, no copy";
    case "spurious":
      return "nothing to do: the page is there";
    case "unmapped":
      return "SIGSEGV: nothing mapped there";
    case "forbidden":
      return `SIGSEGV: ${doing[access]} is not allowed there`;
    case "beyond-end":
      return "SIGBUS: beyond the end of the file";
    case "no-memory":
      return "out of memory: no frame to be had";
    case "swap-in":
      return "major: read back from swap";
    case "swap-cache":
      return "swapped out, but still in a frame";
    case "wait":
      return "waits for storage or a free frame";
    case "io-error":
      return "SIGBUS: storage lost the page";
  }
}
