/* -printf and -ls of find. */
#include <stdlib.h>
#include <string.h>
#include <sys/sysmacros.h>
#include <unistd.h>
#include "file.h"
#include "find-node.h"

static void put_time(FILE *to, const struct timespec *t, char how, char *text, size_t size) {
  struct tm tm;
  char format[3] = {'%', how, 0};
  (void)to;
  localtime_r(&t->tv_sec, &tm);
  long fraction = t->tv_nsec; /* with ten digits, as GNU's */
  if (how == '@') snprintf(text, size, "%ld.%09ld0", (long)t->tv_sec, fraction);
  else if (how == 'S') snprintf(text, size, "%02d.%09ld0", tm.tm_sec, fraction);
  else if (how == 'T') snprintf(text, size, "%02d:%02d:%02d.%09ld0", tm.tm_hour, tm.tm_min, tm.tm_sec, fraction);
  else if (how == '+') {
    size_t used = strftime(text, size, "%Y-%m-%d+%H:%M:%S", &tm);
    snprintf(text + used, size - used, ".%09ld0", fraction);
  } else if (how == ' ') { /* %t and kin: ctime's, with the fraction before the year */
    size_t used = strftime(text, size, "%a %b %e %H:%M:%S", &tm);
    snprintf(text + used, size - used, ".%09ld0 %d", fraction, tm.tm_year + 1900);
  } else strftime(text, size, format, &tm);
}

/* The path as far as it is above the name; "." when nothing is. */
static size_t head_size(const char *path) {
  const char *slash = strrchr(path, '/');
  return slash ? (size_t)(slash - path) : 0;
}

/* After a backslash; how many characters it takes, 0 for \c, which ends the output. */
static int put_escape(FILE *to, const char *c) {
  static const char letters[] = "abfnrtv\\", meanings[] = "\a\b\f\n\r\t\v\\";
  const char *known = *c ? strchr(letters, *c) : 0;
  if (*c == 'c') return 0;
  if (known) {
    putc(meanings[known - letters], to);
    return 1;
  }
  int value = 0, used = 0;
  for (; used < 3 && c[used] >= '0' && c[used] <= '7'; used++) value = value * 8 + c[used] - '0';
  if (used) {
    putc(value, to);
    return used;
  }
  putc('\\', to);
  if (*c) putc(*c, to);
  return *c != 0;
}

static char type_of_target(const struct found *f) {
  struct stat s;
  return stat(f->path, &s) == 0 ? find_letter(s.st_mode) : 'N';
}

/* One directive; `flags` is what printf is to make of it. How many more characters it takes. */
static int put_directive(FILE *to, const char *c, const char *flags, const struct found *f) {
  const struct stat *s = f->stat;
  char text[4096] = "", format[32];
  const char *word = text, *as = "lu";
  unsigned long number = 0;
  int used = 0, is_word = 1;
  switch (*c) {
    case 'p': word = f->path; break;
    case 'f': word = find_name(f->path); break;
    case 'H': word = f->start; break;
    case 'P':
      word = f->path + strlen(f->start);
      while (*word == '/') word++;
      break;
    case 'h': {
      size_t size = head_size(f->path);
      snprintf(text, sizeof text, "%.*s", size ? (int)size : 1, size || *f->path == '/' ? f->path : ".");
      break;
    }
    case 'l':
      if (S_ISLNK(s->st_mode) && readlink(f->path, text, sizeof text - 1) < 0) *text = 0;
      break;
    case 'y': *text = find_letter(s->st_mode); break;
    case 'Y': *text = type_of_target(f); break;
    case 'M': file_permissions(s->st_mode, text); break;
    case 'u': word = file_owner(s->st_uid, ""); break;
    case 'g': word = file_group(s->st_gid, ""); break;
    case 'a': put_time(to, &s->st_atim, ' ', text, sizeof text); break;
    case 'c': put_time(to, &s->st_ctim, ' ', text, sizeof text); break;
    case 't': put_time(to, &s->st_mtim, ' ', text, sizeof text); break;
    case 'A':
    case 'C':
    case 'T':
      used = c[1] != 0;
      put_time(to, find_time(s, *c == 'A' ? 'a' : *c == 'C' ? 'c' : 'm'), c[1], text, sizeof text);
      break;
    case '%': word = "%"; break;
    default: is_word = 0;
  }
  if (!is_word) switch (*c) {
    case 'd': number = f->depth; break;
    case 's': number = (unsigned long)s->st_size; break;
    case 'b': number = (unsigned long)s->st_blocks; break;
    case 'k': number = ((unsigned long)s->st_blocks + 1) / 2; break;
    case 'n': number = s->st_nlink; break;
    case 'i': number = s->st_ino; break;
    case 'D': number = s->st_dev; break;
    case 'U': number = s->st_uid; break;
    case 'G': number = s->st_gid; break;
    case 'm': number = s->st_mode & 07777, as = "lo"; break;
    default: /* no directive */
      fprintf(to, "%%%s%c", flags, *c);
      return 0;
  }
  snprintf(format, sizeof format, "%%%.24s%s", flags, is_word ? "s" : as);
  if (is_word) fprintf(to, format, word);
  else fprintf(to, format, number);
  return used;
}

void find_printf(FILE *to, const char *format, const struct found *f) {
  for (const char *c = format; *c; c++) {
    char flags[25];
    if (*c == '\\') {
      int used = put_escape(to, c + 1);
      if (c[1] == 'c') return;
      c += used;
    } else if (*c == '%' && c[1]) {
      size_t size = strspn(c + 1, "-+ #0123456789.");
      snprintf(flags, sizeof flags, "%.*s", (int)size, c + 1);
      c += size + 1;
      if (!*c) return;
      c += put_directive(to, c, flags, f);
    } else {
      putc(*c, to);
    }
  }
}

void find_list(FILE *to, const struct found *f) {
  const struct stat *s = f->stat;
  char mode[11], when[32], size[32], target[4096] = "";
  struct tm tm;
  long age = (long)(time(0) - s->st_mtim.tv_sec);
  strftime(when, sizeof when, age >= 0 && age < 15778476 ? "%b %e %H:%M" : "%b %e  %Y", localtime_r(&s->st_mtim.tv_sec, &tm));
  if (S_ISCHR(s->st_mode) || S_ISBLK(s->st_mode)) snprintf(size, sizeof size, "%3u, %3u", major(s->st_rdev), minor(s->st_rdev));
  else snprintf(size, sizeof size, "%8ld", (long)s->st_size);
  int is_link = S_ISLNK(s->st_mode) && readlink(f->path, target, sizeof target - 1) >= 0;
  fprintf(to, "%9lu %6lu %s %3lu ", (unsigned long)s->st_ino, ((unsigned long)s->st_blocks + 1) / 2, file_permissions(s->st_mode, mode), (unsigned long)s->st_nlink);
  fprintf(to, "%-8s %-8s %s %s %s%s%s\n", file_owner(s->st_uid, "?"), file_group(s->st_gid, "?"), size, when, f->path, is_link ? " -> " : "", target);
}
