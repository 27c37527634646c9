import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { writeArchive } from "../object/archive.ts";
import { readElf } from "../object/elf-read.ts";
import { type CommandResult, commandSteps, runCommand } from "./command.ts";
import type { CommandAnswer, Installation } from "./session.ts";

const installation: Installation = {
  headerFolders: ["/include"],
  libraries: [],
  libraryFolders: ["/lib"],
  version: "cc of a test",
  colour: false,
};

const START = "  .globl _start\n_start:\n  call main\n  li a7, 93\n  ecall\n";

interface Run extends CommandResult {
  readonly written: ReadonlyMap<string, Uint8Array>;
  readonly programs: readonly string[];
}

/** Runs cc over files in memory. */
function cc(line: string, files: Readonly<Record<string, string | Uint8Array>> = {}): Run {
  const written = new Map<string, Uint8Array>();
  const programs: string[] = [];
  const result = runCommand(
    line.split(" ").filter((word) => word !== ""),
    {
      read(path) {
        const file = written.get(path) ?? files[path];
        if (file === undefined && path.startsWith("locked/"))
          return { problem: "Permission denied", isMissing: false };
        return typeof file === "string" ? new TextEncoder().encode(file) : file;
      },
      write(path, bytes, isProgram) {
        if (path.startsWith("/full/")) return "no space left on device";
        written.set(path, bytes);
        if (isProgram) programs.push(path);
        return undefined;
      },
    },
    installation,
  );
  return { ...result, written, programs };
}

const text = (bytes: Uint8Array | undefined) => new TextDecoder().decode(bytes);

