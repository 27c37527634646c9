import assert from "node:assert/strict";
import { test } from "node:test";
import { type EventListening, shareEvents } from "./event-share.ts";

function recorder(): { readonly calls: string[]; readonly source: EventListening } {
  const calls: string[] = [];
  const source: EventListening = {
    async events(since) {
      calls.push(`events ${since}`);
      return { events: [], next: since, lost: false };
    },
    async stopEvents() {
      calls.push("stop");
    },
  };
  return { calls, source };
}

test("recording ends with the last who listens", async () => {
  const { calls, source } = recorder();
  const listener = shareEvents(source);
  const [script, panel] = [listener(), listener()];
  await script.events(0);
  await panel.events(5);
  await panel.stopEvents();
  assert.deepEqual(calls, ["events 0", "events 5"]);
  await script.stopEvents();
  assert.deepEqual(calls, ["events 0", "events 5", "stop"]);
});

test("who stops and never listened ends a recording that nobody uses", async () => {
  const { calls, source } = recorder();
  await shareEvents(source)().stopEvents();
  assert.deepEqual(calls, ["stop"]);
});
