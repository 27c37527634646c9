// What is right as C and was hardly meant: where it is said and in which words.

import assert from "node:assert/strict";
import { test } from "node:test";
import { parseText } from "./fixture.ts";

function said(text: string, ...messages: string[]): void {
  assert.deepEqual(parseText(text, ["extra"]).messages, messages);
}

test("a statement that is indented like the one that is guarded is told of", () => {
  said(
    "void p(int);\nvoid f(int a) {\n  if (a)\n    p(1);\n    p(2);\n  while (a) p(1); p(2);\n  if (a) {\n    p(1);\n  } else\n    p(2);\n    p(3);\n  if (a)\n    p(1);\n  p(2);\n  if (a)\n  p(1);\n  p(2);\n  switch (a) { case 1: if (a) p(1); break; }\n}",
    "3:3 warning: this 'if' guards only the statement behind it [misleading-indentation]",
    "5:5 note: this one stands as if it were guarded too; braces around both make it so",
    "6:3 warning: this 'while' guards only the statement behind it [misleading-indentation]",
    "6:19 note: this one stands as if it were guarded too; braces around both make it so",
    "9:5 warning: this 'else' guards only the statement behind it [misleading-indentation]",
    "11:5 note: this one stands as if it were guarded too; braces around both make it so",
  );
});

test("a format's conversions find their arguments by POSIX's places", () => {
  said(
    'int printf(const char *, ...); int sscanf(const char *, const char *, ...);\nvoid f(char *s, int *wide, int i) {\n  printf("%2$s is %1$d, %1$-*3$d|%2$.*3$s", 42, "name", 10);\n  printf("%2$d %1$s %3$d", 42, s);\n  sscanf(s, "%2$d %1$ms %3$mls", &s, &i, &wide);\n  sscanf(s, "%ms %lc", s, wide);\n}',
    "4:32 warning: format '%2$d' specifies type 'int' but the argument has type 'char *'; did you mean '%2$s'? [format]",
    "4:28 warning: format '%1$s' specifies type 'char *' but the argument has type 'int'; did you mean '%1$d'? [format]",
    "4:21 warning: more '%' conversions than data arguments: nothing for '%3$d' [format-insufficient-args]",
    "6:24 warning: format '%ms' specifies type 'char **' but the argument has type 'char *'; the pointer's address is wanted [format]",
  );
});

test("formats say what they should be, at the place where it is to be changed", () => {
  said(
    'int printf(const char *, ...); int puts(const char *); int scanf(const char *, ...);\nvoid *memset(void *, int, unsigned long); char *strcpy(char *, const char *); void free(void *);\nvoid f(char *s, int i, long l, unsigned long u, char c, char (*a)[9]) {\n  printf("%s %5d %d %x %lu %s\\n", i, s, l, u, i, c);\n  printf("%d " "%y\\n", i, i);\n  printf("100%\\n");\n  printf("%");\n  printf("%d %d", i);\n  printf("");\n  printf("a\\0b");\n  scanf("%d %s %ld", i, a, &i);\n}',
    "4:35 warning: format '%s' specifies type 'char *' but the argument has type 'int'; did you mean '%d'? [format]",
    "4:38 warning: format '%5d' specifies type 'int' but the argument has type 'char *'; did you mean '%5s'? [format]",
    "4:41 warning: format '%d' specifies type 'int' but the argument has type 'long'; did you mean '%ld'? [format]",
    "4:44 warning: format '%x' specifies type 'unsigned int' but the argument has type 'unsigned long'; did you mean '%lx'? [format]",
    "4:47 warning: format '%lu' specifies type 'unsigned long' but the argument has type 'int'; did you mean '%d'? [format]",
    "4:50 warning: format '%s' specifies type 'char *' but the argument has type 'char'; did you mean '%c'? [format]",
    '5:17 warning: invalid conversion specifier "y" in "%y"; \'%%\' prints a percent sign [format]',
    '6:14 warning: invalid conversion specifier "\\n" in "%\\n"; \'%%\' prints a percent sign [format]',
    "7:11 warning: this '%' has no letter behind it; '%%' prints a percent sign [format]",
    "8:14 warning: more '%' conversions than data arguments: nothing for '%d' [format-insufficient-args]",
    "9:10 warning: the format string is empty [format-zero-length]",
    "10:12 warning: the format string ends here, at '\\0'; what follows is not read [format-contains-nul]",
    "11:22 warning: format '%d' specifies type 'int *' but the argument has type 'int'; it needs an '&' before it [format]",
    "11:25 warning: format '%s' specifies type 'char *' but the argument has type 'char (*)[9]'; an array needs no '&' [format]",
    "11:28 warning: format '%ld' specifies type 'long *' but the argument has type 'int *'; did you mean '%d'? [format]",
  );
});

