/* See strace.h: calls with their arguments. Names, numbers and the kinds of arguments come from the kernel's own table
   (bits/syscall-table.h); `better` has the calls that deserve more than a number:
   a long file, because it is a list. */
#include "strace.h"
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <linux/futex.h>
#include <poll.h>
#include <sched.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/ptrace.h>
#include <sys/random.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/sysmacros.h>
#include <sys/time.h>
#include <sys/uio.h>
#include <sys/utsname.h>
#include <sys/wait.h>
#include <unistd.h>

static const struct call {
  short number;
  const char *name, *letters;
} calls[] = {
#define CALL(number, name, letters) {number, #name, letters},
#include <bits/syscall-table.h>
#undef CALL
};
enum { CALLS = sizeof calls / sizeof *calls };

/*
 * A letter for each argument: first those of the table, then
 *   D directory descriptor   b buffer read, size next      B buffer written, size in the result
 *   O open flags             c mode of a file to be made   m mode             q access mode     K AT_ flags
 *   P protection             M mapping flags               A advice           J mremap flags    Z msync flags
 *   k clone flags            v argv                        e envp             W wait options    X wait's status
 *   t timespec in            T timespec out                V timeval out      & two timespecs   C clock
 *   n signal set in          N signal set out              g action in        h action out      H how
 *   F fcntl command          f its argument                I ioctl request    w iovec in        r iovec out
 *   U futex operation        L whence                      E utsname          p two descriptors G stat
 *   y resource               Y limit in                    R limit out        Q pollfds         2 rename flags
 *   3 random flags           4 prctl option                5 timer            6 itimerval in    7 itimerval out
 *   8 id type                9 siginfo out                 % ptrace request   ^ directory entries   * clock flags
 *   @ fd_set                 j pselect6's mask             # random bytes     + rusage              1 whose usage
 *   = signal stack in        : signal stack out            0 whose priority
 */
static const struct {
  short number;
  const char *letters;
} better[] = {
    {SYS_read, "dBz"},          {SYS_write, "dbz"},           {SYS_pread64, "dBzl"},      {SYS_pwrite64, "dbzl"},
    {SYS_readv, "dri"},         {SYS_writev, "dwi"},          {SYS_preadv, "dril"},       {SYS_pwritev, "dwil"},
    {SYS_openat, "DsOc"},       {SYS_getcwd, "Bz"},           {SYS_getdents64, "d^z"},    {SYS_lseek, "dlL"},
    {SYS_faccessat, "Dsq"},     {SYS_faccessat2, "DsqK"},     {SYS_newfstatat, "DsGK"},   {SYS_fstat, "dG"},
    {SYS_readlinkat, "DsBz"},   {SYS_mkdirat, "Dsm"},         {SYS_mknodat, "Dsmx"},      {SYS_unlinkat, "DsK"},
    {SYS_symlinkat, "sDs"},     {SYS_linkat, "DsDsK"},        {SYS_renameat2, "DsDs2"},   {SYS_fchmodat, "Dsm"},
    {SYS_fchmod, "dm"},         {SYS_fchownat, "DsiiK"},      {SYS_utimensat, "Ds&K"},    {SYS_umask, "m"},
    {SYS_fcntl, "dFf"},         {SYS_ioctl, "dIa"},           {SYS_dup3, "ddO"},          {SYS_pipe2, "pO"},
    {SYS_mmap, "azPMdx"},       {SYS_mprotect, "azP"},        {SYS_mremap, "azzJa"},      {SYS_madvise, "azA"},
    {SYS_msync, "azZ"},         {SYS_clone, "kaaaa"},         {SYS_execve, "sve"},        {SYS_execveat, "DsveK"},
    {SYS_wait4, "iXW~"},        {SYS_waitid, "8i9W~"},        {SYS_nanosleep, "tT"},      {SYS_clock_nanosleep, "C*tT"},
    {SYS_clock_gettime, "CT"},  {SYS_clock_getres, "CT"},     {SYS_clock_settime, "Ct"},  {SYS_gettimeofday, "Va"},
    {SYS_rt_sigaction, "Sghz"}, {SYS_rt_sigprocmask, "HnNz"}, {SYS_rt_sigsuspend, "nz"},  {SYS_rt_sigpending, "Nz"},
    {SYS_rt_sigtimedwait, "n9tz"}, {SYS_futex, "aUutax"},     {SYS_uname, "E"},           {SYS_ppoll, "Qutnz"},
    {SYS_prlimit64, "iyYR"},    {SYS_getrlimit, "yR"},        {SYS_setrlimit, "yY"},      {SYS_getrandom, "#z3"},
    {SYS_prctl, "4x"},          {SYS_getitimer, "57"},        {SYS_setitimer, "567"},     {SYS_ptrace, "%iaa"},
    {SYS_statx, "DsKxa"},       {SYS_sendfile, "ddaz"},       {SYS_kill, "iS"},           {SYS_tgkill, "iiS"},
    {SYS_pselect6, "i@@@tj"},   {SYS_getrusage, "1+"},        {SYS_sigaltstack, "=:"},      {SYS_getpriority, "0i"},
    {SYS_setpriority, "0ii"},
};
/* What is known only when the call is over. */
static const char outputs[] = "BrXTVNhEpGR79^#+:";

