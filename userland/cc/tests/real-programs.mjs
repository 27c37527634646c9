// Programs that others wrote, unmodified, out of Debian's sources: each is built by our compiler with our libc and by gcc with
// glibc; ours must print under qemu-riscv64 and in the machine what gcc's prints.
//   node userland/cc/tests/real-programs.mjs [NAME…]
// wants `dpkg-source`, apt with deb-src lines (or the folder of `SOURCES=`, where packages are unpacked already), gcc for riscv64 and
// qemu-riscv64. Nothing of it is kept in the project.
import { spawnSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const project = join(dirname(fileURLToPath(import.meta.url)), "../../..");
const work = mkdtempSync(join(tmpdir(), "vitrine-real-programs-"));
const sources = process.env.SOURCES ?? join(work, "sources");
mkdirSync(sources, { recursive: true });

const ours = join(work, "cc");
writeFileSync(ours, `#!/bin/sh\nexec node ${project}/dist/cc.mjs "$@"\n`, { mode: 0o755 });

const zlib =
  "adler32 compress crc32 deflate infback inffast inflate inftrees trees uncompr zutil gzclose gzlib gzread gzwrite"
    .split(" ")
    .map((name) => `${name}.c`)
    .join(" ");
const repeated = Array.from(
  { length: 3000 },
  (_, at) => `line ${at % 97} of ${(at * at) % 1009}\n`,
);
const text = repeated.join("");

/**
 * A Debian source package, how `$CC` makes the program of it, and what it is run with. What it prints is compared as bytes.
 * @type {Record<string, { package: string, build: string, program: string, runs: { args: string[], input: string }[] }>}
 */
const programs = {
  "zlib example": {
    package: "zlib",
    build: `$CC $CFLAGS -DHAVE_UNISTD_H -DHAVE_STDARG_H -I. ${zlib} test/example.c -o example`,
    program: "example",
    runs: [{ args: ["/tmp/real-programs.gz"], input: "" }],
  },
  minigzip: {
    package: "zlib",
    build: `$CC $CFLAGS -DHAVE_UNISTD_H -DHAVE_STDARG_H -I. ${zlib} test/minigzip.c -o minigzip`,
    program: "minigzip",
    runs: [
      { args: [], input: text },
      { args: ["-9"], input: text },
    ],
  },
  compress: {
    package: "ncompress",
    build: "$CC $CFLAGS -DDIRENT -DUTIME_H -DUSERMEM=800000 -DREGISTERS=3 compress42.c -o compress",
    program: "compress",
    runs: [{ args: ["-c"], input: text }],
  },
  unifdef: {
    package: "unifdef",
    build: "$CC $CFLAGS unifdef.c -o unifdef",
    program: "unifdef",
    runs: [
      {
        args: ["-DA=1", "-UB"],
        input: "#if A > 0 && !defined(B)\nyes\n#else\nno\n#endif\n#ifdef C\nkept\n#endif\n",
      },
    ],
  },
  miniLZO: {
    package: "lzo2",
    build:
      "$CC $CFLAGS -Iminilzo -Iinclude -Iinclude/lzo minilzo/testmini.c minilzo/minilzo.c -o testmini",
    program: "testmini",
    runs: [{ args: [], input: "" }],
  },
  utf8proc: {
    package: "utf8proc",
    build: "$CC $CFLAGS -DUTF8PROC_STATIC -I. utf8proc.c test/tests.c test/iterate.c -o iterate",
    program: "iterate",
    runs: [{ args: [], input: "" }],
  },
  "jsmn tests": {
    package: "jsmn",
    build: "$CC $CFLAGS -I. test/tests.c -o tests",
    program: "tests",
    runs: [{ args: [], input: "" }],
  },
  jsondump: {
    package: "jsmn",
    build: "$CC $CFLAGS -I. example/jsondump.c -o jsondump",
    program: "jsondump",
    runs: [{ args: [], input: '{"a": [1, 2, {"b": null}], "text": "x\\ty"}\n' }],
  },
  byacc: {
    package: "byacc",
    build: "./configure --host=riscv64-linux-gnu && make yacc",
    program: "yacc",
    runs: [
      {
        args: ["-v", "-o", "/dev/stdout", "/dev/stdin"],
        input:
          "%token NUMBER\n%left '+'\n%left '*'\n%%\nlist: | list expr '\\n' ;\nexpr: NUMBER | expr '+' expr | expr '*' expr ;\n%%\n",
      },
    ],
  },
  ed: {
    package: "ed",
    build: './configure CC="$CC" CFLAGS="$CFLAGS" && make',
    program: "ed",
    runs: [
      { args: ["-s"], input: "a\nhello\nworld\nagain\n.\n1,2s/\\(o\\)/<\\1>/g\n,n\ng/a/p\nQ\n" },
    ],
  },
  dc: {
    package: "bc",
    build: "./configure --host=riscv64-linux-gnu && make -C lib && make -C dc",
    program: "dc/dc",
    runs: [{ args: [], input: "2 300^p 20k 2vp 1 3/p 16o 65535p 10i [x]p\n" }],
  },
};

function sh(script, folder, env = {}) {
  return spawnSync("sh", ["-ec", script], {
    cwd: folder,
    env: { ...process.env, ...env },
    encoding: "utf8",
    maxBuffer: 1 << 26,
  });
}

/** The folder of the package's unpacked source; undefined when it cannot be had. */
function fetched(name) {
  const find = () =>
    readdirSync(sources).find(
      (entry) => entry.startsWith(`${name}-`) && !/\.(dsc|gz|xz|asc)$/.test(entry),
    );
  if (find() === undefined) sh(`apt-get -q source ${name}`, sources);
  const found = find();
  return found === undefined ? undefined : join(sources, found);
}

/** Builds in a copy of the source; the program's path, or what went wrong. */
function built(name, { package: from, build, program }, by) {
  const source = fetched(from);
  if (source === undefined) return { problem: `no source of ${from}` };
  const folder = join(work, `${name.replaceAll(" ", "-")}-${by}`);
  cpSync(source, folder, { recursive: true, preserveTimestamps: true });
  const tools = { AR: "riscv64-linux-gnu-ar", RANLIB: "riscv64-linux-gnu-ranlib" };
  const env =
    by === "ours"
      ? { ...tools, CC: ours, CFLAGS: "-O2 -w -fpermissive" }
      : { ...tools, CC: "riscv64-linux-gnu-gcc -static", CFLAGS: "-O2 -w" };
  const { status, stderr } = sh(build, folder, env);
  if (status !== 0) return { problem: stderr.trim().split("\n").slice(-3).join(" / ") };
  return { path: join(folder, program) };
}

function output(command, args, input) {
  const { status, stdout, signal } = spawnSync(command, args, {
    input,
    cwd: work,
    maxBuffer: 1 << 26,
    timeout: 120_000,
  });
  return `${status ?? signal} ${stdout.toString("latin1")}`;
}

const wanted = process.argv.slice(2);
let failed = 0;
for (const [name, program] of Object.entries(programs)) {
  if (wanted.length > 0 && !wanted.includes(name)) continue;
  const [mine, theirs] = [built(name, program, "ours"), built(name, program, "gcc")];
  if (mine.path === undefined || theirs.path === undefined) {
    failed++;
    console.log(`${name}: not built: ${mine.problem ?? theirs.problem}`);
    continue;
  }
  for (const { args, input } of program.runs) {
    const expected = output("qemu-riscv64", [theirs.path, ...args], input);
    const inQemu = output("qemu-riscv64", [mine.path, ...args], input);
    const inMachine = output(
      process.execPath,
      [join(project, "dist", "vitrine.mjs"), "run", mine.path, ...args],
      input,
    );
    const verdict = [
      inQemu === expected || "differs under qemu",
      inMachine === expected || "differs in the machine",
    ]
      .filter((what) => what !== true)
      .join(", ");
    if (verdict !== "") failed++;
    console.log(
      `${[basename(mine.path), ...args].join(" ")}: ${verdict || "the same"} (${expected.length} bytes)`,
    );
    if (verdict !== "" && existsSync(work)) {
      writeFileSync(join(work, `${name}.expected`), expected, "latin1");
      writeFileSync(join(work, `${name}.qemu`), inQemu, "latin1");
      writeFileSync(join(work, `${name}.machine`), inMachine, "latin1");
      console.log(`  see ${work}`);
    }
  }
}
process.exitCode = failed > 0 ? 1 : 0;
