// Layouts of the structures that cross the system-call boundary, lp64 little endian (asm-generic unless noted). The
// kernel writes them with `encodeStruct`-like code at these offsets; the C headers of userland/libc are generated from
// the same tables, so the two cannot drift apart.

/** C scalar types by name: [size and alignment in bytes, C spelling]. */
export const scalarTypes = {
  u8: [1, "unsigned char"],
  i16: [2, "short"],
  u16: [2, "unsigned short"],
  i32: [4, "int"],
  u32: [4, "unsigned int"],
  i64: [8, "long"],
  u64: [8, "unsigned long"],
  ptr: [8, "void *"],
} as const;

export type Scalar = keyof typeof scalarTypes;
/** A field: name, scalar type, and an array length when it is an array. */
export type Field = readonly [name: string, type: Scalar, length?: number];

export interface StructLayout {
  readonly name: string;
  readonly fields: readonly Field[];
  /** Byte offset of each field. */
  readonly offsets: Readonly<Record<string, number>>;
  /** Whole size in bytes, padded to the strictest alignment. */
  readonly size: number;
}

/** Computes the C layout of a structure: natural alignment, padding at the end. */
export function layout(name: string, fields: readonly Field[]): StructLayout {
  const offsets: Record<string, number> = {};
  let at = 0;
  let strictest = 1;
  for (const [field, type, length] of fields) {
    const size = scalarTypes[type][0];
    at = Math.ceil(at / size) * size;
    offsets[field] = at;
    at += size * (length ?? 1);
    strictest = Math.max(strictest, size);
  }
  return { name, fields, offsets, size: Math.ceil(at / strictest) * strictest };
}

export const timespec = layout("timespec", [
  ["tv_sec", "i64"],
  ["tv_nsec", "i64"],
]);
export const timeval = layout("timeval", [
  ["tv_sec", "i64"],
  ["tv_usec", "i64"],
]);
export const itimerval = layout("itimerval", [
  ["it_interval_sec", "i64"],
  ["it_interval_usec", "i64"],
  ["it_value_sec", "i64"],
  ["it_value_usec", "i64"],
]);
export const iovec = layout("iovec", [
  ["iov_base", "ptr"],
  ["iov_len", "u64"],
]);
export const stat = layout("stat", [
  ["st_dev", "u64"],
  ["st_ino", "u64"],
  ["st_mode", "u32"],
  ["st_nlink", "u32"],
  ["st_uid", "u32"],
  ["st_gid", "u32"],
  ["st_rdev", "u64"],
  ["__pad1", "u64"],
  ["st_size", "i64"],
  ["st_blksize", "i32"],
  ["__pad2", "i32"],
  ["st_blocks", "i64"],
  ["st_atime", "i64"],
  ["st_atime_nsec", "u64"],
  ["st_mtime", "i64"],
  ["st_mtime_nsec", "u64"],
  ["st_ctime", "i64"],
  ["st_ctime_nsec", "u64"],
  ["__unused4", "u32"],
  ["__unused5", "u32"],
]);
export const statfs = layout("statfs", [
  ["f_type", "i64"],
  ["f_bsize", "i64"],
  ["f_blocks", "u64"],
  ["f_bfree", "u64"],
  ["f_bavail", "u64"],
  ["f_files", "u64"],
  ["f_ffree", "u64"],
  ["f_fsid", "i32", 2],
  ["f_namelen", "i64"],
  ["f_frsize", "i64"],
  ["f_flags", "i64"],
  ["f_spare", "i64", 4],
]);
/** getdents64(2): the name follows d_type, NUL-terminated; records are padded to 8 bytes. */
export const dirent64 = layout("dirent64", [
  ["d_ino", "u64"],
  ["d_off", "i64"],
  ["d_reclen", "u16"],
  ["d_type", "u8"],
]);
export const pollfd = layout("pollfd", [
  ["fd", "i32"],
  ["events", "i16"],
  ["revents", "i16"],
]);
export const sigactionLayout = layout("kernel_sigaction", [
  ["sa_handler", "ptr"],
  ["sa_flags", "u64"],
  ["sa_mask", "u64"],
]);
export const stackT = layout("kernel_stack", [
  ["ss_sp", "ptr"],
  ["ss_flags", "i32"],
  ["ss_size", "u64"],
]);
/** siginfo_t, the fields of kill/SIGCHLD; a fault's si_addr and rt_sigqueueinfo's si_value lie over them (see below). */
export const siginfo = layout("kernel_siginfo", [
  ["si_signo", "i32"],
  ["si_errno", "i32"],
  ["si_code", "i32"],
  ["__pad0", "i32"],
  ["si_pid", "i32"],
  ["si_uid", "u32"],
  ["si_status", "i32"],
  ["__pad1", "i32"],
  ["si_utime", "i64"],
  ["si_stime", "i64"],
  ["__rest", "u8", 80],
]);
export const SIGINFO_ADDR = 16;
export const SIGINFO_VALUE = 24;
/** ucontext_t on riscv64: mask at 40 (128 bytes kept for it), registers at 176 (pc, x1..x31), then the union of the
 * floating-point states (528 bytes). The signal frame is siginfo_t followed by this. */
