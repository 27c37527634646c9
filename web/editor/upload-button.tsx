// Files for the guest without dragging: for keyboards and phones.

import { useRef } from "preact/hooks";
import { Icon } from "../ui/icon.tsx";
import { receiveFiles } from "./receive.ts";
import type { Typing } from "./run.ts";

export function UploadButton({ typing }: { typing: Typing }) {
  const input = useRef<HTMLInputElement>(null);
  return (
    <>
      <button
        type="button"
        title="A C file, a program or any other file of your computer; you can also drag it onto the page"
        onClick={() => input.current?.click()}
      >
        <Icon name="upload" /> Upload…
      </button>
      <input
        ref={input}
        type="file"
        multiple
        hidden
        aria-label="Files to upload"
        onChange={(event) => {
          const chosen = [...(event.currentTarget.files ?? [])];
          // The same file can be chosen again.
          event.currentTarget.value = "";
          void receiveFiles(typing, chosen);
        }}
      />
    </>
  );
}
