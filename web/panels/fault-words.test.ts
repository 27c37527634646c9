import assert from "node:assert/strict";
import { test } from "node:test";
import { faultOutcomes } from "../client/api.ts";
import { outcomeGroups } from "../store/fault-log.ts";
import { faultMeaning, outcomeStyles } from "./fault-words.ts";

test("a cause is said in plain words, with what makes it exact", () => {
  assert.equal(
    faultMeaning({ outcome: "copy", access: "write", from: 901 }),
    "copy-on-write: copied from frame 901",
  );
  assert.equal(
    faultMeaning({ outcome: "forbidden", access: "execute", from: -1 }),
    "SIGSEGV: executing is not allowed there",
  );
});

test("every outcome has words of its own, and what failed stands out", () => {
  const said = faultOutcomes.map((outcome) => faultMeaning({ outcome, access: "read", from: -1 }));
  assert.equal(new Set(said).size, faultOutcomes.length);
  for (const outcome of faultOutcomes) {
    const isFailed = outcomeGroups.failed.some((one) => one === outcome);
    assert.equal(outcomeStyles[outcome].weight === "failed", isFailed, outcome);
  }
});
