// Programs as beginners write them, with what is said: one mistake is one message, and what follows is understood.

import assert from "node:assert/strict";
import { test } from "node:test";
import { parseText } from "./fixture.ts";

function said(text: string, ...messages: string[]): void {
  assert.deepEqual(parseText(text, ["extra"]).messages, messages);
}

test("a constant without its quote is one message, wherever it was meant to end", () => {
  said(
    'int printf(const char *, ...); int puts(const char *);\nint main(void) {\n  int n = 3;\n  printf("hello %d\\n, n);\n  puts("done");\n  return 0;\n}',
    '4:10 error: missing terminating " character',
  );
  said(
    "int printf(const char *, ...); int puts(const char *);\nint main(void) {\n  char c = 'a;\n  if (c == 'b) {\n    puts(\"b\");\n  }\n  return d';\n}",
    "3:12 error: missing terminating ' character",
    "4:12 error: missing terminating ' character",
    "7:11 error: missing terminating ' character",
  );
  said(
    'int printf(const char *, ...); int puts(const char *);\nint main(void) {\n  puts("one\n  two\\n");\n  puts(hello");\n  return 0;\n}',
    '3:8 error: missing terminating " character: a string ends on its line; write \\n for a new line and begin another string below',
    '5:13 error: missing terminating " character',
  );
});

test("parentheses that are missing are taken to be there", () => {
  said(
    'int printf(const char *, ...); int puts(const char *);\nint main(void) {\n  int a = 1;\n  if (a == 1 {\n    puts("1");\n  }\n  while (a < 10\n    a++;\n  if a == 1 {\n    puts("2");\n  }\n  for (int i = 0; i < 3; i++ {\n    puts("3");\n  }\n  return 0;\n}',
    "4:13 error: expected ')'",
    "4:6 note: to match this '('",
    "7:16 error: expected ')'",
    "7:9 note: to match this '('",
    "9:6 error: expected '(' after 'if'",
    "12:29 error: expected ')'",
    "12:7 note: to match this '('",
  );
  said(
    'int printf(const char *, ...); int puts(const char *);\nint main(void) {\n  int a = 1;\n  printf("%d\\n", a;\n  int b = (a + 2;\n  return b;\n}',
    "4:19 error: expected ')'",
    "4:9 note: to match this '('",
    "5:17 error: expected ')'",
    "5:11 note: to match this '('",
  );
  said(
    "int sum(int n {\n  return n;\n}\nint main(void) { return sum(3); }",
    "1:14 error: expected ')'",
    "1:8 note: to match this '('",
  );
});

test("the three parts of for are told apart", () => {
  said(
    'int printf(const char *, ...); int puts(const char *);\nint main(void) {\n  for (int i = 0, i < 3, i++) {\n    printf("%d", i);\n  }\n  for (int i = 0; i < 3) {\n    printf("%d", i);\n  }\n  for int i = 0; i < 3; i++ {\n    printf("%d", i);\n  }\n  return 0;\n}',
    "3:17 error: expected ';': semicolons separate the parts of 'for'",
    "6:24 error: expected ';' after the condition of 'for'",
    "9:7 error: expected '(' after 'for'",
  );
});

test("a missing brace is said once, and the indentation tells which", () => {
  said(
    "int add(int a, int b) {\n  if (a) {\n    return b;\n  return a + b;\n}\nint main(void) {\n  return add(1, 2);\n}",
    "5:2 error: expected '}': 'add' does not end before 'main'",
    "2:10 note: by the indentation it is this '{' that is not closed",
  );
  said(
    'int printf(const char *, ...); int puts(const char *);\nint main(void) {\n  for (int i = 0; i < 3; i++) {\n    printf("%d", i);\n  return 0;\n}',
    "6:2 error: expected '}'",
    "3:31 note: to match this '{'",
  );
  said(
    'int printf(const char *, ...); int puts(const char *);\nint main(void) {\n  int a = 1;\n  if (a) {\n    puts("x");\n  else {\n    puts("y");\n  }\n  return 0;\n}',
    "5:15 error: expected '}' before 'else'",
    "4:10 note: to match this '{'",
  );
  said(
    "int square(int x)\n  return x * x;\n\nint main(void)\n  return square(3);\n}",
    "1:18 error: expected '{' where the body of 'square' begins",
    "4:15 error: expected '{' where the body of 'main' begins",
  );
  said(
    'int printf(const char *, ...); int puts(const char *);\nint main(void) {\n  puts("hi"',
    "3:12 error: expected ')'",
    "3:7 note: to match this '('",
  );
});

