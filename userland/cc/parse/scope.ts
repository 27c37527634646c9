// Scopes of identifiers and tags (C11 6.2.1, 6.2.3).

import type { Loc } from "../source/sources.ts";
import type { EnumTag, IntegerType, StructTag, Type } from "../types/type.ts";
import type { FunctionSymbol, Variable } from "../tree/ast.ts";
import type { LabelUse } from "./state.ts";

export interface TypedefName {
  readonly kind: "typedef";
  readonly type: Type;
  readonly loc: Loc;
  /** Of one within a function: whether it was spoken of, or need not be. */
  isUsed: boolean;
}

export interface EnumConstant {
  readonly kind: "constant";
  readonly type: IntegerType;
  readonly value: bigint;
  readonly loc: Loc;
}

export type Entity = Variable | FunctionSymbol | TypedefName | EnumConstant;

export type Tag =
  | { readonly kind: "struct"; readonly tag: StructTag }
  | { readonly kind: "enum"; readonly tag: EnumTag };

export interface Scope {
  readonly outer: Scope | undefined;
  readonly names: Map<string, Entity>;
  /** Made when the first tag is declared: most blocks have none. */
  tags: Map<string, Tag> | undefined;
  /** Those that `__label__` declares. */
  labels: Map<string, LabelUse> | undefined;
}

export function newScope(outer: Scope | undefined): Scope {
  return { outer, names: new Map(), tags: undefined, labels: undefined };
}

export function lookUp(scope: Scope, name: string): Entity | undefined {
  for (let at: Scope | undefined = scope; at !== undefined; at = at.outer) {
    const entity = at.names.get(name);
    if (entity !== undefined) return entity;
  }
  return undefined;
}

export function lookUpTag(scope: Scope, name: string): Tag | undefined {
  for (let at: Scope | undefined = scope; at !== undefined; at = at.outer) {
    const tag = at.tags?.get(name);
    if (tag !== undefined) return tag;
  }
  return undefined;
}

export function declareTag(scope: Scope, name: string, tag: Tag): void {
  scope.tags ??= new Map();
  scope.tags.set(name, tag);
}

/** All names that can be seen, for suggestions. */
export function* visible(scope: Scope): Generator<[string, Entity]> {
  for (let at: Scope | undefined = scope; at !== undefined; at = at.outer) yield* at.names;
}

/** Reads what has a scope of its own. */
export function scoped<T>(p: { scope: Scope }, read: () => T): T {
  const outer = p.scope;
  p.scope = newScope(outer);
  const result = read();
  p.scope = outer;
  return result;
}
