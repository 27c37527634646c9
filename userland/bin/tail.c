/* tail: the end of files, by lines or bytes, and what is appended to them. */
#include <ctype.h>
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include "tools/tool.h"

static const char usage[] =
    "tail [-n [+]LINES | -c [+]BYTES] [-fFqvz] [-s SECONDS] [--pid=PID] [FILE]...\n"
    "Prints the last 10 lines, or so many, or from a line (byte) on; -q -v without, with names, -z lines end with NUL.\n"
    "  -f  goes on with what is appended, looking every second or -s SECONDS, as long as --pid runs   -F  and with a new file of\n"
    "  the same name (--follow=name --retry)\n";

static unsigned long wanted = 10;
static int from_start, by_bytes, end_of_line = '\n';

struct ending {
  char *text;
  size_t length;
};

/* The last lines, in a ring that grows as far as there are lines. */
static void show_lines(FILE *file) {
  struct ending *ring = 0;
  char *line = 0;
  size_t size = 0;
  unsigned long number = 0, room = 0;
  for (ssize_t length; (length = getdelim(&line, &size, end_of_line, file)) > 0; number++) {
    if (from_start) {
      if (number + 1 >= wanted) fwrite(line, 1, (size_t)length, stdout);
      tool_check_output();
      continue;
    }
    if (wanted == 0) continue;
    if (number == room && room < wanted) {
      unsigned long more = room ? room * 2 : 16;
      if (more > wanted) more = wanted;
      if (!(ring = realloc(ring, more * sizeof *ring))) exit(tool_failed("memory exhausted"));
      memset(ring + room, 0, (more - room) * sizeof *ring);
      room = more;
    }
    struct ending *one = &ring[number % wanted];
    if (!(one->text = realloc(one->text, (size_t)length))) exit(tool_failed("memory exhausted"));
    memcpy(one->text, line, (size_t)length);
    one->length = (size_t)length;
  }
  for (unsigned long i = number > wanted ? number - wanted : 0; ring && i < number; i++) fwrite(ring[i % wanted].text, 1, ring[i % wanted].length, stdout);
  for (unsigned long i = 0; i < room; i++) free(ring[i].text);
  free(ring);
  free(line);
}

static void show_bytes(FILE *file) {
  unsigned long number = 0, room = 0;
  char *ring = 0;
  for (int c; (c = getc(file)) != EOF; number++) {
    if (from_start && number + 1 >= wanted) putchar(c);
    if (from_start || wanted == 0) continue;
    if (number == room && room < wanted) {
      room = room ? room * 2 : 4096;
      if (room > wanted) room = wanted;
      if (!(ring = realloc(ring, room))) exit(tool_failed("memory exhausted"));
    }
    ring[number % wanted] = (char)c;
  }
  for (unsigned long i = number > wanted ? number - wanted : 0; ring && i < number; i++) putchar(ring[i % wanted]);
  free(ring);
}

static int show(FILE *file, const char *name) {
  if (by_bytes) show_bytes(file);
  else show_lines(file);
  if (!ferror(file)) return 0;
  return tool_complain("error reading '%s': %s", name, strerror(errno));
}

/* ---- -f ---- */

struct followed {
  FILE *file;
  const char *name;
};

static int by_name; /* -F: whatever file has the name now */
static unsigned long pause_ms = 1000;
static pid_t companion;

static void look_again(struct followed *f) {
  struct stat open_one, named;
  if (f->file && fstat(fileno(f->file), &open_one) == 0 && S_ISREG(open_one.st_mode) && ftell(f->file) > open_one.st_size) {
    tool_complain("%s: file truncated", f->name);
    rewind(f->file);
  }
  if (!by_name) return;
  if (stat(f->name, &named) < 0) {
    if (f->file) tool_complain("'%s' has become inaccessible: %s", f->name, strerror(errno)), fclose(f->file);
    f->file = 0;
  } else if (!f->file || named.st_ino != open_one.st_ino || named.st_dev != open_one.st_dev) {
    FILE *fresh = fopen(f->name, "r");
    if (!fresh) return;
    tool_complain(f->file ? "'%s' has been replaced;  following new file" : "'%s' has appeared;  following new file", f->name);
    if (f->file) fclose(f->file);
    f->file = fresh;
  }
}

static void follow(struct followed *files, int count, int with_names, int last) {
  for (int ends = 0;; usleep((useconds_t)pause_ms * 1000)) {
    ends = companion && kill(companion, 0) < 0 && errno == ESRCH;
    for (int i = 0; i < count; i++) {
      struct followed *f = &files[i];
      if (f->file) clearerr(f->file);
      look_again(f);
      for (int c; f->file && (c = getc(f->file)) != EOF; putchar(c)) {
        if (with_names && last != i) printf("\n==> %s <==\n", f->name);
        last = i;
      }
    }
    fflush(stdout);
    tool_check_output();
    if (ends) return;
  }
}