test("a structure without its opening brace is one message", () => {
  said(
    "struct point\n  int x, y;\n};\ntypedef struct\n  int v;\n  struct point p;\n} node;\nenum color\n  RED, GREEN = 3,\n};\nint main(void) { node n = {GREEN, {1, 2}}; return n.p.y; }",
    "1:13 error: expected '{' where this struct begins",
    "4:15 error: expected '{' where this struct begins",
    "8:11 error: expected '{' where this enum begins",
  );
  // A semicolon is missing here.
  said(
    "struct s;\nstruct s\nint main(void) {\n  return 0;\n}",
    "2:9 error: expected ';' after struct",
  );
});

test("a brace or semicolon too many is said once", () => {
  said(
    'int printf(const char *, ...); int puts(const char *);\nint main(void) {\n  int a = 1;\n  if (a) {\n    puts("a");\n  }\n  }\n  puts("b");\n  return 0;\n}',
    "8:3 error: a statement has to stand in a function",
    "7:3 note: the function before it ends with this '}'",
  );
  said(
    "int square(int x);\n{\n  return x * x;\n}\nint main(void) { return square(3); }",
    "1:18 error: this ';' keeps the function from its body",
    "2:1 note: the body begins here",
  );
  said(
    'int printf(const char *, ...); int puts(const char *);\nint main(void) {\n  int a = 3;\n  if (a > 2);\n    puts("big");\n  else\n    puts("small");\n  if (a)\n    puts("1");\n    puts("2");\n  else\n    puts("3");\n  return 0;\n}',
    "4:13 warning: if statement has empty body [empty-body]",
    "4:13 note: put the semicolon on a separate line to silence this warning",
    "6:3 error: 'else' without an 'if' before it",
    "4:3 note: this 'if' ends with the ';' behind its condition",
    "8:3 warning: this 'if' guards only the statement behind it [misleading-indentation]",
    "10:5 note: this one stands as if it were guarded too; braces around both make it so",
    "11:3 error: 'else' without an 'if' before it",
    "8:3 note: this 'if' ends with its first statement; several need braces around them",
  );
});

test("a declarator that cannot be read still declares its name", () => {
  said(
    "int 3x = 5;\nint a[3 = {1, 2, 3};\nint *p q;\nint main(void) {\n  int int = 2;\n  int for = 2;\n  int arr[] = 1, 2, 3;\n  return a[0] + arr[1] + *p;\n}",
    "1:5 error: a name cannot begin with a digit: '3x'",
    "2:11 error: expected an expression",
    "3:7 error: expected ';' after declaration",
    "5:7 error: expected a name, but 'int' is a keyword",
    "6:7 error: expected a name, but 'for' is a keyword",
    "7:15 error: an array must be initialised with a list in braces or with a string",
  );
});

test("a comma that is missing is taken to be there", () => {
  said(
    'int printf(const char *, ...); int puts(const char *);\nint a[] = {1 2, 3};\nint f(int a int b) { return a + b; }\nint g(int a, b) { return a + b; }\nenum color { RED GREEN, BLUE };\nint main(void) { printf("%d" 3); return f(1, 2) + g(BLUE, GREEN); }',
    "2:13 error: expected ',' before another item of the list",
    "3:12 error: expected ',' between parameters",
    "4:14 error: parameter 'b' has no type",
    "5:17 error: expected ',' before another item of the list",
    "6:29 error: expected ',' before another item of the list",
  );
});

test("misspelt keywords are read as what was meant", () => {
  said(
    'int printf(const char *, ...); int puts(const char *);\nimt main(void) {\n  whlie (1) {\n    puts("x");\n    brek;\n  }\n  fro (int i = 0; i < 3; i++) {\n    puts("y");\n  }\n  if (1) puts("a");\n  esle puts("b");\n  swtich (1) {\n    caes 1: puts("c");\n  }\n  if (1) puts("a");\n  elif (2) puts("b");\n  retrun 0;\n}',
    "2:1 error: unknown type name 'imt'; did you mean 'int'?",
    "3:3 error: there is no statement 'whlie'; did you mean 'while'?",
    "5:5 error: there is no statement 'brek'; did you mean 'break'?",
    "7:3 error: there is no statement 'fro'; did you mean 'for'?",
    "11:3 error: there is no statement 'esle'; did you mean 'else'?",
    "12:3 error: there is no statement 'swtich'; did you mean 'switch'?",
    "13:5 error: there is no statement 'caes'; did you mean 'case'?",
    "16:3 error: there is no statement 'elif'; did you mean 'else if'?",
    "17:3 error: there is no statement 'retrun'; did you mean 'return'?",
  );
});

