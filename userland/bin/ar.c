/* ar: archives, which is what libraries are. Without times and owners, as GNU's with D: the same objects make the same bytes. */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>
#include "tools/archive-write.h"
#include "tools/tool.h"

static const char usage[] =
    "ar [-]{r|q|d|m|t|p|x|s}[abciDosSuUv] [MEMBER] ARCHIVE [FILE]...\n"
    "Makes, changes and reads archives.\n"
    "  r puts files in, in the place of members of the same names; q at the end; d takes members out; m moves them to the end\n"
    "  t lists members; p prints them; x writes them to files; s makes the index of symbols anew\n"
    "  a, b, i  r and m behind or before MEMBER          c  says nothing about a new archive\n"
    "  s, S     with an index of symbols, or without     u  r only what is newer than its member\n"
    "  o        x keeps members' times                   U  times and owners are kept (D: not; so it is anyway)\n"
    "  v        says what is done\n"
    "cc -c f.c && ar rcs libf.a f.o && cc main.c -L. -lf links with one.\n";

static struct archive archive;
static const char *path;
static char operation;
static int says, is_quiet, has_index = 1, only_newer, keeps_times, has_details;
static char place; /* a: behind, b: before `relative` */
static const char *relative;

static const char *name_of(const char *file) {
  const char *slash = strrchr(file, '/');
  return slash ? slash + 1 : file;
}

static long find(const char *name) {
  for (size_t at = 0; at < archive.count; at++)
    if (strcmp(archive.members[at].name, name) == 0) return (long)at;
  return -1;
}

static void insert(size_t at, struct member m) {
  struct member *more = realloc(archive.members, (archive.count + 1) * sizeof m);
  if (!more) exit(tool_failed(path));
  memmove(more + at + 1, more + at, (archive.count - at) * sizeof m);
  more[at] = m;
  archive.members = more;
  archive.count++;
}

static struct member take_out(size_t at) {
  struct member m = archive.members[at];
  archive.count--;
  memmove(archive.members + at, archive.members + at + 1, (archive.count - at) * sizeof m);
  return m;
}

/* Where new members go. */
static size_t target(void) {
  long at = relative ? find(relative) : -1;
  return at < 0 ? archive.count : (size_t)at + (place == 'a');
}

static int put_in(const char *file) {
  struct stat status;
  size_t size;
  if (stat(file, &status) < 0) exit(tool_failed(file));
  if (S_ISDIR(status.st_mode)) errno = EISDIR, exit(tool_complain("%s is not an ordinary file.", file));
  char *bytes = tool_read_file(file, &size);
  if (!bytes) exit(tool_failed(file));
  struct member m = {(char *)name_of(file), bytes, size, 0, 0, 0, 0644};
  if (has_details) {
    m.date = status.st_mtim.tv_sec;
    m.owner = status.st_uid;
    m.group = status.st_gid;
    m.mode = status.st_mode;
  }
  long old = operation == 'r' ? find(m.name) : -1;
  if (old >= 0 && only_newer && archive.members[old].date >= status.st_mtim.tv_sec) return 0;
  if (says) printf("%c - %s\n", old >= 0 ? 'r' : 'a', file);
  if (old >= 0) {
    take_out((size_t)old);
    insert(place ? target() : (size_t)old, m);
  } else insert(target(), m);
  return 0;
}

static void list(const struct member *m) {
  if (says) {
    static const char letters[] = "rwxrwxrwx";
    char mode[10] = "---------", date[40];
    for (int at = 0; at < 9; at++)
      if (m->mode >> (8 - at) & 1) mode[at] = letters[at];
    strftime(date, sizeof date, "%b %e %H:%M %Y", localtime(&m->date));
    printf("%s %u/%u %6zu %s ", mode, m->owner, m->group, m->size, date);
  }
  puts(m->name);
}

