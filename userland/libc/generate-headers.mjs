// Writes include/bits/*.h from kernel/abi/*.ts, so that Linux's numbers and layouts exist once in the project.
// `node userland/libc/generate-headers.mjs` writes, `--check` only compares and exits 1 when a header is not current.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { build } from "esbuild";

const here = dirname(fileURLToPath(import.meta.url));
const abiFolder = join(here, "../../kernel/abi");
const outFolder = join(here, "include/bits");

/** Headers made of plain constants: header, abi module, and which of the module's names belong there. */
const constantHeaders = [
  ["fcntl", "fcntl", /^(O|F_[DGS]|FD|AT|RENAME)_?/],
  ["seek", "fcntl", /^SEEK_/],
  ["access", "fcntl", /^[FRWX]_OK$/],
  ["limits", "fcntl", /^(NAME_MAX|PATH_MAX|IOV_MAX|PIPE_BUF)$/],
  ["mman", "mman", /^(?!SWAP_)/],
  ["swap", "mman", /^SWAP_/],
  ["sched", "process", /^(CSIGNAL|CLONE_|SCHED_)/],
  ["wait", "process", /^(W[A-Z]+|__W[A-Z]+|P_[A-Z]+)$/],
  ["futex", "process", /^FUTEX_/],
  ["poll", "process", /^POLL/],
  ["time", "process", /^(CLOCK|TIMER|ITIMER)_/],
  ["random", "process", /^GRND_/],
  ["resource", "process", /^(PRIO_|RLIM|RUSAGE)/],
  ["prctl", "process", /^PR_/],
  ["ptrace", "ptrace", /^(PTRACE|AUDIT_ARCH)_/],
  ["elf-notes", "ptrace", /^NT_/],
  ["signal", "signal", /^(?!SIG_(DFL|IGN)$|SIGRT)/],
  ["stat", "stat", /^S_/],
  ["dirent", "stat", /^DT_/],
  ["utime", "stat", /^UTIME_/],
  ["termios", "termios", /^(?!TIOC|FIO|TC(GETS|SETS|SBRK|XONC|FLSH))/],
  ["ioctl", "termios", /^(TIOC|FIO|TC(GETS|SETS|SBRK|XONC|FLSH))/],
  ["auxv", "elf", /^AT_/],
  ["cc", "cc", /^CC_(?!MAJOR)/],
];

/**
 * Structures that C programs see exactly as the kernel lays them out: tag, header that it goes to, and what POSIX
 * spells differently: `fold` gives two neighbouring fields one name and type, `as` gives a field another type.
 */
const structHeaders = [
  ["timespec", "timespec"],
  ["timeval", "timeval"],
  [
    "itimerval",
    "itimerval",
    {
      include: "bits/struct-timeval.h",
      fold: {
        it_interval_sec: ["struct timeval", "it_interval"],
        it_value_sec: ["struct timeval", "it_value"],
      },
    },
  ],
  ["iovec", "iovec"],
  [
    "stat",
    "stat",
    {
      include: "bits/struct-timespec.h",
      fold: {
        st_atime: ["struct timespec", "st_atim"],
        st_mtime: ["struct timespec", "st_mtim"],
        st_ctime: ["struct timespec", "st_ctim"],
      },
    },
  ],
  ["statfs", "statfs"],
  ["pollfd", "pollfd"],
  ["utsname", "utsname", { as: { u8: "char" } }],
  ["sysinfo", "sysinfo"],
  [
    "rusage",
    "rusage",
    {
      include: "bits/struct-timeval.h",
      fold: {
        ru_utime_sec: ["struct timeval", "ru_utime"],
        ru_stime_sec: ["struct timeval", "ru_stime"],
      },
    },
  ],
  ["rlimit", "rlimit"],
  ["tms", "tms"],
  ["termios", "termios"],
  ["winsize", "winsize"],
];

/** Structures written by hand in the headers, whose layout is asserted: abi export, C type, abi field → C field. */
const assertedStructs = [
  ["dirent64", "struct dirent", {}, { size: false }],
  ["stackT", "stack_t", {}],
  ["siginfo", "siginfo_t", { __pad0: null, __pad1: null, __rest: null }],
  [
    "ucontext",
    "ucontext_t",
    {
      ss_sp: "uc_stack.ss_sp",
      ss_flags: "uc_stack.ss_flags",
      ss_size: "uc_stack.ss_size",
      __pad0: null,
      __unused: null,
      __align: null,
      gregs: "uc_mcontext.__gregs",
      fpregs: "uc_mcontext.__fpregs",
    },
  ],
];

/** How strace.c shows an argument of each type of kernel/syscalls/definition.ts, unless it knows better. */
const argumentLetters = {
  i32: "i",
  fd: "d",
  pid: "i",
  signal: "S",
  u32: "u",
  octal: "o",
  hex: "x",
  address: "a",
  path: "s",
  size: "z",
  offset: "l",
};

const banner = (what, module) =>
  `/* ${what}\n   Generated from kernel/abi/${module}.ts by userland/libc/generate-headers.mjs: change it there. */\n`;

const guarded = (name, body) => {
  const guard = `_BITS_${name.toUpperCase().replaceAll("-", "_")}_H`;
  return `#ifndef ${guard}\n#define ${guard}\n${body}#endif\n`;
};

const cNumber = (value) => {
  if (value < 0) return `(${value})`;
  return value < 32 ? `${value}` : `0x${value.toString(16)}`;
};

/** Imports one TypeScript module of kernel/abi, or another by its path from there. */
async function importAbi(module) {
  const result = await build({
    entryPoints: [join(abiFolder, `${module}.ts`)],
    bundle: true,
    format: "esm",
    write: false,
    logLevel: "error",
  });
  const text = result.outputFiles[0].text;
  return import(`data:text/javascript;base64,${Buffer.from(text).toString("base64")}`);
}

