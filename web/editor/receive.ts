// Files that a person drops on the page, pastes or uploads: each goes into the guest's home directory. A C text is then opened
// in the editor, a program is named at the prompt, and anything else is told of.

import { notice } from "../store/machine.ts";
import { openInEditor } from "../store/view.ts";
import { formatBytes } from "../ui/format.ts";
import { ask } from "../ui/question.tsx";
import { textIn } from "./guest-files.ts";
import { HOME, isCLanguage, nameFor, runCommand, shortPath } from "./guest-path.ts";
import { offerWords, type Typing } from "./run.ts";

/** The largest file that is taken: what lies in the home directory takes RAM and swap. */
const MOST_BYTES = 64 * 2 ** 20;
/** How many are taken at once. */
const MOST_FILES = 20;

const EM_RISCV = 243;

/** What is wrong with a program for this machine; empty when nothing is, null for what is no ELF file. */
export function elfTrouble(bytes: Uint8Array): string | null {
  const [a, b, c, d, bits] = bytes;
  if (a !== 0x7f || b !== 0x45 || c !== 0x4c || d !== 0x46) return null;
  if (bytes.length < 20) return "it is cut off.";
  const machine = (bytes[18] ?? 0) | ((bytes[19] ?? 0) << 8);
  if (machine !== EM_RISCV)
    return "it is for another processor: this machine runs riscv64 programs.";
  if (bits !== 2) return "it is a 32-bit program: this machine runs riscv64 programs.";
  const type = (bytes[16] ?? 0) | ((bytes[17] ?? 0) << 8);
  return type === 2 || type === 3 ? "" : "it is no program but an object file or the like.";
}

/** The bytes of a file of the person's computer. Folders come as files whose bytes cannot be had. */
async function bytesOf(file: File): Promise<Uint8Array> {
  if (file.size > MOST_BYTES) {
    throw new Error(
      `${file.name} has ${formatBytes(file.size)}; at most ${formatBytes(MOST_BYTES)} are taken.`,
    );
  }
  try {
    return new Uint8Array(await file.arrayBuffer());
  } catch {
    throw new Error(`${file.name} could not be read. Is it a folder? Files are taken one by one.`);
  }
}

async function receiveOne(typing: Typing, file: File): Promise<void> {
  const { vitrine } = typing;
  const bytes = await bytesOf(file);
  const name = nameFor(file.name);
  const path = `${HOME}/${name}`;
  const there = await vitrine.stat(path);
  if (there?.kind === "folder") throw new Error(`${shortPath(path)} is a folder in the machine.`);
  if (there !== null) {
    const replace = await ask(
      `There is a file ${shortPath(path)} in the machine. Replace it?`,
      "Replace",
    );
    if (!replace) return;
  }
  await vitrine.upload(path, bytes);
  const renamed =
    name === file.name ? "" : ` (the name ${JSON.stringify(file.name)} cannot be used here)`;
  const trouble = elfTrouble(bytes);
  if (trouble !== null) {
    if (trouble !== "") {
      notice(`${shortPath(path)} is in the machine${renamed}, but it will not run: ${trouble}`);
      return;
    }
    const named = await offerWords(typing, (folder) => runCommand(path, folder));
    notice(
      named
        ? `${shortPath(path)} is in the machine${renamed} and its name stands at the prompt: Enter runs it.`
        : `${shortPath(path)} is in the machine${renamed} and can be run.`,
    );
    return;
  }
  if (isCLanguage(path)) {
    // What is no text is said, and stays.
    textIn(path, bytes);
    if (renamed !== "") notice(`${shortPath(path)} is in the machine${renamed}.`);
    openInEditor(path);
    return;
  }
  notice(`${shortPath(path)} is in the machine${renamed}: ${formatBytes(bytes.length)}.`);
}

/** Takes files in; what goes wrong is told of each. */
export async function receiveFiles(typing: Typing, files: readonly File[]): Promise<void> {
  if ((await typing.vitrine.status()).paused) {
    notice("The machine is paused: resume it first, since files go into it.");
    return;
  }
  if (files.length > MOST_FILES)
    notice(
      `At most ${MOST_FILES} files are taken at once; the first of these ${files.length} are.`,
    );
  for (const file of files.slice(0, MOST_FILES)) {
    try {
      await receiveOne(typing, file);
    } catch (error) {
      notice(error instanceof Error ? error.message : String(error));
    }
  }
}
