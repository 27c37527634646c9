/* stat: what the kernel knows about files, and with -f about the file systems that they are in. */
#include <ctype.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/statfs.h>
#include <sys/sysmacros.h>
#include <unistd.h>
#include "tools/file.h"
#include "tools/quote.h"
#include "tools/tool.h"

static const char usage[] =
    "stat [-L] [-f] [-t] [-c FORMAT | --printf=FORMAT] FILE...\n"
    "Shows what is known about files; -L about what links lead to, -t in one line. FORMAT is printed for each file; --printf\n"
    "understands \\n and kin and adds no newline:\n"
    "  %n %N name, with where a link leads   %s size   %b %B blocks, and their size   %F kind   %h links   %i inode\n"
    "  %a %A %f permissions (octal, rwx), the raw mode   %u %g %U %G owner and group   %d device   %o block for reading\n"
    "  %x %y %z %X %Y %Z times of access, change, change of status; in seconds   %t %T %r what device it is   %m mount point\n"
    "With -f about the file system: %n name   %T kind   %t its number   %s %S block sizes   %b %f %a blocks, free ones, for all\n"
    "  %c %d inodes, free ones   %l longest name   %i identity\n";

struct subject {
  const char *path;
  struct stat s;
  struct statfs system;
};

static const char *name_text(const struct subject *of, char to[4096]) {
  char target[1000], *name = quote(of->path, QUOTE_SHELL_ALWAYS), *leads_to = 0;
  ssize_t size = S_ISLNK(of->s.st_mode) ? readlink(of->path, target, sizeof target - 1) : -1;
  if (size >= 0) {
    target[size] = 0;
    leads_to = quote(target, QUOTE_SHELL_ALWAYS);
  }
  snprintf(to, 4096, "%s%s%s", name, leads_to ? " -> " : "", leads_to ? leads_to : "");
  free(name);
  free(leads_to);
  return to;
}

/* The longest path above a file that is in the same file system. */
static const char *mount_point(const char *path, char to[4096]) {
  struct stat s, up;
  if (!realpath(path, to) || stat(to, &s) < 0) return "?";
  while (to[1]) {
    char *slash = strrchr(to, '/'), kept = slash[slash == to];
    slash[slash == to] = 0;
    if (stat(to, &up) < 0 || up.st_dev != s.st_dev) {
      slash[slash == to] = kept;
      break;
    }
  }
  return to;
}

static const char *system_name(long type) {
  static const struct {
    long type;
    const char *name;
  } names[] = {{0x9fa0, "proc"}, {0x01021994, "tmpfs"}, {0x858458f6, "ramfs"}, {0x1cd1, "devpts"}, {0x62656572, "sysfs"},
               {0xef53, "ext2/ext3"}, {0x794c7630, "overlayfs"}, {0x9660, "isofs"}, {0x28cd3d45, "cramfs"}, {0x7275, "romfs"}};
  for (size_t i = 0; i < sizeof names / sizeof *names; i++)
    if (names[i].type == type) return names[i].name;
  return "UNKNOWN";
}

/* Seconds, with as many digits of the fraction as a precision in the flags says. */
static void put_seconds(const struct timespec *time, const char *flags) {
  char text[40];
  const char *point = strchr(flags, '.');
  int digits = point ? point[1] ? atoi(point + 1) : 9 : 0;
  long fraction = time->tv_nsec;
  for (int i = digits; i < 9; i++) fraction /= 10;
  int used = snprintf(text, sizeof text, "%ld", (long)time->tv_sec);
  if (digits > 0) snprintf(text + used, sizeof text - (size_t)used, ".%0*ld%.*s", digits < 9 ? digits : 9, fraction, digits > 9 ? digits - 9 < 12 ? digits - 9 : 12 : 0, "000000000000");
  int width = atoi(flags + strspn(flags, "-+ #0"));
  for (int zeros = width - (int)strlen(text); *flags == '0' && zeros > 0; zeros--) putchar('0');
  printf(*flags == '-' ? "%-*s" : "%*s", *flags == '0' ? 0 : width, text);
}

/* A number, a text (`word` is set) or a time (`time`), and how printf is to print it. */
struct piece {
  const char *word, *as;
  unsigned long number;
  const struct timespec *time;
  char text[4096];
};

