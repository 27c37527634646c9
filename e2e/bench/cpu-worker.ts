// A worker that runs an ELF, in base64, as the machine's worker does.

import { runGuest } from "./cpu-guest.ts";

addEventListener("message", ({ data }: MessageEvent<string>) => {
  const elf = Uint8Array.from(atob(data), (character) => character.charCodeAt(0));
  postMessage(runGuest(elf));
});
