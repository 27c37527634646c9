// What the person looks at: the open view, the frame or swap slot they chose, the two processes they compare, how the panes are cut.
// The view is kept in the address's hash (so a link shows the same), sizes in the browser.

import { batch, effect, signal } from "@preact/signals";

export const views = ["sharing", "frames", "faults"] as const;
export type View = (typeof views)[number];
export type Colouring = "kind" | "owner";

const hash = new URLSearchParams(location.hash.slice(1));

function remembered(key: string, fallback: number): number {
  try {
    const value = Number(localStorage.getItem(`vitrine.${key}`));
    return value > 0 ? value : fallback;
  } catch {
    return fallback;
  }
}

function remember(key: string, value: number): void {
  try {
    localStorage.setItem(`vitrine.${key}`, String(value));
  } catch {
    // Storage may be denied: the layout then lasts as long as the page.
  }
}

function pidsOf(text: string | null): readonly [number, number] | null {
  const [left, right] = (text ?? "").split(",").map(Number);
  return left !== undefined && right !== undefined && left > 0 && right > 0 ? [left, right] : null;
}

function numberOf(text: string | null): number {
  return text !== null && /^\d+$/.test(text) ? Number(text) : -1;
}

export const view = signal<View>(views.find((name) => name === hash.get("view")) ?? "sharing");
/** The frame whose details are shown, -1 for none. */
export const selectedFrame = signal(numberOf(hash.get("frame")));
/** The swap slot whose details are shown, -1 for none. Of frame and slot at most one is chosen. */
export const selectedSlot = signal(selectedFrame.peek() >= 0 ? -1 : numberOf(hash.get("slot")));
export const colouring = signal<Colouring>("kind");
/** Whether the Frames panel shows its table instead of its grid. */
export const asTable = signal(false);
/** The two processes the person chose; null lets the panel follow what happens. */
export const chosenPair = signal<readonly [number, number] | null>(pidsOf(hash.get("pids")));
/** On a narrow window one pane is shown at a time. */
export const narrowPane = signal<"editor" | "terminal" | "machine">("terminal");
/** Whether the editor is there, above the terminal. */
export const editorOpen = signal(remembered("editing", 0) === 1);
/** A place in a file of the guest that the editor is to show, until it does. */
export interface EditorRequest {
  readonly path: string;
  /** From 1; 0 for wherever the cursor was. */
  readonly line: number;
  /** The program that was compiled from it, if that is where it comes from: `path` may then be relative. */
  readonly program: string | undefined;
}
export const editorRequest = signal<EditorRequest | null>(null);

/** Shows the editor, and in it a file's line. */
export function openInEditor(path: string, line = 0, program?: string): void {
  batch(() => {
    editorRequest.value = { path, line, program };
    editorOpen.value = true;
    narrowPane.value = "editor";
  });
}

/** Width of the terminal, height of the lower pane and of the editor, in per cent of what they divide. */
export const terminalShare = signal(remembered("terminal", 46));
export const detailShare = signal(remembered("detail", 30));
export const editorShare = signal(remembered("editor", 60));

/** Shows a frame's details, -1 to show none. */
export function chooseFrame(pfn: number): void {
  batch(() => {
    selectedSlot.value = -1;
    selectedFrame.value = pfn;
  });
}

/** Shows a swap slot's details, -1 to show none. */
export function chooseSlot(slot: number): void {
  batch(() => {
    selectedFrame.value = -1;
    selectedSlot.value = slot;
  });
}

effect(() => {
  remember("terminal", terminalShare.value);
  remember("detail", detailShare.value);
  remember("editor", editorShare.value);
  remember("editing", Number(editorOpen.value));
});

effect(() => {
  const state = new URLSearchParams({ view: view.value });
  if (selectedFrame.value >= 0) state.set("frame", String(selectedFrame.value));
  if (selectedSlot.value >= 0) state.set("slot", String(selectedSlot.value));
  if (chosenPair.value !== null) state.set("pids", chosenPair.value.join(","));
  history.replaceState(null, "", `#${state}`);
});
