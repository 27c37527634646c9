// The whole page takes files that are dragged onto it, or pasted, and says so while they are over it.

import { useEffect, useState } from "preact/hooks";

interface DropZoneProps {
  readonly onFiles: (files: readonly File[]) => void;
}

const hasFiles = (event: DragEvent): boolean =>
  event.dataTransfer?.types.includes("Files") ?? false;

export function DropZone({ onFiles }: DropZoneProps) {
  const [over, setOver] = useState(false);
  useEffect(() => {
    const drag = (event: DragEvent): void => {
      if (!hasFiles(event)) return;
      // Before any part of the page takes the file for text, or the browser goes to it.
      event.preventDefault();
      event.stopPropagation();
      if (event.dataTransfer !== null) event.dataTransfer.dropEffect = "copy";
      setOver(true);
    };
    const leave = (event: DragEvent): void => {
      // It left the page, and not just one part of it for another.
      if (event.relatedTarget === null) setOver(false);
    };
    const drop = (event: DragEvent): void => {
      setOver(false);
      if (!hasFiles(event)) return;
      event.preventDefault();
      event.stopPropagation();
      onFiles([...(event.dataTransfer?.files ?? [])]);
    };
    const paste = (event: ClipboardEvent): void => {
      const files = [...(event.clipboardData?.files ?? [])];
      if (files.length === 0) return;
      event.preventDefault();
      event.stopPropagation();
      onFiles(files);
    };
    addEventListener("dragenter", drag, true);
    addEventListener("dragover", drag, true);
    addEventListener("dragleave", leave, true);
    addEventListener("drop", drop, true);
    addEventListener("paste", paste, true);
    return () => {
      removeEventListener("dragenter", drag, true);
      removeEventListener("dragover", drag, true);
      removeEventListener("dragleave", leave, true);
      removeEventListener("drop", drop, true);
      removeEventListener("paste", paste, true);
    };
  }, [onFiles]);
  if (!over) return null;
  return (
    <div class="drop-zone">
      <p>
        <b>Drop it into the machine</b>
        A C file opens in the editor, a riscv64 program is ready to run, anything else goes into the
        home directory.
      </p>
    </div>
  );
}
