// The rank rule: reads every import of the project's own sources and compares it with the table in `ranks.mjs`.
// It reads the text rather than a bundle, because a bundler forgets `import type`, and a type that points upward is an
// upward dependency too.

import { readdirSync, readFileSync } from "node:fs";
import { posix, relative, sep } from "node:path";

import { neighbours, ranks, stages } from "./ranks.mjs";

const SOURCE = /\.(ts|tsx|mts|mjs|js)$/;
const TEST = /\.test\.tsx?$|^userland\/cc\/tests\//;

/** Blanks comments, keeps line breaks and strings, so that an import in an example is not mistaken for one. */
function withoutComments(text) {
  const token =
    /"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'|`(?:[^`\\]|\\[^])*`|\/\/[^\n]*|\/\*[^]*?\*\//g;
  return text.replace(token, (match) =>
    match.startsWith("//") || match.startsWith("/*") ? match.replace(/[^\n]/g, " ") : match,
  );
}

/**
 * The module specifiers of a source text.
 * @param {string} text
 * @returns {{ specifier: string, line: number }[]}
 */
export function importsOf(text) {
  const code = withoutComments(text);
  const found = [];
  const forms = [
    /(?:^|[;}\n])\s*(?:import|export)\b[^;"'`]*?\bfrom\s*["']([^"']+)["']/g,
    /(?:^|[;}\n])\s*import\s*["']([^"']+)["']/g,
    /\bimport\s*\(\s*["']([^"']+)["']/g,
  ];
  for (const form of forms) {
    for (const match of code.matchAll(form)) {
      const at = match.index + match[0].length;
      found.push({ specifier: match[1], line: code.slice(0, at).split("\n").length });
    }
  }
  return found;
}

const houses = [
  { top: "kernel", ranks, seesAll: /$^/ },
  { top: "userland/cc", ranks: stages, seesAll: TEST },
];

/** The house that a path belongs to, and its folder there: `mm` of `kernel/mm/fault.ts`; undefined for files directly in it. */
function roomOf(path) {
  const house = houses.find(({ top }) => path.startsWith(`${top}/`));
  if (house === undefined || house.seesAll.test(path)) return undefined;
  const parts = path.slice(house.top.length + 1).split("/");
  return { house, folder: parts.length > 1 ? parts[0] : undefined };
}

function unranked({ top }, folder) {
  return `${top}/${folder} has no rank in kernel/ranks.mjs`;
}

function isWithin(path, prefix) {
  const bare = path.replace(SOURCE, "");
  return bare === prefix || path.startsWith(`${prefix}/`);
}

/**
 * Why `from` may not import `to` (both relative to the project's root, with `/`), or undefined where it may.
 * @param {string} from
 * @param {string} to
 */
export function refusal(from, to) {
  const room = roomOf(from);
  const target = roomOf(to);
  if (room !== undefined && room.house === target?.house) {
    const { top: within, ranks: table } = room.house;
    const [a, b] = [room.folder, target.folder];
    if (a === b) return undefined;
    if (a === undefined || b === undefined) {
      // The table itself and its checker are tooling: only each other and their test read them.
      return `${from} and ${to}: nothing but the rank rule lives directly in ${within}/`;
    }
    const [rankA, rankB] = [table[a], table[b]];
    if (rankA === undefined) return unranked(room.house, a);
    if (rankB === undefined) return unranked(room.house, b);
    if (rankB < rankA) return undefined;
    return `${within}/${a} (rank ${rankA}) may not import ${within}/${b} (rank ${rankB})`;
  }
  const [top = ""] = from.split("/");
  const [targetTop = ""] = to.split("/");
  if (top === targetTop) return undefined;
  if (!(targetTop in neighbours)) return undefined;
  if (top === "userland" && TEST.test(from)) return undefined;
  const allowed = neighbours[top];
  if (allowed === undefined || allowed.some((prefix) => isWithin(to, prefix))) return undefined;
  return allowed.length === 0
    ? `${top}/ imports nothing of ${targetTop}/`
    : `${top}/ sees only ${allowed.join(", ")}`;
}

/**
 * The violations of a set of sources.
 * @param {Iterable<{ path: string, text: string }>} sources paths relative to the project's root
 * @returns {string[]} one line each, `file:line: why`
 */
export function violations(sources) {
  const lines = [];
  for (const { path, text } of sources) {
    const room = roomOf(path);
    if (room?.folder !== undefined && room.house.ranks[room.folder] === undefined) {
      lines.push(`${path}:1: ${unranked(room.house, room.folder)}`);
      continue;
    }
    for (const { specifier, line } of importsOf(text)) {
      if (!specifier.startsWith(".")) continue;
      const target = posix.normalize(posix.join(posix.dirname(path), specifier));
      const why = refusal(path, target);
      if (why !== undefined) lines.push(`${path}:${line}: ${why} ("${specifier}")`);
    }
  }
  return lines;
}

/**
 * Every source file of the project's own folders.
 * @param {string} root absolute path
 */
export function* projectSources(root) {
  for (const top of Object.keys(neighbours)) {
    let entries;
    try {
      entries = readdirSync(`${root}/${top}`, { recursive: true, withFileTypes: true });
    } catch {
      continue; // A folder that does not exist has no imports.
    }
    for (const entry of entries) {
      if (!entry.isFile() || !SOURCE.test(entry.name)) continue;
      const absolute = `${entry.parentPath ?? entry.path}/${entry.name}`;
      const path = relative(root, absolute).split(sep).join("/");
      yield { path, text: readFileSync(absolute, "utf8") };
    }
  }
}