test("sizes of pointers are not sizes of arrays", () => {
  said(
    "int printf(const char *, ...); int puts(const char *); int scanf(const char *, ...);\nvoid *memset(void *, int, unsigned long); char *strcpy(char *, const char *); void free(void *);\nint a[4];\nunsigned long f(int p[4], char *q, int *r) {\n  memset(q, 0, sizeof(q));\n  memset(a, sizeof(a), 0);\n  return sizeof(p) + sizeof(q) / sizeof(q[0]) + sizeof(a) / sizeof(char *) + sizeof(a) / sizeof(a[0]) + sizeof(*r) / sizeof(r[0]);\n}",
    "5:16 warning: 'memset' gets the size of the pointer 'q', not of what it points to [sizeof-pointer-memaccess]",
    "6:24 warning: 'memset' gets the size 0; the size is the last argument [memset-transposed-args]",
    "7:10 warning: 'sizeof' of the array parameter 'p' is the size of a pointer ('int *') [sizeof-array-argument]",
    "4:21 note: its length has to be passed by another parameter",
    "7:32 warning: this is the size of a pointer ('char *') divided, not the number of an array's elements [sizeof-pointer-div]",
    "7:59 warning: this is not the number of the array's elements: they are 'int', not 'char *' [sizeof-array-div]",
  );
});

test("indices and copies beyond the end of an array", () => {
  said(
    'int printf(const char *, ...); int puts(const char *); int scanf(const char *, ...);\nvoid *memset(void *, int, unsigned long); char *strcpy(char *, const char *); void free(void *);\nstruct m { int a[3]; int b; int c[2]; };\nint f(void) {\n  int a[3] = {1, 2, 3}, *p = &a[3], *q = (&a[3]);\n  char b[4];\n  struct m m = {.b = 1};\n  strcpy(b, "four");\n  memset(b, 0, 5);\n  return a[3] + a[-1] + sizeof(a[9]) + m.a[3] + m.c[2] + *p + *q + b[0] + (0 ? a[7] : 1);\n}',
    "8:13 warning: 'strcpy' writes 5 bytes, the zero at the end included; 'b' has room for 4 [fortify-source]",
    "9:16 warning: 'memset' may write 5 bytes; 'b' has room for 4 [fortify-source]",
    "10:12 warning: array index 3 is past the end of the array (that has type 'int[3]') [array-bounds]",
    "5:7 note: array 'a' declared here",
    "10:19 warning: array index -1 is before the beginning of the array [array-bounds]",
    "5:7 note: array 'a' declared here",
    "10:44 warning: array index 3 is past the end of the array (that has type 'int[3]') [array-bounds]",
    "7:12 note: array 'a' declared here",
  );
});

