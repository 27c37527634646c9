// Words of other languages that beginners in C write, and what C has instead.

const TYPES: Readonly<Record<string, string>> = {
  string: "char *",
  String: "char *",
  str: "char *",
  boolean: "bool",
  Boolean: "bool",
  Bool: "bool",
  byte: "unsigned char",
  Int: "int",
  integer: "int",
  Integer: "int",
  number: "int",
  int8: "int8_t",
  int16: "int16_t",
  int32: "int32_t",
  int64: "int64_t",
  uint8: "uint8_t",
  uint16: "uint16_t",
  uint32: "uint32_t",
  uint64: "uint64_t",
  i32: "int32_t",
  i64: "int64_t",
  u8: "uint8_t",
  u32: "uint32_t",
  u64: "uint64_t",
  class: "struct",
};

const SENTENCES: Readonly<Record<string, string>> = {
  let: "a declaration begins with its type, as in 'int x = 1'",
  var: "a declaration begins with its type, as in 'int x = 1'",
  def: "a function begins with the type of its result, as in 'int f(void)'",
  fn: "a function begins with the type of its result, as in 'int f(void)'",
  func: "a function begins with the type of its result, as in 'int f(void)'",
  function: "a function begins with the type of its result, as in 'int f(void)'",
  public: "C has no such access rules: leave it out",
  private: "C has no such access rules: leave it out; 'static' hides a name from other files",
  import: "C includes headers instead, as in '#include <stdio.h>'",
  using: "C has no namespaces: leave it out",
  print: "C prints with printf, of <stdio.h>",
  println: "C prints with printf, of <stdio.h>",
  cout: "C prints with printf, of <stdio.h>",
  cin: "C reads with scanf or fgets, of <stdio.h>",
  console: "C prints with printf, of <stdio.h>",
  System: "C prints with printf, of <stdio.h>",
  input: "C reads with scanf or fgets, of <stdio.h>",
  null: "C calls it NULL",
  nil: "C calls it NULL",
  Null: "C calls it NULL",
  Nil: "C calls it NULL",
  None: "C calls it NULL",
  nullptr: "C calls it NULL",
  True: "C calls it true, of <stdbool.h>",
  TRUE: "C calls it true, of <stdbool.h>",
  False: "C calls it false, of <stdbool.h>",
  FALSE: "C calls it false, of <stdbool.h>",
  new: "C takes memory with malloc, of <stdlib.h>",
  delete: "C gives memory back with free, of <stdlib.h>",
  len: "sizeof tells an array's bytes, strlen of <string.h> a string's characters",
  length: "sizeof tells an array's bytes, strlen of <string.h> a string's characters",
  elif: "C writes 'else if'",
  foreach: "C has only 'for'",
  unless: "C has only 'if (!…)'",
  until: "C has only 'while (!…)'",
  and: "C writes '&&'",
  or: "C writes '||'",
  not: "C writes '!'",
};

/** A type that is called otherwise in C. */
export function foreignType(name: string): string | undefined {
  return Object.hasOwn(TYPES, name) ? TYPES[name] : undefined;
}

/** A sentence about what C has instead. */
export function foreignWord(name: string): string | undefined {
  return Object.hasOwn(SENTENCES, name) ? SENTENCES[name] : undefined;
}
