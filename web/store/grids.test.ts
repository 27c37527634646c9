import assert from "node:assert/strict";
import { test } from "node:test";
import type { MachineStatus, SwapGrid, SwapStatus } from "../client/api.ts";
import type { Vitrine } from "../client/vitrine.ts";
import { flashes, pullGrids, slotsMayDiffer, swapGrid } from "./grids.ts";

const swap = (more: Partial<SwapStatus> = {}): SwapStatus => ({
  total: 65_536,
  used: 9,
  clusters: 1,
  writing: 0,
  reading: 0,
  out: 9,
  in: 0,
  policy: "two-list",
  trouble: null,
  ...more,
});

test("slots are looked at when something is counted, is under way, or some time has passed", () => {
  assert.equal(slotsMayDiffer(swap(), swap(), 50), false);
  assert.equal(slotsMayDiffer(swap(), swap({ out: 10 }), 50), true);
  assert.equal(slotsMayDiffer(swap({ writing: 3 }), swap({ writing: 3 }), 50), true);
  assert.equal(slotsMayDiffer(swap(), swap(), 100), true);
  const large = { total: 2 ** 20 };
  assert.equal(slotsMayDiffer(swap(large), swap(large), 1000), false);
});

test("the slots are pulled while there is a swap area, and what went out since is seen", async () => {
  const state = new Uint8Array(8);
  let asked = 0;
  const empty = {
    kind: new Uint8Array(1),
    mappings: new Uint16Array(1),
    owner: new Uint16Array(1),
    flags: new Uint8Array(1),
  };
  const vitrine = {
    grid: async () => empty,
    async swapGrid(): Promise<SwapGrid> {
      asked++;
      return { state: state.slice(), references: new Uint8Array(8), owner: new Uint16Array(8) };
    },
  } as unknown as Vitrine;
  const seen = (status: SwapStatus): MachineStatus =>
    ({ swap: status, processes: [] }) as unknown as MachineStatus;

  await pullGrids(vitrine, seen(swap({ total: 0 })));
  assert.equal(asked, 0);
  assert.equal(swapGrid.value, null);
  await pullGrids(vitrine, seen(swap({ total: 8, out: 1 })));
  assert.equal(flashes.value.slots.length, 0);
  state[3] = 3;
  await pullGrids(vitrine, seen(swap({ total: 8, out: 2 })));
  assert.equal(asked, 2);
  assert.deepEqual(flashes.value.slots[0]?.leaving, [3]);
  await pullGrids(vitrine, seen(swap({ total: 0 })));
  assert.equal(swapGrid.value, null);
});
