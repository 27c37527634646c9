import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { test } from "node:test";
import { systemCallDocument } from "./table-document.ts";

const FILE = "docs/system-calls.md";

test("docs/system-calls.md is what the table says (UPDATE_DOCS=1 writes it)", () => {
  if (process.env["UPDATE_DOCS"] === "1") writeFileSync(FILE, systemCallDocument());
  assert.equal(readFileSync(FILE, "utf8"), systemCallDocument());
});
