// Chooses the sequences that the interpreter fuses (kernel/cpu/operation-sequences.ts). The corpus: blocks that the
// bench programs run, by how often, and blocks of the programs in the image, once each. The most frequent pair of
// neighbours becomes one, again and again, as in byte-pair encoding.

import { readFileSync, writeFileSync } from "node:fs";
import { decodeInstruction } from "../../kernel/cpu/predecode.ts";
import type { Decoded } from "../../kernel/cpu/predecode.ts";
import { operationName, singleAt } from "../../kernel/cpu/operations.ts";
import { runGuest } from "./cpu-guest.ts";

const SEQUENCES = 150;
/** Longer ones fit the bench programs more than programs. */
const LONGEST = 3;
const PROFILED = 1_500_000;
/** Start-up is not what a program does. */
const SKIPPED = 100_000;
/** What the image's blocks count against one bench program's. */
const IMAGE_WEIGHT = 2;
const FILE = "kernel/cpu/operation-sequences.ts";

/** Blocks as operation names with " + " between, and how often each was seen. */
type Blocks = Map<string, number>;

/** Told one instruction after the other, notes the blocks they form. */
function blockRecorder(blocks: Blocks): (bits: number, offset: number) => void {
  const decoded: Decoded = { op: 0, operands: 0, ends: false };
  let names: string[] = [];
  return (bits, offset) => {
    decodeInstruction(bits, offset, decoded);
    const known = singleAt(decoded.op) !== undefined;
    if (known) names.push(operationName(decoded.op));
    if (known && !decoded.ends) return;
    const key = names.join(" + ");
    if (names.length > 1) blocks.set(key, (blocks.get(key) ?? 0) + 1);
    names = [];
  };
}

function blocksRun(elf: Uint8Array): Blocks {
  const blocks: Blocks = new Map();
  const record = blockRecorder(blocks);
  let seen = 0;
  runGuest(elf, (bits, offset) => {
    if (seen >= SKIPPED) record(bits, offset);
    return ++seen < SKIPPED + PROFILED;
  });
  return blocks;
}

/** The executable segments of the ELF files in a newc archive. */
function* codeInImage(image: Buffer): Generator<Buffer> {
  const field = (at: number, index: number): number =>
    Number.parseInt(image.toString("latin1", at + 6 + 8 * index, at + 14 + 8 * index), 16);
  for (let at = 0; image.toString("latin1", at, at + 6) === "070701";) {
    const size = field(at, 6);
    const body = (at + 110 + field(at, 11) + 3) & ~3;
    const file = image.subarray(body, body + size);
    at = (body + size + 3) & ~3;
    if (file.toString("latin1", 1, 4) !== "ELF") continue;
    for (let index = 0; index < file.readUInt16LE(56); index++) {
      const header = Number(file.readBigUInt64LE(32)) + 56 * index;
      const executable =
        file.readUInt32LE(header) === 1 && (file.readUInt32LE(header + 4) & 1) !== 0;
      const offset = file.readUInt32LE(header + 8);
      if (executable) yield file.subarray(offset, offset + file.readUInt32LE(header + 32));
    }
  }
}

function blocksInImage(): Blocks {
  const blocks: Blocks = new Map();
  const record = blockRecorder(blocks);
  for (const code of codeInImage(readFileSync("userland/image.cpio"))) {
    for (let at = 0; at + 4 <= code.length;) {
      const low = code.readUInt16LE(at);
      const wide = (low & 3) === 3;
      record(wide ? code.readInt32LE(at) : low, at & 4095);
      at += wide ? 4 : 2;
    }
  }
  return blocks;
}

interface Block {
  /** Operations, or sequences of them that are one already. */
  parts: string[];
  readonly weight: number;
}

function weighed(blocks: Blocks, weight: number): Block[] {
  const list = [...blocks].map(([key, count]) => ({ parts: key.split(" + "), count }));
  const total = list.reduce((sum, { parts, count }) => sum + parts.length * count, 0);
  return list.map(({ parts, count }) => ({ parts, weight: (weight * count) / total }));
}

function lengthOf(sequence: string): number {
  return sequence.split(" + ").length;
}

function mostFrequentPair(blocks: readonly Block[]): string | undefined {
  const counts = new Map<string, number>();
  for (const { parts, weight } of blocks) {
    for (let index = 1; index < parts.length; index++) {
      const pair = `${parts[index - 1]} + ${parts[index]}`;
      counts.set(pair, (counts.get(pair) ?? 0) + weight);
    }
  }
  let best: string | undefined;
  for (const [pair, count] of counts) {
    if (lengthOf(pair) > LONGEST) continue;
    if (best === undefined || count > (counts.get(best) ?? 0)) best = pair;
  }
  return best;
}

function merge(parts: readonly string[], pair: string): string[] {
  const out: string[] = [];
  for (let index = 0; index < parts.length; index++) {
    const both = `${parts[index]} + ${parts[index + 1]}`;
    out.push(both === pair ? pair : (parts[index] ?? ""));
    if (both === pair) index++;
  }
  return out;
}

/** Writes the table anew from these programs and the image. */
export function writeSequences(elfs: readonly Uint8Array[]): void {
  const blocks = elfs.flatMap((elf) => weighed(blocksRun(elf), 1));
  blocks.push(...weighed(blocksInImage(), IMAGE_WEIGHT));
  const before = blocks.reduce((sum, { parts, weight }) => sum + parts.length * weight, 0);
  const chosen = new Set<string>();
  while (chosen.size < SEQUENCES) {
    const pair = mostFrequentPair(blocks);
    if (pair === undefined) break;
    chosen.add(pair);
    for (const block of blocks) block.parts = merge(block.parts, pair);
  }
  const after = blocks.reduce((sum, { parts, weight }) => sum + parts.length * weight, 0);
  const [comment = ""] = readFileSync(FILE, "utf8").split("export const");
  const rows = [...chosen].map((sequence) => `  "${sequence}",\n`).join("");
  writeFileSync(FILE, `${comment}export const fusedSequences: readonly string[] = [\n${rows}];\n`);
  console.log(`${chosen.size} sequences; ${(after / before).toFixed(2)} dispatches an instruction`);
}