static const struct call *call_of(long number) {
  for (const struct call *call = calls; call < calls + CALLS; call++)
    if (call->number == number) return call;
  return 0;
}

const char *call_name(long number) {
  const struct call *call = call_of(number);
  return call ? call->name : 0;
}

long call_number(const char *name) {
  for (const struct call *call = calls; call < calls + CALLS; call++)
    if (strcmp(call->name, name) == 0) return call->number;
  return -1;
}

static const char *letters_of(long number) {
  for (size_t at = 0; at < sizeof better / sizeof *better; at++)
    if (better[at].number == number) return better[at].letters;
  const struct call *call = call_of(number);
  return call && call->letters[0] != '?' ? call->letters : "xxxxxx";
}

int call_in_class(long number, const char *class) {
  static const short process[] = {SYS_clone, SYS_execve, SYS_execveat, SYS_exit, SYS_exit_group, SYS_wait4, SYS_waitid,
                                  SYS_kill, SYS_tkill, SYS_tgkill, SYS_rt_sigqueueinfo, 0};
  static const short memory[] = {SYS_brk, SYS_mmap, SYS_munmap, SYS_mremap, SYS_mprotect, SYS_madvise, SYS_msync,
                                 SYS_mlock, SYS_munlock, SYS_mlockall, SYS_munlockall, SYS_mincore, SYS_mlock2, 0};
  const char *letters = letters_of(number), *name = call_name(number);
  const short *list = 0;
  if (strcmp(class, "file") == 0) return strpbrk(letters, "s") != 0 || number == SYS_getcwd;
  if (strcmp(class, "desc") == 0) return strpbrk(letters, "dDp") != 0 || number == SYS_ppoll || number == SYS_pselect6;
  if (strcmp(class, "signal") == 0)
    return name && (strncmp(name, "rt_sig", 6) == 0 || strcmp(name, "sigaltstack") == 0 || strstr(name, "kill") != 0);
  if (strcmp(class, "process") == 0) list = process;
  else if (strcmp(class, "memory") == 0) list = memory;
  else return strcmp(class, "network") == 0 || strcmp(class, "ipc") == 0 ? 0 : -1;
  while (*list && *list != number) list++;
  return *list != 0;
}

static const struct flag open_flags[] = {FLAG(O_CREAT), FLAG(O_EXCL), FLAG(O_NOCTTY), FLAG(O_TRUNC), FLAG(O_APPEND),
    FLAG(O_NONBLOCK), FLAG(O_SYNC), FLAG(O_DSYNC), FLAG(O_ASYNC), FLAG(O_DIRECT), FLAG(O_LARGEFILE), FLAG(O_TMPFILE),
    FLAG(O_DIRECTORY), FLAG(O_NOFOLLOW), FLAG(O_NOATIME), FLAG(O_CLOEXEC), FLAG(O_PATH), {0, 0}};
static const struct flag at_flags[] = {FLAG(AT_SYMLINK_NOFOLLOW), FLAG(AT_REMOVEDIR), FLAG(AT_SYMLINK_FOLLOW),
    FLAG(AT_NO_AUTOMOUNT), FLAG(AT_EMPTY_PATH), {0, 0}};
static const struct flag usages[] = {FLAG(RUSAGE_SELF), {(unsigned long)RUSAGE_CHILDREN, "RUSAGE_CHILDREN"}, {(unsigned)RUSAGE_CHILDREN, "RUSAGE_CHILDREN"}, FLAG(RUSAGE_THREAD), {0, 0}};
static const struct flag priorities[] = {FLAG(PRIO_PROCESS), FLAG(PRIO_PGRP), FLAG(PRIO_USER), {0, 0}};
static const struct flag access_modes[] = {FLAG(R_OK), FLAG(W_OK), FLAG(X_OK), {0, 0}};
static const struct flag protections[] = {FLAG(PROT_READ), FLAG(PROT_WRITE), FLAG(PROT_EXEC), FLAG(PROT_GROWSDOWN), {0, 0}};
static const struct flag map_flags[] = {FLAG(MAP_SHARED_VALIDATE), FLAG(MAP_SHARED), FLAG(MAP_PRIVATE), FLAG(MAP_FIXED),
    FLAG(MAP_ANONYMOUS), FLAG(MAP_GROWSDOWN), FLAG(MAP_DENYWRITE), FLAG(MAP_EXECUTABLE), FLAG(MAP_LOCKED),
    FLAG(MAP_NORESERVE), FLAG(MAP_POPULATE), FLAG(MAP_NONBLOCK), FLAG(MAP_STACK), FLAG(MAP_HUGETLB),
    FLAG(MAP_FIXED_NOREPLACE), {0, 0}};
