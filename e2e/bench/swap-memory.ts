// Runs a guest program in Node on a machine whose swap is memory that answers at once: what is left is the kernel's own
// cost. Usage: swap-memory RAM-MEGABYTES SWAP-MEGABYTES PROGRAM [ARG…]

import { readFileSync } from "node:fs";
import { createNodeHost } from "../../kernel/boot/node/host.ts";
import { loadImage } from "../../kernel/boot/node/image.ts";
import { HostOutput } from "../../kernel/boot/kernel-tasks.ts";
import { Machine } from "../../kernel/boot/machine.ts";
import { foldCluster } from "../../kernel/mm/swap/cluster.ts";
import type { SwapStore } from "../../kernel/mm/swap/store.ts";

function createMemoryStore(): SwapStore {
  const clusters = new Map<number, Uint8Array>();
  const read = async (key: number): Promise<Uint8Array> => {
    const found = clusters.get(key);
    if (found === undefined) throw new Error(`there is no cluster ${key}`);
    return found;
  };
  return {
    async write(key, pages, folds) {
      clusters.set(key, folds.length === 0 ? pages : await foldCluster(pages, folds, read));
    },
    read,
    async remove(keys) {
      for (const key of keys) clusters.delete(key);
    },
    async close() {
      clusters.clear();
    },
  };
}

const [ram = "", swap = "", program = "", ...args] = process.argv.slice(2);
const [core = new Uint8Array(), ...rest] = loadImage();
const machine = new Machine({
  ramBytes: Number(ram) << 20,
  swap: { bytes: Number(swap) * 2 ** 20, store: Promise.resolve(createMemoryStore()) },
  image: core,
  host: createNodeHost(),
});
for (const archive of rest) machine.addImage(archive);
machine.onPanic = (report) => process.stderr.write(`${report}\n`);
void machine.start();
await machine.writeFile("/tmp/guest", readFileSync(program));
const output = (stream: NodeJS.WriteStream): HostOutput =>
  new HostOutput(machine.kernel, (bytes) => void stream.write(bytes));
process.exitCode = await machine.runProgram(
  { path: "/tmp/guest", argv: ["guest", ...args] },
  { input: undefined, stdout: output(process.stdout), stderr: output(process.stderr) },
);
await machine.shutdown();
