// Builds the address space of a program from its ELF image: segments as private mappings of the file, so that the page
// cache's frames are shared by everybody who runs it; bss; stack; vDSO. Nothing here touches the process that asked.

import { ENOEXEC, ENOMEM } from "../abi/errno.ts";
import { ET_DYN, PF_R, PF_W, PF_X } from "../abi/elf.ts";
import {
  MAP_ANONYMOUS,
  MAP_FIXED,
  MAP_PRIVATE,
  PROT_EXEC,
  PROT_READ,
  PROT_WRITE,
} from "../abi/mman.ts";
import { PAGE_MASK, PAGE_SIZE } from "../abi/sv39.ts";
import type { File } from "../fs/file.ts";
import type { AddressSpace } from "../mm/address-space.ts";
import { MUST_WAIT } from "../mm/stall.ts";
import { clearUser, copyOut } from "../mm/user-copy.ts";
import type { ElfImage, ElfSegment } from "./elf.ts";
import { buildStack } from "./exec-stack.ts";
import type { Kernel } from "./kernel.ts";
import { applyLimits, type Process, type ProgramLayout } from "./process.ts";
import { mapVdso } from "./vdso.ts";

/** Where position-independent executables go: Linux's ELF_ET_DYN_BASE without randomization. */
const PIE_BASE = 0x2aaaaaa000;

export interface LoadedProgram {
  readonly space: AddressSpace;
  readonly entry: number;
  readonly sp: number;
  readonly layout: ProgramLayout;
}

/** The new space with the program in it; an errno or MUST_WAIT: nothing is left behind then. */
export function loadProgram(
  k: Kernel,
  process: Process,
  file: File,
  image: ElfImage,
  strings: {
    readonly argv: readonly string[];
    readonly envp: readonly string[];
    readonly path: string;
  },
): LoadedProgram | number {
  const space = k.mm.createSpace(process.pid);
  if (typeof space === "number") return space;
  applyLimits(process, space);
  const bias = image.type === ET_DYN ? PIE_BASE : 0;
  const error = mapSegments(space, file, image, bias);
  if (error < 0) {
    space.release();
    return error;
  }
  const last = image.segments.at(-1);
  const end = last === undefined ? 0 : pageUp(last.vaddr + last.memsz + bias);
  space.setBrk(end);
  const top = space.mapStack();
  const random = new Uint8Array(16);
  k.randomBytes(random);
  const stack = buildStack(top, {
    image,
    bias,
    ...strings,
    uid: process.uid,
    gid: process.gid,
    random,
  });
  const vdso = mapVdso(space);
  const copied = copyOut(space, stack.sp, stack.bytes, 0, stack.bytes.length);
  if (top < 0 || vdso < 0 || copied < stack.bytes.length) {
    space.release();
    return noMemory(space);
  }
  space.startStack = stack.sp;
  const code = image.segments.filter(({ flags }) => (flags & PF_X) !== 0);
  const data = image.segments.filter(({ flags }) => (flags & PF_W) !== 0);
  return {
    space,
    entry: image.entry + bias,
    sp: stack.sp,
    layout: {
      startCode: firstAddress(code) + bias,
      endCode: lastAddress(code) + bias,
      startData: firstAddress(data) + bias,
      endData: lastAddress(data) + bias,
      argStart: stack.argStart,
      argEnd: stack.argEnd,
      envStart: stack.envStart,
      envEnd: stack.envEnd,
    },
  };
}

/** A page of the new program could not be had: now, or at all. */
function noMemory({ mm }: AddressSpace): number {
  return mm.stall === null ? -ENOMEM : MUST_WAIT;
}

function firstAddress(segments: readonly ElfSegment[]): number {
  return segments[0]?.vaddr ?? 0;
}

function lastAddress(segments: readonly ElfSegment[]): number {
  const last = segments.at(-1);
  return last === undefined ? 0 : last.vaddr + last.filesz;
}

function pageDown(address: number): number {
  return address - (address % PAGE_SIZE);
}

function pageUp(address: number): number {
  return pageDown(address + PAGE_MASK);
}

function mapSegments(space: AddressSpace, file: File, image: ElfImage, bias: number): number {
  const object = file.mapObject(false);
  if (typeof object === "number") return object < 0 ? object : -ENOEXEC;
  for (const segment of image.segments) {
    const prot = protectionOf(segment.flags);
    const start = segment.vaddr + bias;
    const fileStart = pageDown(start);
    const fileEnd = start + segment.filesz;
    const memoryEnd = start + segment.memsz;
    if (segment.filesz > 0) {
      const mapped = space.map({
        addr: fileStart,
        length: pageUp(fileEnd) - fileStart,
        prot,
        flags: MAP_PRIVATE | MAP_FIXED,
        object,
        offset: pageDown(segment.offset),
        name: file.mappingName,
      });
      if (mapped < 0) return mapped;
    }
    if (segment.memsz <= segment.filesz) continue;
    const zeroStart = segment.filesz > 0 ? pageUp(fileEnd) : fileStart;
    if (pageUp(memoryEnd) > zeroStart) {
      const mapped = space.map({
        addr: zeroStart,
        length: pageUp(memoryEnd) - zeroStart,
        prot,
        flags: MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED,
      });
      if (mapped < 0) return mapped;
    }
    // The rest of the last page of the file is somebody else's bytes; bss must begin with zeros.
    if (segment.filesz > 0 && fileEnd < zeroStart && (prot & PROT_WRITE) !== 0) {
      const wanted = Math.min(zeroStart, memoryEnd) - fileEnd;
      if (clearUser(space, fileEnd, wanted) < wanted) return noMemory(space);
    }
  }
  return 0;
}

function protectionOf(flags: number): number {
  return (
    ((flags & PF_R) !== 0 ? PROT_READ : 0) |
    ((flags & PF_W) !== 0 ? PROT_WRITE : 0) |
    ((flags & PF_X) !== 0 ? PROT_EXEC : 0)
  );
}
