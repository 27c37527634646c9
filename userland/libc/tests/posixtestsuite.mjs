// The conformance tests of the Open POSIX Test Suite, unmodified, out of Debian's sources: each is built by our compiler with our
// libc and run in the machine, and by this computer's gcc with its libc and run on its Linux; what differs is printed.
//   node userland/libc/tests/posixtestsuite.mjs [PATTERN] [--qemu]
// PATTERN is a regular expression for an interface or a test (`sig`, `mmap/1-1`). --qemu runs ours under qemu-riscv64 instead,
// which tells mistakes of the libc from those of the kernel. Wants gcc, and `dpkg-source` with apt's deb-src lines (or the folder
// of SOURCES=, where the package is unpacked already). Nothing of it is kept in the project. A whole run takes half an hour.
import { spawn, spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { runCompiler } from "../../toolchain-ours.mjs";

const here = import.meta.dirname;
const work = mkdtempSync(join(tmpdir(), "vitrine-posixtestsuite-"));
const sources = process.env.SOURCES ?? work;
const words = process.argv.slice(2);
const underQemu = words.includes("--qemu");
const pattern = new RegExp(words.find((word) => !word.startsWith("--")) ?? "");
const SECONDS = 30;
const AT_ONCE = 3;
/** They would set this computer's clock. */
const notHere = /^clock_settime\//;

function suite() {
  const find = () => readdirSync(sources).find((entry) => /^posixtestsuite-[\d.]+$/.test(entry));
  if (find() === undefined)
    spawnSync("apt-get", ["-q", "source", "posixtestsuite"], { cwd: sources, stdio: "ignore" });
  const found = find();
  if (found === undefined) throw new Error("no source of posixtestsuite");
  return join(sources, found);
}

/** What the compiler says first, shortened to what is missing. */
function lacks(messages) {
  const missing =
    /error: .*?undeclared (?:function|identifier) '(\w+)'/.exec(messages)?.[1] ??
    /undefined (?:reference to|symbol:?) [`']?(\w+)/.exec(messages)?.[1] ??
    /error: '([\w./]+)' file not found/.exec(messages)?.[1];
  if (missing !== undefined) return missing;
  return /floating point/.test(messages)
    ? "floating point"
    : (/error: (.*)/.exec(messages)?.[1] ?? messages.slice(0, 100));
}

const root = suite();
const interfaces = join(root, "conformance/interfaces");

function flagsOf(folder) {
  return ["-w", "-D_GNU_SOURCE", `-I${join(root, "include")}`, `-I${folder}`];
}

function buildOurs(folder, name, out) {
  const { status, messages } = runCompiler([...flagsOf(folder), join(folder, name), "-o", out]);
  return status === 0 ? undefined : lacks(messages);
}

function buildNative(folder, name, out) {
  const args = [...flagsOf(folder), join(folder, name), "-o", out, "-lpthread", "-lrt", "-lm"];
  const { status, stderr } = spawnSync("gcc", args, { encoding: "utf8", cwd: folder });
  return status === 0 ? undefined : stderr;
}

/** Programs to a runner's standard input; what each of them came to, by name. */
async function runAll(command, args, folder, programs) {
  mkdirSync(folder, { recursive: true });
  const child = spawn(command, args, { cwd: folder, stdio: ["pipe", "pipe", "inherit"] });
  let text = "";
  child.stdout.setEncoding("latin1").on("data", (part) => (text += part));
  child.stdin.on("error", () => {});
  for (const { name, path } of programs) {
    const bytes = readFileSync(path);
    child.stdin.write(`${name} ${bytes.length}\n`);
    child.stdin.write(bytes);
  }
  child.stdin.end();
  await new Promise((resolve) => child.once("close", resolve));
  rmSync(folder, { recursive: true });
  return new Map(
    [...text.matchAll(/^(\S+) (-?\d+) (.*)$/gm)].map(([, name, status, line]) => [
      name,
      { outcome: outcomeOf(Number(status)), line },
    ]),
  );
}

function outcomeOf(status) {
  if (status < 0) return "hung";
  if ((status & 0x7f) !== 0) return `signal ${status & 0x7f}`;
  const names = ["passed", "failed", "unresolved", "3", "unsupported", "untested"];
  return names[status >> 8] ?? `status ${status >> 8}`;
}

const runners = { ours: join(work, "run-all"), native: join(work, "run-all-native") };
const runnerSource = join(here, "posixtestsuite", "run-all.c");
buildOurs(here, runnerSource.slice(here.length), runners.ours);
buildNative(here, runnerSource.slice(here.length), runners.native);

const tally = new Map();
const absent = new Map();

function report(id, expected, got) {
  const same = expected === undefined || expected.outcome === got?.outcome;
  const kind = got === undefined ? "lost" : got.outcome;
  tally.set(kind, (tally.get(kind) ?? 0) + 1);
  if (same && kind !== "lost") return;
  tally.set("different", (tally.get("different") ?? 0) + 1);
  console.log(`${id}: ${kind}, expected ${expected?.outcome}: ${got?.line} | ${expected?.line}`);
}

async function testInterface(entry) {
  const folder = join(interfaces, entry);
  const built = [];
  const natives = [];
  const names = readdirSync(folder)
    .filter((name) => /^\d+-\d+\.c$/.test(name) && pattern.test(`${entry}/${name.slice(0, -2)}`))
    .sort((left, right) => left.localeCompare(right, "en", { numeric: true }));
  for (const file of names) {
    const name = file.slice(0, -2);
    const path = join(work, `${entry}-${name}`);
    const problem = buildOurs(folder, file, path);
    if (problem !== undefined) {
      absent.set(problem, [...(absent.get(problem) ?? []), `${entry}/${name}`]);
      continue;
    }
    built.push({ name, path });
    if (notHere.test(`${entry}/`)) continue;
    if (buildNative(folder, file, `${path}-native`) === undefined)
      natives.push({ name, path: `${path}-native` });
  }
  if (built.length === 0) return;
  const machine = underQemu
    ? ["qemu-riscv64", runners.ours, `${SECONDS}`]
    : [
        process.execPath,
        join(here, "../../../dist/vitrine.mjs"),
        "run",
        runners.ours,
        `${SECONDS}`,
      ];
  const [command, ...args] = machine;
  const [got, expected] = await Promise.all([
    runAll(command, args, join(work, `${entry}-machine`), built),
    runAll(runners.native, [`${SECONDS}`], join(work, `${entry}-linux`), natives),
  ]);
  for (const { name } of built) report(`${entry}/${name}`, expected.get(name), got.get(name));
}

const waiting = readdirSync(interfaces).filter((entry) =>
  readdirSync(join(interfaces, entry)).some((name) =>
    pattern.test(`${entry}/${name.replace(/\.c$/, "")}`),
  ),
);
async function worker() {
  for (let entry = waiting.shift(); entry !== undefined; entry = waiting.shift())
    await testInterface(entry);
}
await Promise.all(Array.from({ length: AT_ONCE }, worker));
for (const [what, tests] of absent)
  console.log(`not built for want of ${what}: ${tests.join(" ")}`);
console.log([...tally].map(([kind, count]) => `${count} ${kind}`).join(", "));
rmSync(work, { recursive: true });
process.exitCode = (tally.get("different") ?? 0) > 0 ? 1 : 0;
