// Macro expansion (C11 6.10.3), with the standard's own examples from 6.10.3.5.
import assert from "node:assert/strict";
import { test } from "node:test";
import { expand, run } from "./fixture.ts";

/** Both as tokens, so that white space does not matter. */
function yields(text: string, wanted: string): void {
  assert.equal(expand(text), expand(wanted));
}

test("rescanning follows the standard's example 3", () => {
  yields(
    `#define x 3
#define f(a) f(x * (a))
#undef x
#define x 2
#define g f
#define z z[0]
#define h g(~
#define m(a) a(w)
#define w 0,1
#define t(a) a
#define p() int
#define q(x) x
#define r(x,y) x ## y
#define str(x) # x
f(y+1) + f(f(z)) % t(t(g)(0) + t)(1);
g(x+(3,4)-w) | h 5) & m
      (f)^m(m);
p() i[q()] = { q(1), r(2,3), r(4,), r(,5), r(,) };
char c[2][6] = { str(hello), str() };`,
    `f(2 * (y+1)) + f(2 * (f(2 * (z[0])))) % f(2 * (0)) + t(1);
f(2 * (2+(3,4)-0,1)) | f(2 * (~ 5)) & f(2 * (0,1))^m(0,1);
int i[] = { 1, 23, 4, 5, };
char c[2][6] = { "hello", "" };`,
  );
});

test("# and ## follow the standard's example 4", () => {
  yields(
    String.raw`#define str(s) # s
#define xstr(s) str(s)
#define debug(s, t) printf("x" # s "= %d, x" # t "= %s", \
               x ## s, x ## t)
#define INCFILE(n) vers ## n
#define glue(a, b) a ## b
#define xglue(a, b) glue(a, b)
#define HIGHLOW "hello"
#define LOW LOW ", world"
debug(1, 2);
fputs(str(strncmp("abc\0d", "abc", '\4') // this goes away
      == 0) str(: @\n), s);
xstr(INCFILE(2).h)
glue(HIGH, LOW);
xglue(HIGH, LOW)`,
    String.raw`printf("x" "1" "= %d, x" "2" "= %s", x1, x2);
fputs("strncmp(\"abc\\0d\", \"abc\", '\\4') == 0" ": @\n", s);
"vers2.h" "hello"; "hello" ", world"`,
  );
});

test("a ## that is pasted is no operator (example 4's hash_hash)", () => {
  yields(
    `#define hash_hash # ## #
#define mkstr(a) # a
#define in_between(a) mkstr(a)
#define join(c, d) in_between(c hash_hash d)
char p[] = join(x, y);`,
    `char p[] = "x ## y";`,
  );
});

test("placemarkers follow the standard's example 5", () => {
  yields(
    `#define t(x,y,z) x ## y ## z
int j[] = { t(1,2,3), t(,4,5), t(6,,7), t(8,9,),
  t(10,,), t(,11,), t(,,12), t(,,) };`,
    "int j[] = { 123, 45, 67, 89, 10, 11, 12, };",
  );
});

test("variable arguments follow the standard's example 7", () => {
  yields(
    `#define debug(...) fprintf(stderr, __VA_ARGS__)
#define showlist(...) puts(#__VA_ARGS__)
#define report(test, ...) ((test)?puts(#test): printf(__VA_ARGS__))
debug("Flag"); debug("X = %d\\n", x);
showlist(The first, second, and third items.);
report(x>y, "x is %d but y is %d", x, y);`,
    `fprintf(stderr, "Flag"); fprintf(stderr, "X = %d\\n", x);
puts("The first, second, and third items.");
((x>y)?puts("x>y"): printf("x is %d but y is %d", x, y));`,
  );
});

test("GNU's ', ## arguments' drops the comma when there are none, and pastes nothing", () => {
  yields(
    `#define e(fmt, ...) f(fmt, ## __VA_ARGS__)
#define named(fmt, args...) f(fmt , ## args)
#define only(...) f(a, ## __VA_ARGS__)
#define one 1
e(x) e(x,) e(x, one) named(x) named(x,1,2) only() only(1,2)`,
    "f(x) f(x,) f(x, 1) f(x) f(x,1,2) f(a) f(a,1,2)",
  );
});

