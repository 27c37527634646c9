// Machines with hardly any memory: forks, executions, faults, pipes and files fail in all sorts of places, and each
// failure must be an errno or the out-of-memory killer's work, with every frame accounted for afterwards.

import assert from "node:assert/strict";
import { test } from "node:test";

import { testMachine } from "./test-machine.ts";

/** Work that wants memory of every kind. */
const WORK = [
  "ls -l /bin | sort | head -n 3 | wc -l",
  "for i in 1 2 3 4; do (cat /bin/sh | wc -c) & done; wait",
  "shared & apart & cow; wait",
  "x=1; while [ $x -lt 200000 ]; do x=$x$x; done; echo ${#x}",
  "head -c 300000 /dev/zero > /tmp/z; cp /tmp/z /tmp/y; cat /tmp/y /tmp/z | wc -c; rm /tmp/y /tmp/z",
  "hog 2m & hog 1m & hog 500k & wait",
  "yes | tail -n 1 & sleep 0.05; kill %1; wait",
  "f() { (f) & wait; }; f",
  "crash stack",
  "seq 1 3000 | sort | uniq | tail -n 1; ps; frames | head -n 3; free",
];

const machines = [
  ...[1024, 1100, 1280, 1536, 2048, 3000].map((kilobytes) => ({ kilobytes, swap: 0, beside: "" })),
  { kilobytes: 1024, swap: 2 << 20, beside: "" },
  // Somebody who needs nothing gets on all the time; that the others do not must be noticed nevertheless.
  { kilobytes: 1024, swap: 2 << 20, beside: "spin" },
  { kilobytes: 1536, swap: 32 << 20, beside: "" },
];

for (const { kilobytes, swap, beside } of machines) {
  const memory = `${kilobytes} kB${swap === 0 ? "" : ` and ${swap >> 20} MiB of swap`}`;
  const size = beside === "" ? memory : `${memory} beside ${beside}`;
  test(`with ${size}, whatever fails fails as on Linux and nothing is lost`, async (t) => {
    const ram = Math.floor(kilobytes / 4) * 4096;
    const m = await testMachine(t, { ram, swap, seed: kilobytes });
    if (beside !== "") await m.type(`${beside} &\r`);
    for (const command of WORK) {
      const { code } = await m.run(command).catch((error: unknown) => ({ code: String(error) }));
      // Not even the shell may have come up: then it is the host that hears ENOMEM.
      assert.ok(
        typeof code === "number" ? code < 160 : /memory/i.test(code),
        `${command}: ${code}`,
      );
      await m.checkSound();
      await m.run("rm -f /tmp/*").catch(() => undefined);
    }
    // The shell on the terminal may have been chosen by the killer; init has started another then.
    await m.type("\x03\recho alive $((40 + 2))\r");
    await m.shows(/alive 42\n/);
    assert.equal((await m.client.status()).memory.buffers, 0);
    await m.checkSound();
  });
}