describe("cc", () => {
  test("compiles, assembles and links files of all kinds into a program", () => {
    const { status, messages, programs } = cc("main.c start.s twice.S -o program", {
      "main.c": "int twice(int); int main(void) { return twice(21); }",
      "start.s": START,
      "twice.S": "#define NAME twice\n  .globl NAME\nNAME:\n  slli a0, a0, 1 # comment\n  ret\n",
    });
    assert.deepEqual({ status, messages }, { status: 0, messages: "" });
    assert.deepEqual(programs, ["program"]);
  });

  test("-c makes an object beside where one stands, and the object can be linked", () => {
    const first = cc("-c folder/main.c", { "folder/main.c": "int main(void) { return 0; }" });
    assert.deepEqual([...first.written.keys()], ["main.o"]);
    const object = first.written.get("main.o") ?? new Uint8Array();
    assert.ok(readElf("main.o", object).symbols.some(({ name }) => name === "main"));
    const second = cc("main.o start.s", { "main.o": object, "start.s": START });
    assert.deepEqual([second.status, second.programs], [0, ["a.out"]]);
  });

  test("-S makes assembly that it can read itself", () => {
    const first = cc("-S -O1 main.c", { "main.c": "int g = 5; int main(void) { return g * 10; }" });
    const assembly = text(first.written.get("main.s"));
    assert.match(assembly, /^main:$/m);
    const second = cc("-c main.s", { "main.s": assembly });
    assert.deepEqual([second.status, second.messages], [0, ""]);
  });

  test("-E prints to the standard output, or into a file", () => {
    const files = { "a.c": "#define TWO 2\nint x = TWO + THREE;\n" };
    assert.match(cc("-E -P -DTHREE=3 a.c", files).output, /int x = 2 \+ 3;/);
    assert.match(text(cc("-E a.c -o a.i", files).written.get("a.i")), /int x = 2 \+ THREE;/);
  });

  test("-fsyntax-only writes nothing", () => {
    const { status, written } = cc("-fsyntax-only a.c", { "a.c": "int x;" });
    assert.deepEqual([status, written.size], [0, 0]);
  });

  test("folders of headers are searched in the order of -iquote, -I, -isystem and the standard ones", () => {
    const files = {
      "a.c": '#include "h.h"\nint where = WHERE;\n',
      "q/h.h": "#define WHERE 1\n",
      "i/h.h": "#define WHERE 2\n",
      "s/h.h": "#define WHERE 3\n",
      "/include/h.h": "#define WHERE 4\n",
    };
    const where = (options: string) =>
      /where = (\d)/.exec(cc(`-E ${options} a.c`, files).output)?.[1];
    assert.equal(where("-isystem s -Ii -iquote q"), "1");
    assert.equal(where("-isystem s -I i"), "2");
    assert.equal(where("-isystem s"), "3");
    assert.equal(where(""), "4");
    assert.equal(where("-nostdinc"), undefined);
  });

  test("-x says what files are", () => {
    const { status, written } = cc("-c -x c main -x none rest.c", {
      main: "int main(void) { return 0; }",
      "rest.c": "int rest;",
    });
    assert.deepEqual([status, [...written.keys()]], [0, ["main.o", "rest.o"]]);
  });

  test("-l finds archives, and only members that are needed are linked", () => {
    const object = (name: string, source: string) =>
      cc(`-c ${name}.c`, { [`${name}.c`]: source }).written.get(`${name}.o`) ?? new Uint8Array();
    const archive = writeArchive([
      { name: "needed.o", bytes: object("needed", "int needed(void) { return 1; }") },
      {
        name: "broken.o",
        bytes: object("broken", "int nowhere(void); int x(void) { return nowhere(); }"),
      },
    ]);
    const files = {
      "main.c": "int needed(void); int main(void) { return needed(); }",
      "start.s": START,
      "lib/libmine.a": archive,
    };
    assert.equal(cc("main.c start.s -Llib -lmine", files).status, 0);
    const { status, messages } = cc("main.c start.s -lmine", files);
    assert.deepEqual([status, messages], [1, "cc: error: there is no library 'mine'\n"]);
  });

  test("a name that nobody defines is an error of the linker", () => {
    const { status, messages } = cc("main.c start.s", {
      "main.c": "int nowhere(void); int main(void) { return nowhere(); }",
      "start.s": START,
    });
    assert.equal(status, 1);
    assert.match(messages, /^cc: error: .*nowhere/m);
  });

  test("errors show their line, and nothing is written", () => {
    const { status, messages, written } = cc("-c a.c b.c", {
      "a.c": "int x = y;\n",
      "b.c": "int b;",
    });
    assert.equal(status, 1);
    assert.match(messages, /^a\.c:1:9: error: .*'y'.*\n {4}1 \| int x = y;\n/m);
    assert.deepEqual([...written.keys()], ["b.o"]);
  });

  test("errors in preprocessed assembly are where they were written", () => {
    const { messages } = cc("-c a.S", {
      "a.S": '#include "h.h"\n\n\n# comment\n  .text\nf:\n  addi a0, a1\n  ret\n',
      "h.h": "#define A 1\n".repeat(20),
    });
    assert.match(messages, /^a\.S:7:3: error: .*\n {4}7 \|   addi a0, a1\n/);
  });

  test("warnings can be off, all of them or one, or be errors", () => {
    const files = { "a.c": "int f(void) { int unused = 1; return 0; }" };
    assert.match(cc("-c a.c", files).messages, /\[-Wunused-variable\]/);
    assert.equal(cc("-c -w a.c", files).messages, "");
    assert.equal(cc("-c -Wno-unused-variable a.c", files).messages, "");
    assert.notEqual(cc("-c -Wno-unused-variable -Wunused-variable a.c", files).messages, "");
    assert.equal(cc("-c -Werror a.c", files).status, 1);
    assert.equal(cc("-c -Werror -w a.c", files).status, 0);
  });

  test("groups of warnings, single ones and errors out of them follow the command line", () => {
    const files = {
      "a.c": "int f(int p, unsigned u) { int v; if (p = u) return p < u; return ({ 0; }); }",
    };
    const names = (options: string) =>
      cc(`-fsyntax-only ${options} a.c`, files)
        .messages.split("\n")
        .flatMap((line) => /^a\.c.*\[(.*)\]$/.exec(line)?.[1] ?? [])
        .toSorted();
    assert.deepEqual(names(""), ["-Wparentheses", "-Wunused-variable"]);
    assert.deepEqual(names("-Wall"), names(""));
    assert.deepEqual(names("-Wno-all"), []);
    assert.deepEqual(names("-Wextra"), ["-Wparentheses", "-Wsign-compare", "-Wunused-variable"]);
    assert.deepEqual(names("-Wextra -Wno-sign-compare"), names(""));
    assert.deepEqual(names("-Wno-sign-compare -Wextra"), names(""));
    assert.deepEqual(names("-Wsign-compare -Wno-unused"), ["-Wparentheses", "-Wsign-compare"]);
    assert.deepEqual(names("-pedantic"), [
      "-Wgnu-statement-expression",
      "-Wparentheses",
      "-Wunused-variable",
    ]);
    assert.deepEqual(names("-Wno-all -pedantic-errors"), ["-Werror,-Wgnu-statement-expression"]);
    assert.deepEqual(names("-w -Wextra"), []);
    const errors = ["-Werror,-Wparentheses", "-Werror,-Wunused-variable"];
    assert.deepEqual(names("-Werror"), errors);
    assert.deepEqual(names("-Werror -Wno-error=unused"), [errors[0], "-Wunused-variable"]);
    assert.deepEqual(names("-Werror=parentheses"), [errors[0], "-Wunused-variable"]);
    assert.deepEqual(names("-Wno-all -Werror=sign-compare"), ["-Werror,-Wsign-compare"]);
    assert.equal(cc("-fsyntax-only -Werror=sign-compare a.c", files).status, 1);
    assert.equal(cc("-fsyntax-only -Wno-error a.c", files).status, 0);
  });

  test("warnings that there are not are said, those of other compilers are not", () => {
    const files = { "a.c": "int f(void) { return 0; }" };
    assert.equal(
      cc("-fsyntax-only -Wunused-varable a.c", files).messages,
      "cc: warning: there is no warning '-Wunused-varable'; did you mean '-Wunused-variable'? [-Wunknown-warning-option]\n",
    );
    assert.match(cc("-fsyntax-only -Wal a.c", files).messages, /did you mean '-Wall'\?/);
    assert.equal(cc("-fsyntax-only -Wshadow -Wformat=2 -Wno-error=vla a.c", files).messages, "");
    assert.equal(cc("-fsyntax-only -Wnothing -w a.c", files).messages, "");
    assert.equal(cc("-fsyntax-only -Wnothing a.c", files).status, 0);
  });

  test("unknown options are errors, with what may have been meant", () => {
    const { status, messages } = cc("-ffuncton-sections a.c");
    assert.equal(status, 1);
    assert.match(
      messages,
      /unknown option '-ffuncton-sections'; did you mean '-ffunction-sections'\?/,
    );
    assert.match(cc("-MF x a.c").messages, /-MF, -MT, -MQ, -MP and -MG are about/);
    assert.match(cc("-march=rv32i a.c").messages, /the target is rv64imac/);
    assert.match(cc("-c a.c -o").messages, /'-o' wants a value/);
  });

  test("what cannot be read, written or understood is said", () => {
    assert.match(cc("missing.c").messages, /cannot read 'missing\.c'/);
    assert.match(cc("").messages, /no input file/);
    assert.match(cc("notes.txt", { "notes.txt": "" }).messages, /'notes\.txt' is of no kind/);
    assert.match(cc("-c a.c -o /full/a.o", { "a.c": "" }).messages, /no space left/);
    assert.match(cc("-c a.c b.c -o c.o", { "a.c": "", "b.c": "" }).messages, /one output/);
    assert.match(cc("a.o", { "a.o": "this is no ELF file" }).messages, /^cc: error: .*a\.o/);
  });

  test("--help lists the options, --version says who this is", () => {
    assert.match(cc("--help").output, /^ {2}-c +compile and assemble, but do not link$/m);
    assert.match(cc("--help").output, /^ {2}-o FILE +where the result goes$/m);
    assert.equal(cc("--version").output, "cc of a test\n");
  });

  test("-g describes lines to debuggers", () => {
    const files = { "a.c": "int f(int x) {\n  return x + 1;\n}\n" };
    const sections = (options: string) =>
      readElf("a.o", cc(`-c ${options} a.c`, files).written.get("a.o") ?? new Uint8Array())
        .sections;
    assert.ok(sections("-g").some(({ name }) => name === ".debug_line"));
    assert.ok(!sections("").some(({ name }) => name.startsWith(".debug")));
  });

  test("sections of functions have their names", () => {
    const { written } = cc("-c -ffunction-sections a.c", { "a.c": "int f(void) { return 1; }" });
    const { sections } = readElf("a.o", written.get("a.o") ?? new Uint8Array());
    assert.ok(sections.some(({ name }) => name === ".text.f"));
  });

  test("says why a file cannot be read, and looks no further for such a header", () => {
    assert.equal(
      cc("-c locked/a.c").messages,
      "cc: error: cannot read 'locked/a.c': Permission denied\n",
    );
    const { messages } = cc("-c -Ilocked -Ifree a.c", {
      "a.c": "#include <a.h>\n",
      "free/a.h": "\n",
    });
    assert.match(messages, /^a\.c:1:10: error: 'a\.h' cannot be read: Permission denied$/m);
  });
});

