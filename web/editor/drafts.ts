// What is open in the editor outlives a reload, though the machine does not: the texts are kept in the browser. A tab has
// its own; one that has none yet begins with what was kept last.

export interface Draft {
  readonly path: string;
  readonly text: string;
  /** Where the cursor is. */
  readonly cursor: number;
}

export interface Drafts {
  readonly files: readonly Draft[];
  /** Path of the one that is shown. */
  readonly current: string;
}

type Place = Pick<Storage, "getItem" | "setItem">;

const KEY = "vitrine.drafts";
/** Browsers give a page some 5 million characters, and others want some too. */
const MOST_CHARACTERS = 1_000_000;

function draftsIn(json: string | null): Drafts | undefined {
  try {
    const kept: unknown = JSON.parse(json ?? "null");
    if (typeof kept !== "object" || kept === null) return undefined;
    const { files, current } = kept as Record<string, unknown>;
    if (!Array.isArray(files) || typeof current !== "string") return undefined;
    const isDraft = (file: unknown): file is Draft =>
      typeof file === "object" &&
      file !== null &&
      "path" in file &&
      typeof file.path === "string" &&
      "text" in file &&
      typeof file.text === "string" &&
      "cursor" in file &&
      typeof file.cursor === "number";
    return { files: files.filter(isDraft), current };
  } catch {
    return undefined;
  }
}

/** What was kept, from the first place that has some. A place may refuse. */
export function readDrafts(places: readonly (() => Place)[]): Drafts {
  for (const place of places) {
    try {
      const found = draftsIn(place().getItem(KEY));
      if (found !== undefined) return found;
    } catch {
      // Storage is denied: there is nothing.
    }
  }
  return { files: [], current: "" };
}

/** Keeps drafts in every place; false when some are too long to be kept, or storage is denied or full. */
export function keepDrafts(places: readonly (() => Place)[], { files, current }: Drafts): boolean {
  const kept: Draft[] = [];
  let left = MOST_CHARACTERS;
  // The file that is shown comes first: it is the one to keep.
  const byNeed = files.toSorted((a, b) => Number(b.path === current) - Number(a.path === current));
  for (const file of byNeed) {
    if (file.text.length > left) continue;
    left -= file.text.length;
    kept.push(file);
  }
  const ordered = files.filter((file) => kept.includes(file));
  let all = ordered.length === files.length;
  for (const place of places) {
    try {
      place().setItem(KEY, JSON.stringify({ files: ordered, current }));
    } catch {
      all = false;
    }
  }
  return all;
}
