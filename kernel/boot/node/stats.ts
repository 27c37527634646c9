// What --stats prints at the end.

import type { Machine } from "../machine.ts";

/** `milliseconds`: host time that the machine ran. */
export function printStats(machine: Machine, milliseconds: number): void {
  const { cpu, clock, mm, processes, switches } = machine.kernel;
  const retired = cpu.totalRetired();
  const totals = mm.totals();
  const swap = mm.swap.status();
  const inKilobytes = (frames: number): string => `${(frames * 4).toLocaleString("en")} kB`;
  const used = totals.frames - totals.free;
  const lines = [
    `instructions  ${retired.toLocaleString("en")} (${(retired / milliseconds / 1000).toFixed(0)} million a second)`,
    `host time     ${(milliseconds / 1000).toFixed(3)} s`,
    `machine time  ${(clock.now() / 1e9).toFixed(3)} s, idle ${(clock.idle / 1e9).toFixed(3)} s`,
    `processes     ${processes.created} created, ${switches.toLocaleString("en")} switches`,
    `memory        ${inKilobytes(used)} of ${inKilobytes(totals.frames)}: page tables ${inKilobytes(totals.pageTables)}, ` +
      `anonymous ${inKilobytes(totals.anonymous)}, file ${inKilobytes(totals.file)}, shared ${inKilobytes(totals.shared)}`,
    `swap          ${inKilobytes(swap.used)} of ${inKilobytes(swap.total)}: ${swap.out.toLocaleString("en")} pages went out, ` +
      `${swap.in.toLocaleString("en")} came back`,
  ];
  process.stderr.write(`${lines.join("\n")}\n`);
}
