// Options that makefiles use. gcc was asked what it writes, where it writes it and with which status it ends.

import assert from "node:assert/strict";
import { test } from "node:test";
import { readElf } from "../object/elf-read.ts";
import { type CommandResult, runCommand } from "./command.ts";
import type { Installation } from "./session.ts";

const installation: Installation = {
  headerFolders: ["/include"],
  libraries: [],
  libraryFolders: ["/lib"],
  version: "cc of a test",
  colour: false,
};

const FILES: Readonly<Record<string, string>> = {
  "/include/system.h": "typedef int system_int;\nstatic int unused_in_a_header;\n",
  "main.c":
    '#include <system.h>\n#include "a.h"\n#include "sub/b.h"\nint main(void) { return 0; }\n',
  "a.h": '#include "sub/c c.h"\n',
  "sub/b.h": '#include "d$.h"\n',
  "sub/c c.h": "",
  "sub/d$.h": "",
  "sub/other.c": '#include "../a.h"\n#include "b.h"\nint other;\n',
  "wrong.c": "int f(void) { return x; }\n",
  "missing.c": '#include "made.h"\n',
  words: "-c 'main.c' -DTEXT=\\\"a\\ b\\\"\n@more",
  more: '"-o" out.o',
  loop: "@loop",
};

interface Run extends CommandResult {
  readonly written: Readonly<Record<string, string>>;
  readonly objects: ReadonlyMap<string, Uint8Array>;
}

/** Text that was written, and the names of the rest. */
function cc(...words: string[]): Run {
  const written: Record<string, string> = {};
  const objects = new Map<string, Uint8Array>();
  const result = runCommand(
    words,
    {
      read(path) {
        const text = path === "-" ? "int stdin_line = __LINE__; char *f = __FILE__;" : FILES[path];
        return text === undefined ? undefined : new TextEncoder().encode(text);
      },
      write(path, bytes) {
        if (bytes[0] === 0x7f) objects.set(path, bytes);
        else written[path] = new TextDecoder().decode(bytes);
        return undefined;
      },
    },
    installation,
  );
  return { ...result, written, objects };
}

const OWN = "main.c a.h sub/c\\ c.h sub/b.h sub/d$$.h";

test("-M and -MM print what a file depends on instead of compiling it", () => {
  assert.equal(cc("-MM", "main.c").output, `main.o: ${OWN}\n`);
  assert.equal(
    cc("-M", "main.c").output,
    "main.o: main.c /include/system.h a.h sub/c\\ c.h sub/b.h sub/d$$.h\n",
  );
  assert.equal(
    cc("-MM", "sub/other.c").output,
    "other.o: sub/other.c sub/../a.h sub/../sub/c\\ c.h sub/b.h sub/d$$.h\n",
  );
  assert.deepEqual(cc("-MM", "main.c", "-o", "rules").written, { rules: `main.o: ${OWN}\n` });
});

test("-MD and -MMD write the rule beside what the file becomes", () => {
  const rules = (...words: string[]) => cc("-MMD", ...words).written;
  assert.deepEqual(rules("-c", "main.c"), { "main.d": `main.o: ${OWN}\n` });
  assert.deepEqual(rules("-c", "main.c", "-o", "out/x.o"), { "out/x.d": `out/x.o: ${OWN}\n` });
  assert.deepEqual(rules("-c", "main.c", "-MF", "f"), { f: `main.o: ${OWN}\n` });
  assert.deepEqual(rules("-fsyntax-only", "main.c"), { "a-main.d": `main.o: ${OWN}\n` });
  assert.deepEqual(cc("-Wp,-MMD,f", "-c", "main.c").written, { f: `main.o: ${OWN}\n` });
  // What is wrong with the program does not change what it depends on.
  const { status, written } = cc("-MMD", "-c", "wrong.c");
  assert.deepEqual([status, written], [1, { "wrong.d": "wrong.o: wrong.c\n" }]);
  assert.deepEqual(cc("-MMD", "-c", "missing.c").written, {});
});