test("GNU's variable arguments behind ## are operands of it and not expanded by themselves", () => {
  yields("#define h(...) a, ##__VA_ARGS__\nh(h(1))", "a, h(1)");
});

test("__VA_OPT__ is there when the variable arguments are", () => {
  yields(
    `#define EMPTY
#define V(a,...) f(a __VA_OPT__(,) __VA_ARGS__)
#define W(a,...) x ## __VA_OPT__(a b) y __VA_OPT__(p ## a) ## q
#define S(...) #__VA_OPT__(a __VA_ARGS__ b)
V(1) V(1,) V(1,2) V(1,EMPTY) W(1) W(1,2) S() S(1, 2)`,
    'f(1) f(1) f(1,2) f(1) x y q x1 b y p1q "" "a 1, 2 b"',
  );
});

test("names in their own expansion stay, also when they come from elsewhere", () => {
  yields("#define a a b\n#define b a\na b", "a a a b");
  yields("#define AA BB\n#define BB AA\nAA BB", "AA BB");
  yields("#define foo(x) bar x\nfoo(foo) (2)", "bar foo (2)");
  yields("#define m(x) x m\nm(1)(2)(3)", "1 m(2)(3)");
  // What the standard leaves open (6.10.3.4p4) is as gcc has it.
  yields("#define f(a) a*g\n#define g(a) f(a)\nf(2)(9)", "2*9*g");
});

test("an invocation may go on behind the expansion that began it", () => {
  yields(
    "#define LP (\n#define f(x) [x]\n#define g f\n#define id(x) x\ng(1) f LP 3) id(f)(4)",
    "[1] f(3) [4]",
  );
});

test("a function-like macro's name without parentheses is a name", () => {
  yields("#define f() 1\nf\n;f /* */ ()\nf", "f; 1 f");
  yields("#define f(x) x\nf\n#undef f\n(2)", "f (2)");
});

test("directives within arguments are followed", () => {
  yields("#define f(x) [x]\nf(\n#if 1\na\n#else\nb\n#endif\n)", "[a]");
  const { messages } = run({ "main.c": '#define f(x) x\nf(\n#include "a.h"\n)', "a.h": "" });
  assert.deepEqual(messages, ["main.c:3: error: #include cannot stand in a macro's arguments"]);
});

test("# shows white space as one blank, escapes what it must and spells digraphs as they were", () => {
  yields(
    String.raw`#define s(x) #x
s(  a   b /* c */ +d ) s("a\"b\\" '\'' L"x") s(<: %: :>) s()`,
    String.raw`"a b +d" "\"a\\\"b\\\\\" '\\'' L\"x\"" "<: %: :>" ""`,
  );
});

test("an expansion that is empty leaves its white space", () => {
  yields(
    `#define E
#define s(x) #x
#define x(a) s(a)
x(a E+b) x(E a E E b E) x(E)`,
    '"a +b" "a b" ""',
  );
});

test("#pragma GCC poison makes a name an error", () => {
  assert.deepEqual(run("#pragma GCC poison gets\ngets").messages, [
    "main.c:2: error: 'gets' is poisoned",
  ]);
});

test("what comes out of a macro stands where that is used, and says where it came from", () => {
  const { tokens, sources } = run("#define ONE 1 +\n#define F(x) ONE x\nint i = F(\n  y);");
  const one = tokens.find((token) => token.text === "1");
  const place = sources.locate(one?.loc ?? 0);
  assert.deepEqual([place?.line, place?.column], [3, 9]);
  assert.equal(one?.from?.macro, "ONE");
  assert.equal(sources.locate(one?.from?.loc ?? 0)?.line, 1);
  const argument = tokens.find((token) => token.text === "y");
  assert.equal(sources.locate(argument?.loc ?? 0)?.line, 4);
  assert.equal(argument?.from, undefined);
});

