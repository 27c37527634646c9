// Whatever the text is, the preprocessor ends, and with nothing but messages.
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { renderDiagnostics } from "../source/render.ts";
import { run } from "./fixture.ts";
import { printTokens } from "./print-tokens.ts";

function mustEnd(files: Record<string, string>): void {
  const { tokens, diagnostics, sources, text } = run(files);
  renderDiagnostics(diagnostics.list, sources, { colour: true });
  const printed = printTokens(tokens, sources);
  // What is printed is read as the same tokens again, as long as none of them is a macro, a directive or a stray backslash.
  if (diagnostics.errors === 0 && !/[_#\\]|\b[ABfgX]\b/.test(text)) {
    assert.equal(run(printed).text, text);
  }
}

const NAMES = ["A", "B", "f", "g", "__VA_ARGS__", "__VA_OPT__", "defined", "X", "__LINE__"];
const word = fc.constantFrom(
  ...NAMES,
  ..."( ) ( ) , , # ## + - * / . ... < > ? : \" ' \\ 0 1 2u 0x 1e+ || && ! ~ == << /* */ // <: %:".split(
    " ",
  ),
  ' "s" ',
  " 'c' ",
  "\\\n",
  "\n",
  "é",
  "\\u00e9",
  "\0",
  "__has_include(",
  "__has_attribute(f)",
  "_Pragma(",
  '_Pragma("once")',
);
const words = fc
  .array(word, { maxLength: 12 })
  .chain((list) => fc.constantFrom(list.join(" "), list.join("")));
const name = fc.constantFrom("A", "B", "f", "g", "X");
const parameters = fc.constantFrom(
  "",
  "()",
  "(X)",
  "(X,A)",
  "(X,...)",
  "(...)",
  "(X...)",
  "(",
  "(X,X)",
);
const line = fc.oneof(
  words,
  fc.tuple(name, parameters, words).map(([a, b, c]) => `#define ${a}${b} ${c}`),
  fc.tuple(name, words).map(([a, b]) => `#define ${a}(X, B...) ${b}`),
  fc
    .tuple(
      fc.constantFrom(
        ..."if ifdef ifndef elif else endif undef include include_next line error warning pragma define".split(
          " ",
        ),
      ),
      words,
    )
    .map(([a, b]) => `#${a} ${b}`),
  fc.constantFrom("#endif", "#else", "#if 1", "#if 0", '#include "a.h"', "#include <a.h>"),
  fc.tuple(name, words).map(([a, b]) => `${a}(${b})`),
);
const text = fc.array(line, { maxLength: 25 }).map((lines) => lines.join("\n"));

test("directive soup ends with messages", () => {
  fc.assert(
    fc.property(text, text, (main, header) => {
      mustEnd({ "main.c": main, "a.h": header, "sys/a.h": header });
    }),
    { numRuns: 1500 },
  );
});

test("any bytes end with messages", () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
      mustEnd({ "main.c": Buffer.from(bytes).toString("latin1") });
    }),
    { numRuns: 500 },
  );
  fc.assert(
    fc.property(fc.string({ unit: "binary", maxLength: 200 }), (string) => {
      mustEnd({ "main.c": string });
    }),
    { numRuns: 500 },
  );
});
