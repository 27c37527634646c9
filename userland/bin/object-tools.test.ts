// ar, ranlib, nm, size and strings against binutils', on objects that riscv64-linux-gnu-gcc makes: the same words must print the
// same and make the same archives, byte for byte.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { readCpio } from "../../kernel/fs/cpio.ts";
import { lacking } from "../oracles.mjs";

const work = mkdtempSync(join(tmpdir(), "vitrine-object-tools-test-"));
after(() => rmSync(work, { recursive: true }));

const archive = readCpio(readFileSync(join(import.meta.dirname, "..", "image.cpio")));
const tools = archive.find(({ nlink, data }) => nlink > 9 && data.length > 0)?.data ?? "";
const GNU = "riscv64-linux-gnu-";

/** AR and its kin stand for the tools; what they say is compared, and whatever files they leave. */
const script = `
printf 'int x; static int s=3; extern int u; const char msg[]="hello there"; int y=5; static int h(int a){return a+s;}
int f(void){return h(u)+y;} __attribute__((weak)) int w(void){return 1;}' > one.c
printf 'int u=7; int g(void){return u;} int big[100];' > two.c
printf 'int three(void){return 3;}' > three_with_a_long_name.c
for c in *.c; do ${GNU}gcc -O0 -c $c; done
printf 'text one two\\n' > x.txt; echo yy > y.txt
AR rc l.a one.o two.o; cksum < l.a; AR t l.a; AR tv l.a; AR rcsv l.a three_with_a_long_name.o; cksum < l.a
AR rv l.a one.o; AR dv l.a two.o nothere; AR t l.a; AR qv l.a two.o; AR mv l.a one.o; AR t l.a; cksum < l.a
AR ra one.o l.a x.txt; AR t l.a; AR rb one.o l.a y.txt; AR t l.a; cksum < l.a; AR p l.a x.txt y.txt; AR pv l.a x.txt
AR t l.a nothere x.txt; echo $?; mkdir d; cd d; AR xv ../l.a; ls; cksum *; cd ..
AR t nothere.a; echo $?; AR t x.txt; echo $?; AR rcS m.a one.o; cksum < m.a; RANLIB m.a; cksum < m.a; AR s l.a; cksum < l.a
AR rc t.a x.txt; cksum < t.a; AR rv n.a one.o; AR r o.a nothere.o; echo $?
NM one.o; NM one.o two.o; NM -g l.a; NM -u one.o; NM -n one.o; NM -P one.o; NM -S one.o; NM -A l.a; NM -r one.o
NM --defined-only one.o; NM -a one.o; NM x.txt; echo $?; NM nothere; echo $?
SIZE one.o l.a; SIZE -t one.o two.o; SIZE x.txt; echo $?
STRINGS one.o; STRINGS -n 8 -t x l.a; STRINGS -f -t d one.o x.txt; STRINGS -3 one.o; STRINGS < x.txt; STRINGS nothere; echo $?
`;

function run(name: string, prefix: string) {
  const folder = join(work, name);
  mkdirSync(folder);
  const functions = ["ar", "ranlib", "nm", "size", "strings"].map(
    (tool) =>
      `${tool.toUpperCase()}() { ( exec -a ${tool} ${prefix.replace("TOOL", tool)} "$@" ) 2>&1 | sed 's#^[^ ]*/##; s#${GNU}##'; return \${PIPESTATUS[0]}; }`,
  );
  const { stdout } = spawnSync("bash", ["--norc", "-c", `${functions.join("\n")}\n${script}`], {
    cwd: folder,
    env: { PATH: "/bin:/usr/bin", LC_ALL: "C", TZ: "UTC" },
    encoding: "latin1",
  });
  return stdout;
}

test(
  "archives, symbols, sizes and strings are binutils'",
  { skip: lacking("qemu-riscv64", `${GNU}gcc`, `${GNU}ar`) },
  () => {
    for (const tool of ["ar", "ranlib", "nm", "size", "strings"]) {
      writeFileSync(join(work, tool), tools, { mode: 0o755 });
    }
    const expected = run("gnu", `${GNU}TOOL`);
    assert.ok(expected.length > 4000);
    assert.equal(run("ours", `qemu-riscv64 ${work}/TOOL`), expected);
  },
);
