// What can be edited: a new file, a file of the guest, a demo.

import { useEffect, useRef, useState } from "preact/hooks";
import type { Vitrine } from "../client/vitrine.ts";
import { type DemoWords, demoWords } from "./demo-words.ts";
import { demoFiles, DEMOS, findDemos } from "./guest-files.ts";
import { HOME, resolvePath } from "./guest-path.ts";
import { complain } from "./open-files.ts";
import type { Typing } from "./run.ts";
import { UploadButton } from "./upload-button.tsx";

interface Demo extends DemoWords {
  readonly name: string;
}

/** The demos with what they say of themselves, once they have been read: the image does not change. */
let demosRead: readonly Demo[] | undefined;

async function readDemos(vitrine: Vitrine): Promise<readonly Demo[]> {
  if (demosRead !== undefined) return demosRead;
  await findDemos(vitrine);
  const decoder = new TextDecoder();
  demosRead = await Promise.all(
    demoFiles.value.map(async (file) => {
      const name = file.slice(0, -2);
      const source = decoder.decode(await vitrine.download(`${DEMOS}/${file}`));
      return { name, ...demoWords(name, source) };
    }),
  );
  return demosRead;
}

/** Files of the home directory that look like texts. */
const isText = (name: string): boolean => /\.(c|h|s|S|sh|txt|md)$/.test(name);

interface ChooserProps {
  readonly typing: Typing;
  readonly onOpen: (path: string) => void;
  readonly onNew: (path: string) => void;
}

export function Chooser({ typing, onOpen, onNew }: ChooserProps) {
  const { vitrine } = typing;
  const [demos, setDemos] = useState<readonly Demo[] | undefined>(demosRead);
  const [home, setHome] = useState<readonly string[]>([]);
  const name = useRef<HTMLInputElement>(null);
  useEffect(() => {
    readDemos(vitrine).then(setDemos, complain);
    vitrine.list(HOME).then((names) => setHome((names ?? []).filter(isText)), complain);
  }, [vitrine]);
  const chosen = (use: (path: string) => void): void => {
    try {
      use(resolvePath(name.current?.value ?? ""));
    } catch (error) {
      complain(error);
      name.current?.focus();
    }
  };
  return (
    <div class="chooser">
      <form
        onSubmit={(event) => {
          event.preventDefault();
          chosen(onNew);
        }}
      >
        <label>
          Name or path
          <input
            ref={name}
            type="text"
            placeholder="hello.c"
            spellcheck={false}
            autocapitalize="off"
            autocomplete="off"
          />
        </label>
        <button type="submit">New file</button>
        <button type="button" onClick={() => chosen(onOpen)}>
          Open
        </button>
        <UploadButton typing={typing} />
      </form>
      {home.length > 0 && (
        <section aria-label="Files in the home directory">
          <h3>In your home directory</h3>
          <div class="home-files">
            {home.map((file) => (
              <button type="button" key={file} onClick={() => onOpen(`${HOME}/${file}`)}>
                {file}
              </button>
            ))}
          </div>
        </section>
      )}
      <section aria-label="Demos">
        <h3>Demos, to look at and to change</h3>
        {demos === undefined && <p class="about">Loading…</p>}
        <ul class="demo-list">
          {demos?.map((demo) => (
            <li key={demo.name}>
              <button type="button" onClick={() => onOpen(`${DEMOS}/${demo.name}.c`)}>
                <b>{demo.name}</b>
                <span>{demo.about}</span>
                {demo.usage !== "" && <small class="mono">{demo.usage}</small>}
              </button>
            </li>
          ))}
        </ul>
      </section>
    </div>
  );
}
