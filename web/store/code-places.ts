// Lines of C for addresses in programs. A program's file is read when one of its faults is first shown, and only if it is
// still the file that ran: a file that was written to since would name lines of another program. Nothing in the image has lines,
// so its files are not read at all.

import { signal } from "@preact/signals";
import type { CodePlace, CodePlaces } from "../../userland/cc/object/read-lines.ts";
import type { Vitrine } from "../client/vitrine.ts";
import type { FaultRow, Program } from "./fault-log.ts";

/** Larger programs are not read: it would take too long, and too much of the machine's memory to see it. */
const MOST_BYTES = 32 * 2 ** 20;
/** How many programs' lines are kept. */
const MOST_PROGRAMS = 32;
/** e_type of a program that lies where its addresses say. */
const ET_EXEC = 2;

/** By identity, oldest first; null where no lines are to be had. */
const known = new Map<string, CodePlaces | null>();
const asked = new Set<string>();
/** Counts up when more is known. */
const turn = signal(0);

const keyOf = ({ device, inode, changed }: Program): string => `${device} ${inode} ${changed}`;

async function read(vitrine: Vitrine, program: Program): Promise<CodePlaces | null> {
  const isStill = async (): Promise<boolean> => {
    const info = await vitrine.stat(program.file);
    return (
      info !== null &&
      !info.readOnly &&
      info.size <= MOST_BYTES &&
      info.device === program.device &&
      info.inode === program.inode &&
      info.changed === program.changed
    );
  };
  if (!(await isStill())) return null;
  const [bytes, { readCodePlaces }] = await Promise.all([
    vitrine.download(program.file),
    import("../../userland/cc/object/read-lines.ts"),
  ]);
  if (!(await isStill()) || bytes[16] !== ET_EXEC) return null;
  return readCodePlaces(bytes);
}

/** Finds out about a program, unless that is known or under way. */
export function wantPlaces(vitrine: Vitrine, program: Program): void {
  const key = keyOf(program);
  if (known.has(key) || asked.has(key)) return;
  asked.add(key);
  void read(vitrine, program)
    .catch(() => null)
    .then((places) => {
      asked.delete(key);
      known.set(key, places);
      const [oldest] = known.keys();
      if (known.size > MOST_PROGRAMS && oldest !== undefined) known.delete(oldest);
      turn.value++;
    });
}

export interface SourcePlace {
  /** As the compiler was told it. */
  readonly file: string;
  readonly line: number;
  readonly function: string | undefined;
}

/** The line that made a fault; undefined where it is not known. */
export function sourceOf({
  program,
  pc,
}: Pick<FaultRow, "program" | "pc">): SourcePlace | undefined {
  if (program === undefined || pc < 0 || turn.value === 0) return undefined;
  const place: CodePlace | undefined = known.get(keyOf(program))?.locate(pc);
  if (place?.file === undefined || place.line === 0) return undefined;
  return { file: place.file, line: place.line, function: place.function };
}