test("addresses of what ends with the function are not returned", () => {
  said(
    'struct s { int v[3]; int w; };\nint *f(int p) { return &p; }\nint *g(void) { int a[3]; return a + 1; }\nint *h(void) { struct s s; return s.v; }\nint *i(void) { struct s s; return &s.w; }\nchar *j(void) { return (char[]){"abc"}; }\nint *k(void) { static int a[3]; return &a[1]; }\nint *l(int c) { int x = c; return c ? &x : 0; }',
    "2:24 warning: address of stack memory associated with parameter 'p' returned [return-stack-address]",
    "3:33 warning: address of stack memory associated with local variable 'a' returned [return-stack-address]",
    "4:35 warning: address of stack memory associated with local variable 's' returned [return-stack-address]",
    "5:35 warning: address of stack memory associated with local variable 's' returned [return-stack-address]",
    "6:24 warning: address of stack memory associated with a compound literal returned [return-stack-address]",
    "8:35 warning: address of stack memory associated with local variable 'x' returned [return-stack-address]",
  );
});

test("a variable that is changed twice in one expression", () => {
  said(
    "int g(int);\nint f(int i, int *a) {\n  i = i++;\n  i = i++ + i;\n  a[i] = i++;\n  i = g(i++);\n  i = (i++, i);\n  a[i++] = 1;\n  i = i && i++;\n  return i;\n}",
    "3:8 warning: 'i' is changed here and used elsewhere in the same expression; which comes first is undefined [unsequenced]",
    "4:8 warning: 'i' is changed here and used elsewhere in the same expression; which comes first is undefined [unsequenced]",
    "5:11 warning: 'i' is changed here and used elsewhere in the same expression; which comes first is undefined [unsequenced]",
    "9:13 warning: 'i' is changed here and used elsewhere in the same expression; which comes first is undefined [unsequenced]",
  );
});

test("objects without a value are told of, unless somebody may have given them one", () => {
  said(
    "struct s { int a, b; };\nvoid fill(int *);\nint f(int c) {\n  int a[3], b[3], x;\n  struct s s, t;\n  fill(b);\n  t.a = 1;\n  switch (c) { case 1: x = 1; break; case 2: x = 2; }\n  return a[c] + b[0] + s.a + t.b + x;\n}",
    "9:11 warning: variable 'a' is uninitialized when used here [uninitialized]",
    "4:7 note: 'a' is declared here without a value",
    "9:26 warning: variable 's' is uninitialized when used here [uninitialized]",
    "5:12 note: 's' is declared here without a value",
    "9:36 warning: variable 'x' may be uninitialized when used here [sometimes-uninitialized]",
    "8:3 note: it gets no value when no 'case' of this 'switch' fits",
    "4:19 note: 'x' is declared here without a value",
  );
});

test("what has no effect before a comma, and what nobody uses of a structure", () => {
  said(
    "int f(int a) {\n  struct { int m; } s;\n  s.m = 1;\n  a, a++;\n  (void)a, a++;\n  a ? 1 : 2;\n  for (;;) return a;\n}\nstatic const int c = 1;\nstatic void g(void);\ntypedef struct { int x; } t;",
    "4:3 warning: left operand of the comma has no effect [unused-value]",
    "6:3 warning: expression result unused [unused-value]",
    "2:21 warning: variable 's' set but not used [unused-but-set-variable]",
    "9:18 warning: unused constant 'c' [unused-const-variable]",
    "10:13 warning: static function 'g' is declared and never defined [unused-function]",
  );
});

test("lists that say too little or say it twice", () => {
  said(
    "struct p { int x, y; };\nstruct p a = {1}, b = {0}, c = {.x = 1}, d[2] = {1, 2}, e = {};\nint m[2][2] = {1, 2, 3, 4}, z[2][2] = {0};\nint h[] = {[1] = 1, [1] = 2};",
    "2:16 warning: missing initialiser for member 'y' of 'struct p'; it is zero [missing-field-initializers]",
    "2:50 warning: the values of an inner array or structure begin here; put braces around them [missing-braces]",
    "3:16 warning: the values of an inner array or structure begin here; put braces around them [missing-braces]",
    "4:27 warning: this value replaces an earlier one for the same place [initializer-overrides]",
    "4:18 note: the earlier value is here",
  );
});