static const struct flag advice[] = {FLAG(MADV_NORMAL), FLAG(MADV_RANDOM), FLAG(MADV_SEQUENTIAL), FLAG(MADV_WILLNEED),
    FLAG(MADV_DONTNEED), FLAG(MADV_FREE), FLAG(MADV_REMOVE), FLAG(MADV_DONTFORK), FLAG(MADV_DOFORK), FLAG(MADV_PAGEOUT), {0, 0}};
static const struct flag remap_flags[] = {FLAG(MREMAP_MAYMOVE), FLAG(MREMAP_FIXED), FLAG(MREMAP_DONTUNMAP), {0, 0}};
static const struct flag sync_flags[] = {FLAG(MS_ASYNC), FLAG(MS_INVALIDATE), FLAG(MS_SYNC), {0, 0}};
static const struct flag clone_flags[] = {FLAG(CLONE_VM), FLAG(CLONE_FS), FLAG(CLONE_FILES), FLAG(CLONE_SIGHAND),
    FLAG(CLONE_VFORK), FLAG(CLONE_PARENT), FLAG(CLONE_THREAD), FLAG(CLONE_SYSVSEM), FLAG(CLONE_SETTLS),
    FLAG(CLONE_PARENT_SETTID), FLAG(CLONE_CHILD_CLEARTID), FLAG(CLONE_DETACHED), FLAG(CLONE_CHILD_SETTID), {0, 0}};
static const struct flag wait_flags[] = {FLAG(WNOHANG), FLAG(WSTOPPED), FLAG(WEXITED), FLAG(WCONTINUED), FLAG(WNOWAIT),
    FLAG(__WNOTHREAD), FLAG(__WALL), FLAG(__WCLONE), {0, 0}};
static const struct flag action_flags[] = {FLAG(SA_NOCLDSTOP), FLAG(SA_NOCLDWAIT), FLAG(SA_SIGINFO), FLAG(SA_ONSTACK),
    FLAG(SA_RESTART), FLAG(SA_NODEFER), FLAG(SA_RESETHAND), {0, 0}};
static const struct flag hows[] = {FLAG(SIG_BLOCK), FLAG(SIG_UNBLOCK), FLAG(SIG_SETMASK), {0, 0}};
static const struct flag whences[] = {FLAG(SEEK_SET), FLAG(SEEK_CUR), FLAG(SEEK_END), FLAG(SEEK_DATA), FLAG(SEEK_HOLE), {0, 0}};
static const struct flag commands[] = {FLAG(F_DUPFD), FLAG(F_GETFD), FLAG(F_SETFD), FLAG(F_GETFL), FLAG(F_SETFL), FLAG(F_GETLK),
    FLAG(F_SETLK), FLAG(F_SETLKW), FLAG(F_SETOWN), FLAG(F_GETOWN), FLAG(F_DUPFD_CLOEXEC), FLAG(F_SETPIPE_SZ),
    FLAG(F_GETPIPE_SZ), {0, 0}};
static const struct flag descriptor_flags[] = {FLAG(FD_CLOEXEC), {0, 0}};
static const struct flag requests[] = {FLAG(TCGETS), FLAG(TCSETS), FLAG(TCSETSW), FLAG(TCSETSF), FLAG(TCSBRK), FLAG(TCFLSH),
    FLAG(TIOCGPGRP), FLAG(TIOCSPGRP), FLAG(TIOCGWINSZ), FLAG(TIOCSWINSZ), FLAG(TIOCSCTTY), FLAG(TIOCNOTTY),
    FLAG(FIONREAD), FLAG(TIOCGSID), {0, 0}};
static const struct flag clocks[] = {FLAG(CLOCK_REALTIME), FLAG(CLOCK_MONOTONIC), FLAG(CLOCK_PROCESS_CPUTIME_ID),
    FLAG(CLOCK_THREAD_CPUTIME_ID), FLAG(CLOCK_MONOTONIC_RAW), FLAG(CLOCK_REALTIME_COARSE), FLAG(CLOCK_MONOTONIC_COARSE),
    FLAG(CLOCK_BOOTTIME), {0, 0}};