static int extract(const struct member *m) {
  if (says) printf("x - %s\n", m->name);
  /* A name may come from elsewhere: no member is written outside of this folder. */
  if (!*m->name || strchr(m->name, '/') || strcmp(m->name, ".") == 0 || strcmp(m->name, "..") == 0)
    return tool_complain("illegal output pathname for archive member: %s", m->name);
  unlink(m->name);
  int fd = open(m->name, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, m->mode & 0777);
  if (fd < 0) return tool_failed(m->name);
  size_t done = 0;
  for (ssize_t size = 0; size >= 0 && done < m->size; done += size > 0 ? (size_t)size : 0) size = write(fd, m->bytes + done, m->size - done);
  struct timespec times[2] = {{m->date, 0}, {m->date, 0}};
  if (done == m->size && keeps_times) futimens(fd, times);
  return close(fd) < 0 || done < m->size ? tool_failed(m->name) : 0;
}

/* t, p and x of one member, d and m of the one with this number. */
static int handle(size_t at) {
  const struct member *m = &archive.members[at];
  switch (operation) {
    case 't': list(m); return 0;
    case 'x': return extract(m);
    case 'p':
      if (says) printf("\n<%s>\n\n", m->name);
      fwrite(m->bytes, 1, m->size, stdout);
      return 0;
    case 'd':
      if (says) printf("d - %s\n", m->name);
      take_out(at);
      return 0;
    default: {
      if (says) printf("m - %s\n", m->name);
      struct member moved = take_out(at);
      insert(target(), moved);
      return 0;
    }
  }
}

static void read_operation(const char *letters) {
  for (letters += *letters == '-'; *letters; letters++) {
    if (strchr("rqdmtpx", *letters)) {
      if (operation) exit(tool_complain("two different operation options specified"));
      operation = *letters;
    } else if (strchr("abi", *letters)) place = *letters == 'a' ? 'a' : 'b';
    else if (*letters == 'c') is_quiet = 1;
    else if (*letters == 's') has_index = 2;
    else if (*letters == 'S') has_index = 0;
    else if (*letters == 'u') only_newer = 1;
    else if (*letters == 'o') keeps_times = 1;
    else if (*letters == 'U') has_details = 1;
    else if (*letters == 'v') says = 1;
    else if (*letters != 'D' && *letters != 'l' && *letters != 'f') {
      tool_complain("invalid option -- '%c'", *letters);
      tool_bad_usage();
    }
  }
  if (!operation && has_index == 2) operation = 's';
}

int main(int argc, char **argv) {
  int at = 2, status = 0;
  tool_start(argc, argv, usage);
  if (argc > 1) read_operation(argv[1]);
  if (!operation) {
    if (argc > 1) tool_complain("no operation specified");
    else fputs(usage, stderr);
    return 1;
  }
  if (place) relative = at < argc ? name_of(argv[at++]) : 0;
  if (at == argc) {
    tool_complain("no archive is named");
    tool_bad_usage();
  }
  path = argv[at++];
  int changes = strchr("rqdms", operation) != 0, is_new = archive_load(path, &archive) < 0;
  if (is_new && operation != 'r' && operation != 'q') {
    errno = ENOENT;
    tool_failed(path);
    return 9;
  }
  if (is_new && !is_quiet) fflush(stdout), tool_complain("creating %s", path);
  if (operation == 'r' || operation == 'q') {
    for (; at < argc; at++) status |= put_in(argv[at]);
  } else if (at == argc && strchr("tpx", operation)) {
    for (size_t number = 0; number < archive.count; number++) status |= handle(number);
  } else {
    for (; at < argc && operation != 's'; at++) {
      long number = find(name_of(argv[at]));
      if (number >= 0) status |= handle((size_t)number);
      else if (operation == 'd') {
        if (says) printf("No member named `%s'\n", argv[at]);
      } else if (operation == 'm') return tool_complain("no entry %s in archive %s!", argv[at], path);
      else fflush(stdout), fprintf(stderr, "no entry %s in archive\n", argv[at]);
    }
  }
  if (changes) status |= archive_write(path, &archive, has_index);
  return tool_finish(status);
}