static void of_file(char letter, char device, const struct subject *of, struct piece *p) {
  const struct stat *s = &of->s;
  switch (letter) {
    case 'N': p->word = name_text(of, p->text); break;
    case 'F': p->word = file_kind(s); break;
    case 'A': p->word = file_permissions(s->st_mode, p->text); break;
    case 'U': p->word = file_owner(s->st_uid, "UNKNOWN"); break;
    case 'G': p->word = file_group(s->st_gid, "UNKNOWN"); break;
    case 'm': p->word = mount_point(of->path, p->text); break;
    case 'x': p->word = file_time(&s->st_atim, p->text); break;
    case 'y': p->word = file_time(&s->st_mtim, p->text); break;
    case 'z': p->word = file_time(&s->st_ctim, p->text); break;
    case 'w': p->word = "-"; break;
    case 'W': break;
    case 'a': p->number = s->st_mode & 07777, p->as = "lo"; break;
    case 'f': p->number = s->st_mode, p->as = "lx"; break;
    case 's': p->number = (unsigned long)s->st_size; break;
    case 'b': p->number = (unsigned long)s->st_blocks; break;
    case 'B': p->number = 512; break;
    case 'o': p->number = (unsigned long)s->st_blksize; break;
    case 'h': p->number = s->st_nlink; break;
    case 'i': p->number = s->st_ino; break;
    case 'u': p->number = s->st_uid; break;
    case 'g': p->number = s->st_gid; break;
    case 'd': p->number = device == 'H' ? major(s->st_dev) : device == 'L' ? minor(s->st_dev) : s->st_dev; break;
    case 'r': p->number = device == 'H' ? major(s->st_rdev) : device == 'L' ? minor(s->st_rdev) : s->st_rdev; break;
    case 'D': p->number = s->st_dev, p->as = "lx"; break;
    case 'R': p->number = s->st_rdev, p->as = "lx"; break;
    case 't': p->number = major(s->st_rdev), p->as = "lx"; break;
    case 'T': p->number = minor(s->st_rdev), p->as = "lx"; break;
    case 'X': p->time = &s->st_atim; break;
    case 'Y': p->time = &s->st_mtim; break;
    case 'Z': p->time = &s->st_ctim; break;
    default: p->word = "?";
  }
}

static void of_system(char letter, const struct subject *of, struct piece *p) {
  const struct statfs *s = &of->system;
  switch (letter) {
    case 'T': p->word = system_name((long)s->f_type); break;
    case 't': p->number = (unsigned long)s->f_type, p->as = "lx"; break;
    case 'l': p->number = (unsigned long)s->f_namelen; break;
    case 's': p->number = (unsigned long)s->f_bsize; break;
    case 'S': p->number = (unsigned long)s->f_frsize; break;
    case 'b': p->number = s->f_blocks; break;
    case 'f': p->number = s->f_bfree; break;
    case 'a': p->number = s->f_bavail; break;
    case 'c': p->number = s->f_files; break;
    case 'd': p->number = s->f_ffree; break;
    case 'i': memcpy(&p->number, &s->f_fsid, 8), p->as = "lx"; break;
    default: p->word = "?";
  }
}

static int systems; /* -f */

/* One %letter, with what stands between as printf's flags and width. */
static void put(char letter, char device, const char *flags, const struct subject *of) {
  struct piece p = {.as = "ld"};
  char format[32];
  if (letter == 'n') p.word = of->path;
  else if (letter == '%') p.word = "%";
  else if (systems) of_system(letter, of, &p);
  else of_file(letter, device, of, &p);
  if (p.time) {
    put_seconds(p.time, flags);
    return;
  }
  snprintf(format, sizeof format, "%%%.16s%s", flags, p.word ? "s" : p.as);
  if (p.word) printf(format, p.word);
  else printf(format, p.number);
}

/* After a backslash of --printf; the last character that belongs to it. */
static const char *put_escape(const char *c) {
  static const char letters[] = "abefnrtv\\\"", meanings[] = "\a\b\033\f\n\r\t\v\\\"";
  const char *known = *c ? strchr(letters, *c) : 0;
  if (known) {
    putchar(meanings[known - letters]);
  } else if ((*c >= '0' && *c <= '7') || (*c == 'x' && isxdigit((unsigned char)c[1]))) {
    char digits[4] = "", *end;
    int hex = *c == 'x';
    strncpy(digits, c + hex, hex ? 2 : 3);
    putchar((int)strtoul(digits, &end, hex ? 16 : 8));
    return c + hex + (end - digits) - 1;
  } else if (*c) {
    tool_complain("warning: unrecognized escape '\\%c'", *c);
    putchar(*c);
  } else {
    tool_complain("warning: backslash at end of format");
    putchar('\\');
    return c - 1;
  }
  return c;
}

