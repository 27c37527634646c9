// Cuts the guest's image in two, so that the prompt need not wait for programs that nobody has called yet: the core has
// the directories but those in /usr, /etc and the shell, the rest has everything else. Both are complete "newc" archives (cpio(5)) whose
// entries are the original's bytes, inode numbers included; names of one inode stay together.

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
    };
    if (isLast) return;
    start = end;
  }
}

/**
 * @param {Buffer} archive a "newc" archive
 * @returns {{ core: Buffer, rest: Buffer }}
 */
export function splitImage(archive) {
  const entries = [...entriesOf(archive)];
  const shell = entries.find(({ name }) => name === "bin/sh");
  const isCore = ({ name, inode, isDirectory }) =>
    (isDirectory && !/^usr(\/|$)/.test(name)) || name.startsWith("etc/") || inode === shell?.inode;
  const part = (wanted) =>
    Buffer.concat(
      entries.filter((entry) => entry.isLast || wanted(entry)).map(({ bytes }) => bytes),
    );
  return { core: part(isCore), rest: part((entry) => !isCore(entry)) };
}