test("operators of other languages are read as what was meant", () => {
  said(
    "int main(void) {\n  int a = 3, b = 4;\n  if (a => b) return 1;\n  if (a =< b) return 2;\n  if (a <> b) return 3;\n  if (a === b) return 4;\n  if (a and b) return 5;\n  return 0;\n}",
    "3:9 error: there is no operator '=>'; did you mean '>='?",
    "4:9 error: there is no operator '=<'; did you mean '<='?",
    "5:9 error: there is no operator '<>'; did you mean '!='?",
    "6:9 error: there is no operator '==='; did you mean '=='?",
    "7:9 error: there is no operator 'and'; did you mean '&&'?",
    "7:9 note: with '#include <iso646.h>' there is one",
  );
});

test("characters of a word processor are said and taken for C's", () => {
  said(
    "int printf(const char *, ...); int puts(const char *);\nint main(void) {\n  printf(“hello %d\\n”, 3);\n  int a = 3 – 2;\n  int b = 3 @ 4;\n  return a + b;\n}",
    "3:10 error: '“' is no character of C; write '\"'",
    "4:13 error: '–' is no character of C; write '-'",
    "5:13 error: stray '@' in the program",
  );
});

test("a comment in a comment, and one without an end", () => {
  said(
    "/* a /* b */ c */\nint main(void) {\n  /* never\n  return 0;\n}",
    "1:6 warning: '/*' within a comment [comment]",
    "1:1 note: the comment begins here",
    "3:3 error: comment is never closed",
    "1:16 error: '*/' without a '/*' before it",
  );
});

test("names that nothing has come with a hint, and nothing more is said about them", () => {
  said(
    'int printf(const char *, ...); int puts(const char *);\nint main(void) {\n  printf("%s %d\\n", count, name);\n  FILE *f = fopen("x", "r");\n  bool done = true;\n  string s = "x";\n  return f + s + done + count;\n}',
    "3:21 error: use of undeclared identifier 'count'",
    "3:28 error: use of undeclared identifier 'name'",
    "4:3 error: unknown type name 'FILE'; it is declared in <stdio.h>",
    "4:3 note: add the line '#include <stdio.h>' at the top of the file",
    "4:13 error: call to undeclared function 'fopen'; it is declared in <stdio.h>",
    "4:13 note: add the line '#include <stdio.h>' at the top of the file",
    "5:3 error: unknown type name 'bool'; it is declared in <stdbool.h>",
    "5:3 note: add the line '#include <stdbool.h>' at the top of the file",
    "5:15 error: use of undeclared identifier 'true'; it is declared in <stdbool.h>",
    "5:15 note: add the line '#include <stdbool.h>' at the top of the file",
    "6:3 error: unknown type name 'string'; C has 'char *'",
  );
  said(
    'struct node { int value; };\nint main(void) {\n  node n;\n  let a = 3;\n  print("x");\n  return null + a + n.value;\n}',
    "3:3 error: unknown type name 'node'; write 'struct node'",
    "4:3 error: unknown type name 'let'; a declaration begins with its type, as in 'int x = 1'",
    "5:3 error: call to undeclared function 'print'; C prints with printf, of <stdio.h>",
    "6:10 error: use of undeclared identifier 'null'; C calls it NULL",
  );
});

test("a function within a function, and one that is defined with other parameters", () => {
  said(
    "int f(int a, int b) { return a + b; }\nint f(int a) { return a; }\nint main(void) {\n  int g(int x) {\n    return x;\n  }\n  return g(3) + f(1, 2);\n}",
    "2:5 error: conflicting types for 'f': 'int (int)' here",
    "1:5 note: previous declaration is here, with type 'int (int, int)'",
    "4:16 error: a function cannot be defined within another: move 'g' out",
  );
});
