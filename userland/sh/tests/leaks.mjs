// Loops do not grow the shell: `node userland/sh/tests/leaks.mjs [TURNS]` runs each body so many times (100000) in a shell of
// this computer and compares its memory after a tenth of them with its memory at the end.
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { buildNativeShell } from "./native-shell.mjs";

const turns = Number(process.argv[2] ?? 100_000);
/** Of the memory's growth, in kB: the allocator's own unrest. */
const TOLERANCE = 64;

const bodies = [
  "x=$(echo $i) y=${x%?}$(printf %s $x)",
  "f $i a b; x=1 f; set -- a b $i",
  "case $x$i in *[5-7]*) : ${v:=$i};; esac; unset v",
  "for k in a b; do eval 'z=$k'; done; until :; do :; done",
  "{ :; } 3>/dev/null 4>&3; : 5<&0",
  "read q <<END\n$i ${x-a b}\nEND",
  'trap "n=$i" USR1; kill -USR1 $$; alias a=$i; hash -r',
  "f() { local a=$1; g=$a; }; . /dev/null; set -- *; getopts ab o -ab",
  "[ $i -gt 0 ] && x=$((x+i)) || :; export e=$i; w=~/$i",
];

const folder = mkdtempSync(join(tmpdir(), "sh-leaks-"));
const shell = join(folder, "sh");
buildNativeShell(shell, []);
for (const body of bodies) {
  const script = `memory() { while read a b c; do case $a in VmRSS:) m=$b;; esac; done </proc/$$/status; }
f() { local a=$1; b=$a; }; x=0; i=0
while [ $i -lt ${turns} ]; do i=$((i+1))
${body}
[ $i != ${Math.ceil(turns / 10)} ] || { memory; m0=$m; }
done
memory; echo $((m-m0))`;
  const result = spawnSync(shell, ["-c", script], { cwd: folder, encoding: "utf8" });
  const grown = Number(result.stdout);
  const bad = result.stdout === "" || !(grown <= TOLERANCE);
  console.log(`${bad ? "GROWS" : "ok"} ${grown} kB: ${body.replaceAll("\n", " ")}${result.stderr}`);
  if (bad) process.exitCode = 1;
}
rmSync(folder, { recursive: true });