static const struct flag clock_flags[] = {FLAG(TIMER_ABSTIME), {0, 0}};
static const struct flag futex_operations[] = {FLAG(FUTEX_WAIT), FLAG(FUTEX_WAKE), FLAG(FUTEX_REQUEUE), FLAG(FUTEX_CMP_REQUEUE),
    FLAG(FUTEX_WAKE_OP), FLAG(FUTEX_WAIT_BITSET), FLAG(FUTEX_WAKE_BITSET), {0, 0}};
static const struct flag resources[] = {FLAG(RLIMIT_CPU), FLAG(RLIMIT_FSIZE), FLAG(RLIMIT_DATA), FLAG(RLIMIT_STACK),
    FLAG(RLIMIT_CORE), FLAG(RLIMIT_RSS), FLAG(RLIMIT_NPROC), FLAG(RLIMIT_NOFILE), FLAG(RLIMIT_MEMLOCK), FLAG(RLIMIT_AS), {0, 0}};
static const struct flag poll_events[] = {FLAG(POLLIN), FLAG(POLLPRI), FLAG(POLLOUT), FLAG(POLLERR), FLAG(POLLHUP),
    FLAG(POLLNVAL), FLAG(POLLRDNORM), FLAG(POLLWRNORM), {0, 0}};
static const struct flag rename_flags[] = {FLAG(RENAME_NOREPLACE), FLAG(RENAME_EXCHANGE), {0, 0}};
static const struct flag random_flags[] = {FLAG(GRND_NONBLOCK), FLAG(GRND_RANDOM), FLAG(GRND_INSECURE), {0, 0}};
static const struct flag prctl_options[] = {FLAG(PR_SET_PDEATHSIG), FLAG(PR_SET_NAME), FLAG(PR_GET_NAME), {0, 0}};
static const struct flag timers[] = {FLAG(ITIMER_REAL), FLAG(ITIMER_VIRTUAL), FLAG(ITIMER_PROF), {0, 0}};
static const struct flag id_types[] = {FLAG(P_ALL), FLAG(P_PID), FLAG(P_PGID), {0, 0}};
static const struct flag trace_requests[] = {FLAG(PTRACE_TRACEME), FLAG(PTRACE_PEEKTEXT), FLAG(PTRACE_PEEKDATA),
    FLAG(PTRACE_POKETEXT), FLAG(PTRACE_POKEDATA), FLAG(PTRACE_CONT), FLAG(PTRACE_KILL), FLAG(PTRACE_ATTACH),
    FLAG(PTRACE_DETACH), FLAG(PTRACE_SYSCALL), FLAG(PTRACE_SETOPTIONS), FLAG(PTRACE_GETEVENTMSG), FLAG(PTRACE_GETSIGINFO),
    FLAG(PTRACE_SETSIGINFO), FLAG(PTRACE_GETREGSET), FLAG(PTRACE_SETREGSET), FLAG(PTRACE_SEIZE), FLAG(PTRACE_INTERRUPT),
    FLAG(PTRACE_LISTEN), FLAG(PTRACE_GETSIGMASK), FLAG(PTRACE_SETSIGMASK), FLAG(PTRACE_GET_SYSCALL_INFO), {0, 0}};
static const struct flag file_types[] = {FLAG(S_IFREG), FLAG(S_IFDIR), FLAG(S_IFLNK), FLAG(S_IFCHR), FLAG(S_IFBLK),
    FLAG(S_IFIFO), FLAG(S_IFSOCK), {0, 0}};

static void put_descriptor(pid_t pid, int fd) {
  put("%d", fd);
  if (!strace_shows_paths || fd < 0) return;
  char link[64], path[512];
  snprintf(link, sizeof link, "/proc/%d/fd/%d", pid, fd);
  ssize_t length = readlink(link, path, sizeof path);
  if (length > 0) put("<%.*s>", (int)length, path);
}

static void put_open_flags(unsigned long flags) {
  static const char *const modes[] = {"O_RDONLY", "O_WRONLY", "O_RDWR", "O_ACCMODE"};
  put("%s", modes[flags & O_ACCMODE]);
  if ((flags & ~(unsigned long)O_ACCMODE) == 0) return;
  put("|");
  put_flags(open_flags, flags & ~(unsigned long)O_ACCMODE, 0);
}

static void put_mode(unsigned long mode) {
  if (mode & S_IFMT) {
    put_name(file_types, mode & S_IFMT);
    put("|");
  }
  put("%#03lo", mode & ~(unsigned long)S_IFMT);
}

static void put_time(long seconds, const char *part, long fraction) { put("{tv_sec=%ld, tv_%s=%ld}", seconds, part, fraction); }

