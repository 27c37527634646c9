// What swapping costs: throughput and latency beside raw storage in the same run, reclaim by the size of RAM, and what it
// does to programs that do not swap. One guest program (swap-guest.c) measures from inside the machine.

import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { open } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { bundleForNode } from "../tools/project.mjs";
import { formatTime, haveProgram, median, numbersFrom, printTable } from "./measure.ts";
import { NARROW, openSwapBrowser, type SwapBrowser } from "./swap-browser.ts";
import type { RawAnswer } from "./swap-raw.ts";

const ROUNDS = 5;
const PAGE_BYTES = 4096;
const CLUSTER_PAGES = 64;
const CLUSTER_BYTES = CLUSTER_PAGES * PAGE_BYTES;
/** What is written and read: several times RAM. In MiB. */
const RAM = 32;
const DATA = 128;
const SWAP = 512;
const CLUSTERS = (DATA << 20) / CLUSTER_BYTES;
/** Requests under way at a time, for raw storage. */
const DEPTHS = [1, 4];
/** Single pages for latency: one of each cluster at most. */
const SINGLE_PAGES = 400;
/** MiB that the third process fills again and again beside a ping-pong. */
const BESIDE = 64;
const RAM_SIZES = [16, 64, 256, 1024];
const RECLAIM_TOUCHES = 32_768;

const streamWords = `stream ${DATA} ${RAM}`;
const latencyWords = `latency ${DATA} ${SINGLE_PAGES}`;
const address = `?ram=${RAM}M&swap=${SWAP}M`;

/** MB/s. */
function rate(bytes: number, milliseconds: number): number {
  return bytes / milliseconds / 1e3;
}

function shown(values: readonly number[], digits = 0): string {
  return median(values).toFixed(digits);
}

function percent(ours: readonly number[], theirs: readonly number[]): string {
  return `${((100 * median(ours)) / median(theirs)).toFixed(0)} %`;
}

/** Per round: rates out and in of a machine's stream, as the guest printed them. */
function streamRates(numbers: readonly number[]): { readonly out: number; readonly in: number } {
  const [outTime = 0, out = 0, , inTime = 0, , into = 0] = numbers;
  return {
    out: rate(out * PAGE_BYTES, outTime / 1e6),
    in: rate(into * PAGE_BYTES, inTime / 1e6),
  };
}

interface Throughput {
  readonly raw: readonly { readonly write: number[]; readonly read: number[] }[];
  readonly out: number[];
  readonly in: number[];
}

function emptyThroughput(): Throughput {
  return { raw: DEPTHS.map(() => ({ write: [], read: [] })), out: [], in: [] };
}

function best(candidates: readonly (readonly number[])[]): readonly number[] {
  return candidates.toSorted((a, b) => median(b) - median(a))[0] ?? [];
}

function throughputRows(host: string, found: Throughput, aim: string): string[][] {
  const row = (what: string, ours: readonly number[], raw: readonly number[][]): string[] => [
    `${host}, ${what}`,
    ...raw.map((values) => shown(values)),
    shown(ours),
    percent(ours, best(raw)),
    aim,
  ];
  return [
    row(
      "out",
      found.out,
      found.raw.map(({ write }) => write),
    ),
    row(
      "in",
      found.in,
      found.raw.map(({ read }) => read),
    ),
  ];
}