test("-MT, -MQ, -MP and -MG change the rule", () => {
  assert.equal(
    cc("-MM", "-MT", "a b$", "-MQ", "a b$", "-MT", "c", "wrong.c").output,
    "a b$ c a\\ b$$: wrong.c\n",
  );
  assert.equal(
    cc("-MM", "-MP", "main.c").output,
    `main.o: ${OWN}\na.h:\nsub/c\\ c.h:\nsub/b.h:\nsub/d$$.h:\n`,
  );
  assert.equal(cc("-MM", "-MG", "missing.c").output, "missing.o: missing.c made.h\n");
  assert.match(cc("-MP", "-c", "main.c").messages, /-MP and -MG are about what/);
});

test("a long rule goes on in the next line", () => {
  const rule = cc("-MM", "-MT", "x".repeat(40), "main.c").output;
  assert.equal(rule, `${"x".repeat(40)}: main.c a.h sub/c\\ c.h sub/b.h \\\n sub/d$$.h\n`);
});

test("-include reads a file first, @FILE stands for words, - is the standard input", () => {
  const before = cc("-E", "-P", "-include", "/include/system.h", "wrong.c").output;
  assert.ok(before.startsWith("typedef int system_int;"), before);
  assert.deepEqual([...cc("@words").objects.keys()], ["out.o"]);
  assert.match(cc("@loop").messages, /have no end/);
  assert.match(cc("@nothing").messages, /'@nothing'/);
  assert.match(cc("-E", "-").output, /int stdin_line = 1; char \*f = "<stdin>";/);
  assert.match(cc("-c", "-").messages, /-E or -x is needed/);
});

test("warnings are about one's own headers, not about those of -isystem and the system", () => {
  const quiet = ["-c", "-include", "system.h", "wrong.c", "-Wunused-variable", "-fsyntax-only"];
  assert.doesNotMatch(cc(...quiet).messages, /unused/);
  assert.match(cc(...quiet, "-I", "/include").messages, /unused variable 'unused_in_a_header'/);
  assert.match(cc(...quiet, "-Wsystem-headers").messages, /unused variable 'unused_in_a_header'/);
});

test("-fcommon leaves it to the linker to make one of a variable", () => {
  const kinds = (option: string) => {
    const object = cc("-c", option, "sub/other.c").objects.get("other.o") ?? new Uint8Array();
    return readElf("other.o", object).symbols.find(({ name }) => name === "other")?.section;
  };
  assert.equal(kinds("-fcommon"), "common");
  assert.notEqual(kinds("-fno-common"), "common");
});

test("-dM prints the macros, so that they can be read again", () => {
  const lines = cc(
    "-E",
    "-dM",
    "-DA=1",
    "-DSQUARE(x)=((x)*(x))",
    "-DV(a,...)=f(#a, ## __VA_ARGS__)",
    "a.h",
  ).output;
  assert.match(lines, /^#define A 1$/m);
  assert.match(lines, /^#define SQUARE\(x\) \(\(x\)\*\(x\)\)$/m);
  assert.match(lines, /^#define V\(a,\.\.\.\) f\(#a, ## __VA_ARGS__\)$/m);
  assert.match(lines, /^#define __riscv 1$/m);
});

test("what cannot be is said with status 1, and what cannot change anything is accepted", () => {
  for (const [word, message] of [
    ["-shared", /programs are static/],
    ["-fsanitize=address", /no sanitizers/],
    ["-fsigned-char", /char is unsigned/],
    ["-Wl,--bogus", /the linker has no option '--bogus'/],
    ["--hepl", /unknown option '--hepl'; did you mean '--help'\?/],
    ["-std=c12", /there is no standard 'c12'/],
  ] as const) {
    const { status, messages } = cc("-c", word, "main.c");
    assert.equal(status, 1, word);
    assert.match(messages, message);
  }
  const harmless =
    "-std=gnu2x -pipe --param max-inline-insns-single=4 -fno-tree-ccp -pthread -static -O3 -flto -fPIC -fno-inline -fstack-protector-strong -fvisibility=hidden " +
    "-Wl,--as-needed,-rpath,/x -Xlinker -z -Xlinker now -Wno-unused -Werror=format -mtune=sifive-u74 -rdynamic -ggdb3";
  assert.deepEqual(cc("-c", ...harmless.split(" "), "main.c").messages, "");
  assert.deepEqual(cc("-dumpmachine").output, "riscv64-vitrine-linux\n");
  assert.deepEqual(cc("-print-file-name=libx.a").output, "libx.a\n");
});
