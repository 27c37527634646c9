// `npm run bench [part…]`: how fast the machine is, as ratios to native Linux and qemu measured in the same run. Parts:
// cpu, cc, kernel, against, boot, page, swap; all unless named. docs/benchmarks.md keeps what was found and why.

import { benchAgainst } from "./against.ts";
import { benchBoot } from "./boot.ts";
import { benchCompiler } from "./compiler.ts";
import { benchCpu } from "./cpu.ts";
import { benchKernelCosts } from "./kernel-costs.ts";
import { benchPage } from "./page.ts";
import { benchSwap } from "./swap.ts";

const parts: Readonly<Record<string, () => void | Promise<unknown>>> = {
  cpu: benchCpu,
  cc: benchCompiler,
  kernel: benchKernelCosts,
  against: benchAgainst,
  boot: benchBoot,
  page: benchPage,
  swap: benchSwap,
};

const asked = process.argv.slice(2);
const unknown = asked.filter((name) => !(name in parts));
if (unknown.length > 0) {
  console.error(
    `bench: no such part: ${unknown.join(", ")}; there are ${Object.keys(parts).join(", ")}`,
  );
  process.exit(2);
}
for (const [name, part] of Object.entries(parts)) {
  if (asked.length === 0 || asked.includes(name)) await part();
}