async function measureThroughput(program: string, browser: SwapBrowser): Promise<void> {
  const inNode = emptyThroughput();
  const inPage = emptyThroughput();
  const besidePanels = emptyThroughput();
  for (let round = 0; round < ROUNDS; round++) {
    for (const [index, inFlight] of DEPTHS.entries()) {
      const answer = await browser.raw({
        clusters: CLUSTERS,
        clusterBytes: CLUSTER_BYTES,
        inFlight,
      });
      note(inPage, index, answer);
      note(besidePanels, index, answer);
      note(inNode, index, await rawFile(inFlight));
    }
    const [closed = []] = await browser.machine(address, [streamWords], { width: NARROW });
    noteMachine(inPage, closed);
    const [open = []] = await browser.machine(address, [streamWords]);
    noteMachine(besidePanels, open);
    noteMachine(inNode, runInNode(program, streamWords));
  }
  printTable(
    `Swap throughput, MB/s, medians: ${DATA} MiB in a machine of ${RAM} MiB, beside raw storage of the same layout`,
    ["", ...DEPTHS.map((depth) => `raw, ${depth} at once`), "machine", "of the best raw", "aim"],
    [
      ...throughputRows("Chromium", inPage, "70 %"),
      ...throughputRows("Chromium with panels open", besidePanels, ""),
      ...throughputRows("Node", inNode, ""),
    ],
  );
}

function note(found: Throughput, index: number, { write, read }: Omit<RawAnswer, "single">): void {
  found.raw[index]?.write.push(rate(DATA << 20, write));
  found.raw[index]?.read.push(rate(DATA << 20, read));
}

function noteMachine(found: Throughput, numbers: readonly number[]): void {
  const rates = streamRates(numbers);
  found.out.push(rates.out);
  found.in.push(rates.in);
}

function runInNode(program: string, words: string): readonly number[] {
  const options = ["--ram", `${RAM}M`, "--swap", `${SWAP}M`, "run", program];
  return numbersFrom(process.execPath, ["dist/vitrine.mjs", ...options, ...words.split(" ")]);
}