void put_timespec(pid_t pid, unsigned long address) {
  struct timespec time;
  if (peek_or_put(pid, address, &time, sizeof time)) put_time(time.tv_sec, "nsec", time.tv_nsec);
}

/* A time of a file, with the day in a comment. */
static void put_file_time(pid_t pid, unsigned long address) {
  struct timespec time;
  char text[32];
  if (!peek_or_put(pid, address, &time, sizeof time)) return;
  put_time(time.tv_sec, "nsec", time.tv_nsec);
  if (time.tv_nsec == UTIME_NOW || time.tv_nsec == UTIME_OMIT) {
    put(" /* UTIME_%s */", time.tv_nsec == UTIME_NOW ? "NOW" : "OMIT");
    return;
  }
  strftime(text, sizeof text, "%FT%T", gmtime(&time.tv_sec));
  put(" /* %s.%09ld+0000 */", text, time.tv_nsec);
}

static void put_stat(pid_t pid, unsigned long address) {
  struct stat stat;
  if (!peek_or_put(pid, address, &stat, sizeof stat)) return;
  put("{st_mode=");
  put_mode(stat.st_mode);
  if (S_ISCHR(stat.st_mode) || S_ISBLK(stat.st_mode))
    put(", st_rdev=makedev(%#x, %#x)", major(stat.st_rdev), minor(stat.st_rdev));
  else put(", st_size=%ld", (long)stat.st_size);
  put(", ...}");
}

static void put_strings(pid_t pid, unsigned long address) {
  unsigned long pointer;
  put("[");
  for (int at = 0; peek(pid, address + 8 * (unsigned long)at, &pointer, 8) == 8 && pointer; at++) {
    put("%s", at ? ", " : "");
    if (at == strace_string_size) {
      put("...");
      break;
    }
    char text[4096];
    size_t length = 0;
    while (length < sizeof text && length <= (size_t)strace_string_size && peek(pid, pointer + length, text + length, 1) &&
           text[length])
      length++;
    int is_cut = length > (size_t)strace_string_size;
    put_quoted(text, is_cut ? (size_t)strace_string_size : length, is_cut);
  }
  put("]");
}

static void put_environment(pid_t pid, unsigned long address) {
  unsigned long pointer;
  int count = 0;
  put_address(address);
  if (!address) return;
  while (peek(pid, address + 8 * (unsigned long)count, &pointer, 8) == 8 && pointer) count++;
  put(" /* %d var%s */", count, count == 1 ? "" : "s");
}

static void put_set(pid_t pid, unsigned long address) {
  unsigned long mask;
  if (peek_or_put(pid, address, &mask, sizeof mask)) put_mask(mask);
}

static void put_action(pid_t pid, unsigned long address) {
  struct sigaction action;
  if (!peek_or_put(pid, address, &action, sizeof action)) return;
  unsigned long handler = (unsigned long)action.sa_handler;
  put(action.sa_flags & SA_SIGINFO ? "{sa_sigaction=" : "{sa_handler=");
  if (handler == 0) put("SIG_DFL");
  else if (handler == 1) put("SIG_IGN");
  else put("%#lx", handler);
  unsigned long mask;
  memcpy(&mask, &action.sa_mask, sizeof mask);
  put(", sa_mask=");
  put_mask(mask);
  put(", sa_flags=");
  put_flags(action_flags, action.sa_flags, 0);
  put("}");
}

static void put_status(pid_t pid, unsigned long address) {
  int status;
  if (!peek_or_put(pid, address, &status, sizeof status)) return;
  put("[{");
  if (WIFEXITED(status)) put("WIFEXITED(s) && WEXITSTATUS(s) == %d", WEXITSTATUS(status));
  else if (WIFCONTINUED(status)) put("WIFCONTINUED(s)");
  else {
    int is_stop = WIFSTOPPED(status);
    put(is_stop ? "WIFSTOPPED(s) && WSTOPSIG(s) == " : "WIFSIGNALED(s) && WTERMSIG(s) == ");
    put_signal(is_stop ? WSTOPSIG(status) : WTERMSIG(status));
  }
  put("}]");
}

static void put_vectors(pid_t pid, unsigned long address, long count, long size) {
  struct iovec vector;
  if (count <= 0 || peek(pid, address, &vector, sizeof vector) < sizeof vector) {
    if (count == 0) put("[]");
    else put_address(address);
    return;
  }
  put("[");
  for (long at = 0; at < count && at < 64; at++) {
    if (peek(pid, address + (unsigned long)at * sizeof vector, &vector, sizeof vector) < sizeof vector) break;
    unsigned long shown = size < 0 || vector.iov_len < (unsigned long)size ? vector.iov_len : (unsigned long)size;
    put("%s{iov_base=", at ? ", " : "");
    put_buffer(pid, (unsigned long)vector.iov_base, shown);
    put(", iov_len=%lu}", vector.iov_len);
    if (size >= 0) size -= (long)shown;
  }
  put("]");
}

