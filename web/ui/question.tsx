// A question that must be answered before something is lost: one at a time, in the middle of the page.

import { signal } from "@preact/signals";
import { useEffect, useRef } from "preact/hooks";

interface Asked {
  readonly text: string;
  /** What the button says that goes on; the other one says "Cancel". */
  readonly yes: string;
  readonly answer: (yes: boolean) => void;
}

const asked = signal<readonly Asked[]>([]);

/** Asks the person; settles with the answer. */
export function ask(text: string, yes: string): Promise<boolean> {
  return new Promise((answer) => {
    asked.value = [...asked.value, { text, yes, answer }];
  });
}

export function Question() {
  const box = useRef<HTMLDialogElement>(null);
  const [first] = asked.value;
  useEffect(() => {
    if (first !== undefined && box.current?.open === false) box.current.showModal();
  }, [first]);
  if (first === undefined) return null;
  const answer = (yes: boolean): void => {
    box.current?.close();
    asked.value = asked.value.filter((one) => one !== first);
    first.answer(yes);
  };
  return (
    <dialog
      class="question"
      ref={box}
      aria-label="Question"
      onCancel={(event) => {
        event.preventDefault();
        answer(false);
      }}
    >
      <p>{first.text}</p>
      <div class="answers">
        <button type="button" onClick={() => answer(false)}>
          Cancel
        </button>
        <button type="button" class="main" onClick={() => answer(true)}>
          {first.yes}
        </button>
      </div>
    </dialog>
  );
}
