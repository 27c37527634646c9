// What the page's address says: `?ram=16M&swap=64M&seed=7&run=cow` for the machine, `#view=sharing&pids=3,4` for the view.

interface SizeRule {
  /** What the machine has unless the address says otherwise, the least and the most, in bytes. */
  readonly usual: number;
  readonly least: number;
  readonly most: number;
  /** What is said of a size that is none. */
  readonly complaint: string;
}

const MiB = 2 ** 20;
const ramRule: SizeRule = {
  usual: 64 * MiB,
  least: MiB,
  most: 1024 * MiB,
  complaint: "is not a size between 1M and 1G; this machine has 64 MiB.",
};
/** No swap is a choice too. */
const swapRule: SizeRule = {
  usual: 256 * MiB,
  least: 0,
  most: 4096 * MiB,
  complaint: "is not a size from 0 (none) to 4G; this machine has 256 MiB of swap.",
};

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
  /** 0 for none. */
  readonly swap: number;
  readonly seed: number | undefined;
  /** A command to type once the prompt is there. */
  readonly run: string | undefined;
  /** What was wrong with the address, for a notice. */
  readonly complaints: readonly string[];
}

export function readAddress(search: string): PageOptions {
  const query = new URLSearchParams(search);
  const complaints: string[] = [];
  const sizeOf = (name: string, { usual, least, most, complaint }: SizeRule): number => {
    const asked = query.get(name);
    if (asked === null) return usual;
    const size = parseSize(asked);
    if (size !== undefined && size >= least && size <= most) return size;
    complaints.push(`?${name}=${asked} ${complaint}`);
    return usual;
  };
  const ram = sizeOf("ram", ramRule);
  const swap = sizeOf("swap", swapRule);
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
    swap,
    seed: validSeed ? seed : undefined,
    run: query.get("run") ?? undefined,
    complaints,
  };
}
