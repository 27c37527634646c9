import assert from "node:assert/strict";
import { test } from "node:test";
import { Diagnostics } from "./diagnostics.ts";
import { renderDiagnostics } from "./render.ts";
import { type SourceFile, Sources } from "./sources.ts";

interface Case {
  readonly sources: Sources;
  readonly diagnostics: Diagnostics;
  readonly file: SourceFile;
  /** The place of a piece of the text. */
  at(piece: string): number;
}

function make(text: string): Case {
  const sources = new Sources();
  const file = sources.add("a.c", text);
  return {
    sources,
    diagnostics: new Diagnostics(),
    file,
    at: (piece) => file.base + text.indexOf(piece),
  };
}

function render({ diagnostics, sources }: Case, colour = false): string {
  return renderDiagnostics(diagnostics.list, sources, { colour });
}

test("a message shows its line, what it is about, how to mend it and its notes", () => {
  const c = make("int main(void) {\n  return coutn;\n}\nint count;\n");
  const loc = c.at("coutn");
  c.diagnostics.error(loc, "'coutn' is not declared; did you mean 'count'?", {
    end: loc + 5,
    notes: [{ loc: c.at("count"), message: "'count' is declared here" }],
    fix: { from: loc, to: loc + 5, text: "count" },
  });
  assert.equal(
    render(c),
    `a.c:2:10: error: 'coutn' is not declared; did you mean 'count'?
    2 |   return coutn;
      |          ^~~~~
      |          count
a.c:4:5: note: 'count' is declared here
    4 | int count;
      |     ^
1 error generated.
`,
  );
});

test("warnings say how they are turned off, and the end says how many there were", () => {
  const c = make("int x;\n");
  c.diagnostics.warning("unused-variable", c.at("x"), "unused variable 'x'");
  c.diagnostics.warning("unused-variable", c.at("x"), "again");
  c.diagnostics.error(0, "no input files");
  assert.equal(
    render(c),
    `a.c:1:5: warning: unused variable 'x' [-Wunused-variable]
    1 | int x;
      |     ^
a.c:1:5: warning: again [-Wunused-variable]
    1 | int x;
      |     ^
cc: error: no input files
2 warnings and 1 error generated.
`,
  );
});

test("nothing to say is nothing", () => {
  assert.equal(render(make("")), "");
});

test("a message in an included file says who included it, once", () => {
  const c = make('#include "b.h"\n');
  const header = c.sources.add("b.h", '#include "c.h"\n', c.at("#"));
  const inner = c.sources.add("c.h", "x y\n", header.base);
  c.diagnostics.error(inner.base, "one");
  c.diagnostics.error(inner.base + 2, "two");
  assert.equal(
    render(c),
    `In file included from b.h:1:
In file included from a.c:1:
c.h:1:1: error: one
    1 | x y
      | ^
c.h:1:3: error: two
    1 | x y
      |   ^
2 errors generated.
`,
  );
});

test("tabs, wide letters and control characters keep the mark below its place", () => {
  const c = make('\ta\t= "变量\x1b[2J" + b;');
  c.diagnostics.error(c.at("b;"), "what is b");
  const [, line = "", marks = ""] = render(c).split("\n");
  assert.equal(line, '    1 |         a       = "变量<U+001B>[2J" + b;');
  // The two wide letters take a column more each than they are characters.
  assert.equal(marks.indexOf("^"), line.indexOf("b;") + 2);
});

test("long lines are cut around the place, at the end of a line the mark stands behind it", () => {
  const c = make(`${"x".repeat(100_000)}HERE${"y".repeat(100_000)}\nint a\n`);
  c.diagnostics.error(c.at("HERE"), "long", { end: c.at("HERE") + 4 });
  c.diagnostics.error(c.at("int a") + 5, "expected ';'");
  const [, line = "", marks = "", , short = "", caret = ""] = render(c).split("\n");
  assert.ok(line.length < 150);
  assert.equal(line.indexOf("HERE"), marks.indexOf("^~~~"));
  assert.equal(caret.indexOf("^"), short.length);
});

test("colours only add escape sequences", () => {
  const c = make("int x;\n");
  c.diagnostics.warning("comment", c.at("x"), "look");
  const coloured = render(c, true);
  assert.ok(coloured.includes("\x1b[1;35mwarning:"));
  // eslint-disable-next-line no-control-regex
  assert.equal(coloured.replaceAll(/\x1b\[[0-9;]*m/g, ""), render(c));
});
