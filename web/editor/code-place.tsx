// Where the text is on the page. The texts themselves are kept elsewhere (open-files.ts); this shows the current one.

import { forEachDiagnostic } from "@codemirror/lint";
import type { EditorState } from "@codemirror/state";
import { EditorView } from "@codemirror/view";
import { useEffect, useLayoutEffect, useRef } from "preact/hooks";
import type { OpenFile } from "./open-files.ts";

interface CodePlaceProps {
  readonly file: OpenFile;
  /** Gets the view while it is there. */
  readonly onView: (view: EditorView | null) => void;
}

const dark = matchMedia("(prefers-color-scheme: dark)");

export function CodePlace({ file, onView }: CodePlaceProps) {
  const place = useRef<HTMLDivElement>(null);
  const view = useRef<EditorView | null>(null);
  useLayoutEffect(() => {
    if (place.current === null) return undefined;
    const made = new EditorView({ state: file.state, parent: place.current });
    view.current = made;
    onView(made);
    return () => {
      view.current = null;
      onView(null);
      made.destroy();
    };
    // The first file's state is only where it begins.
  }, []);
  useLayoutEffect(() => {
    if (view.current !== null && view.current.state !== file.state)
      view.current.setState(file.state);
  }, [file.state]);
  useEffect(() => {
    // What depends on the scheme is in custom properties; only drawn positions must be measured again.
    const measure = (): void => view.current?.requestMeasure();
    dark.addEventListener("change", measure);
    return () => dark.removeEventListener("change", measure);
  }, []);
  return <div class="code-place" ref={place} />;
}

/** Errors and warnings in a state, as words; empty when there are none. */
export function problemCount(state: EditorState): string {
  let [errors, warnings] = [0, 0];
  forEachDiagnostic(state, ({ severity }) => {
    if (severity === "error") errors++;
    else if (severity === "warning") warnings++;
  });
  const words = (count: number, word: string): string[] =>
    count === 0 ? [] : [`${count} ${word}${count === 1 ? "" : "s"}`];
  return [...words(errors, "error"), ...words(warnings, "warning")].join(", ");
}

/** Puts the cursor at the beginning of a line, and that in sight. */
export function goToLine(view: EditorView, line: number): void {
  const { doc } = view.state;
  const { from } = doc.line(Math.min(Math.max(1, line), doc.lines));
  view.dispatch({
    selection: { anchor: from },
    effects: EditorView.scrollIntoView(from, { y: "center" }),
  });
  view.focus();
}