static void put_limit(pid_t pid, unsigned long address) {
  struct rlimit limit;
  if (!peek_or_put(pid, address, &limit, sizeof limit)) return;
  unsigned long values[] = {limit.rlim_cur, limit.rlim_max};
  for (int at = 0; at < 2; at++) {
    put(at ? ", rlim_max=" : "{rlim_cur=");
    if (values[at] == ~0UL) put("RLIM64_INFINITY");
    else if (values[at] > 1024 && values[at] % 1024 == 0) put("%lu*1024", values[at] / 1024);
    else put("%lu", values[at]);
  }
  put("}");
}

static void put_polls(pid_t pid, unsigned long address, unsigned long count, int results) {
  struct pollfd poll;
  const char *separator = "";
  put("[");
  for (unsigned long at = 0; at < count && at < 64; at++) {
    if (peek(pid, address + at * sizeof poll, &poll, sizeof poll) < sizeof poll) break;
    if (results && poll.revents == 0) continue;
    put("%s{fd=%d, %s=", separator, poll.fd, results ? "revents" : "events");
    put_flags(poll_events, (unsigned short)(results ? poll.revents : poll.events), 0);
    put("}");
    separator = ", ";
  }
  put("]");
}

static void put_interval(pid_t pid, unsigned long address) {
  struct itimerval timer;
  if (!peek_or_put(pid, address, &timer, sizeof timer)) return;
  put("{it_interval=");
  put_time(timer.it_interval.tv_sec, "usec", timer.it_interval.tv_usec);
  put(", it_value=");
  put_time(timer.it_value.tv_sec, "usec", timer.it_value.tv_usec);
  put("}");
}

static void put_entries(pid_t pid, unsigned long address, long size) {
  int count = 0;
  put_address(address);
  for (long at = 0; at < size; count++) {
    unsigned short length;
    if (peek(pid, address + (unsigned long)at + offsetof(struct dirent, d_reclen), &length, 2) < 2 || length == 0) break;
    at += length;
  }
  put(" /* %d entr%s */", count, count == 1 ? "y" : "ies");
}

/* clone(2) has its arguments by name, as many as its flags give a meaning. */
static void put_clone(const struct tracee *t) {
  unsigned long flags = t->arguments[0];
  put("child_stack=");
  put_address(t->arguments[1]);
  put(", flags=");
  if (flags & ~255UL) {
    put_flags(clone_flags, flags & ~255UL, 0);
    if (flags & 255) put("|");
  }
  if ((flags & 255) || flags == 0) put_signal((int)(flags & 255));
  if (flags & CLONE_PARENT_SETTID) put(", parent_tid=[%#lx]", t->arguments[2]);
  if (flags & CLONE_SETTLS) put(", tls=%#lx", t->arguments[3]);
  if (flags & (CLONE_CHILD_SETTID | CLONE_CHILD_CLEARTID)) put(", child_tidptr=%#lx", t->arguments[4]);
}

static void put_output(const struct tracee *t, char letter, unsigned long value, const unsigned long *arguments) {
  pid_t pid = t->pid;
  /* What a call that failed has written is nothing. */
  int interrupted_sleep = letter == 'T' && (t->number == SYS_nanosleep || t->number == SYS_clock_nanosleep);
  if (interrupted_sleep ? t->result != -EINTR && t->result > -512 : t->has_failed) {
    put_address(value);
    return;
  }
  switch (letter) {
    case 'B':
      put_buffer(pid, value, t->number == SYS_getcwd && t->result > 0 ? (unsigned long)t->result - 1 : (unsigned long)t->result);
      break;
    case 'r': put_vectors(pid, value, (long)arguments[2], t->result); break;
    case 'X':
      if (t->result == 0) put_address(value);
      else put_status(pid, value);
      break;
    case 'T':
      if (interrupted_sleep && !t->has_failed) put_address(value);
      else put_timespec(pid, value);
      break;
    case 'V': {
      struct timeval time;
      if (peek_or_put(pid, value, &time, sizeof time)) put_time(time.tv_sec, "usec", time.tv_usec);
      break;
    }
    case 'N': put_set(pid, value); break;
    case '+': put_usage(pid, value); break;
    case ':': put_stack(pid, value); break;
    case '#': {
      int before = strace_hexadecimal;
      strace_hexadecimal = 2;
      put_buffer(pid, value, (unsigned long)t->result);
      strace_hexadecimal = before;
      break;
    }
    case 'h': put_action(pid, value); break;
    case 'E': {
      struct utsname name;
      if (!peek_or_put(pid, value, &name, sizeof name)) break;
      put("{sysname=");
      put_quoted(name.sysname, strlen(name.sysname), 0);
      put(", nodename=");
      put_quoted(name.nodename, strlen(name.nodename), 0);
      put(", ...}");
      break;
    }
    case 'p': {
      int ends[2];
      if (peek_or_put(pid, value, ends, sizeof ends)) put("[%d, %d]", ends[0], ends[1]);
      break;
    }
    case 'G': put_stat(pid, value); break;
    case 'R': put_limit(pid, value); break;
    case '7': put_interval(pid, value); break;
    case '9': {
      siginfo_t info;
      if (peek_or_put(pid, value, &info, sizeof info)) put_siginfo(&info);
      break;
    }
    case '^': put_entries(pid, value, t->result); break;
  }
}

