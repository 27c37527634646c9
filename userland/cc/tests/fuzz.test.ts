// Hostile input ends in an object or in messages, never in an exception: the judges' programs, and assembly, with words taken
// out, doubled, exchanged, cut off and replaced, and bytes of no language at all. FUZZ_SECONDS=60 FUZZ_SEED=7 looks longer and
// elsewhere, FUZZ_FOLDER=… begins with the C programs of a folder.

import assert from "node:assert/strict";
import { readFileSync, readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { createRandom } from "../../../kernel/boot/random.ts";
import { runCommand } from "../driver/command.ts";
import { compileUnit, defaultOptions } from "../driver/compile.ts";
import { installation } from "../driver/node/main.ts";
import { writeArchive } from "../object/archive.ts";

const seed = Number(process.env["FUZZ_SEED"] ?? 1);
const seconds = Number(process.env["FUZZ_SECONDS"] ?? 0);
/** Texts tried when nobody says how long. */
const TEXTS = 400;
const ASSEMBLIES = 300;

const folder = process.env["FUZZ_FOLDER"] ?? join(import.meta.dirname, "programs");
const originals = readdirSync(folder)
  .filter((name) => name.endsWith(".c"))
  .map((name) => readFileSync(join(folder, name), "utf8"));

const FRAGMENTS =
  `( ) [ ] { } ; , : ? = == += -> . ... & * + - ~ ! / % << >> < > | ^ && || # ## " ' \\ 0 1 -1 0x7fffffffffffffff
  1e5 08 'a' "s" L"w" int long char void struct union enum typedef static extern if else while for do switch case default break
  continue return goto sizeof _Generic _Static_assert _Alignas _Atomic __attribute__((packed)) typeof asm volatile const
  #define #undef #if #ifdef #endif #else #include #line #error __VA_ARGS__ // /* */ \0 \u00e9 \ud83d\ude00`
    .split(/\s+/)
    .concat(
      ["push", "pop", "ignored", 'ignored "-Wunused"', 'error "-Wall"', 'warning "-W'].map(
        (action) => `\n#pragma GCC diagnostic ${action}\n`,
      ),
      "\n#pragma GCC system_header\n",
      '_Pragma("GCC diagnostic push")',
    );

/** What assembly is made of. */
const ASSEMBLY_FRAGMENTS =
  `a0 t0 sp x31 zero 0 1 -1 2047 -2048 4096 0x7fffffffffffffff 1f 1b 9b . .L1 , : ( ) 0(a0) %hi( %lo( %pcrel_hi( %tprel_add(
  addi add lui auipc jal jalr beq beqz j call tail la lla li ld sd lw sw mv ret ecall ebreak fence csrr amoadd.w lr.d.aqrl c.addi
  c.lui .word .dword .byte .half .zero .fill .space .skip .align .balign .p2align .org .section .text .data .bss .pushsection
  .popsection .previous .macro .endm .rept .endr .irp .if .ifdef .else .endif .set .equ .globl .weak .hidden .type .size .comm
  .local .option push pop norelax rvc .string .ascii .asciz .uleb128 .loc .file .include .incbin \\x \\() \\@ "s" 'c' # /* */ ; = + - * / << ~
  1000000000 .cfi_startproc @function ,"aMS",@progbits,1 2147483647 = == x = x + 1`.split(/\s+/);

const folderOfLibc = join(import.meta.dirname, "..", "..", "libc", "start");
const assemblies = readdirSync(folderOfLibc)
  .filter((name) => name.endsWith(".S"))
  .map((name) => readFileSync(join(folderOfLibc, name), "utf8").replaceAll(/^#include.*$/gm, ""));

const systemFolders = [
  join(import.meta.dirname, "..", "..", "libc", "include"),
  join(import.meta.dirname, "..", "include"),
];
const headers = new Map<string, string | undefined>();

function header(path: string): string | undefined {
  if (!headers.has(path))
    headers.set(
      path,
      statSync(path, { throwIfNoEntry: false })?.isFile() ? readFileSync(path, "utf8") : undefined,
    );
  return headers.get(path);
}

/** A part of a text as a lexer might see it, without asking one. */
const WORD = /[A-Za-z_]\w*|\d+|\s+|./gs;

function mutate(
  random: () => number,
  texts: readonly string[] = originals,
  fragments: readonly string[] = FRAGMENTS,
): string {
  const below = (limit: number): number => random() % limit;
  const pick = <T>(list: readonly T[]): T => {
    const item = list[below(list.length)];
    if (item === undefined) throw new Error("nothing to pick from");
    return item;
  };
  if (below(16) === 0) {
    return Array.from({ length: below(400) }, () => String.fromCodePoint(below(0x100))).join("");
  }
  if (below(16) === 0) return Array.from({ length: below(200) }, () => pick(fragments)).join(" ");
  const words = pick(texts).match(WORD) ?? [];
  for (let changes = 1 + below(6); changes > 0; changes--) {
    const at = below(words.length + 1);
    const count = 1 + below(4);
    switch (below(6)) {
      case 0:
        words.splice(at, count);
        break;
      case 1:
        words.splice(at, 0, ...words.slice(at, at + count * 4));
        break;
      case 2:
        words.splice(at, 1, pick(fragments));
        break;
      case 3:
        words.splice(at, 0, pick(fragments));
        break;
      case 4:
        words.splice(at, 1, words[below(words.length + 1)] ?? "");
        break;
      default:
        if (below(4) === 0) words.splice(at);
    }
  }
  return words.join("");
}

/** Runs `cc` on files of this test only; fails the test with what it throws. */
function command(words: readonly string[], inputs: ReadonlyMap<string, Uint8Array>, what: string) {
  const outputs = new Map<string, Uint8Array>();
  try {
    const files = {
      read: (path: string) => inputs.get(path),
      write: (path: string, bytes: Uint8Array) => void outputs.set(path, bytes),
    };
    return { ...runCommand(words, files, installation), outputs };
  } catch (error) {
    const why = error instanceof Error ? (error.stack ?? error.message) : String(error);
    throw new Error(`seed ${seed}, ${what}: ${why}`, { cause: error });
  }
}

function eachTurn(turns: number, turn: (count: number) => void): void {
  const end = performance.now() + seconds * 1000;
  for (let count = 0; seconds > 0 ? performance.now() < end : count < turns; count++) turn(count);
}

test("whatever an object or an archive is, the linker ends with a program or with messages", () => {
  const random = createRandom(seed);
  const main =
    "int g(int); static int n = 3; int a[5]; int *p = &a[2]; int _start(void) { return g(n) + *p; }";
  const other =
    'const char *s = "text"; int g(int x) { switch (x) { case 1: return 4; case 2: return s[1]; case 3: return 9; case 4: return 1; } return x; }';
  const sources = new Map([
    ["main.c", Buffer.from(main)],
    ["g.c", Buffer.from(other)],
  ]);
  const objects = ["main", "g"].map((name) => {
    const made = command(["-c", "-g", "-O2", `${name}.c`, "-o", `${name}.o`], sources, name);
    return made.outputs.get(`${name}.o`) ?? new Uint8Array();
  });
  const [mainObject = new Uint8Array(), gObject = new Uint8Array()] = objects;
  const archive = writeArchive([{ name: "g.o", bytes: gObject }]);
  eachTurn(1500, (count) => {
    const broken = [mainObject, gObject, archive].map((bytes) => bytes.slice());
    const victim = broken[random() % 3] ?? new Uint8Array();
    for (let changes = 1 + (random() % 4); changes > 0; changes--) {
      const at = random() % victim.length;
      // A byte, or a word of the kinds that counts, offsets and sizes are.
      if (random() % 2 === 0) victim[at] = random();
      else
        new DataView(victim.buffer).setUint32(
          at & ~3 & (victim.length - 4),
          [0, 1, 0x7fffffff, 0xffffffff, random()][random() % 5] ?? 0,
          true,
        );
    }
    const isCut = random() % 8 === 0;
    const inputs = new Map([
      ["main.o", broken[0] ?? victim],
      ["g.o", broken[1] ?? victim],
      ["g.a", broken[2] ?? victim],
    ]);
    if (isCut) inputs.set("main.o", mainObject.slice(0, random() % mainObject.length));
    const second = random() % 2 === 0 ? "g.o" : "g.a";
    const { status, messages, outputs } = command(
      ["-nostdlib", "main.o", second, "-o", "program"],
      inputs,
      `link ${count}`,
    );
    assert.equal(status === 0, outputs.has("program"));
    if (status !== 0) assert.notEqual(messages, "");
  });
});

/** Compiles one text; fails the test with what it throws, or when it is neither made nor refused. */
function compileText(
  text: string,
  count: number,
  more: Partial<Parameters<typeof compileUnit>[2]>,
): void {
  const level = ([0, 1, 2, "s"] as const)[count % 4] ?? 0;
  const host = { read: (path: string) => (path === "main.c" ? text : header(path)) };
  try {
    const options = { ...defaultOptions, systemFolders, level, debug: count % 3 === 0, ...more };
    const { diagnostics, object } = compileUnit("main.c", host, options);
    const isRefused = diagnostics.list.some(({ severity }) => severity === "error");
    assert.equal(object === undefined, isRefused);
  } catch (error) {
    const what = error instanceof Error ? (error.stack ?? error.message) : String(error);
    throw new Error(`seed ${seed}, text ${count}, level ${level}: ${what}\n${text}`, {
      cause: error,
    });
  }
}

test("whatever a text is, the compiler ends with an object or with messages", () => {
  const random = createRandom(seed);
  eachTurn(TEXTS, (count) => compileText(mutate(random), count, {}));
});

test("whatever assembly is, the assembler ends with an object or with messages", () => {
  const random = createRandom(seed + 1);
  eachTurn(ASSEMBLIES, (count) => {
    const text = mutate(random, assemblies, ASSEMBLY_FRAGMENTS);
    const language = count % 2 === 0 ? "assembly" : "preprocessed-assembly";
    compileText(text, count, { language });
  });
});

const OPTIONS =
  `-c -S -E -P -dM -fsyntax-only -o -x -O -O9 -g -I -iquote -isystem -idirafter -include -D -U -DX= -D(=) -M -MM -MD -MMD -MF -MT -MQ -MP
  -MG -MT$ -Wl, -Wl,-e -Wl,-L.,-lx -Xlinker -Wp, -Wp,-MD,x -Wp,-D,-U -w -Wall -Wextra -Werror -Werror= -Wno- -Wno-error=x
  -Wimplicit-fallthrough=9 -Wfatal-errors -ferror-limit= -fmax-errors=1 -std= -std=c89 -fcommon -v -print-file-name= -print-file-name=x
  -dumpmachine @a.c @b @loop @ - a.c b.o x.a -l -l: -lc -L -e -s -- --help -pthread -nostdlib -nostdinc c none assembler`.split(
    /\s+/,
  );

test("whatever a command line is, it ends with a status", () => {
  const random = createRandom(seed + 3);
  const files = new Map([
    ["a.c", Buffer.from('#include "h.h"\nint main(void) { return 0; }')],
    ["h.h", Buffer.from("#warning here\nstatic int x;")],
    ["b", Buffer.from("'-D' \"X\\\" a.c \\")],
    ["loop", Buffer.from("@loop @loop -c")],
    ["b.o", Buffer.from("no object")],
    ["-", Buffer.from("int y;")],
  ]);
  eachTurn(TEXTS, (count) => {
    const words = Array.from(
      { length: random() % 9 },
      () => OPTIONS[random() % OPTIONS.length] ?? "",
    );
    const { status, messages } = command(words, files, `command ${count}: ${words.join(" ")}`);
    assert.ok(status === 0 || (status === 1 && messages !== ""), words.join(" "));
  });
});

const CONSTRAINTS = "=r +r =&r =m r m i n 0 1 rm =A A K J I =f {a0} [x] =@ X g p".split(" ");

test("whatever an asm statement is, the compiler ends with an object or with messages", () => {
  const random = createRandom(seed + 2);
  const word = (list: readonly string[]): string => list[random() % list.length] ?? "";
  eachTurn(ASSEMBLIES, (count) => {
    const operands = "%0 %1 %2 %% %[x] %z1 %a0 %l0 %= %{ {a|b}".split(" ");
    const line = (): string =>
      Array.from({ length: random() % 8 }, () =>
        random() % 3 === 0 ? word(operands) : word(ASSEMBLY_FRAGMENTS),
      ).join(" ");
    const template = JSON.stringify(
      Array.from({ length: 1 + (random() % 3) }, line).join("\n"),
    ).replaceAll("\\u", "u");
    const operand = (what: string): string => `"${word(CONSTRAINTS)}"(${what})`;
    const lists = [operand("x"), operand("y"), `${operand("5")}, ${operand("p[1]")}`];
    const kept = lists.slice(0, random() % 4).map((one) => (random() % 4 === 0 ? "" : one));
    const clobber =
      random() % 3 === 0 ? `: "${word(ASSEMBLY_FRAGMENTS).replaceAll(/["\\]/g, "")}"` : "";
    const text = `long f(long x, long y, long *p) { __asm__ volatile(${template} : ${kept.join(" : ")} ${clobber}); return x + y; }
      __asm__(${template});`;
    compileText(text, count, {});
  });
});
