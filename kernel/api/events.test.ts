// The vocabulary of events: a kind's fields must not hide what every event has.

import assert from "node:assert/strict";
import { test } from "node:test";

import { decodeEvent, EV_EXEC, EV_FRAME_ALLOC, eventKinds, eventTable } from "./events.ts";
import { FRAME_PAGE_TABLE } from "./frames.ts";

test("no field has the name of what every event has", () => {
  const common = ["kind", "sequence", "time", "pid"];
  for (const kind of eventKinds) {
    const clash = eventTable[kind].filter((field: string) => common.includes(field));
    assert.deepEqual(clash, [], kind);
  }
});

test("a row becomes an object with the kind's fields by name", () => {
  assert.deepEqual(
    decodeEvent(Float64Array.of(3, 500, EV_FRAME_ALLOC, 2, 77, FRAME_PAGE_TABLE), 0, []),
    {
      kind: "frame-alloc",
      sequence: 3,
      time: 500,
      pid: 2,
      frame: 77,
      use: "page-table",
    },
  );
  assert.deepEqual(
    decodeEvent(Float64Array.of(4, 600, EV_EXEC, 2, 1, 0, 9, 77, 500), 0, ["/bin/sh", "ls"]),
    {
      kind: "exec",
      sequence: 4,
      time: 600,
      pid: 2,
      path: "ls",
      file: "/bin/sh",
      device: 9,
      inode: 77,
      changed: 500,
    },
  );
});
