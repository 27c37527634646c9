// Hostile scripts end in output or in messages, never in a crash or a shell that hangs: the recorded cases with pieces taken
// out, doubled and exchanged, bytes of no language, and nesting of any depth, by a shell with sanitizers.
// `node userland/sh/tests/fuzz.mjs [SECONDS [SEED]]`; the scripts that failed stay in the folder that it names.
import { spawnSync } from "node:child_process";
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { buildNativeShell } from "./native-shell.mjs";

const seconds = Number(process.argv[2] ?? 60);
const seed = Number(process.argv[3] ?? 1);
const here = import.meta.dirname;

const originals = readdirSync(join(here, "cases")).flatMap((name) =>
  readFileSync(join(here, "cases", name), "latin1").split("\n%%\n"),
);
for (const name of readdirSync(here).filter((file) => file.endsWith(".sh"))) {
  originals.push(readFileSync(join(here, name), "latin1"));
}

const fragments = [
  ..."( ) (( )) {_ } ; ;; ;& & && | || < > << <<- <& >& <> >| $ $( $(( ${ ` \" ' \\ # ! * ? [ ] ~ = f() ${x:- ${# %% ## $' \\x".split(
    " ",
  ),
  ..."if then fi else elif for in do done case esac while until eval set exec trap alias"
    .split(" ")
    .map((word) => `${word} `),
  ..."\0 \x80 \xc3 \xff <<E \n E\n 1> 999999999> $@ $* $# ${x% $((x= [[:alpha:] [!".split(" "),
  "\n",
  "\t",
  " ",
  "\\\n",
  '"$@"',
];
const nests = [
  ["(", ")"],
  ["{ ", ";}"],
  ["$(", ")"],
  ["${x-", "}"],
  ['"${x-', '"}'],
  ["$((", "))"],
  ["if ", ";then :;fi"],
  ["`", "`"],
  ["f()(", ")"],
  ["while ", ";do break;done"],
  ["case x in x) ", ";; esac"],
  ["! ", ""],
  ["-(", ")"],
];

let state = seed >>> 0 || 1;
/** Below `limit`. */
function random(limit) {
  state ^= state << 13;
  state ^= state >>> 17;
  state ^= state << 5;
  return (state >>> 0) % limit;
}
const pick = (list) => list[random(list.length)];
const repeat = (count, make) => Array.from({ length: count }, make).join("");

function nested() {
  const [open, close] = pick(nests);
  const depth = pick([10, 150, 199, 250, 3000]);
  return `${pick(["", "echo ", "echo $((", "x="])}${open.repeat(depth)}:${close.repeat(depth)}`;
}

function changed(text) {
  const at = random(text.length + 1);
  const before = text.slice(0, at);
  const after = text.slice(at);
  switch (random(5)) {
    case 0:
      return before + pick(fragments) + after;
    case 1:
      return before + after.slice(1 + random(8));
    case 2:
      return before;
    case 3: {
      const other = pick(originals);
      const from = random(other.length);
      return before + other.slice(from, from + random(30)) + after;
    }
    default:
      return before + String.fromCharCode(random(256)) + after.slice(1);
  }
}

function script() {
  const kind = random(100);
  if (kind < 6) return repeat(random(300), () => String.fromCharCode(random(256)));
  if (kind < 16) return repeat(random(60), () => pick(fragments));
  if (kind < 19) return pick(fragments).repeat(pick([50, 200, 1000, 20000]));
  if (kind < 22) return nested();
  let text = pick(originals);
  for (let changes = 1 + random(6); changes > 0; changes--) text = changed(text);
  return text;
}

// Few programs, none that waits, ends others or removes anything, in a folder of their own
const kept = mkdtempSync(join(tmpdir(), "sh-fuzz-"));
const bin = join(kept, "bin");
mkdirSync(bin);
for (const tool of [
  "cat",
  "sed",
  "grep",
  "wc",
  "sort",
  "tr",
  "head",
  "ls",
  "mkdir",
  "touch",
  "env",
]) {
  symlinkSync(join("/usr/bin", tool), join(bin, tool));
}
const shell = join(kept, "sh");
buildNativeShell(shell, ["-fsanitize=address,undefined", "-fno-sanitize-recover=all"]);
symlinkSync(shell, join(bin, "sh"));

let tried = 0;
let failed = 0;
for (const end = Date.now() + seconds * 1000; Date.now() < end; tried++) {
  const text = script().replaceAll(/kill|sleep/g, "true");
  const home = mkdtempSync(join(tmpdir(), "sh-fuzz-home-"));
  const result = spawnSync(shell, random(3) ? [] : ["-n"], {
    cwd: home,
    env: {
      PATH: bin,
      HOME: home,
      ASAN_OPTIONS: "detect_leaks=0:exitcode=99",
      UBSAN_OPTIONS: "exitcode=99",
    },
    input: Buffer.from(text, "latin1"),
    stdio: ["pipe", "ignore", "pipe"],
    encoding: "latin1",
    timeout: 20_000,
    maxBuffer: 1 << 26,
  });
  rmSync(home, { recursive: true, force: true });
  const message = /Sanitizer|runtime error/.test(result.stderr);
  if (!message && result.status !== 99 && result.signal === null) continue;
  failed++;
  writeFileSync(join(kept, `${tried}.script`), text, "latin1");
  writeFileSync(join(kept, `${tried}.messages`), result.stderr, "latin1");
  console.log(`${join(kept, String(tried))}: ${result.signal ?? result.status}`);
}
console.log(`seed ${seed}: ${tried} scripts, ${failed} failed`);
if (failed) process.exitCode = 1;
else rmSync(kept, { recursive: true });
