// What somebody may have meant who wrote a name that nothing has: a similar one, or a function of the C library whose header
// is not included.

/** The most similar of the candidates, if one is similar enough that a slip of the finger explains the difference. */
export function mostSimilar(
  name: string,
  candidates: Iterable<string>,
  most = Infinity,
): string | undefined {
  // Every third letter may be wrong, as in clang.
  let limit = Math.min(Math.floor((name.length + 2) / 3), most);
  if (name.length < 2 || name.length > 64) return undefined;
  let best: string | undefined;
  for (const candidate of candidates) {
    if (Math.abs(candidate.length - name.length) > limit || candidate === name) continue;
    const distance = editDistance(name, candidate, limit);
    if (distance < limit || (distance === limit && best === undefined)) {
      best = candidate;
      limit = distance;
    }
  }
  return best;
}

/** Letters to insert, remove, replace or swap with their neighbour; more than `limit`: limit + 1. */
function editDistance(a: string, b: string, limit: number): number {
  let before: number[] = [];
  let previous: number[] = [];
  for (let j = 0; j <= b.length; j++) previous.push(j);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    let least = i;
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1];
      let cost = Math.min(
        (previous[j] ?? 0) + 1,
        (row[j - 1] ?? 0) + 1,
        (previous[j - 1] ?? 0) + (same ? 0 : 1),
      );
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) {
        cost = Math.min(cost, (before[j - 2] ?? 0) + 1);
      }
      row.push(cost);
      least = Math.min(least, cost);
    }
    if (least > limit) return limit + 1;
    before = previous;
    previous = row;
  }
  return previous[b.length] ?? limit + 1;
}

const HEADERS: ReadonlyMap<string, string> = new Map(
  (
    [
      [
        "stdio.h",
        "printf fprintf sprintf snprintf vprintf vfprintf vsprintf vsnprintf dprintf scanf fscanf sscanf puts fputs putchar putc " +
          "fputc getchar getc fgetc fgets fopen freopen fdopen fclose fread fwrite fseek ftell rewind fflush feof ferror clearerr perror " +
          "remove rename setvbuf setbuf ungetc getline tmpfile fileno popen pclose stdin stdout stderr EOF FILE BUFSIZ",
      ],
      [
        "stdlib.h",
        "malloc calloc realloc free exit abort atexit _Exit atoi atol atoll strtol strtoul strtoll strtoull rand srand qsort " +
          "bsearch abs labs llabs div ldiv getenv setenv unsetenv putenv system mkstemp mkdtemp realpath EXIT_SUCCESS EXIT_FAILURE RAND_MAX",
      ],
      [
        "string.h",
        "memcpy memmove memset memcmp memchr memrchr strlen strnlen strcpy strncpy strcat strncat strcmp strncmp strchr strrchr " +
          "strstr strspn strcspn strpbrk strtok strtok_r strdup strndup strerror strsignal stpcpy strlcpy strlcat strsep strcoll",
      ],
      ["strings.h", "strcasecmp strncasecmp bzero bcopy ffs"],
      [
        "unistd.h",
        "read write close lseek pread pwrite fork execve execv execvp execl execlp _exit getpid getppid getuid geteuid getgid " +
          "sleep usleep pause pipe pipe2 dup dup2 dup3 chdir fchdir getcwd unlink rmdir link symlink readlink access isatty getopt " +
          "setsid setpgid getpgid getpgrp tcgetpgrp tcsetpgrp ftruncate truncate sysconf alarm brk sbrk gethostname environ",
      ],
      [
        "fcntl.h",
        "open openat creat fcntl O_RDONLY O_WRONLY O_RDWR O_CREAT O_TRUNC O_APPEND O_CLOEXEC",
      ],
      [
        "ctype.h",
        "isalpha isdigit isalnum isspace isupper islower ispunct isprint isgraph iscntrl isxdigit isblank toupper tolower",
      ],
      [
        "signal.h",
        "signal sigaction kill raise sigemptyset sigfillset sigaddset sigdelset sigismember sigprocmask sigsuspend sigaltstack " +
          "SIGINT SIGTERM SIGKILL SIGSEGV SIGCHLD SIGUSR1 SIGUSR2 SIGPIPE SIGALRM SIG_DFL SIG_IGN",
      ],
      ["sys/wait.h", "wait waitpid WIFEXITED WEXITSTATUS WIFSIGNALED WTERMSIG WNOHANG"],
      [
        "sys/stat.h",
        "stat fstat lstat fstatat mkdir chmod fchmod mkfifo mknod umask S_ISDIR S_ISREG",
      ],
      [
        "sys/mman.h",
        "mmap munmap mprotect msync PROT_READ PROT_WRITE MAP_PRIVATE MAP_SHARED MAP_ANONYMOUS",
      ],
      ["sys/ioctl.h", "ioctl"],
      ["sys/mount.h", "mount umount umount2"],
      ["poll.h", "poll ppoll POLLIN POLLOUT"],
      ["dirent.h", "opendir readdir closedir rewinddir DIR"],
      ["errno.h", "errno EINTR EAGAIN ENOENT EINVAL EEXIST ENOMEM EBADF EPIPE"],
      ["assert.h", "assert static_assert"],
      ["stdbool.h", "bool true false"],
      ["stddef.h", "NULL size_t ptrdiff_t wchar_t offsetof"],
      [
        "stdint.h",
        "int8_t int16_t int32_t int64_t uint8_t uint16_t uint32_t uint64_t intptr_t uintptr_t intmax_t uintmax_t INT_FAST8_MAX " +
          "INT32_MAX INT32_MIN UINT32_MAX INT64_MAX INT64_MIN UINT64_MAX SIZE_MAX",
      ],
      ["sys/types.h", "ssize_t pid_t off_t mode_t uid_t gid_t"],
      [
        "limits.h",
        "INT_MAX INT_MIN UINT_MAX LONG_MAX LONG_MIN ULONG_MAX CHAR_BIT CHAR_MAX PATH_MAX SHRT_MAX",
      ],
      ["stdarg.h", "va_start va_end va_arg va_copy va_list"],
      ["setjmp.h", "setjmp longjmp sigsetjmp siglongjmp jmp_buf"],
      [
        "time.h",
        "time clock clock_gettime nanosleep localtime gmtime mktime strftime difftime asctime ctime CLOCK_MONOTONIC CLOCK_REALTIME",
      ],
      ["sys/time.h", "gettimeofday setitimer getitimer"],
      ["termios.h", "tcgetattr tcsetattr cfmakeraw"],
      ["sched.h", "sched_yield clone"],
      ["libgen.h", "basename dirname"],
    ] as const
  ).flatMap(([header, names]) => names.split(" ").map((name): [string, string] => [name, header])),
);

/** The header of the C library that somebody meant who misspelt its name. */
export function similarHeader(name: string): string | undefined {
  const headers = new Set(HEADERS.values());
  return headers.has(name) ? undefined : mostSimilar(name, headers);
}

/** The header that declares a well-known name of the C library. */
export function headerOf(name: string): string | undefined {
  return HEADERS.get(name);
}