test("answered step by step, cc asks once for each file, and for headers when they are reached", () => {
  const files: Record<string, string> = {
    "a.c": '#include "a.h"\nint main(void) { return A; }\n',
    "b.c": '#include "a.h"\n#include <b.h>\nint b = A + B;\n',
    "a.h": "#define A 1\n",
    "/include/b.h": "#define B 2\n",
    "start.s": START,
  };
  const steps = commandSteps(["a.c", "b.c", "start.s", "-o", "out"], installation);
  const asked: string[] = [];
  let answer: CommandAnswer;
  let status = -1;
  for (;;) {
    const { done, value } = steps.next(answer);
    if (done) {
      status = value;
      break;
    }
    assert.ok(value.kind === "read" || value.kind === "write");
    asked.push(`${value.kind} ${value.path}`);
    const text = files[value.path];
    answer =
      value.kind === "write" || text === undefined ? undefined : new TextEncoder().encode(text);
  }
  assert.equal(status, 0);
  assert.deepEqual(asked, [
    "read a.c",
    "read a.h",
    "read b.c",
    "read /include/b.h",
    "read start.s",
    "write out",
  ]);
});

test("what a text includes is read ahead, wanted or not, where it would be looked for", () => {
  const files: Record<string, string> = {
    "sub/a.c":
      '#include "../a.h"\n#include <b.h>\n# if 0\n#include <never.h>\n#endif\nint a = A + B;\n',
    "a.h": "#include <c.h>\n#define A C\n",
    "/include/b.h": "#define B __INCLUDE_LEVEL__\n",
    "/include/c.h": "#define C 3\n",
  };
  const steps = commandSteps(["-c", "sub/a.c"], installation);
  const asked: string[] = [];
  let answer: CommandAnswer;
  for (;;) {
    const { done, value } = steps.next(answer);
    answer = undefined;
    if (done) break;
    if (value.kind !== "read") continue;
    asked.push(value.path);
    const text = files[value.path];
    if (text !== undefined) answer = new TextEncoder().encode(text);
  }
  assert.deepEqual(asked, ["sub/a.c", "a.h", "/include/b.h", "/include/never.h", "/include/c.h"]);
});
