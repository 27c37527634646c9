import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { test } from "node:test";
import { instructionDocument } from "./isa-document.ts";

const FILE = "docs/instructions.md";

test("docs/instructions.md is what the table says (UPDATE_DOCS=1 writes it)", () => {
  if (process.env["UPDATE_DOCS"] === "1") writeFileSync(FILE, instructionDocument());
  assert.equal(readFileSync(FILE, "utf8"), instructionDocument());
});