export const ucontext = layout("kernel_ucontext", [
  ["uc_flags", "u64"],
  ["uc_link", "ptr"],
  ["ss_sp", "ptr"],
  ["ss_flags", "i32"],
  ["__pad0", "i32"],
  ["ss_size", "u64"],
  ["uc_sigmask", "u64"],
  ["__unused", "u8", 120],
  ["__align", "u64"],
  ["gregs", "u64", 32],
  ["fpregs", "u64", 66],
]);
export const utsname = layout("utsname", [
  ["sysname", "u8", 65],
  ["nodename", "u8", 65],
  ["release", "u8", 65],
  ["version", "u8", 65],
  ["machine", "u8", 65],
  ["domainname", "u8", 65],
]);
export const sysinfo = layout("sysinfo", [
  ["uptime", "i64"],
  ["loads", "u64", 3],
  ["totalram", "u64"],
  ["freeram", "u64"],
  ["sharedram", "u64"],
  ["bufferram", "u64"],
  ["totalswap", "u64"],
  ["freeswap", "u64"],
  ["procs", "u16"],
  ["pad", "u16"],
  ["totalhigh", "u64"],
  ["freehigh", "u64"],
  ["mem_unit", "u32"],
]);
export const rusage = layout("rusage", [
  ["ru_utime_sec", "i64"],
  ["ru_utime_usec", "i64"],
  ["ru_stime_sec", "i64"],
  ["ru_stime_usec", "i64"],
  ["ru_maxrss", "i64"],
  ["ru_ixrss", "i64"],
  ["ru_idrss", "i64"],
  ["ru_isrss", "i64"],
  ["ru_minflt", "i64"],
  ["ru_majflt", "i64"],
  ["ru_nswap", "i64"],
  ["ru_inblock", "i64"],
  ["ru_oublock", "i64"],
  ["ru_msgsnd", "i64"],
  ["ru_msgrcv", "i64"],
  ["ru_nsignals", "i64"],
  ["ru_nvcsw", "i64"],
  ["ru_nivcsw", "i64"],
]);
export const rlimit = layout("rlimit", [
  ["rlim_cur", "u64"],
  ["rlim_max", "u64"],
]);
export const tms = layout("tms", [
  ["tms_utime", "i64"],
  ["tms_stime", "i64"],
  ["tms_cutime", "i64"],
  ["tms_cstime", "i64"],
]);
export const termios = layout("termios", [
  ["c_iflag", "u32"],
  ["c_oflag", "u32"],
  ["c_cflag", "u32"],
  ["c_lflag", "u32"],
  ["c_line", "u8"],
  ["c_cc", "u8", 19],
]);
export const winsize = layout("winsize", [
  ["ws_row", "u16"],
  ["ws_col", "u16"],
  ["ws_xpixel", "u16"],
  ["ws_ypixel", "u16"],
]);

/** Every layout above, for the header generator and the layout test. */
export const structs = [
  timespec,
  timeval,
  itimerval,
  iovec,
  stat,
  statfs,
  dirent64,
  pollfd,
  sigactionLayout,
  stackT,
  siginfo,
  ucontext,
  utsname,
  sysinfo,
  rusage,
  rlimit,
  tms,
  termios,
  winsize,
] as const;