static void put_fcntl_argument(const struct tracee *t, unsigned long value) {
  int command = (int)t->arguments[1];
  if (command == F_SETFD) put_flags(descriptor_flags, value, 0);
  else if (command == F_SETFL) put_open_flags(value);
  else if (command == F_DUPFD || command == F_DUPFD_CLOEXEC || command == F_SETPIPE_SZ || command == F_SETOWN)
    put("%d", (int)value);
  else put_address(value);
}

static void put_futex(unsigned long value) {
  put_name(futex_operations, value & FUTEX_CMD_MASK);
  if (value & FUTEX_PRIVATE_FLAG) put("_PRIVATE");
  if (value & FUTEX_CLOCK_REALTIME) put("|FUTEX_CLOCK_REALTIME");
}

static void put_input(const struct tracee *t, char letter, int at) {
  const unsigned long *arguments = t->arguments;
  unsigned long value = arguments[at];
  pid_t pid = t->pid;
  switch (letter) {
    case 'i': put("%d", (int)value); break;
    case 'u': put("%u", (unsigned)value); break;
    case 'z': put("%lu", value); break;
    case 'l': put("%ld", (long)value); break;
    case 'x':
      if (t->number == SYS_prctl && at == 1 && t->arguments[0] == PR_SET_NAME) put_path(pid, value);
      else put("%#lx", value);
      break;
    case 'o': put("%#lo", value); break;
    case 's': put_path(pid, value); break;
    case 'd': put_descriptor(pid, (int)value); break;
    case 'D':
      if ((int)value == AT_FDCWD) put("AT_FDCWD");
      else put_descriptor(pid, (int)value);
      break;
    case 'S':
    case '?': put_signal((int)value); break;
    case 'b': put_buffer(pid, value, arguments[at + 1]); break;
    case 'O':
      if (t->number == SYS_openat) put_open_flags(value);
      else put_flags(open_flags, value, 0);
      break;
    case 'c':
    case 'm': put_mode((unsigned)value); break;
    case 'q': put_flags(access_modes, value, "F_OK"); break;
    case 'K': put_flags(at_flags, (unsigned)value, 0); break;
    case 'P': put_flags(protections, value, "PROT_NONE"); break;
    case 'M': put_flags(map_flags, value, 0); break;
    case 'A': put_name(advice, value); break;
    case 'J': put_flags(remap_flags, value, 0); break;
    case 'Z': put_flags(sync_flags, value, 0); break;
    case 'v': put_strings(pid, value); break;
    case 'e': put_environment(pid, value); break;
    case 'W': put_flags(wait_flags, (unsigned)value, 0); break;
    case 't': put_timespec(pid, value); break;
    case '&':
      if (!value) put("NULL");
      else {
        put("[");
        put_file_time(pid, value);
        put(", ");
        put_file_time(pid, value + sizeof(struct timespec));
        put("]");
      }
      break;
    case 'n': put_set(pid, value); break;
    case 'g': put_action(pid, value); break;
    case 'H': put_name(hows, value); break;
    case 'F': put_name(commands, value); break;
    case 'f': put_fcntl_argument(t, value); break;
    case 'I': put_name(requests, (unsigned)value); break;
    case 'w': put_vectors(pid, value, (long)arguments[at + 1], -1); break;
    case 'U': put_futex(value); break;
    case 'L': put_name(whences, value); break;
    case 'y': put_name(resources, value); break;
    case 'Y': put_limit(pid, value); break;
    case 'Q': put_polls(pid, value, arguments[at + 1], 0); break;
    case '2': put_flags(rename_flags, value, 0); break;
    case '3': put_flags(random_flags, value, 0); break;
    case '4': put_name(prctl_options, value); break;
    case '@': put_descriptors(pid, value, (int)arguments[0]); break;
    case 'j': put_mask_and_size(pid, value); break;
    case '=': put_stack(pid, value); break;
    case '1': put_name(usages, value); break;
    case '0': put_name(priorities, value); break;
    case '5': put_name(timers, value); break;
    case '6': put_interval(pid, value); break;
    case '8': put_name(id_types, value); break;
    case '%': put_name(trace_requests, value); break;
    case 'C': put_name(clocks, value); break;
    case '*': put_flags(clock_flags, value, 0); break;
    default: put_address(value);
  }
}

