import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { FrameLinks, FrameList } from "./frame-list.ts";

const FRAMES = 12;
const LISTS = 3;

test("lists that share their links are as independent as arrays", () => {
  const step = fc.record({
    kind: fc.constantFrom("push", "remove", "renew", "move"),
    list: fc.nat(LISTS - 1),
    pfn: fc.nat(FRAMES - 1),
  });
  fc.assert(
    fc.property(fc.array(step, { maxLength: 60, size: "max" }), (steps) => {
      const links = new FrameLinks(FRAMES);
      const lists = Array.from({ length: LISTS }, () => new FrameList(links));
      /** Newest first. */
      const models = Array.from({ length: LISTS }, (): number[] => []);
      for (const { kind, list: wanted, pfn } of steps) {
        const owner = models.findIndex((model) => model.includes(pfn));
        const [list, model] = [lists[owner], models[owner]];
        if (list === undefined || model === undefined) {
          if (kind !== "push") continue;
          lists[wanted]?.push(pfn);
          models[wanted]?.unshift(pfn);
        } else {
          if (kind === "push") continue;
          model.splice(model.indexOf(pfn), 1);
          if (kind === "renew") {
            list.renew(pfn);
            model.unshift(pfn);
          } else {
            list.remove(pfn);
          }
          if (kind === "move") {
            lists[wanted]?.push(pfn);
            models[wanted]?.unshift(pfn);
          }
        }
        lists.forEach((each, index) => {
          const should = models[index] ?? [];
          assert.deepEqual([...each.oldestFirst()], should.toReversed());
          assert.equal(each.count, should.length);
          assert.equal(each.first, should[0] ?? -1);
          assert.equal(each.last, should.at(-1) ?? -1);
        });
      }
    }),
  );
});