/** Milliseconds to write and read the same clusters in a file, where the command line has its own. */
async function rawFile(inFlight: number): Promise<Omit<RawAnswer, "single">> {
  const folder = mkdtempSync(join(tmpdir(), "vitrine-bench-"));
  const file = await open(join(folder, "clusters"), "wx+");
  const cluster = new Uint8Array(CLUSTER_BYTES).map((_, index) => index * 89);
  try {
    const all = async (work: (position: number) => Promise<unknown>): Promise<number> => {
      let next = 0;
      const began = performance.now();
      const lane = async (): Promise<void> => {
        while (next < CLUSTERS) await work(next++ * CLUSTER_BYTES);
      };
      await Promise.all(Array.from({ length: inFlight }, lane));
      return performance.now() - began;
    };
    const write = await all((at) => file.write(cluster, 0, CLUSTER_BYTES, at));
    const read = await all((at) => file.read(new Uint8Array(CLUSTER_BYTES), 0, CLUSTER_BYTES, at));
    return { write, read };
  } finally {
    await file.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

async function measureLatency(browser: SwapBrowser): Promise<void> {
  const raw = { idle: [] as number[], beside: [] as number[] };
  const ours = { idle: [] as number[], beside: [] as number[] };
  const slowest = { idle: [] as number[], beside: [] as number[] };
  const question = { clusters: CLUSTERS, clusterBytes: CLUSTER_BYTES, inFlight: 1 };
  for (let round = 0; round < ROUNDS; round++) {
    for (const when of ["idle", "beside"] as const) {
      const answer = await browser.raw(question, when === "beside");
      raw[when].push(median(answer.single));
      const options = when === "beside" ? { before: "spin" } : {};
      const [[, middle = NaN, late = NaN] = []] = await browser.machine(
        address,
        [latencyWords],
        options,
      );
      ours[when].push(middle / 1e6);
      slowest[when].push(late / 1e6);
    }
  }
  const row = (what: string, when: "idle" | "beside"): string[] => [
    what,
    `${shown(raw[when], 2)} ms`,
    `${shown(ours[when], 2)} ms`,
    `${shown(slowest[when], 2)} ms`,
    (median(ours[when]) / median(raw[when])).toFixed(2),
  ];
  printTable(
    "A major fault in Chromium beside one raw get of a cluster, medians",
    ["", "raw get", "fault", "9 of 10 within", "ratio"],
    [row("idle", "idle"), row("beside somebody who spins", "beside")],
  );
}

async function measurePingPong(program: string, browser: SwapBrowser): Promise<void> {
  const rows: string[][] = [];
  const hosts = {
    Chromium: async (words: string) => (await browser.machine(address, [words]))[0] ?? [],
    Node: (words: string) => Promise.resolve(runInNode(program, words)),
  };
  for (const [host, run] of Object.entries(hosts)) {
    const alone: (readonly number[])[] = [];
    const beside: (readonly number[])[] = [];
    for (let round = 0; round < ROUNDS; round++) {
      alone.push(await run("pingpong 0"));
      beside.push(await run(`pingpong ${BESIDE}`));
    }
    const column = (of: readonly (readonly number[])[], index: number): number[] =>
      of.map((numbers) => numbers[index] ?? NaN);
    const swapped = beside.map(([, , time = 0, out = 0, into = 0]) =>
      rate((out + into) * PAGE_BYTES, time / 1e6),
    );
    rows.push([
      host,
      shown(column(alone, 0)),
      shown(column(beside, 0)),
      (median(column(beside, 0)) / median(column(alone, 0))).toFixed(2),
      formatTime(median(column(alone, 1))),
      formatTime(median(column(beside, 1))),
      shown(swapped),
    ]);
  }
  printTable(
    "Two processes wake each other, alone and while a third swaps: round trips a second, the longest, medians",
    ["", "alone", "beside", "ratio", "longest alone", "longest beside", "MB/s swapped"],
    rows,
  );
}

async function measureReclaim(program: string): Promise<void> {
  const [bundle = ""] = await bundleForNode(["e2e/bench/swap-memory.ts"]);
  const faults = RAM_SIZES.map((): number[] => []);
  const reclaims = RAM_SIZES.map((): number[] => []);
  for (let round = 0; round < ROUNDS; round++) {
    for (const [index, size] of RAM_SIZES.entries()) {
      const words = [String(size), String(size + 1024), program];
      const args = ["reclaim", String(size), String(RECLAIM_TOUCHES)];
      const [fault = NaN, reclaim = NaN] = numbersFrom(process.execPath, [
        bundle,
        ...words,
        ...args,
      ]);
      faults[index]?.push(fault);
      reclaims[index]?.push(reclaim);
    }
  }
  const row = (what: string, columns: readonly (readonly number[])[]): string[] => {
    const medians = columns.map((values) => median(values));
    const spread = Math.max(...medians) / Math.min(...medians);
    return [what, ...medians.map(formatTime), spread.toFixed(2), "1.3"];
  };
  printTable(
    "The kernel's own cost by the size of RAM, in Node with a store that answers at once, medians",
    ["", ...RAM_SIZES.map((size) => `${size} MiB`), "largest / smallest", "aim"],
    [row("minor fault", faults), row("fault that evicts a page", reclaims)],
  );
}

const sections = ["throughput", "latency", "pingpong", "reclaim"];

/** `SWAP_BENCH=latency,reclaim` measures only these. */
export async function benchSwap(): Promise<void> {
  if (!haveProgram("riscv64-linux-gnu-gcc")) {
    console.log("\nSwap's bench needs riscv64-linux-gnu-gcc on this computer; not measured.");
    return;
  }
  const asked = process.env["SWAP_BENCH"]?.split(",") ?? sections;
  const folder = mkdtempSync(join(tmpdir(), "vitrine-bench-"));
  let browser: SwapBrowser | undefined;
  try {
    const program = join(folder, "guest");
    const source = resolve("e2e/bench/swap-guest.c");
    execFileSync(process.execPath, ["userland/toolchain.mjs", "cc", source, "-o", program], {
      stdio: ["ignore", "ignore", "inherit"],
    });
    if (asked.includes("reclaim")) await measureReclaim(program);
    if (asked.every((section) => section === "reclaim")) return;
    browser = await openSwapBrowser(program);
    if (asked.includes("throughput")) await measureThroughput(program, browser);
    if (asked.includes("latency")) await measureLatency(browser);
    if (asked.includes("pingpong")) await measurePingPong(program, browser);
  } finally {
    await browser?.close();
    rmSync(folder, { recursive: true, force: true });
  }
}
