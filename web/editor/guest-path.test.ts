import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { test } from "node:test";
import {
  compileCommand,
  isSource,
  nameFor,
  resolvePath,
  runCommand,
  shellWord,
  shortPath,
} from "./guest-path.ts";

test("a typed name begins in the home directory, a path where it says", () => {
  assert.equal(resolvePath("hello.c"), "/root/hello.c");
  assert.equal(resolvePath(" ~/work/./a.c "), "/root/work/a.c");
  assert.equal(resolvePath("/tmp//x/../y.c"), "/tmp/y.c");
  assert.equal(resolvePath("~a.c"), "/root/~a.c");
  assert.equal(shortPath("/root/work/a.c"), "~/work/a.c");
  assert.equal(shortPath("/rooted/a.c"), "/rooted/a.c");
});

test("what can be no file's name is refused in words", () => {
  assert.throws(() => resolvePath(" "), /Which file/);
  assert.throws(() => resolvePath("a\nb.c"), /control/);
  assert.throws(() => resolvePath("work/"), /\/root\/work is a folder/);
  assert.throws(() => resolvePath(".."), /folder/);
  assert.throws(() => resolvePath("é".repeat(128)), /at most 255 bytes/);
  assert.throws(() => resolvePath("d/".repeat(2500) + "x"), /at most 4095 bytes/);
});

test("a name from elsewhere loses what would end or change a command", () => {
  assert.equal(nameFor("my file (2).c"), "my file (2).c");
  assert.equal(nameFor("a\r\nreboot\u0003.c"), "a__reboot_.c");
  assert.equal(nameFor(".."), "file");
});

test("a program is compiled and run by name where the shell is, by path elsewhere", () => {
  assert.equal(compileCommand("/root/hello.c", "/root"), "cc -g hello.c -o hello && ./hello");
  assert.equal(
    compileCommand("/root/hello.c", "/tmp"),
    "cc -g /root/hello.c -o /root/hello && /root/hello",
  );
  assert.equal(compileCommand("/root/-x.c", "/root"), "cc -g ./-x.c -o ./-x && ./-x");
  assert.equal(runCommand("/root/a b", "/root"), "'./a b'");
  assert.ok(isSource("/root/a.c") && !isSource("/root/.c") && !isSource("/root/a.h"));
});

test("a shell reads each word as it was meant", () => {
  const words = ["a", "a b", "it's", "$HOME", "~x", "a;b", "*", "`ls`", "!!", "é", 'q"', "\\"];
  const { stdout } = spawnSync("sh", ["-c", `printf '%s\\n' ${words.map(shellWord).join(" ")}`]);
  assert.deepEqual(stdout.toString().trimEnd().split("\n"), words);
});
