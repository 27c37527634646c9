/* stat: what the kernel knows about files. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>
#include <time.h>
#include <unistd.h>
#include "tools/tool.h"

static const char usage[] =
    "stat [-L] [-c FORMAT] FILE...\n"
    "Shows what is known about files; -L about what links lead to. In FORMAT, which is printed for each file:\n"
    "  %n %N name, with where a link leads   %s size   %b %B blocks, and their size   %F kind   %h links   %i inode\n"
    "  %a %A %f permissions (octal, rwx), the raw mode   %u %g %U %G owner and group   %d device   %o block for reading\n"
    "  %x %y %z %X %Y %Z times of access, change, change of status; in seconds\n";



static const char *kind(const struct stat *s) {
  switch (s->st_mode & S_IFMT) {
    case S_IFDIR: return "directory";
    case S_IFLNK: return "symbolic link";
    case S_IFCHR: return "character special file";
    case S_IFBLK: return "block special file";
    case S_IFIFO: return "fifo";
    case S_IFSOCK: return "socket";
    default: return s->st_size == 0 ? "regular empty file" : "regular file";
  }
}

static char *permissions(mode_t mode, char to[11]) {
  static const char letters[] = "rwxrwxrwx";
  to[0] = S_ISDIR(mode) ? 'd' : S_ISLNK(mode) ? 'l' : S_ISCHR(mode) ? 'c' : S_ISBLK(mode) ? 'b' : S_ISFIFO(mode) ? 'p' : S_ISSOCK(mode) ? 's' : '-';
  for (int i = 0; i < 9; i++) to[i + 1] = mode >> (8 - i) & 1 ? letters[i] : '-';
  if (mode & S_ISUID) to[3] = mode & 0100 ? 's' : 'S';
  if (mode & S_ISGID) to[6] = mode & 0010 ? 's' : 'S';
  if (mode & S_ISVTX) to[9] = mode & 0001 ? 't' : 'T';
  to[10] = 0;
  return to;
}

static char *time_text(const struct timespec *time, char to[48]) {
  struct tm tm;
  size_t size = strftime(to, 48, "%Y-%m-%d %H:%M:%S", localtime_r(&time->tv_sec, &tm));
  snprintf(to + size, 48 - size, ".%09ld +0000", time->tv_nsec);
  return to;
}

/* There is nobody but root. */
static const char *owner(unsigned id) { return id == 0 ? "root" : "UNKNOWN"; }

static void put_name(const char *path, const struct stat *s) {
  char target[4096];
  ssize_t size = S_ISLNK(s->st_mode) ? readlink(path, target, sizeof target) : -1;
  printf(size < 0 ? "'%s'" : "'%s' -> '%.*s'", path, (int)size, target);
}

/* One %letter, with what stands between as printf's flags and width. */
static void put(char letter, const char *flags, const char *path, const struct stat *s) {
  char format[32], text[48];
  const char *word = 0;
  unsigned long number = 0;
  const char *as = "lu";
  switch (letter) {
    case 'n': word = path; break;
    case 'N': put_name(path, s); return;
    case 'F': word = kind(s); break;
    case 'A': word = permissions(s->st_mode, text); break;
    case 'U': word = owner(s->st_uid); break;
    case 'G': word = owner(s->st_gid); break;
    case 'x': word = time_text(&s->st_atim, text); break;
    case 'y': word = time_text(&s->st_mtim, text); break;
    case 'z': word = time_text(&s->st_ctim, text); break;
    case 'w': word = "-"; break;
    case '%': word = "%"; break;
    case 'a': number = s->st_mode & 07777, as = "lo"; break;
    case 'f': number = s->st_mode, as = "lx"; break;
    case 's': number = (unsigned long)s->st_size; break;
    case 'b': number = (unsigned long)s->st_blocks; break;
    case 'B': number = 512; break;
    case 'o': number = (unsigned long)s->st_blksize; break;
    case 'h': number = s->st_nlink; break;
    case 'i': number = s->st_ino; break;
    case 'u': number = s->st_uid; break;
    case 'g': number = s->st_gid; break;
    case 'd': number = s->st_dev; break;
    case 'D': number = s->st_dev, as = "lx"; break;
    case 't': number = major(s->st_rdev), as = "lx"; break;
    case 'T': number = minor(s->st_rdev), as = "lx"; break;
    case 'X': number = (unsigned long)s->st_atim.tv_sec; break;
    case 'Y': number = (unsigned long)s->st_mtim.tv_sec; break;
    case 'Z': number = (unsigned long)s->st_ctim.tv_sec; break;
    case 'W': break;
    default: word = "?";
  }
  snprintf(format, sizeof format, "%%%.16s%s", flags, word ? "s" : as);
  if (word) printf(format, word);
  else printf(format, number);
}

static void put_formatted(const char *format, const char *path, const struct stat *s) {
  for (const char *f = format; *f; f++) {
    if (*f != '%' || !f[1]) {
      putchar(*f);
      continue;
    }
    char flags[17];
    size_t size = strspn(f + 1, "-+ #0123456789.");
    snprintf(flags, sizeof flags, "%.*s", (int)size, f + 1);
    f += size + 1;
    if (!*f) return;
    put(*f, flags, path, s);
  }
}

static void show(const char *path, const struct stat *s) {
  char a[48], b[48], c[48], mode[11];
  fputs("  File: ", stdout);
  if (S_ISLNK(s->st_mode)) {
    char target[4096];
    ssize_t size = readlink(path, target, sizeof target);
    printf("%s -> %.*s", path, size < 0 ? 0 : (int)size, target);
  } else {
    fputs(path, stdout);
  }
  printf("\n  Size: %-10ld\tBlocks: %-10ld IO Block: %-6ld %s\n", (long)s->st_size, (long)s->st_blocks, (long)s->st_blksize, kind(s));
  printf("Device: %u,%u\tInode: %-11lu Links: %lu", major(s->st_dev), minor(s->st_dev), (unsigned long)s->st_ino, (unsigned long)s->st_nlink);
  if (S_ISCHR(s->st_mode) || S_ISBLK(s->st_mode)) printf("     Device type: %u,%u", major(s->st_rdev), minor(s->st_rdev));
  printf("\nAccess: (%04o/%s)  Uid: (%5u/%8s)   Gid: (%5u/%8s)\n", s->st_mode & 07777, permissions(s->st_mode, mode), s->st_uid, owner(s->st_uid), s->st_gid, owner(s->st_gid));
  printf("Access: %s\nModify: %s\nChange: %s\n Birth: -\n", time_text(&s->st_atim, a), time_text(&s->st_mtim, b), time_text(&s->st_ctim, c));
}

int main(int argc, char **argv) {
  const char *format = 0;
  int follow = 0, failed = 0;
  tool_start(argc, argv, usage);
  for (int option; (option = getopt(argc, argv, "Lc:")) != -1;) {
    if (option == 'L') follow = 1;
    else if (option == 'c') format = optarg;
    else tool_bad_usage(1);
  }
  if (optind == argc) {
    tool_complain("missing operand");
    tool_bad_usage(1);
  }
  for (; optind < argc; optind++) {
    struct stat s;
    const char *path = argv[optind];
    if ((follow ? stat(path, &s) : lstat(path, &s)) < 0) {
      tool_complain("cannot statx '%s': %s", path, strerror(errno));
      failed = 1;
    } else if (format) {
      put_formatted(format, path, &s);
      putchar('\n');
    } else {
      show(path, &s);
    }
  }
  return tool_finish(failed);
}
