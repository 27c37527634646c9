// Cuts the guest's image in two, so that the prompt need not wait for programs that nobody has called yet: the core has
// the directories, /etc and the shell, the rest has everything else. Both are complete "newc" archives (cpio(5)) whose
// entries are the original's bytes, inode numbers included; names of one inode stay together. The shell is in both: the
// core has zeros instead of the pages of its section .late (userland/sh/late.mjs), which nothing runs before a key is
// pressed, and keys wait for the rest.

const MAGIC = "070701";
const HEADER = 110;
const TRAILER = "TRAILER!!!";
const S_IFMT = 0o170000;
const S_IFDIR = 0o040000;

/** Where a header's fields begin; each is eight hexadecimal digits. */
const fields = { inode: 6, mode: 14, size: 54, nameSize: 94 };

const aligned = (offset) => (offset + 3) & ~3;

/**
 * The entries of an archive in order, the trailer last.
 * @param {Buffer} archive
 */
function* entriesOf(archive) {
  let start = 0;
  for (;;) {
    const header = archive.toString("latin1", start, start + HEADER);
    if (!header.startsWith(MAGIC)) throw new Error(`no cpio header at byte ${start}`);
    const field = (at) => Number.parseInt(header.slice(at, at + 8), 16);
    const nameEnd = start + HEADER + field(fields.nameSize);
    const name = archive.toString("utf8", start + HEADER, nameEnd - 1);
    const isLast = name === TRAILER;
    const end = isLast ? archive.length : aligned(aligned(nameEnd) + field(fields.size));
    yield {
      name,
      isLast,
      inode: field(fields.inode),
      isDirectory: (field(fields.mode) & S_IFMT) === S_IFDIR,
      bytes: archive.subarray(start, end),
      dataStart: aligned(nameEnd) - start,
    };
    if (isLast) return;
    start = end;
  }
}

const PAGE = 4096;

/**
 * Where a section lies in a file, or undefined. ELF-64, little endian (elf(5)).
 * @param {Buffer} file
 * @param {string} wanted
 */
function sectionOf(file, wanted) {
  const table = Number(file.readBigUInt64LE(0x28));
  const size = file.readUInt16LE(0x3a);
  const count = file.readUInt16LE(0x3c);
  const names = file.readUInt16LE(0x3e);
  const header = (index) => file.subarray(table + index * size, table + (index + 1) * size);
  const offsetOf = (section) => Number(section.readBigUInt64LE(0x18));
  const strings = file.subarray(offsetOf(header(names)));
  for (let index = 0; index < count; index++) {
    const name = strings.subarray(header(index).readUInt32LE(0));
    if (name.subarray(0, name.indexOf(0)).toString("latin1") !== wanted) continue;
    const start = offsetOf(header(index));
    return { start, end: start + Number(header(index).readBigUInt64LE(0x20)) };
  }
  return undefined;
}

/** A program's entry with zeros instead of the pages that are wholly in its section .late. */
function withoutLatePages({ bytes, dataStart }) {
  const copy = Buffer.from(bytes);
  const file = copy.subarray(dataStart);
  const late = sectionOf(file, ".late");
  if (late !== undefined) {
    file.fill(0, Math.ceil(late.start / PAGE) * PAGE, Math.floor(late.end / PAGE) * PAGE);
  }
  return copy;
}

/**
 * @param {Buffer} archive a "newc" archive
 * @returns {{ core: Buffer, rest: Buffer }}
 */
export function splitImage(archive) {
  const entries = [...entriesOf(archive)];
  const shell = entries.find(({ name }) => name === "bin/sh");
  const isShell = ({ inode }) => inode === shell?.inode;
  const isEarly = ({ name, isDirectory }) => isDirectory || name.startsWith("etc/");
  const core = entries.filter((entry) => entry.isLast || isShell(entry) || isEarly(entry));
  const rest = entries.filter((entry) => entry.isLast || !isEarly(entry));
  return {
    core: Buffer.concat(
      core.map((entry) => (isShell(entry) ? withoutLatePages(entry) : entry.bytes)),
    ),
    rest: Buffer.concat(rest.map(({ bytes }) => bytes)),
  };
}
