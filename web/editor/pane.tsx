// The editor's pane: open files as tabs, the text, what is wrong with it, and the way into the machine: save, compile, run.

import { redo, undo } from "@codemirror/commands";
import { nextDiagnostic } from "@codemirror/lint";
import { openSearchPanel } from "@codemirror/search";
import type { EditorView } from "@codemirror/view";
import type { ComponentType } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import { createChecker } from "../../userland/cc/driver/worker/client.ts";
import { editorOpen, editorRequest, narrowPane } from "../store/view.ts";
import { Icon } from "../ui/icon.tsx";
import { ask } from "../ui/question.tsx";
import { Chooser } from "./chooser.tsx";
import { CodePlace, goToLine, problemCount } from "./code-place.tsx";
import { createState } from "./code-view.ts";
import {
  createFile,
  findDemos,
  findSource,
  isDemoCopy,
  opened,
  openFile,
  originalOf,
  refresh,
  replaceAll,
  saveFile,
  type StateMaker,
} from "./guest-files.ts";
import { compileCommand, isSource, nameOf, shortPath } from "./guest-path.ts";
import {
  close,
  complain,
  currentFile,
  currentPath,
  fileAt,
  files,
  isUnsaved,
  keptDrafts,
  message,
  type OpenFile,
  say,
  show,
  update,
} from "./open-files.ts";
import { diagnosticOf } from "./problems.ts";
import { typeCommand, type Typing } from "./run.ts";

/** What a new C file begins with. */
const BEGINNING = `#include <stdio.h>

int main(void) {
  printf("hello, world\\n");
  return 0;
}
`;

const isMac = /Mac|iPhone|iPad/.test(navigator.platform);
const modifier = isMac ? "⌘" : "Ctrl+";
const touch = matchMedia("(pointer: coarse)");
const narrow = matchMedia("(max-width: 760px)");

interface TabsProps {
  readonly choosing: boolean;
  readonly onChoose: (choosing: boolean) => void;
  readonly onClose: (file: OpenFile) => void;
}

function Tabs({ choosing, onChoose, onClose }: TabsProps) {
  return (
    <nav class="tabs" aria-label="Open files">
      {files.value.map((file) => {
        const { path } = file;
        const isShown = path === currentPath.value && !choosing;
        const mark = isUnsaved(file) ? ", not saved" : "";
        return (
          <span class={`tab${isShown ? " shown" : ""}`} key={path}>
            <button
              type="button"
              class="bare"
              aria-current={isShown}
              aria-label={`${nameOf(path)}${mark}`}
              title={`${shortPath(path)}${mark}`}
              onClick={() => {
                currentPath.value = path;
                onChoose(false);
              }}
            >
              {nameOf(path)}
              <i class={isUnsaved(file) ? "unsaved" : ""} />
            </button>
            <button
              type="button"
              class="bare"
              aria-label={`Close ${nameOf(path)}`}
              onClick={() => onClose(file)}
            >
              <Icon name="close" />
            </button>
          </span>
        );
      })}
      <button type="button" aria-pressed={choosing} onClick={() => onChoose(!choosing)}>
        <Icon name="folder" /> Open…
      </button>
    </nav>
  );
}

function Status({ view, file }: { view: EditorView | null; file: OpenFile | undefined }) {
  const { text, isProblem } = message.value;
  const head = file?.state.selection.main.head ?? 0;
  const line = file?.state.doc.lineAt(head);
  const problems = file === undefined ? "" : problemCount(file.state);
  return (
    <footer class="editor-status">
      <p class={isProblem ? "problem" : ""} role={isProblem ? "alert" : "status"}>
        {text ||
          (touch.matches
            ? "Run compiles it and runs it in the terminal."
            : `${modifier}Enter compiles and runs, ${modifier}S saves, Tab indents, Esc leaves the text`)}
      </p>
      {problems !== "" && (
        <button
          type="button"
          class="link problem-count"
          title="To the next one (F8)"
          onClick={() => {
            if (view !== null) nextDiagnostic(view);
            view?.focus();
          }}
        >
          {problems}
        </button>
      )}
      {line !== undefined && (
        <span class="position">
          {line.number}:{head - line.from + 1}
        </span>
      )}
    </footer>
  );
}

