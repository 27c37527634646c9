import assert from "node:assert/strict";
import { test } from "node:test";
import {
  CC_ARGUMENTS,
  CC_DATA,
  CC_DONE,
  CC_END,
  CC_EXIT,
  CC_PRINT,
  CC_READ,
  CC_START,
  CC_WRITE,
  type CcMessage,
} from "../../../../kernel/abi/cc.ts";
import { EACCES, EISDIR, ENOENT } from "../../../../kernel/abi/errno.ts";
import { createGuestCompilation } from "./compilation.ts";
import { createTurnServer } from "./turns.ts";

const message = (kind: number, argument = 0, text: string | Uint8Array = ""): CcMessage => ({
  kind,
  argument,
  bytes: typeof text === "string" ? new TextEncoder().encode(text) : text,
});

/** A program with these files: what was said to it, as text, and the status. A number for a file is an errno. */
function compile(words: string | Uint8Array, files: Readonly<Record<string, string | number>>) {
  const compilation = createGuestCompilation();
  const said: string[] = [];
  const arguments_ = typeof words === "string" ? words.replaceAll(" ", "\0") + "\0" : words;
  let answer = [message(CC_ARGUMENTS, 0, arguments_), message(CC_START)];
  for (let turns = 0; turns < 100; turns++) {
    const heard = compilation.turn(answer);
    answer = [];
    for (const { kind, argument, bytes } of heard) {
      const text = Buffer.from(bytes).toString("latin1");
      if (kind === CC_READ) {
        said.push(argument === 1 ? "read standard input" : `read ${text}`);
        const file = files[argument === 1 ? "-" : text] ?? ENOENT;
        if (typeof file === "string") answer.push(message(CC_DATA, 0, file));
        answer.push(message(CC_DONE, typeof file === "number" ? file : 0));
      } else if (kind === CC_WRITE) said.push(`write ${text} ${argument.toString(8)}`);
      else if (kind === CC_PRINT) said.push(`${argument}: ${text}`);
      else if (kind === CC_END) {
        const result = files[`>${said.at(-1)?.split(" ")[1] ?? ""}`] ?? 0;
        answer = [message(CC_DONE, Number(result))];
      } else if (kind === CC_EXIT) return { said, status: argument };
    }
  }
  return assert.fail("it does not end");
}

test("files are asked for one after the other, and the result has its mode", () => {
  const { said, status } = compile("-c a.c", { "a.c": '#include "b.h"\n', "b.h": "int b;\n" });
  assert.deepEqual(said, ["read a.c", "read b.h", "write a.o 666"]);
  assert.equal(status, 0);
});

test("what was read is not asked for again by the next file", () => {
  const files = { "a.c": '#include "b.h"\n', "c.c": '#include "b.h"\n', "b.h": "int b;\n" };
  const { said } = compile("-fsyntax-only a.c c.c", files);
  assert.deepEqual(said, ["read a.c", "read b.h", "read c.c"]);
});

test("an error number is told as strerror tells it", () => {
  assert.deepEqual(compile("a.c", { "a.c": EACCES }).said.slice(1), [
    "2: cc: error: cannot read 'a.c': Permission denied\n",
  ]);
  assert.deepEqual(compile("a.c", { "a.c": 4000 }).said.slice(1), [
    "2: cc: error: cannot read 'a.c': Unknown error 4000\n",
  ]);
  const full = compile("-c a.c", { "a.c": "int a;\n", ">a.o": 28 });
  assert.equal(full.said.at(-1), "2: cc: error: cannot write 'a.o': No space left on device\n");
  assert.equal(full.status, 1);
});

test("the search for a header goes on behind a folder, and ends at what may not be read", () => {
  const files = { "a.c": "#include <x>\n", "one/x": EISDIR, "two/x": EACCES, "three/x": "" };
  const { said } = compile("-fsyntax-only -Inone -Ione -Itwo -Ithree a.c", files);
  assert.deepEqual(said.slice(0, 4), ["read a.c", "read none/x", "read one/x", "read two/x"]);
  assert.match(said[4] ?? "", /'x' cannot be read: Permission denied/);
});

test("- is the standard input; -E prints to the standard output", () => {
  const { said } = compile("-E -P -x c -", { "-": "#define A 1\nint a = A;\n" });
  assert.deepEqual(said, ["read standard input", "1: int a = 1;\n"]);
});

test("a name that is no UTF-8 is asked for and told as it is", () => {
  const { said, status } = compile(Uint8Array.from(Buffer.from("\xff.c\0", "latin1")), {});
  assert.deepEqual(said, [
    "read \xff.c",
    "2: cc: error: cannot read '\xff.c': No such file or directory\n",
  ]);
  assert.equal(status, 1);
});

test("names that no file can have are not asked for", () => {
  const long = "x".repeat(5000);
  const { said } = compile(`${long}.c`, {});
  assert.match(said.join(), /^2: cc: error: cannot read 'x+\.c': File name too long\n$/);
});

test("libc is asked for when a program is linked, and only then", () => {
  const { said } = compile("-nostdinc a.c", { "a.c": "int main(void) { return 0; }\n" });
  assert.deepEqual(said.slice(0, 2), ["read a.c", "read /usr/lib/libc.a"]);
});

test("turns that make no sense are errors, and the server answers the next one", () => {
  const answerTo = createTurnServer();
  assert.ok("error" in answerTo([]));
  assert.ok("error" in answerTo([message(CC_DONE)]));
  const start = [message(CC_ARGUMENTS, 0, "a.c\0"), message(CC_START)];
  for (let again = 0; again < 2; again++) {
    const answer = answerTo(start);
    assert.ok("said" in answer);
    assert.equal(answer.said.at(-1)?.kind, CC_READ);
  }
  assert.ok("error" in answerTo([message(CC_DATA)]));
});
