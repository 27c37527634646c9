// What the page's address says: `?ram=16M&seed=7&run=cow` for the machine, `#view=sharing&pids=3,4` for the view.

/** 64 MiB unless the address says otherwise. */
const DEFAULT_RAM = 64 * 2 ** 20;
const LEAST_RAM = 2 ** 20;
const MOST_RAM = 2 ** 30;

const units: Readonly<Record<string, number>> = { "": 1, K: 2 ** 10, M: 2 ** 20, G: 2 ** 30 };

/** Reads a size such as `16M`, `1G`, `4096K`; undefined when it is none. Bytes, rounded down to whole pages. */
export function parseSize(text: string): number | undefined {
  const match = /^(\d+)([KMG]?)(?:i?B)?$/i.exec(text.trim());
  const unit = units[match?.[2]?.toUpperCase() ?? "?"];
  if (match?.[1] === undefined || unit === undefined) return undefined;
  return Math.floor((Number(match[1]) * unit) / 4096) * 4096;
}

export interface PageOptions {
  readonly ram: number;
  readonly seed: number | undefined;
  /** A command to type once the prompt is there. */
  readonly run: string | undefined;
  /** What was wrong with the address, for a notice. */
  readonly complaints: readonly string[];
}

export function readAddress(search: string): PageOptions {
  const query = new URLSearchParams(search);
  const complaints: string[] = [];
  let ram = DEFAULT_RAM;
  const asked = query.get("ram");
  if (asked !== null) {
    const size = parseSize(asked);
    if (size === undefined || size < LEAST_RAM || size > MOST_RAM) {
      complaints.push(`?ram=${asked} is not a size between 1M and 1G; this machine has 64 MiB.`);
    } else ram = size;
  }
  const seedText = query.get("seed");
  const seed = seedText === null ? undefined : Number(seedText);
  const validSeed = seed !== undefined && Number.isSafeInteger(seed) && seed >= 0;
  if (seed !== undefined && !validSeed) {
    complaints.push(
      `?seed=${seedText ?? ""} is not a whole number; this machine runs in real time.`,
    );
  }
  return {
    ram,
    seed: validSeed ? seed : undefined,
    run: query.get("run") ?? undefined,
    complaints,
  };
}
