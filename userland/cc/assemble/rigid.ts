// What the linker may make shorter (link/relax.ts), and who must know of it. A distance within a section is known to the
// assembler only where nothing can be taken out between its ends; other branches, differences and line rows become
// relocations. What has to be a constant makes what lies within it keep its length. (RISC-V ELF psABI, "Linker Relaxation".)

import * as R from "../object/relocation-types.ts";
import type { Locate } from "./layout.ts";
import type { BranchFragment, Fragment, Position, SectionBuilder } from "./section-builder.ts";

/** Opening a branch may open others around it; after so many rounds the rest is opened too, which is never wrong. */
const MOST_ROUNDS = 12;

/** Sites before so many fixed bytes. */
function sitesBefore({ sites }: SectionBuilder, raw: number): number {
  let low = 0;
  let high = sites.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((sites[middle] ?? 0) < raw) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Whether the linker may change the distance of two places in a section. */
export function mayMove(section: SectionBuilder, one: Position, other: Position): boolean {
  if (section.sites.length === 0) return false;
  if (sitesBefore(section, one.raw) !== sitesBefore(section, other.raw)) return true;
  return section.moving[one.index] !== section.moving[other.index];
}

/** An alignment behind something that moves, or a branch that has a form of two bytes and whose target may come nearer. */
function moves(fragment: Fragment): boolean {
  if (fragment.kind === "align") return fragment.isOpen;
  const { isOpen, hasShort, size, relaxes } = fragment;
  return isOpen && hasShort && size === 4 && relaxes;
}

function countMoving(section: SectionBuilder): void {
  const { fragments, moving } = section;
  let count = 0;
  for (const [index, fragment] of fragments.entries()) {
    moving[index] = count;
    if (moves(fragment)) count++;
  }
  moving[fragments.length] = count;
}

/** Nothing is taken out within `bytes` of a place, on either side. */
export function pin({ section, raw }: Position, bytes: number): void {
  const distance = Math.abs(bytes);
  pinBetween(section, raw - distance, raw + distance);
}

/** Nothing is taken out between these fixed bytes. */
export function pinBetween(section: SectionBuilder, from: number, to: number): void {
  const isWithin = (raw: number): boolean => raw >= from && raw <= to;
  if (!section.sites.some(isWithin)) return;
  for (const fixup of section.fixups) if (isWithin(fixup.raw)) fixup.relaxes = false;
  section.sites = section.sites.filter((raw) => !isWithin(raw));
}

/** Alignments that the linker has to make anew have room for the longest padding. Before layout. */
export function openAlignments(section: SectionBuilder): void {
  if (section.sites.length === 0) return;
  for (const fragment of section.fragments) {
    if (fragment.kind === "align") fragment.isOpen = fragment.relaxes && fragment.bytes > 2;
  }
}

/** Finds out, with all sizes known, which branches the linker has to know of. */
export function openBranches(section: SectionBuilder, locate: Locate): void {
  const { fragments } = section;
  section.moving = new Uint32Array(fragments.length + 1);
  if (section.sites.length === 0) return;
  const closed: { readonly branch: BranchFragment; readonly from: Position; to: Position }[] = [];
  for (const [index, branch] of fragments.entries()) {
    if (branch.kind !== "branch" || branch.target.binding === "weak") continue;
    const target = locate(branch.target);
    if (target?.position.section !== section) continue;
    closed.push({ branch, from: { section, raw: branch.raw, index }, to: target.position });
  }
  countMoving(section);
  for (let round = 0, hasOpened = true; hasOpened; round++) {
    hasOpened = false;
    for (const { branch, from, to } of closed) {
      if (branch.isOpen || (round < MOST_ROUNDS && !mayMove(section, from, to))) continue;
      branch.isOpen = true;
      hasOpened ||= moves(branch);
    }
    countMoving(section);
  }
}

/** The relocation of a branch's last instruction. */
export function branchRelocation({ isJump, size }: BranchFragment): number {
  if (size === 2) return isJump ? R.R_RISCV_RVC_JUMP : R.R_RISCV_RVC_BRANCH;
  return isJump || size > 4 ? R.R_RISCV_JAL : R.R_RISCV_BRANCH;
}
