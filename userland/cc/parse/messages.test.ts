import assert from "node:assert/strict";
import { test } from "node:test";
import { parseText } from "./fixture.ts";

function said(text: string, ...messages: string[]): void {
  assert.deepEqual(parseText(text).messages, messages);
}

test("a missing semicolon is where it should be, and the next line is read", () => {
  said(
    "int f(void) {\n  int a = 1\n  return b;\n}",
    "2:12 error: expected ';' after declaration",
    "3:10 error: use of undeclared identifier 'b'",
  );
});

test("a similar name is suggested", () => {
  said(
    "int counter;\nint f(void) { return conter; }",
    "2:22 error: use of undeclared identifier 'conter'; did you mean 'counter'?",
    "1:5 note: 'counter' declared here",
  );
});

test("functions of the C library name their header", () => {
  said(
    'int f(void) { return printf("a"); }',
    "1:22 error: call to undeclared function 'printf'; it is declared in <stdio.h>",
    "1:22 note: add the line '#include <stdio.h>' at the top of the file",
  );
});

test("arguments are counted and converted", () => {
  said(
    "int g(int a);\nint f(int *p) { return g() + g(1, 2) + g(p); }",
    "2:26 error: too few arguments to function call, expected 1, have 0",
    "1:5 note: 'g' declared here",
    "2:35 error: too many arguments to function call, expected 1, have 2",
    "1:5 note: 'g' declared here",
    "2:42 error: incompatible pointer to integer conversion passing 'int *' to parameter of type 'int'; read what it points to with '*'",
    "1:11 note: passing argument to parameter 'a' here",
  );
});

test("formats are compared with arguments", () => {
  said(
    'int printf(const char *, ...);\nvoid f(long l, char *s) { printf("%d %s %%", l, s); printf("%d"); printf("", l); }',
    "2:46 warning: format '%d' specifies type 'int' but the argument has type 'long'; did you mean '%ld'? [format]",
    "2:61 warning: more '%' conversions than data arguments: nothing for '%d' [format-insufficient-args]",
    "2:74 warning: the format string is empty [format-zero-length]",
    "2:78 warning: data argument not used by format string [format-extra-args]",
  );
});

test("an assignment as a condition is meant in parentheses only", () => {
  const { messages } = parseText(
    "int f(int a) { if (a = 1) return 1; if ((a = 1)) return 2; return 0; }",
  );
  assert.deepEqual(messages.slice(0, 1), [
    "1:22 warning: using the result of an assignment as a condition without parentheses [parentheses]",
  ]);
  assert.equal(messages.length, 3);
});

test("a function that may forget to return a value is told of, one that cannot is not", () => {
  said(
    "int f(int a) { if (a) return 1; }\nint g(int a) { for (;;) if (a) return 1; }\nint h(int a) { switch (a) { case 1: return 1; default: return 2; } }",
    "1:33 warning: non-void function 'f' does not return a value in all control paths [return-type]",
  );
});

test("a variable that surely has no value yet is told of, one that may have one is not", () => {
  said(
    "int f(void) { int a; return a; }\nint g(int n) { int a; for (int i = 0; i < n; i++) { if (i) return a; a = 1; } return 0; }\nvoid h(int *); int k(void) { int a; h(&a); return a; }",
    "1:29 warning: variable 'a' is uninitialized when used here [uninitialized]",
    "1:19 note: 'a' is declared here without a value",
  );
});

test("what is not supported is refused once", () => {
  said(
    "double d; float g(double);\nvoid f(int n) { int a[n]; int b[n]; (void)a; (void)b; }",
    "1:1 error: floating point is not supported yet",
    "2:23 error: arrays of variable length are not supported: the size has to be a constant",
  );
});

test("unused names are told of unless they say so", () => {
  said(
    "static int f(void) { int a; int b __attribute__((unused)); return 0; }\nstatic inline int g(void) { return 0; }",
    "1:26 warning: unused variable 'a' [unused-variable]",
    "1:12 warning: unused function 'f' [unused-function]",
  );
});

test("declarations of one name agree", () => {
  said(
    "int f(int);\nlong f(int);\nint a; static int a;",
    "2:6 error: conflicting types for 'f': 'long (int)' here",
    "1:5 note: previous declaration is here, with type 'int (int)'",
    "3:19 error: static declaration of 'a' follows non-static declaration",
    "3:5 note: previous declaration is here",
  );
});

test("typedefs are called by their names", () => {
  said(
    "typedef unsigned long size; typedef struct { int a; } box;\nvoid f(size s, box b, int *p) { p = s; p = b; }",
    "2:37 error: incompatible integer to pointer conversion assigning to 'int *' from 'size' (aka 'unsigned long')",
    "2:44 error: assigning to 'int *' from incompatible type 'box'",
  );
});

test("a structure's missing semicolon is one error, and the function behind it is read", () => {
  said(
    "struct s { int a; }\nint main(void) { struct s x = { 1 }; return x.b; }",
    "1:20 error: expected ';' after struct",
    "2:47 error: no member named 'b' in 'struct s'",
  );
  said("struct s { int a; }\nf(void) { struct s x = { 1 }; return x; }");
});

test("a conversion that there is not is spelled out, whatever it is", () => {
  said(
    'int printf(const char *, ...);\nint f(void) { return printf("%q\\n", 3); }',
    `2:30 warning: invalid conversion specifier "\\n" in "%q\\n"; '%%' prints a percent sign [format]`,
  );
});

test("what cannot be thread-local says so", () => {
  said(
    "_Thread_local int f(void);\nvoid g(void) { _Thread_local int a; static _Thread_local int b; b++; a = 1; }",
    "1:1 error: '_Thread_local' is not allowed for a function",
    "2:16 error: '_Thread_local' is not allowed for a variable of a block that is neither 'static' nor 'extern'",
  );
  said(
    "extern int a;\n_Thread_local int a;\n_Thread_local int b;\nint *p = &b;",
    "2:19 error: thread-local declaration of 'a' follows non-thread-local declaration",
    "1:12 note: previous declaration is here",
    "4:10 error: initializer element is not a compile-time constant",
  );
});

test("cleanup takes a function of one argument, and only for variables that end with their block", () => {
  said(
    "void one(int *); void two(int *, int *); int three;\nvoid f(void) {\n  __attribute__((cleanup(two))) int a = 1;\n" +
      "  __attribute__((cleanup(three))) int b = 1;\n  static __attribute__((cleanup(one))) int c;\n}",
    "3:26 error: 'two' does not take one argument, which 'cleanup' gives it",
    "4:26 error: 'cleanup' takes the name of a function, not 'three'",
    "5:33 warning: 'cleanup' is ignored: it is for variables that end with their block [attributes]",
  );
});

test("modes of machines that this one is not are refused by name", () => {
  said(
    "int a __attribute__((mode(SF)));\nint b __attribute__((mode(TI)));\nint c __attribute__((mode(V4SI)));\nint d __attribute__((mode(XY)));",
    "1:27 error: floating point is not supported yet",
    "2:27 error: integers of 128 bits are not supported",
    "3:27 error: vectors are not supported",
    "4:27 error: unknown mode 'XY'",
  );
});

test("an alignment below the type's own is refused", () => {
  said("_Alignas(1) int a;", "1:1 error: '_Alignas' asks for 1, but 'int' needs an alignment of 4");
});
