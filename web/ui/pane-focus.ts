// F6 goes from pane to pane, as in browsers and editors: the terminal takes every other key, Tab included, and whoever has
// no pointer must be able to leave it.

const panes = [".editor-pane", ".terminal-pane", ".machine", ".bar"] as const;
/** Where a pane wants the focus, if not at its beginning. */
const preferred = ".cm-content";
const focusable =
  "textarea, [contenteditable='true'], button:not(:disabled), select, [tabindex='0']";

/** Moves the focus to the next pane that is shown, or with Shift to the one before. */
export function followPaneKey(): void {
  document.addEventListener("keydown", (event) => {
    if (event.key !== "F6" || event.ctrlKey || event.altKey || event.metaKey) return;
    event.preventDefault();
    const active = document.activeElement;
    const from = panes.findIndex((pane) => active?.closest(pane));
    const step = event.shiftKey ? -1 : 1;
    for (let count = 1; count <= panes.length; count++) {
      const pane = panes[(from + step * count + 2 * panes.length) % panes.length];
      if (pane === undefined) continue;
      const found = [...document.querySelectorAll<HTMLElement>(`${pane} :is(${focusable})`)];
      const shown = found.filter((element) => element.getClientRects().length > 0);
      const target = shown.find((element) => element.matches(preferred)) ?? shown[0];
      if (target === undefined) continue;
      target.focus();
      return;
    }
  });
}
