// Two runs of one seed give the same events, byte for byte: forks, pipes, signals, sleeps, floods, faults and all. With
// another seed they differ, or the comparison would prove nothing.

import assert from "node:assert/strict";
import { test, type TestContext } from "node:test";

import { testMachine } from "./test-machine.ts";

/** What machines do that could come in another order. */
const lessons: Readonly<Record<string, string>> = {
  demos: "apart & shared & cow; wait",
  pipes: "yes | head -n 3000 | tee /tmp/x | wc; seq 1 500 | sort | uniq | tail -n 1",
  signals:
    "trap 'echo usr' USR1; (sleep 0.05; kill -USR1 $$; sleep 0.05; kill -USR1 $$) & sleep 0.2; wait; spin & sleep 0.01; kill $!; wait $!",
  race: "for i in 1 2 3 4 5 6; do (sleep 0.0$i; echo $i; spin & kill -9 $!) & done; wait",
  flood: "yes | head -n 20000 | tail -n 1; cat /bin/sh | wc -c",
  randomness:
    "head -c 16 /dev/urandom | hexdump; echo $RANDOM; cat /proc/uptime /proc/stat /proc/meminfo; date; ls -l /tmp /proc/self",
};

async function eventsOf(t: TestContext, seed: number): Promise<string[]> {
  const m = await testMachine(t, { seed, ram: 8 << 20 });
  // The prompt has been printed; the shell sleeps.
  const { next } = await m.client.events(0);
  const told: string[] = [];
  let since = next;
  for (const [name, command] of Object.entries(lessons)) {
    const { stdout, stderr, code } = await m.run(command);
    const batch = await m.client.events(since);
    assert.equal(batch.lost, false);
    assert.ok(batch.events.length > 100, name);
    since = batch.next;
    told.push(
      `${name}: ${code}\n${stdout}${stderr}\n${batch.events.map((event) => JSON.stringify(event)).join("\n")}`,
    );
  }
  await m.checkSound();
  return told;
}

test("the same seed gives the same events and the same output", async (t) => {
  const once = await eventsOf(t, 7);
  const again = await eventsOf(t, 7);
  once.forEach((text, index) => {
    const lines = text.split("\n");
    const others = (again[index] ?? "").split("\n");
    const at = lines.findIndex((line, number) => line !== others[number]);
    assert.equal(at, -1, `${lines.slice(at - 3, at + 1).join("\n")}\nagainst\n${others[at]}`);
    assert.equal(lines.length, others.length);
  });
});

test("another seed gives others", async (t) => {
  const one = await eventsOf(t, 7);
  const other = await eventsOf(t, 8);
  assert.notEqual(one.at(-1), other.at(-1));
});