/** Buttons for keys that a touch screen lacks. */
function TouchKeys({ view }: { view: EditorView | null }) {
  const on = (act: (view: EditorView) => void) => () => {
    if (view === null) return;
    act(view);
    view.focus();
  };
  const insert = (text: string) =>
    on((shown) => shown.dispatch(shown.state.replaceSelection(text), { scrollIntoView: true }));
  return (
    <div class="touch-keys" role="toolbar" aria-label="Editing keys">
      <button type="button" onClick={on(undo)}>
        Undo
      </button>
      <button type="button" onClick={on(redo)}>
        Redo
      </button>
      <button type="button" onClick={on(openSearchPanel)}>
        Find
      </button>
      {["  ", "{", "}", "(", ")", ";", "*", "&"].map((text) => (
        <button type="button" key={text} onClick={insert(text)}>
          {text === "  " ? "Tab" : text}
        </button>
      ))}
    </div>
  );
}

/** Makes the pane for one machine. */
export function createEditorPane(typing: Typing): ComponentType {
  const { vitrine } = typing;
  const decoder = new TextDecoder();
  const checker = createChecker({
    worker: new URL("compiler-worker.js", document.baseURI),
    async read(path) {
      // A machine that stands still answers nothing, and a device may have no end.
      const [{ paused }, info] = await Promise.all([vitrine.status(), vitrine.stat(path)]);
      if (paused || info?.kind !== "file" || info.size > 2 ** 22) return undefined;
      return vitrine.download(path).then(
        (bytes) => decoder.decode(bytes),
        () => undefined,
      );
    },
  });
  let leave: () => void = () => undefined;

  const makeState: StateMaker = (path, text) =>
    createState(path, text, {
      changed: (state) => update(path, { state }),
      async check(checked, now) {
        try {
          const found = (await checker.check(checked, now)) ?? [];
          return found.map((one) => diagnosticOf(one, checked, now));
        } catch (error) {
          const reason = error instanceof Error ? error.message : String(error);
          complain(`The text is not checked while you type: ${reason}`);
          return [];
        }
      },
      leave: () => leave(),
    });

  for (const { path, text, cursor } of keptDrafts().files) {
    const file = opened(path, text, makeState);
    const anchor = Math.min(cursor, file.state.doc.length);
    show({ ...file, state: file.state.update({ selection: { anchor } }).state });
  }
  const { current } = keptDrafts();
  if (fileAt(current) !== undefined) currentPath.value = current;
  // The machine is another one than when they were kept, but may have got them in other ways.
  findDemos(vitrine).catch(() => undefined);
  for (const { path } of files.peek()) refresh(vitrine, path).catch(() => undefined);

  return function EditorPane() {
    const [choosing, setChoosing] = useState(false);
    const [view, setView] = useState<EditorView | null>(null);
    const runButton = useRef<HTMLButtonElement>(null);
    const working = useRef(false);
    const file = currentFile.value;
    const request = editorRequest.value;
    leave = () => runButton.current?.focus();

    /** Does one thing at a time and says what went wrong. */
    const act = async (work: () => Promise<void>): Promise<void> => {
      if (working.current) return;
      working.current = true;
      try {
        await work();
      } catch (error) {
        complain(error);
      } finally {
        working.current = false;
      }
    };
    const open = (path: string) =>
      act(async () => {
        await openFile(vitrine, path, makeState);
        setChoosing(false);
        const shown = currentPath.value;
        say(
          shown === path
            ? ""
            : `${shortPath(shown)} is your copy: change it, and run it with ${modifier}Enter.`,
        );
      });
    const create = (path: string) =>
      act(async () => {
        const made = await createFile(vitrine, path, isSource(path) ? BEGINNING : "", makeState);
        setChoosing(false);
        say(made === "new" ? "" : `${shortPath(path)} is there already: it was opened.`);
      });
    const save = () =>
      act(async () => {
        const { path = "" } = currentFile.value ?? {};
        if (path !== "" && (await saveFile(vitrine, path))) say(`${shortPath(path)} is saved.`);
      });
    const run = () =>
      act(async () => {
        const { path = "" } = currentFile.value ?? {};
        if (path === "") return;
        if (!isSource(path))
          throw new Error(`${nameOf(path)} is no C program: only files named *.c are compiled.`);
        if (!(await saveFile(vitrine, path))) return;
        const line = await typeCommand(typing, (folder) => compileCommand(path, folder));
        say(`Typed in the terminal: ${line}`);
        if (narrow.matches) narrowPane.value = "terminal";
      });
    const restore = () =>
      act(async () => {
        const { path = "" } = currentFile.value ?? {};
        const text = await originalOf(vitrine, path);
        const now = fileAt(path);
        if (now === undefined) return;
        if (text === undefined) throw new Error(`${nameOf(path)} is not made from a demo.`);
        update(path, { state: replaceAll(now.state, text) });
        say("This is the demo as it was; undo brings your text back.");
      });
    const closeFile = (closed: OpenFile) =>
      act(async () => {
        const isLost = isUnsaved(closed) && closed.state.doc.length > 0;
        const question = `${nameOf(closed.path)} is not saved in the machine. Close it, and lose what you wrote?`;
        if (!isLost || (await ask(question, "Close it"))) close(closed.path);
      });

    useEffect(() => {
      if (request === null) return;
      editorRequest.value = null;
      void act(async () => {
        const path =
          request.program === undefined
            ? request.path
            : await findSource(vitrine, request.path, request.program);
        await openFile(vitrine, path, makeState);
        setChoosing(false);
        say("");
        setLine({ path: currentPath.value, line: request.line });
      });
    }, [request]);
    // The line is gone to once its file is shown.
    const [target, setLine] = useState<{ path: string; line: number } | null>(null);
    useEffect(() => {
      if (target === null || view === null || target.path !== file?.path) return;
      setLine(null);
      if (target.line > 0) goToLine(view, target.line);
    }, [target, view, file?.path]);
    // Whoever opens a file wants to type; on a touch screen that would bring the keyboard up over it.
    useEffect(() => {
      if (!choosing && !touch.matches) view?.focus();
    }, [view, file?.path, choosing]);

    const key = (event: KeyboardEvent): void => {
      if (event.altKey || event.shiftKey || !(event.ctrlKey || event.metaKey)) return;
      const action = { s: save, Enter: run }[event.key];
      if (action === undefined) return;
      event.preventDefault();
      event.stopPropagation();
      if (!event.repeat) void action();
    };
    const isChoosing = choosing || file === undefined;
    return (
      <section class="editor-pane" aria-label="Editor" onKeyDownCapture={key}>
        <header class="editor-head">
          <Tabs
            choosing={isChoosing}
            onChoose={setChoosing}
            onClose={(one) => void closeFile(one)}
          />
          <span class="spacer" />
          <button
            type="button"
            onClick={() => void restore()}
            hidden={isChoosing || !isDemoCopy(file.path)}
            title="Puts the demo's own text back; undo brings yours again"
          >
            Original
          </button>
          <button
            type="button"
            disabled={isChoosing}
            title={`${modifier}S`}
            onClick={() => void save()}
          >
            Save
          </button>
          <button
            type="button"
            class="main"
            ref={runButton}
            disabled={isChoosing || !isSource(file.path)}
            title={`Saves, compiles and runs it in the terminal (${modifier}Enter)`}
            onClick={() => void run()}
          >
            <Icon name="play" /> Run
          </button>
          <button
            type="button"
            class="bare wide-only"
            aria-label="Close the editor"
            onClick={() => (editorOpen.value = false)}
          >
            <Icon name="close" />
          </button>
        </header>
        {isChoosing ? (
          <Chooser
            typing={typing}
            onOpen={(path) => void open(path)}
            onNew={(path) => void create(path)}
          />
        ) : (
          <CodePlace file={file} onView={setView} />
        )}
        <Status view={view} file={isChoosing ? undefined : file} />
        {!isChoosing && <TouchKeys view={view} />}
      </section>
    );
  };
}