function structHeader(tag, layout, scalarTypes, { include, fold = {}, as = {} } = {}) {
  let body = include ? `#include <${include}>\n` : "";
  body += `struct ${tag} {\n`;
  for (let at = 0; at < layout.fields.length; at++) {
    const [field, type, length] = layout.fields[at];
    const folded = fold[field];
    if (folded) {
      body += `  ${folded[0]} ${folded[1]};\n`;
      at++;
      continue;
    }
    const spelling = as[type] ?? scalarTypes[type][1];
    const space = spelling.endsWith("*") ? "" : " ";
    body += `  ${spelling}${space}${field}${length ? `[${length}]` : ""};\n`;
  }
  body += "};\n";
  body += `_Static_assert(sizeof(struct ${tag}) == ${layout.size}, "struct ${tag}");\n`;
  return body;
}

/** Every generated header: file name in include/bits to its text. */
export async function generateHeaders() {
  const headers = new Map();

  const { errnoTable } = await importAbi("errno");
  const errors = Object.entries(errnoTable);
  headers.set(
    "errno.h",
    banner("Linux's error numbers.", "errno") +
      guarded(
        "errno",
        errors.map(([name, [value]]) => `#define ${name} ${value}\n`).join("") +
          "#define ENOTSUP EOPNOTSUPP\n#define EWOULDBLOCK EAGAIN\n#define EDEADLOCK EDEADLK\n",
      ),
  );
  const texts = new Map(errors.map(([, [value, text]]) => [value, text]));
  const last = Math.max(...texts.keys());
  let list = "";
  for (let value = 1; value <= last; value++) {
    list += `ERROR(${value}, ${JSON.stringify(texts.get(value) ?? `Unknown error ${value}`)})\n`;
  }
  headers.set(
    "errno-texts.h",
    banner("One ERROR(number, text) for each error number from 1 on, without gaps.", "errno") +
      list,
  );

  headers.set(
    "errno-names.h",
    banner("One ERROR(number, name) for each error number.", "errno") +
      errors.map(([name, [value]]) => `ERROR(${value}, ${name})\n`).join(""),
  );

  const { syscallNumbers } = await importAbi("syscall-numbers");
  headers.set(
    "syscall.h",
    banner("Numbers of Linux's system calls on riscv64.", "syscall-numbers") +
      guarded(
        "syscall",
        Object.entries(syscallNumbers)
          .map(([name, value]) => `#define SYS_${name} ${value}\n#define __NR_${name} ${value}\n`)
          .join(""),
      ),
  );

  const { wholeTable } = await importAbi("../syscalls/whole-table");
  headers.set(
    "syscall-table.h",
    banner(
      'CALL(number, name, arguments) for each system call, a letter for each argument as strace.c reads them; "?" if absent.',
      "../syscalls/table",
    ).replace("abi/../", "") +
      wholeTable()
        .map(({ number, name, status, args }) => {
          const letters = args.map(([, type]) => argumentLetters[type]).join("");
          return `CALL(${number}, ${name}, "${status === "absent" ? "?" : letters}")\n`;
        })
        .join(""),
  );

  for (const [name, module, pattern] of constantHeaders) {
    const source = readFileSync(join(abiFolder, `${module}.ts`), "utf8");
    const constants = Object.entries(await importAbi(module)).filter(
      ([key, value]) => typeof value === "number" && pattern.test(key) && /^[A-Z0-9_]+$/.test(key),
    );
    const body = constants
      .sort(([a], [b]) => source.indexOf(`const ${a} `) - source.indexOf(`const ${b} `))
      .map(([key, value]) => `#define ${key} ${cNumber(value)}\n`)
      .join("");
    headers.set(`${name}.h`, banner(`Constants for <${name}>.`, module) + guarded(name, body));
  }

  const structs = await importAbi("structs");
  for (const [exported, tag, options] of structHeaders) {
    const body = structHeader(tag, structs[exported], structs.scalarTypes, options);
    headers.set(
      `struct-${tag}.h`,
      banner(`struct ${tag} as Linux riscv64 lays it out.`, "structs") +
        guarded(`struct-${tag}`, body),
    );
  }
  let checks = "#include <dirent.h>\n#include <signal.h>\n#include <stddef.h>\n";
  for (const [exported, type, renamed, { size = true } = {}] of assertedStructs) {
    const layout = structs[exported];
    if (size) checks += `_Static_assert(sizeof(${type}) == ${layout.size}, "size of ${type}");\n`;
    for (const [field] of layout.fields) {
      const member = field in renamed ? renamed[field] : field;
      if (member === null) continue;
      checks += `_Static_assert(offsetof(${type}, ${member}) == ${layout.offsets[field]}, "${type}.${member}");\n`;
    }
  }
  headers.set(
    "layout-checks.h",
    banner(
      "Asserts that the structures written by hand in our headers have Linux's layout.",
      "structs",
    ) + checks,
  );
  return headers;
}

/** The names of headers in include/bits that differ from what kernel/abi says. */
export async function staleHeaders() {
  const stale = [];
  for (const [name, text] of await generateHeaders()) {
    const path = join(outFolder, name);
    if (!existsSync(path) || readFileSync(path, "utf8") !== text) stale.push(name);
  }
  return stale;
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) {
  if (process.argv.includes("--check")) {
    const stale = await staleHeaders();
    if (stale.length > 0) {
      console.error(
        `not current: ${stale.join(", ")}; run node userland/libc/generate-headers.mjs`,
      );
      process.exitCode = 1;
    }
  } else {
    mkdirSync(outFolder, { recursive: true });
    for (const [name, text] of await generateHeaders()) writeFileSync(join(outFolder, name), text);
  }
}
