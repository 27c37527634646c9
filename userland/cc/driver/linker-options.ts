// What -Wl, and -Xlinker hand to the linker: the few of ld's options that make sense with one layout of programs, and those that
// a static program has no use for, whether they are there or not.

import type { Command } from "./option.ts";

const HARMLESS = new Set(
  (
    "--start-group --end-group -( -) --as-needed --no-as-needed --no-copy-dt-needed-entries -Bstatic -static -dn -non_shared " +
    "--no-undefined --no-allow-shlib-undefined --no-dynamic-linker --build-id --eh-frame-hdr --no-eh-frame-hdr " +
    "--warn-common --fatal-warnings --no-fatal-warnings --no-warn-rwx-segments --no-warn-execstack --warn-once " +
    "--export-dynamic -E --no-export-dynamic --enable-new-dtags --disable-new-dtags --discard-all -x --discard-locals -X " +
    "--no-whole-archive --sort-common --no-keep-memory --reduce-memory-overheads"
  ).split(" "),
);

const HARMLESS_VALUES =
  /^(?:-O\d?|--build-id=.*|--hash-style=.*|-rpath=.*|--rpath=.*|-rpath-link=.*|--rpath-link=.*)$/;

const WITH_NEXT = new Set([
  "-z",
  "-rpath",
  "--rpath",
  "-rpath-link",
  "--rpath-link",
  "--hash-style",
]);

/** Takes the words, or says what is wrong with the first that the linker does not know. */
export function linkerOptions(command: Command, words: readonly string[]): string | undefined {
  for (let index = 0; index < words.length; index++) {
    const word = words[index] ?? "";
    if (word === "--gc-sections") command.gcSections = true;
    else if (word === "--no-gc-sections") command.gcSections = false;
    else if (word === "--relax") command.relax = true;
    else if (word === "--no-relax") command.relax = false;
    else if (word === "-s" || word === "--strip-all") command.strip = true;
    else if (word === "-e" || word === "--entry") command.entry = words[++index];
    else if (word.startsWith("--entry=")) command.entry = word.slice(8);
    else if (/^-L./.test(word)) command.libraryFolders.push(word.slice(2));
    else if (/^-l./.test(word))
      command.inputs.push({ path: word.slice(2), language: undefined, isLibrary: true });
    else if (WITH_NEXT.has(word)) index++;
    else if (word !== "" && !HARMLESS.has(word) && !HARMLESS_VALUES.test(word)) {
      return `the linker has no option '${word}'`;
    }
  }
  return undefined;
}