test("switches over truths, with foreign values, with statements before the labels", () => {
  said(
    "enum e { A, B };\nint f(enum e e, int i) {\n  switch (e) { case A: case B: case 7: i++; }\n  switch (i == 1) { case 1: i++; }\n  switch (i) { i++; case 1: i++; }\n  switch (i) { case 1: i++; /* falls through */ case 2: i--; // fallthrough\n case 3: i++; }\n  return i;\n}",
    "3:32 warning: case value '7' is not in 'enum e' [switch]",
    "4:11 warning: this switch is about true or false; use 'if' [switch-bool]",
    "5:16 warning: this is never executed: it stands before the first 'case' [switch-unreachable]",
  );
});

test("operators that are taken for others", () => {
  said(
    "int f(int a, int b, _Bool t) {\n  if (!a & b) return 1;\n  if (a == b == 1) return 2;\n  if (a | b & 1) return 3;\n  if (a + 1 << b) return 4;\n  if (~t) return 5;\n  if (f == 0) return 6;\n  t++;\n  return (int)-a << 1 | (a & 1);\n}",
    "2:7 warning: logical not is only applied to the left hand side of this bitwise operator [logical-not-parentheses]",
    "2:10 note: add parentheses behind the '!' to evaluate the bitwise operator first",
    "3:14 warning: the left side of this '==' is a comparison, which is 0 or 1 [parentheses]",
    "3:14 note: write both comparisons and '&&' between them, or parentheses around the first one",
    "4:9 warning: '|' has lower precedence than '&'; '&' will be evaluated first [parentheses]",
    "4:9 note: place parentheses around the '&' expression to silence this warning",
    "5:13 warning: operator '<<' has lower precedence than '+'; '+' will be evaluated first [shift-op-parentheses]",
    "5:13 note: place parentheses around the '+' expression to silence this warning",
    "5:13 warning: the result of '<<' is used as a truth; did you mean '<'? [int-in-bool-context]",
    "6:7 warning: '~' of a boolean is always true; did you mean '!'? [bool-operation]",
    "7:9 warning: comparison of the address of function 'f' with a null pointer is always false [tautological-pointer-compare]",
    "8:4 warning: increment of a boolean [bool-operation]",
  );
});

test("calls of the library that cannot be meant", () => {
  said(
    "int printf(const char *, ...); int puts(const char *); int scanf(const char *, ...);\nvoid *memset(void *, int, unsigned long); char *strcpy(char *, const char *); void free(void *);\nvoid f(void) {\n  int a[2];\n  free(a);\n  puts((void *)0);\n}",
    "5:8 warning: 'free' gets 'a', which is not from malloc [free-nonheap-object]",
    "6:8 warning: 'puts' must not get a null pointer here [nonnull]",
  );
});

test("declarations that say a thing twice, and registers without an address", () => {
  said(
    "extern int x = 1;\nconst const int y = 2;\nint f(register int r) { register int s = r; return *&r + *&s; }",
    "1:12 warning: 'extern' variable 'x' has an initialiser [extern-initializer]",
    "2:7 warning: 'const' is here already [duplicate-decl-specifier]",
    "3:53 error: address of a register variable requested",
    "3:59 error: address of a register variable requested",
  );
});

test("quotes that are taken for each other", () => {
  said(
    'char c = "x";\nvoid f(char *s) { char t[9]; s = \'x\'; t = "abc"; }',
    "1:10 error: incompatible pointer to integer conversion initializing 'char' with an expression of type 'char *'",
    "1:10 note: a single character stands in single quotes: 'x'",
    "2:34 error: incompatible integer to pointer conversion assigning to 'char *' from 'int'",
    '2:34 note: a text stands in double quotes: "x"',
    "2:39 error: array type 'char[9]' is not assignable; strcpy of <string.h> copies a text into an array",
  );
});
