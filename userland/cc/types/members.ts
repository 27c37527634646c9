// Finding members of structures by name, through anonymous structures and unions (C11 6.7.2.1p13).

import type { Member, StructTag } from "./type.ts";

/** Of structures with many members: the member of each name. */
const indexes = new WeakMap<StructTag, ReadonlyMap<string, Member>>();
const MANY = 16;

function indexOf(tag: StructTag, members: readonly Member[]): ReadonlyMap<string, Member> {
  let index = indexes.get(tag);
  if (index === undefined) {
    index = new Map(
      members.flatMap((member) => (member.name === undefined ? [] : [[member.name, member]])),
    );
    indexes.set(tag, index);
  }
  return index;
}

/** The members to go through, from the outermost; undefined when there is none of that name. */
export function findMember(tag: StructTag, name: string): readonly Member[] | undefined {
  const members = tag.members ?? [];
  const named =
    members.length > MANY
      ? indexOf(tag, members).get(name)
      : members.find((member) => member.name === name);
  if (named !== undefined) return [named];
  for (const member of members) {
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
