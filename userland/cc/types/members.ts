// Finding members of structures by name, through anonymous structures and unions (C11 6.7.2.1p13).

import type { Member, StructTag } from "./type.ts";

/** The members to go through, from the outermost; undefined when there is none of that name. */
export function findMember(tag: StructTag, name: string): readonly Member[] | undefined {
  for (const member of tag.members ?? []) {
    if (member.name === name) return [member];
  }
  for (const member of tag.members ?? []) {
    if (member.name !== undefined || member.type.kind !== "struct") continue;
    const path = findMember(member.type.tag, name);
    if (path !== undefined) return [member, ...path];
  }
  return undefined;
}

/** All names that findMember would find. */
export function memberNames(tag: StructTag): string[] {
  const names: string[] = [];
  for (const member of tag.members ?? []) {
    if (member.name !== undefined) names.push(member.name);
    else if (member.type.kind === "struct") names.push(...memberNames(member.type.tag));
  }
  return names;
}
