import assert from "node:assert/strict";
import { test } from "node:test";
import { Diagnostics } from "../source/diagnostics.ts";
import { Sources } from "../source/sources.ts";
import { lex } from "./lexer.ts";

function tokensOf(text: string) {
  const diagnostics = new Diagnostics();
  const sources = new Sources();
  const tokens = lex(sources.add("a.c", text), diagnostics);
  return { tokens, sources, messages: diagnostics.list.map((entry) => entry.message) };
}

function texts(text: string): string[] {
  return tokensOf(text)
    .tokens.slice(0, -1)
    .map((token) => token.text);
}

function kinds(text: string): string {
  return tokensOf(text)
    .tokens.map((token) => token.kind)
    .join(" ");
}

test("the longest punctuator is taken", () => {
  assert.deepEqual(texts("a+++++b>>=c->d...e"), [
    "a",
    "++",
    "++",
    "+",
    "b",
    ">>=",
    "c",
    "->",
    "d",
    "...",
    "e",
  ]);
  assert.deepEqual(texts(".. <<=<<<= %:%: <: :> <% %> ##"), [
    ".",
    ".",
    "<<=",
    "<<",
    "<=",
    "##",
    "[",
    "]",
    "{",
    "}",
    "##",
  ]);
});

test("a pp-number takes dots, letters and the signs of exponents", () => {
  assert.deepEqual(texts("0xe+1 1.5e-3f .5 1..2 1_a 0x1p-2+3 1+2"), [
    "0xe+1",
    "1.5e-3f",
    ".5",
    "1..2",
    "1_a",
    "0x1p-2",
    "+",
    "3",
    "1",
    "+",
    "2",
  ]);
});

test("prefixes belong to strings and character constants, and only those", () => {
  assert.deepEqual(texts(`L"a" u8"b" u'c' U"d" x"e" u8'f'`), [
    'L"a"',
    'u8"b"',
    "u'c'",
    'U"d"',
    "x",
    '"e"',
    "u8",
    "'f'",
  ]);
  assert.deepEqual(texts(`"a\\"b" '\\'' "\\\\"`), [`"a\\"b"`, `'\\''`, `"\\\\"`]);
});

test("comments are white space", () => {
  const { tokens } = tokensOf("a/**/b /* x\n */ c // d\ne");
  assert.deepEqual(
    tokens.map(({ text, startsLine, spaced }) => [text, startsLine, spaced]),
    [
      ["a", true, false],
      ["b", false, true],
      ["c", false, true],
      ["e", true, false],
      ["", false, false],
    ],
  );
});

test("a backslash at the end of a line joins lines anywhere, and places stay those of the file", () => {
  const { tokens, sources } = tokensOf('ab\\\ncd "x\\\r\ny" +\\\n+ // z\\\nzz\n  last');
  assert.deepEqual(
    tokens.slice(0, -1).map((token) => {
      const place = sources.locate(token.loc);
      return [token.text, place?.line, place?.column];
    }),
    [
      ["abcd", 1, 1],
      ['"xy"', 2, 4],
      ["++", 3, 4],
      ["last", 6, 3],
    ],
  );
});

test("white space between the backslash and the end of the line is warned of", () => {
  assert.deepEqual(tokensOf("a\\ \nb").messages, [
    "backslash and end of line are separated by white space",
  ]);
});

test("identifiers may have letters of all scripts, and universal character names are those letters", () => {
  assert.deepEqual(texts("größe \\u00e9t\\u00E9 été 变量 𝛼 $a"), [
    "größe",
    "été",
    "été",
    "变量",
    "𝛼",
    "$a",
  ]);
  // A combining mark cannot be first, a multiplication sign nowhere, nor a letter of ASCII by its number.
  assert.equal(kinds("\u0301 × \\u0041"), "other other other identifier end");
});

test("stray characters are tokens of their own", () => {
  assert.equal(kinds("@ ` \\ 💥"), "other other other identifier end");
  assert.equal(kinds("\ufeffint"), "identifier end");
});

test("a quote that nothing closes is a message, and the token ends where it was meant to", () => {
  const { tokens, messages } = tokensOf("\"abc\n'x\\\nint");
  assert.deepEqual(messages, [
    'missing terminating " character',
    "missing terminating ' character",
  ]);
  assert.deepEqual(
    tokens.map((token) => token.text),
    ['"abc"', "'x'", "int", ""],
  );
  const meant = (text: string) => tokensOf(text).tokens.map((token) => token.text);
  assert.deepEqual(meant('("%d\\n, n);\nx'), ["(", '"%d\\n"', ",", "n", ")", ";", "x", ""]);
  assert.deepEqual(meant("'b) {"), ["'b'", ")", "{", ""]);
  assert.deepEqual(meant("a'); // c"), ["a", "''", ")", ";", ""]);
  assert.deepEqual(meant('("one\ntwo");'), ["(", '"one"', ")", ";", ""]);
});

test("a comment that nothing closes is an error where it begins", () => {
  const { tokens, messages } = tokensOf("int /* a\nb");
  assert.deepEqual(messages, ["comment is never closed"]);
  assert.equal(tokens.length, 2);
});

test("null characters are ignored with a warning", () => {
  const { tokens, messages } = tokensOf("a\0b");
  assert.deepEqual(messages, ["null character ignored"]);
  assert.equal(tokens.length, 3);
});
