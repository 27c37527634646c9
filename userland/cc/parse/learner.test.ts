// More programs as learners write them, with what would mend them. clang and gcc were asked where they say it.

import assert from "node:assert/strict";
import { test } from "node:test";
import { parseText } from "./fixture.ts";

function said(text: string, ...messages: string[]): void {
  assert.deepEqual(parseText(text, ["extra"]).messages, messages);
}

test("an object and a pointer to one that are taken for each other", () => {
  said(
    "struct s { int top; };\nvoid swap(int *a, int *b);\nint pop(struct s *s);\nint f(struct s s, int x, int *p) {\n  swap(x, p);\n  p = x;\n  x = p;\n  x = &x;\n  p = *p;\n  return pop(s);\n}",
    "5:8 error: incompatible integer to pointer conversion passing 'int' to parameter of type 'int *'; take the address with '&'",
    "2:16 note: passing argument to parameter 'a' here",
    "6:7 error: incompatible integer to pointer conversion assigning to 'int *' from 'int'; take the address with '&'",
    "7:7 error: incompatible pointer to integer conversion assigning to 'int' from 'int *'; read what it points to with '*'",
    "8:7 error: incompatible pointer to integer conversion assigning to 'int' from 'int *'; remove the '&'",
    "9:7 error: incompatible integer to pointer conversion assigning to 'int *' from 'int'; remove the '*'",
    "10:14 error: passing 'struct s' to parameter of incompatible type 'struct s *'; take the address with '&'",
    "3:19 note: passing argument to parameter 's' here",
  );
});

test("a loop whose body a semicolon has cut off", () => {
  const empty = (place: string, loop: string) => [
    `${place} warning: ${loop} statement has empty body [empty-body]`,
    `${place} note: put the semicolon on a separate line to silence this warning`,
  ];
  said(
    "int g(void);\nvoid f(int i, char *p) {\n  for (i = 0; i < 3; i++);\n    g();\n  while (*p++);\n  for (; g();)\n    ;\n  if (i) for (i = 9; *p; p++);\n  g();\n  while (g());\n  { g(); }\n}",
    ...empty("3:26", "for"),
    ...empty("10:14", "while"),
  );
});

test("a semicolon at the end of a #define is said once, where it does not fit", () => {
  said(
    "#define MAX 10;\nint a[MAX];\nint b[MAX];\nint c = MAX\nint main(void) { return a[0] + b[0] + c; }",
    "2:7 error: the ';' in macro 'MAX' does not fit here",
    "1:9 note: in the expansion of macro 'MAX', defined here",
    "1:9 note: a #define needs no ';' at its end",
  );
});

test("what other languages write, and '==' for '='", () => {
  said(
    'int scanf(const char *, ...);\nint main(void) {\n  int x == 3;\n  if (x > 2) then {\n    x = 2;\n  }\n  for i in range(10): x++;\n  scanf("%d" &x);\n  return x;\n}',
    "3:9 error: '==' compares; did you mean '='?",
    "4:14 error: C has no 'then': the statement follows the condition",
    "7:7 error: expected '(' after 'for'",
    "8:14 error: invalid operands to binary expression ('char *' and 'int')",
    "8:14 note: a ',' may be missing before it",
  );
});

test("main gets an int and strings", () => {
  const main = (parameters: string) =>
    parseText(`int main(${parameters}) { return 0; }`, ["no-unused-parameter"]).messages.length;
  for (const good of [
    "",
    "void",
    "int argc, char **argv",
    "int argc, char *argv[], char **environ",
    "int argc, char *const *argv",
  ])
    assert.equal(main(good), 0, good);
  for (const bad of [
    "int argc, char *argv",
    "char **argv, int argc",
    "int argc",
    "unsigned argc, char **argv",
  ])
    assert.notEqual(main(bad), 0, bad);
});

test("constants that an int has no room for, and indices of inner arrays", () => {
  said(
    "int big = 3000000000, mask = 0xffffffff, low = -3000000000;\nint m[2][3];\nint f(void) { int *p = &m[2][0]; return m[2][0] + *p; }",
    "1:11 warning: implicit conversion from 'long' to 'int' changes value from 3000000000 to -1294967296 [constant-conversion]",
    "1:48 warning: implicit conversion from 'long' to 'int' changes value from -3000000000 to 1294967296 [constant-conversion]",
    "3:43 warning: array index 2 is past the end of the array (that has type 'int[2][3]') [array-bounds]",
    "2:5 note: array 'm' declared here",
  );
});