static void put_formatted(const char *format, int escapes, const struct subject *of) {
  for (const char *f = format; *f; f++) {
    if (*f == '\\' && escapes) {
      f = put_escape(f + 1);
      continue;
    }
    if (*f != '%') {
      putchar(*f);
      continue;
    }
    char flags[17], device = 0;
    size_t size = strspn(f + 1, "'-+ #I0123456789."), kept = 0;
    for (size_t i = 0; i < size && kept < sizeof flags - 1; i++) /* grouping and other digits are what this locale has none of */
      if (!strchr("'I", f[1 + i])) flags[kept++] = f[1 + i];
    flags[kept] = 0;
    if (f[1 + size] == 'H' || f[1 + size] == 'L') {
      device = f[1 + size];
      if (f[2 + size] == 'd' || f[2 + size] == 'r') size++;
    }
    f += size + 1;
    if (!*f && size > 0) {
      fflush(stdout);
      exit(tool_complain("'%.*s': invalid directive", (int)size + 1, f - size - 1));
    }
    if (!*f) {
      putchar('%');
      return;
    }
    put(*f, device, flags, of);
  }
}

static void show(const struct subject *of) {
  char a[48], b[48], c[48], mode[11];
  const struct stat *s = &of->s;
  fputs("  File: ", stdout);
  if (S_ISLNK(s->st_mode)) {
    char target[4096];
    ssize_t size = readlink(of->path, target, sizeof target);
    printf("%s -> %.*s", of->path, size < 0 ? 0 : (int)size, target);
  } else {
    fputs(of->path, stdout);
  }
  printf("\n  Size: %-10ld\tBlocks: %-10ld IO Block: %-6ld %s\n", (long)s->st_size, (long)s->st_blocks, (long)s->st_blksize, file_kind(s));
  printf("Device: %u,%u\tInode: %-11lu Links: ", major(s->st_dev), minor(s->st_dev), (unsigned long)s->st_ino);
  if (S_ISCHR(s->st_mode) || S_ISBLK(s->st_mode)) printf("%-5lu Device type: %u,%u", (unsigned long)s->st_nlink, major(s->st_rdev), minor(s->st_rdev));
  else printf("%lu", (unsigned long)s->st_nlink);
  printf("\nAccess: (%04o/%s)  Uid: (%5u/%8s)   ", s->st_mode & 07777, file_permissions(s->st_mode, mode), s->st_uid, file_owner(s->st_uid, "UNKNOWN"));
  printf("Gid: (%5u/%8s)\n", s->st_gid, file_group(s->st_gid, "UNKNOWN"));
  printf("Access: %s\nModify: %s\nChange: %s\n Birth: -\n", file_time(&s->st_atim, a), file_time(&s->st_mtim, b), file_time(&s->st_ctim, c));
}

static const char system_format[] =
    "  File: \"%n\"\n    ID: %-8i Namelen: %-7l Type: %T\nBlock size: %-10s Fundamental block size: %S\n"
    "Blocks: Total: %-10b Free: %-10f Available: %a\nInodes: Total: %-10c Free: %d\n";

static int get(struct subject *of, int follow) {
  int standard = strcmp(of->path, "-") == 0;
  if (systems) {
    if (standard) return tool_complain("using '-' to denote standard input does not work in file system mode");
    if (statfs(of->path, &of->system) == 0) return 0;
    return tool_complain("cannot read file system information for '%s': %s", of->path, strerror(errno));
  }
  if ((standard ? fstat(0, &of->s) : follow ? stat(of->path, &of->s) : lstat(of->path, &of->s)) == 0) return 0;
  if (standard) return tool_failed("cannot stat standard input");
  return tool_complain("cannot statx '%s': %s", of->path, strerror(errno));
}

int main(int argc, char **argv) {
  const char *format = 0;
  int follow = 0, failed = 0, escapes = 0, terse = 0;
  tool_start(argc, argv, usage);
  for (int option; (option = tool_option(argc, argv, "L(dereference)f(file-system)c:(format)\1:(printf)t(terse)")) != -1;) {
    if (option == 'L') follow = 1;
    else if (option == 'f') systems = 1;
    else if (option == 't') terse = 1;
    else format = optarg, escapes = option == 1;
  }
  if (optind == argc) {
    tool_complain("missing operand");
    tool_bad_usage();
  }
  int newline = format != 0 && !escapes;
  if (!format && terse) {
    format = systems ? "%n %i %l %t %s %S %b %f %a %c %d" : "%n %s %b %f %u %g %D %i %h %t %T %X %Y %Z %W %o";
    newline = 1;
  }
  if (!format && systems) format = system_format;
  for (; optind < argc; optind++) {
    struct subject of = {.path = argv[optind]};
    if (get(&of, follow)) {
      failed = 1;
    } else if (format) {
      put_formatted(format, escapes, &of);
      if (newline) putchar('\n');
    } else {
      show(&of);
    }
  }
  return tool_finish(failed);
}