test("a message about what is in an expansion says which macro's", () => {
  const { diagnostics, tokens } = run("#define BAD @ +\n#define W BAD\nint i = W 1;");
  const stray = tokens.find((token) => token.text === "@");
  diagnostics.error(stray?.loc ?? 0, "stray '@'");
  assert.deepEqual(
    diagnostics.list[0]?.notes.map((note) => note.message),
    ["in the expansion of macro 'W', defined here"],
  );
});

test("wrong numbers of arguments are said with the definition", () => {
  const note = (name: string) => `main.c:1: note: macro '${name}' is defined here`;
  const messagesOf = (text: string) => run(text).messages;
  assert.deepEqual(messagesOf("#define M(a, b) a\nM(1)"), [
    "main.c:2: error: macro 'M' takes 2 arguments, but 1 is given",
    note("M"),
  ]);
  assert.deepEqual(messagesOf("#define M(a, b) a\nM(1, (2, 3), 4)"), [
    "main.c:2: error: macro 'M' takes 2 arguments, but 3 are given",
    note("M"),
  ]);
  assert.deepEqual(messagesOf("#define M(a, b, ...) a\nM()"), [
    "main.c:2: error: macro 'M' takes at least 2 arguments, but none is given",
    note("M"),
  ]);
  assert.deepEqual(messagesOf("#define M() a\nM(1)"), [
    "main.c:2: error: macro 'M' takes no arguments, but 1 is given",
    note("M"),
  ]);
  assert.deepEqual(messagesOf("#define M(x) x\nM(1,\n2"), [
    "main.c:2: error: the arguments of macro 'M' never end",
    note("M"),
  ]);
});

test("wrong definitions are refused", () => {
  const first = (text: string) => run(text).messages[0];
  assert.equal(first("#define"), "main.c:1: error: #define takes a macro's name");
  assert.equal(first("#define 3"), "main.c:1: error: '3' cannot be a macro's name");
  assert.equal(first("#define defined"), "main.c:1: error: 'defined' cannot be a macro's name");
  assert.equal(first("#define f(a,a)"), "main.c:1: error: macro parameter 'a' is named twice");
  assert.equal(
    first("#define f(a"),
    "main.c:1: error: expected ',' or ')' in a macro's parameters, found the end of the line",
  );
  assert.equal(
    first("#define f(a) #b"),
    "main.c:1: error: '#' is not followed by a macro parameter",
  );
  assert.equal(first("#define f ## a"), "main.c:1: error: '##' has nothing to paste on its left");
  assert.equal(first("#define f a ##"), "main.c:1: error: '##' has nothing to paste on its right");
  assert.equal(
    first("#define f(...) __VA_OPT__(a"),
    "main.c:1: error: '__VA_OPT__(' is never closed",
  );
  assert.equal(
    first("#define c(a,b) a##b\nc(+,/)"),
    "main.c:2: error: '##' makes '+/', which is no token",
  );
});

test("a redefinition is warned of unless it is the same", () => {
  assert.deepEqual(run("#define A(x) x + 1\n#define A(x)  x /**/ +   1\n").messages, []);
  assert.deepEqual(run("#define A 1\n#define A 2\nA").messages, [
    "main.c:2: warning: macro 'A' redefined",
    "main.c:1: note: previous definition is here",
  ]);
  assert.deepEqual(run("#define __LP64__ 2\n").messages, [
    "main.c:1: warning: '__LP64__' is the compiler's own macro and is redefined",
  ]);
});

test("exponential macros end with a message", () => {
  const lines = ["#define a0 x x"];
  for (let i = 1; i < 60; i++) lines.push(`#define a${i} a${i - 1} a${i - 1}`);
  assert.match(run([...lines, "a59"].join("\n")).messages[0] ?? "", /macros expand to more than/);
  const pasted = ["#define c0(x) x##x"];
  for (let i = 1; i < 60; i++) pasted.push(`#define c${i}(x) c${i - 1}(x##x)`);
  assert.match(run([...pasted, "c59(y)"].join("\n")).messages[0] ?? "", /macros expand to more/);
  const nested = `#define f(x) x\n${"f(".repeat(100_000)}${")".repeat(100_000)}`;
  assert.match(run(nested).messages[0] ?? "", /nested|macros expand/);
});
