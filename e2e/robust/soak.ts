// `npm run soak [MINUTES]`: ten processes with four times the RAM verify their memory for five minutes, in rounds, each
// with another reclaim policy, over the swap file that the command line uses. It says how far it is, and ends with status
// 1 when a byte was wrong or memory does not add up. `npm test` does the same for a minute, in swapping.test.ts.

import { LocalMachine } from "../../kernel/boot/machine-client.ts";
import { createNodeHost } from "../../kernel/boot/node/host.ts";
import { openSwapFile } from "../../kernel/boot/node/swap-file.ts";
import { checkAccounting } from "../../kernel/mm/accounting.ts";
import { policyNames } from "../../kernel/mm/reclaim/lru.ts";
import { image } from "./test-machine.ts";

const ROUND_SECONDS = 30;
const PROGRESS_SECONDS = 10;

const [minutes = "5"] = process.argv.slice(2);
if (!(Number(minutes) > 0)) {
  console.error(`soak: ${minutes} is no number of minutes`);
  process.exit(2);
}

const client = new LocalMachine({
  host: createNodeHost(),
  loadCore: () => Promise.resolve(image()),
  openSwap: () => openSwapFile(),
});
await client.boot(
  { ram: 8 << 20, swap: 64 << 20, rows: 24, columns: 80 },
  (terminal, bytes) => void client.acknowledge(terminal, bytes.length),
  (text) => console.log(text),
);

const began = performance.now();
const seconds = (): number => (performance.now() - began) / 1000;

async function progress(): Promise<void> {
  const { swap, memory, processes } = await client.status();
  const major = processes.reduce((sum, { majorFaults }) => sum + majorFaults, 0);
  const MiB = (pages: number): string => `${Math.round(pages / 256)} MiB`;
  console.log(
    `${seconds().toFixed(0).padStart(4)} s  ${swap.policy.padEnd(8)}  out ${MiB(swap.out)}, in ${MiB(swap.in)}; ` +
      `${MiB(swap.used)} in ${swap.clusters} clusters, ${memory.free} frames free, ${major} major faults`,
  );
}

const timer = setInterval(() => void progress(), PROGRESS_SECONDS * 1000);
let isGood = true;
for (let round = 0; isGood && seconds() < Number(minutes) * 60; round++) {
  const policy = policyNames[round % policyNames.length] ?? "clock";
  const left = Math.ceil(Number(minutes) * 60 - seconds());
  const { stdout, stderr, code } = await client.run(
    `echo ${policy} >/proc/sys/vm/policy; sums 10 32m ${Math.min(ROUND_SECONDS, left)}`,
  );
  console.log(stdout + stderr);
  isGood = code === 0;
  const { machine } = client;
  await machine.do(() => checkAccounting(machine.kernel.mm));
}
clearInterval(timer);
await progress();
await client.machine.shutdown();
console.log(isGood ? "all memory was intact" : "something was wrong");
process.exitCode = isGood ? 0 : 1;
