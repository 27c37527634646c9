// Messages about names that nothing has: a header that is not included, a slip of the finger, a word of another language, a
// structure's tag without its keyword. What is known afterwards is poison, so each name is said once.

import { POISON } from "../types/make.ts";
import type { Token } from "../preprocess/token.ts";
import type { Fix, MoreToSay } from "../source/diagnostics.ts";
import { foreignType, foreignWord } from "./foreign.ts";
import { temporary } from "../tree/nodes.ts";
import { lookUp, lookUpTag, visible } from "./scope.ts";
import type { Entity } from "./scope.ts";
import { endOf, misplaced } from "./state.ts";
import type { Parser } from "./state.ts";
import { headerOf, mostSimilar } from "../source/suggest.ts";

interface Hint {
  readonly text: string;
  readonly more: MoreToSay;
}

const TYPE_WORDS =
  "int char long short unsigned signed void struct union enum static const typedef extern volatile".split(
    " ",
  );

/** Where an expression is expected. */
export function reportUnknownName(p: Parser, token: Token): void {
  const isCall = p.token.text === "(";
  const hint =
    headerHint(p, token) ??
    wordHint(token) ??
    similarHint(
      p,
      token,
      (entity) => entity.kind !== "typedef" && !(isCall && entity.kind === "constant"),
      isCall ? ["sizeof"] : [],
    );
  const what = isCall ? "call to undeclared function" : "use of undeclared identifier";
  const text = hint?.text ?? (isCall ? "; a function has to be declared before it is called" : "");
  misplaced(p, token.loc, `${what} '${token.text}'${text}`, { end: endOf(token), ...hint?.more });
  const scope = p.function === undefined ? p.fileScope : p.scope;
  scope.names.set(token.text, temporary(token.text, POISON, undefined, 4, token.loc));
}

/** Where only a type makes sense. */
export function reportUnknownType(p: Parser, token: Token): void {
  const hint =
    headerHint(p, token) ??
    tagHint(p, token) ??
    wordHint(token) ??
    similarHint(p, token, (entity) => entity.kind === "typedef", TYPE_WORDS);
  misplaced(p, token.loc, `unknown type name '${token.text}'${hint?.text ?? ""}`, {
    end: endOf(token),
    ...hint?.more,
  });
  p.fileScope.names.set(token.text, {
    kind: "typedef",
    type: POISON,
    loc: token.loc,
    isUsed: true,
  });
}

function headerHint(p: Parser, token: Token): Hint | undefined {
  const header = headerOf(token.text);
  if (header === undefined) return undefined;
  const line = `#include <${header}>`;
  const file = p.sources.fileOf(token.loc);
  const fixes: { fix?: Fix } = {};
  if (file !== undefined && token.from === undefined) {
    // Before the first #include; the text may begin with a comment or a macro that they need.
    const first = /^[ \t]*#[ \t]*include\b/m.exec(file.text);
    const at = file.base + (first?.index ?? 0);
    fixes.fix = { from: at, to: at, text: `${line}\n` };
  }
  return {
    text: `; it is declared in <${header}>`,
    more: {
      notes: [{ loc: token.loc, message: `add the line '${line}' at the top of the file` }],
      ...fixes,
    },
  };
}

/** `node n;` for `struct node n;` */
function tagHint(p: Parser, token: Token): Hint | undefined {
  const known = lookUpTag(p.scope, token.text);
  if (known === undefined) return undefined;
  const keyword = known.kind === "enum" ? "enum" : known.tag.isUnion ? "union" : "struct";
  return {
    text: `; write '${keyword} ${token.text}'`,
    more: fixed(token, `${keyword} ${token.text}`),
  };
}

function wordHint(token: Token): Hint | undefined {
  const type = foreignType(token.text);
  if (type !== undefined) return { text: `; C has '${type}'`, more: fixed(token, type) };
  const sentence = foreignWord(token.text);
  return sentence === undefined ? undefined : { text: `; ${sentence}`, more: {} };
}

function similarHint(
  p: Parser,
  token: Token,
  fits: (entity: Entity) => boolean,
  words: readonly string[],
): Hint | undefined {
  const file = p.sources.fileOf(token.loc);
  const own: string[] = [...words];
  const others: string[] = [];
  for (const [name, entity] of visible(p.scope)) {
    if (!fits(entity) || (entity.kind === "variable" && entity.type === POISON)) continue;
    (p.sources.fileOf(entity.loc) === file ? own : others).push(name);
  }
  // A header has so many names that something is always a little similar.
  const similar =
    mostSimilar(token.text, own) ?? mostSimilar(token.text, others, token.text.length < 8 ? 1 : 2);
  if (similar === undefined) return undefined;
  const entity = lookUp(p.scope, similar);
  return {
    text: `; did you mean '${similar}'?`,
    more: {
      ...fixed(token, similar),
      notes:
        entity === undefined ? [] : [{ loc: entity.loc, message: `'${similar}' declared here` }],
    },
  };
}

function fixed(token: Token, text: string): MoreToSay {
  return token.from === undefined ? { fix: { from: token.loc, to: endOf(token), text } } : {};
}