/* ---- options ---- */

static void set(int letter, const char *text) {
  by_bytes = letter == 'c';
  from_start = *text == '+';
  const char *digits = text + (*text == '+' || *text == '-');
  int problem = tool_size(digits, &wanted);
  if (problem == 0) return;
  tool_complain(problem > 0 ? "invalid number of %s: '%s': Value too large for defined data type" : "invalid number of %s: '%s'", by_bytes ? "bytes" : "lines", from_start || *text != '-' ? text : digits);
  exit(1);
}

static unsigned long milliseconds(const char *text) {
  char *end;
  unsigned long value = strtoul(text, &end, 10) * 1000, unit = 100;
  int valid = isdigit((unsigned char)*text) || *text == '.';
  if (*end == '.')
    for (end++; isdigit((unsigned char)*end); end++, unit /= 10) value += (unsigned long)(*end - '0') * unit;
  if (valid && !*end) return value ? value : 1;
  tool_complain("invalid number of seconds: '%s'", text);
  exit(1);
}

/* The old way: -5, -5f, +3. */
static int old_style(const char *word, int *follows) {
  const char *at = word + 1;
  char digits[24];
  if ((*word != '-' && *word != '+') || !isdigit((unsigned char)*at)) return 0;
  size_t size = strspn(at, "0123456789");
  snprintf(digits, sizeof digits, "%s%.*s", *word == '+' ? "+" : "", (int)(size < 20 ? size : 20), at);
  at += size;
  int letter = 'n';
  if (*at == 'c' || *at == 'l') letter = *at++ == 'c' ? 'c' : 'n';
  if (*at == 'f') *follows = 1, at++;
  if (*at) return 0;
  set(letter, digits);
  return 1;
}

int main(int argc, char **argv) {
  int status = 0, follows = 0, with_names = -1, retries = 0;
  tool_start(argc, argv, usage);
  if (argc > 1 && argc < 4 && old_style(argv[1], &follows)) argv++, argc--;
  for (int option; (option = tool_option(argc, argv, "n:(lines)c:(bytes)fFq(quiet)(silent)v(verbose)z(zero-terminated)s:(sleep-interval)\1::(follow)\2(retry)\3:(pid)0123456789")) != -1;) {
    switch (option) {
      case 'n':
      case 'c': set(option, optarg); break;
      case 'f': follows = 1; break;
      case 'F': follows = by_name = retries = 1; break;
      case 1:
        follows = 1;
        by_name = optarg && *optarg && strncmp("name", optarg, strlen(optarg)) == 0;
        if (optarg && !by_name && strncmp("descriptor", optarg, strlen(optarg))) {
          tool_complain("invalid argument '%s' for '--follow'", optarg);
          fputs("Valid arguments are:\n  - 'descriptor'\n  - 'name'\n", stderr);
          tool_bad_usage();
        }
        break;
      case 2: retries = 1; break;
      case 3: companion = (pid_t)tool_number(optarg, 10, 1UL << 30, "PID"); break;
      case 's': pause_ms = milliseconds(optarg); break;
      case 'z': end_of_line = 0; break;
      case 'q':
      case 'v': with_names = option == 'v'; break;
      default:
        tool_complain("option used in invalid context -- %c", option);
        return 1;
    }
  }
  static char *standard_input[] = {"-", 0};
  char **names = optind < argc ? argv + optind : standard_input;
  int count = optind < argc ? argc - optind : 1, last = -1, remaining = 0;
  if (with_names < 0) with_names = count > 1;
  struct followed *files = calloc((size_t)count, sizeof *files);
  if (!files) return tool_failed("calloc");
  for (int i = 0; i < count; i++) {
    int standard = strcmp(names[i], "-") == 0;
    struct stat s;
    files[i] = (struct followed){standard ? stdin : fopen(names[i], "r"), standard ? "standard input" : names[i]};
    if (!files[i].file) {
      status = tool_complain("cannot open '%s' for reading: %s", names[i], strerror(errno));
      remaining += retries && by_name;
      continue;
    }
    if (with_names) printf("%s==> %s <==\n", last >= 0 ? "\n" : "", files[i].name);
    last = i;
    int failed = show(files[i].file, files[i].name);
    status |= failed;
    if (follows && (failed || (standard && fstat(0, &s) == 0 && S_ISFIFO(s.st_mode)))) {
      if (failed) tool_complain("%s: cannot follow end of this type of file", files[i].name);
      files[i].file = 0;
    } else {
      remaining++;
    }
    if (!follows && !standard) fclose(files[i].file);
  }
  if (follows && remaining > 0) follow(files, count, with_names, last);
  else if (follows && status) tool_complain("no files remaining");
  return tool_finish(status);
}