/* How many arguments mean something in this call. */
static int count_of(const struct tracee *t, const char *letters) {
  int count = (int)strlen(letters);
  if (t->number == SYS_openat && !(t->arguments[2] & (O_CREAT | (O_TMPFILE & ~O_DIRECTORY)))) return 3;
  if (t->number == SYS_fcntl) {
    int command = (int)t->arguments[1];
    if (command == F_GETFD || command == F_GETFL || command == F_GETOWN || command == F_GETPIPE_SZ) return 2;
  }
  if (t->number == SYS_futex) {
    int operation = (int)t->arguments[1] & FUTEX_CMD_MASK;
    return operation == FUTEX_WAKE ? 3 : operation == FUTEX_WAIT ? 4 : count;
  }
  if (t->number == SYS_mremap && !(t->arguments[3] & MREMAP_FIXED)) return 4;
  return count;
}

static void put_arguments(struct tracee *t, int is_over) {
  const char *letters = letters_of(t->number);
  int count = count_of(t, letters);
  if (t->number == SYS_clone) {
    if (!is_over) put_clone(t);
    t->next_argument = count;
  }
  for (int at = t->next_argument; at < count; at++) {
    char letter = letters[at];
    int is_output = strchr(outputs, letter) != 0;
    if (at && (!is_over || at != t->next_argument || !is_output)) put(", ");
    if (is_output && !is_over) break;
    if (is_output) put_output(t, letter, t->arguments[at], t->arguments);
    else put_input(t, letter, at);
    t->next_argument = at + 1;
  }
  if (t->number == SYS_rt_sigreturn && !is_over) put_restored_mask(t);
}

void show_arguments(struct tracee *t) {
  const char *name = call_name(t->number);
  if (name) put("%s(", name);
  else put("syscall_%#lx(", (unsigned long)t->number);
  t->next_argument = 0;
  put_arguments(t, 0);
}

static void put_failure(long error) {
  static const struct flag restarts[] = {{512, "ERESTARTSYS (To be restarted if SA_RESTART is set)"},
      {513, "ERESTARTNOINTR (To be restarted)"}, {514, "ERESTARTNOHAND (To be restarted if no handler)"},
      {516, "ERESTART_RESTARTBLOCK (Interrupted by signal)"}, {0, 0}};
  if (error >= 512) {
    put("? ");
    put_name(restarts, (unsigned long)error);
    return;
  }
  const char *name = strerrorname_np((int)error);
  if (name) put("-1 %s (%s)", name, strerror((int)error));
  else put("-1 (errno %ld)", error);
}

void show_result(struct tracee *t) {
  put_arguments(t, 1);
  put(")");
  put("%*s= ", t->column < strace_align ? strace_align - t->column : 1, "");
  if (t->has_failed) {
    put_failure(-t->result);
    return;
  }
  switch (t->number) {
    case SYS_brk:
    case SYS_mmap:
    case SYS_mremap: put_address((unsigned long)t->result); break;
    case SYS_umask: put("%#03lo", (unsigned long)t->result); break;
    case SYS_ppoll:
      put("%ld", t->result);
      if (t->result == 0) put(" (Timeout)");
      if (t->result <= 0) break;
      put(" (");
      put_polls(t->pid, t->arguments[0], t->arguments[1], 1);
      put(")");
      break;
    case SYS_pselect6:
      put("%ld", t->result);
      put_selected(t);
      break;
    case SYS_fcntl:
      put(t->arguments[1] == F_GETFL || (t->arguments[1] == F_GETFD && t->result) ? "%#lx" : "%ld", t->result);
      if (t->arguments[1] == F_GETFL || t->arguments[1] == F_GETFD) {
        put(t->arguments[1] == F_GETFL || t->result ? " (flags " : "");
        if (t->arguments[1] == F_GETFL) put_open_flags((unsigned long)t->result);
        else if (t->result) put_flags(descriptor_flags, (unsigned long)t->result, 0);
        put(t->arguments[1] == F_GETFL || t->result ? ")" : "");
      }
      break;
    case SYS_openat:
    case SYS_dup:
    case SYS_dup3: put_descriptor(t->pid, (int)t->result); break;
    default: put("%ld", t->result);
  }
}
