// Builds the root file system: `node userland/build-image.mjs [--if-stale] [OUTPUT]`, userland/image.cpio unless told otherwise.
// With --if-stale an image of the same sources and compiler stays: /etc/vitrine-release in it says of which it is.
// The archive is "newc" (the format of Linux's initramfs) and the same bytes for the same sources and compiler: modification
// times are 0, owners root, entries sorted. The small tools are linked into one program with a hard link for
// each name, as busybox is: their code is there once, in the file and in memory. The shell is apart from them, because the
// page loads it first.
import {
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { basename, dirname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { guestHeaders } from "./guest-headers.mjs";
import { sourcesDigest } from "./sources-digest.mjs";
import { libcArchive } from "./toolchain-ours.mjs";
import { compileAll, compilerVersion, imageFlags } from "./toolchain.mjs";

const userland = dirname(fileURLToPath(import.meta.url));
const words = process.argv.slice(2).filter((word) => !word.startsWith("--"));
const output = words[0] ?? join(userland, "image.cpio");

const S_IFDIR = 0o040000;
const S_IFREG = 0o100000;

/** Directories that exist though nothing of the image is in them: places for mounts, and /etc's neighbours. */
const emptyFolders = ["dev", "home", "proc", "root", "run", "tmp", "usr/bin"];
const worldWritable = new Set(["tmp"]);

/** Demos without a picture to look at; they need no program file of their own. */
const rough = ["crash", "forkbomb", "hog", "spin", "sums"];

const cFiles = (folder) =>
  readdirSync(join(userland, folder))
    .filter((name) => name.endsWith(".c"))
    .sort()
    .map((name) => join(userland, folder, name));

const inputs = ["build-image.mjs", "guest-headers.mjs", "bin", "sh", "demos", "etc"];

/** What the image is made of. */
const release = `NAME="Vitrine"
COMPILER="${compilerVersion()}"
SOURCES="${sourcesDigest(inputs.map((name) => join(userland, name)))}"
`;

/** The path → { mode, data, link } of everything in the image; `link` names the path whose inode this entry shares. */
async function collect(work) {
  const entries = new Map();
  const file = (path, data, mode = 0o644) => entries.set(path, { mode: S_IFREG | mode, data });

  const objects = [];
  const object = (source, ...flags) => {
    const out = join(work, `${relative(userland, source)}.o`);
    objects.push({ source, out, flags: [...imageFlags(), ...flags] });
    return out;
  };
  const programs = [];
  const program = (path, sources) =>
    programs.push({ path, sources, out: join(work, "linked", path), flags: imageFlags() });

  // Small tools, and the demos that are about misbehaving: each source is a whole program; here their mains get names, and
  // tools/dispatch.c chooses.
  const tools = [
    ...cFiles("bin"),
    ...rough.map((name) => join(userland, "demos", `${name}.c`)),
  ].map((source) => ({ source, name: basename(source, ".c") }));
  const list = tools.map(({ name }) => `TOOL(${name})\n`).sort();
  writeFileSync(join(work, "tool-list.h"), list.join(""));
  program("bin/tools", [
    ...cFiles("bin/tools").map((source) => object(source, `-I${work}`)),
    ...tools.map(({ source, name }) => object(source, `-Dmain=${name}_main`)),
  ]);
  for (const { name } of [...tools, { name: "[" }]) {
    entries.set(`bin/${name}`, { link: "bin/tools" });
  }

  const shell = join(userland, "sh");
  program(
    "bin/sh",
    cFiles("sh").map((source) => object(source, `-I${shell}`)),
  );

  for (const source of cFiles("demos")) {
    const name = basename(source, ".c");
    if (!rough.includes(name)) program(`bin/${name}`, [object(source)]);
    file(`usr/src/demos/${name}.c`, readFileSync(source));
  }
  const header = join(userland, "demos", "vitrine.h");
  if (existsSync(header)) file("usr/src/demos/vitrine.h", readFileSync(header));

  await compileAll({ objects, programs, guestLibc: true });
  for (const { path, out } of programs) file(path, readFileSync(out), 0o755);

  // What `cc` in the guest compiles with. The libc is by our own compiler, whoever makes the programs of the image.
  for (const [path, text] of Object.entries(guestHeaders())) file(path.slice(1), Buffer.from(text));
  file("usr/lib/libc.a", Buffer.from(libcArchive()));

  for (const name of readdirSync(join(userland, "etc")).sort()) {
    file(`etc/${name}`, readFileSync(join(userland, "etc", name)));
  }
  file("etc/vitrine-release", Buffer.from(release));

  const folders = new Set(emptyFolders);
  for (const path of [...entries.keys(), ...emptyFolders]) {
    for (let at = dirname(path); at !== "."; at = dirname(at)) folders.add(at);
  }
  for (const path of folders) {
    entries.set(path, { mode: S_IFDIR | (worldWritable.has(path) ? 0o1777 : 0o755) });
  }
  return entries;
}

const pad4 = (buffer) => Buffer.concat([buffer, Buffer.alloc(-buffer.length & 3)]);

function header(name, { ino, mode, nlink, size }) {
  const fields = [ino, mode, 0, 0, nlink, 0, size, 0, 0, 0, 0, name.length + 1, 0];
  const hex = fields.map((value) => value.toString(16).padStart(8, "0").toUpperCase()).join("");
  return pad4(Buffer.from(`070701${hex}${name}\0`, "latin1"));
}

/** Lays the entries out as a newc archive; of hard-linked names the first one carries the data. */
function archive(entries) {
  const parts = [];
  const names = [...entries.keys()].sort();
  const target = (name) => entries.get(name).link ?? name;
  const inodes = new Map();
  for (const name of names) {
    const inode = target(name);
    const known = inodes.get(inode);
    if (known) known.nlink++;
    else inodes.set(inode, { ino: inodes.size + 1, nlink: 1, written: false });
  }
  for (const name of [".", ...names]) {
    const { mode, data } = name === "." ? { mode: S_IFDIR | 0o755 } : entries.get(target(name));
    const inode = inodes.get(name === "." ? "." : target(name)) ?? { ino: 0, nlink: 2 };
    const bytes = inode.written || !data ? Buffer.alloc(0) : data;
    inode.written = true;
    const nlink = (mode & S_IFDIR) !== 0 ? 2 : inode.nlink;
    parts.push(header(name, { ino: inode.ino, mode, nlink, size: bytes.length }), pad4(bytes));
  }
  parts.push(header("TRAILER!!!", { ino: 0, mode: 0, nlink: 1, size: 0 }));
  return Buffer.concat(parts);
}

async function build() {
  const began = performance.now();
  const work = mkdtempSync(join(tmpdir(), "vitrine-image-"));
  try {
    const entries = await collect(work);
    const bytes = archive(entries);
    // Whole or not at all: somebody may be reading the old one, or end this one.
    writeFileSync(`${output}.${process.pid}`, bytes);
    renameSync(`${output}.${process.pid}`, output);
    const size = (name) => `${name} ${entries.get(name)?.data.length ?? 0}`;
    const seconds = ((performance.now() - began) / 1000).toFixed(1);
    console.log(
      `The guest's image: ${bytes.length} bytes, ${entries.size} entries (${size("bin/tools")}, ${size("bin/sh")}), in ${seconds} s`,
    );
  } finally {
    rmSync(work, { recursive: true });
  }
}

const isFresh = () => existsSync(output) && readFileSync(output).includes(release);
if (!process.argv.includes("--if-stale") || !isFresh()) await build();
