// The texts of /proc about the whole machine. Specification: proc_meminfo(5), proc_stat(5), proc_uptime(5),
// proc_loadavg(5), proc_version(5), proc_cpuinfo(5), proc_vmstat(5), proc_mounts(5), proc_filesystems(5).

import type { Mount } from "./dentry.ts";
import { pathOf } from "./dentry.ts";
import type { DeviceTable } from "./device-table.ts";
import type { MachineView } from "./process-view.ts";
import { ticks } from "./procfs-process-text.ts";

export function meminfoText(machine: MachineView): string {
  const memory = machine.memory();
  const cached = memory.file + memory.shared;
  const rows: readonly (readonly [string, number])[] = [
    ["MemTotal", memory.total],
    ["MemFree", memory.free],
    // Clean page cache can be dropped at any time.
    ["MemAvailable", memory.free + memory.file],
    ["Buffers", memory.buffers],
    ["Cached", cached],
    ["SwapCached", memory.swapCached],
    ["Active", memory.active],
    ["Inactive", memory.inactive],
    ["SwapTotal", memory.swapTotal],
    ["SwapFree", memory.swapFree],
    ["Dirty", 0],
    ["Writeback", memory.writeback],
    ["AnonPages", memory.anonymous],
    ["Mapped", memory.mapped],
    ["Shmem", memory.shared],
    ["KReclaimable", 0],
    ["Slab", 0],
    ["SReclaimable", 0],
    ["SUnreclaim", 0],
    ["KernelStack", 0],
    ["PageTables", memory.pageTables],
    ["CommitLimit", memory.total + memory.swapTotal],
    ["Committed_AS", memory.committed],
  ];
  return rows
    .map(([name, bytes]) => {
      const kib = String(Math.floor(bytes / 1024));
      return `${`${name}:`.padEnd(16)}${kib.padStart(8)} kB\n`;
    })
    .join("");
}

/** proc_swaps(5). */
export function swapsText(machine: MachineView): string {
  const head = "Filename\t\t\t\tType\t\tSize\t\tUsed\t\tPriority\n";
  const { swapTotal, swapFree } = machine.memory();
  if (swapTotal === 0) return head;
  const kib = (bytes: number): number => bytes / 1024;
  const used = kib(swapTotal - swapFree);
  return `${head}${"/dev/swap".padEnd(39)} partition\t${kib(swapTotal)}\t\t${used}\t\t-2\n`;
}

export function statMachineText(machine: MachineView): string {
  const times = `${ticks(machine.user)} 0 ${ticks(machine.system)} ${ticks(machine.idle)} 0 0 0 0 0 0`;
  return (
    `cpu  ${times}\ncpu0 ${times}\nintr 0\nctxt ${machine.contextSwitches}\n` +
    `btime ${machine.bootSeconds}\nprocesses ${machine.forks}\n` +
    `procs_running ${machine.running}\nprocs_blocked ${machine.blocked}\n`
  );
}

function seconds(nanoseconds: number): string {
  return (Math.floor(nanoseconds / 1e7) / 100).toFixed(2);
}

export function uptimeText(machine: MachineView): string {
  return `${seconds(machine.uptime)} ${seconds(machine.idle)}\n`;
}

export function loadavgText(machine: MachineView): string {
  const loads = machine.loads.map((load) => load.toFixed(2)).join(" ");
  return `${loads} ${machine.running}/${machine.threads} ${machine.lastPid}\n`;
}

export function versionText(machine: MachineView): string {
  return `Linux version ${machine.release} (vitrine) (Vitrine's own kernel) ${machine.version}\n`;
}

export function cpuinfoText(machine: MachineView): string {
  return (
    "processor\t: 0\n" +
    "hart\t\t: 0\n" +
    `isa\t\t: ${machine.isa}\n` +
    "mmu\t\t: sv39\n" +
    "uarch\t\t: vitrine\n\n"
  );
}

export function vmstatText(machine: MachineView): string {
  let text = "";
  for (const [name, value] of machine.counters()) text += `${name} ${value}\n`;
  return text;
}

export function mountsText(mounts: Iterable<Mount>): string {
  let text = "";
  for (const { root, source, fileSystem } of mounts) {
    const place = pathOf(root).replaceAll(/[ \t\n\\]/g, (c) => {
      return `\\${c.charCodeAt(0).toString(8).padStart(3, "0")}`;
    });
    const access = fileSystem.readOnly ? "ro" : "rw";
    text += `${source} ${place} ${fileSystem.type} ${access},relatime 0 0\n`;
  }
  return text;
}

export function filesystemsText(types: Iterable<string>): string {
  let text = "";
  for (const type of types) text += `nodev\t${type}\n`;
  return text;
}

export function devicesText(devices: DeviceTable): string {
  let text = "Character devices:\n";
  for (const [major, name] of devices.majors()) text += `${String(major).padStart(3)} ${name}\n`;
  return `${text}\nBlock devices:\n`;
}
