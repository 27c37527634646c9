// The first bytes of a new program's stack (System V ABI, "Process Initialization"; Linux's binfmt_elf): from the top
// down the strings, 16 random bytes, and then what sp points at:
//
//    sp → argc │ argv[0] … argv[argc-1] │ 0 │ envp[0] … │ 0 │ auxv: (type, value) … (AT_NULL, 0) │ … strings … │ top

import {
  AT_BASE,
  AT_CLKTCK,
  AT_EGID,
  AT_ENTRY,
  AT_EUID,
  AT_EXECFN,
  AT_FLAGS,
  AT_GID,
  AT_HWCAP,
  AT_NULL,
  AT_PAGESZ,
  AT_PHDR,
  AT_PHENT,
  AT_PHNUM,
  AT_RANDOM,
  AT_SECURE,
  AT_UID,
  PHDR_SIZE,
} from "../abi/elf.ts";
import { PAGE_SIZE } from "../abi/sv39.ts";
import { bytesOf } from "../fs/byte-string.ts";
import type { ElfImage } from "./elf.ts";

/** Letters of the ISA string as AT_HWCAP has them, bit 0 for "a": i, m, a and c. */
const HWCAP = [..."imac"].reduce((bits, letter) => bits | (1 << (letter.charCodeAt(0) - 97)), 0);
export const CLOCK_TICKS = 100;

export interface StackRequest {
  readonly image: ElfImage;
  /** Added to every address of the image: not 0 for position-independent executables. */
  readonly bias: number;
  readonly argv: readonly string[];
  readonly envp: readonly string[];
  /** The path as execve got it. */
  readonly path: string;
  readonly uid: number;
  readonly gid: number;
  /** 16 bytes for AT_RANDOM. */
  readonly random: Uint8Array;
}

export interface StackImage {
  readonly sp: number;
  /** What lies at sp, up to the top of the stack. */
  readonly bytes: Uint8Array;
  readonly argStart: number;
  readonly argEnd: number;
  readonly envStart: number;
  readonly envEnd: number;
}

/** Computes the bytes below `top`. */
export function buildStack(top: number, request: StackRequest): StackImage {
  const { image, bias, argv, envp } = request;
  const strings: Uint8Array[] = [];
  const addresses: number[] = [];
  // Strings lie in the order argv, envp, path and end eight zero bytes below the top, as on Linux.
  const texts = [...argv, ...envp, request.path].map((text) => bytesOf(`${text}\0`));
  let at = top - 8 - texts.reduce((sum, text) => sum + text.length, 0);
  const stringsAt = at;
  for (const text of texts) {
    addresses.push(at);
    strings.push(text);
    at += text.length;
  }
  const randomAt = Math.floor((stringsAt - 16) / 16) * 16;
  const auxv: readonly (readonly [number, number])[] = [
    [AT_HWCAP, HWCAP],
    [AT_PAGESZ, PAGE_SIZE],
    [AT_CLKTCK, CLOCK_TICKS],
    [AT_PHDR, image.phdrAddress === 0 ? 0 : image.phdrAddress + bias],
    [AT_PHENT, PHDR_SIZE],
    [AT_PHNUM, image.phnum],
    [AT_BASE, 0],
    [AT_FLAGS, 0],
    [AT_ENTRY, image.entry + bias],
    [AT_UID, request.uid],
    [AT_EUID, request.uid],
    [AT_GID, request.gid],
    [AT_EGID, request.gid],
    [AT_SECURE, 0],
    [AT_RANDOM, randomAt],
    [AT_EXECFN, addresses[argv.length + envp.length] ?? 0],
    [AT_NULL, 0],
  ];
  const words = [
    argv.length,
    ...addresses.slice(0, argv.length),
    0,
    ...addresses.slice(argv.length, argv.length + envp.length),
    0,
    ...auxv.flat(),
  ];
  const sp = Math.floor((randomAt - 8 * words.length) / 16) * 16;
  const bytes = new Uint8Array(top - sp);
  const view = new DataView(bytes.buffer);
  words.forEach((word, index) => {
    view.setUint32(8 * index, word >>> 0, true);
    view.setUint32(8 * index + 4, Math.floor(word / 2 ** 32), true);
  });
  bytes.set(request.random, randomAt - sp);
  strings.forEach((text, index) => bytes.set(text, (addresses[index] ?? 0) - sp));
  return {
    sp,
    bytes,
    argStart: stringsAt,
    argEnd: addresses[argv.length] ?? stringsAt,
    envStart: addresses[argv.length] ?? stringsAt,
    envEnd: addresses[argv.length + envp.length] ?? stringsAt,
  };
}
