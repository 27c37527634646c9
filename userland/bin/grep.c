/* grep: lines that match a regular expression. */
#include <ctype.h>
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <fnmatch.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include "tools/grep-match.h"
#include "tools/grep-output.h"
#include "tools/tool.h"

static const char usage[] =
    "grep [OPTION]... PATTERN [FILE]...\n"
    "Prints the lines that match PATTERN, a basic regular expression.\n"
    "  -E  an extended one              -F  plain text            -e PATTERN  one of several\n"
    "  -f FILE  patterns from a file    -i  upper and lower case alike\n"
    "  -w  whole words                  -x  whole lines           -v  lines that do not match\n"
    "  -c  only how many                -l -L  names of files with, without such lines\n"
    "  -o  only what matches            -n -b  with line numbers, with offsets in bytes\n"
    "  -H -h  with, without file names  --label=NAME  the name of standard input\n"
    "  -q  only the status              -s  no complaints         -m N  at most N lines of a file\n"
    "  -A -B -C N, -N  N lines after, before, around              --group-separator=TEXT --no-group-separator\n"
    "  -a -I  binary files are text, are passed over              -z  lines end with NUL\n"
    "  -Z  file names end with NUL      -T  a tab before lines    --line-buffered\n"
    "  -r -R  directories with all below, links followed with -R  -d read|skip|recurse, -D read|skip  for devices\n"
    "  --include=GLOB --exclude=GLOB --exclude-from=FILE --exclude-dir=GLOB  only, not such files\n"
    "  --color[=always|auto|never]      with the colors of GREP_COLORS\n";

enum { BINARY_FILES = 1, COLOR, EXCLUDE, EXCLUDE_DIR, EXCLUDE_FROM, SEPARATOR, INCLUDE, LABEL, LINE_BUFFERED, CASE_AGAIN, NO_SEPARATOR };

/* In the order of their long names, as an ambiguous one lists them. */
static const char options[] =
    "A:(after-context)B:(before-context)b(byte-offset)\1:(binary-files)\2::(color)(colour)C:(context)c(count)"
    "R(dereference-recursive)D:(devices)d:(directories)\3:(exclude)\4:(exclude-dir)\5:(exclude-from)E(extended-regexp)f:(file)"
    "l(files-with-matches)L(files-without-match)F(fixed-strings)\6:(group-separator)i(ignore-case)\7:(include)T(initial-tab)"
    "v(invert-match)\10:(label)\11(line-buffered)n(line-number)x(line-regexp)m:(max-count)h(no-filename)\13(no-group-separator)"
    "\12(no-ignore-case)s(no-messages)Z(null)z(null-data)o(only-matching)P(perl-regexp)q(quiet)e:(regexp)r(recursive)(silent)a(text)"
    "U(binary)u(unix-byte-offsets)H(with-filename)w(word-regexp)GIy0123456789";

static int count_only, quiet, silent, ignore_case, whole, follows_links, failed, flushes;
static int names_only; /* 'l' or 'L' */
static char kind, directories = 'r', devices; /* 'r': read, 's': skip, 'R': recurse */
static char binary = 'b'; /* 'b': only said to match, 't': text, 'w': without a match */
static unsigned long most = ~0UL, lines_before, lines_after;
static const char *label = "(standard input)";

/* ---- which files ---- */

/* --include and --exclude: the last that fits decides; when none does, the first one's opposite. */
static struct rule {
  const char *glob;
  int kind;
} *rules;
static size_t rule_count;

static void add_rule(int rule, const char *glob) {
  rules = realloc(rules, (rule_count + 1) * sizeof *rules);
  if (!rules) exit(tool_failed("malloc"));
  char *copy = strdup(glob);
  for (size_t size = strlen(copy); rule == EXCLUDE_DIR && size > 1 && copy[size - 1] == '/';) copy[--size] = 0;
  rules[rule_count++] = (struct rule){copy, rule};
}

static void add_rules_of(const char *path) {
  size_t size;
  char *text = tool_read_file(strcmp(path, "-") == 0 ? "/dev/stdin" : path, &size);
  if (!text) exit(tool_failed(path) + 1);
  for (char *line = strtok(text, "\n"); line; line = strtok(0, "\n")) add_rule(EXCLUDE, line);
}

/* A path of the command line fits with any part of it that begins after a slash. */
static int fits(const char *glob, const char *path, int given) {
  if (!given) return fnmatch(glob, strrchr(path, '/') ? strrchr(path, '/') + 1 : path, 0) == 0;
  for (; path; path = strchr(path, '/') ? strchr(path, '/') + 1 : 0)
    if (fnmatch(glob, path, FNM_LEADING_DIR) == 0) return 1;
  return 0;
}

static int is_left_out(const char *path, int is_directory, int given) {
  int left_out = 0;
  for (size_t i = 0, any = 0; i < rule_count; i++) {
    if ((rules[i].kind == EXCLUDE_DIR) != is_directory) continue;
    if (!any++) left_out = rules[i].kind == INCLUDE;
    if (fits(rules[i].glob, path, given)) left_out = rules[i].kind != INCLUDE;
  }
  return left_out;
}

/* ---- reading ---- */

static struct {
  int fd, ended, is_binary;
  char *bytes;
  size_t at, end, room;
  unsigned long offset; /* of `at` in the file */
} in;

/* Reads more; a NUL in it makes the file a binary one. */
static int fill(void) {
  enum { PIECE = 32768 };
  if (in.at > 0) {
    memmove(in.bytes, in.bytes + in.at, in.end - in.at);
    in.end -= in.at;
    in.at = 0;
  }
  if (in.room - in.end < PIECE && !(in.bytes = realloc(in.bytes, in.room = in.room * 2 + PIECE))) exit(tool_failed("malloc"));
  ssize_t got;
  do got = read(in.fd, in.bytes + in.end, PIECE);
  while (got < 0 && errno == EINTR);
  in.ended = got <= 0;
  if (got < 0) return -1;
  if (binary != 't' && grep_style.end_of_line && memchr(in.bytes + in.end, 0, (size_t)got)) in.is_binary = 1;
  in.end += (size_t)got;
  return 0;
}

/* The next line and its size without its end; null at the file's end, or when it cannot be read (-1 in *error). In a binary
   file NUL ends lines too. */
static const char *next_line(size_t *size, int *error) {
  for (size_t searched = 0;;) {
    const char *from = in.bytes + in.at, *end = in.at + searched < in.end ? memchr(from + searched, grep_style.end_of_line, in.end - in.at - searched) : 0;
    size_t all = in.end - in.at;
    if (in.is_binary) {
      const char *nul = memchr(from, 0, end ? (size_t)(end - from) : all);
      if (nul) end = nul;
    }
    if (end || (in.ended && all > 0)) {
      *size = end ? (size_t)(end - from) : all;
      in.at += *size + (end != 0);
      return from;
    }
    if (in.ended) return 0;
    searched = all;
    if ((*error = fill()) < 0) return 0;
  }
}

struct kept {
  char *line;
  size_t size;
  unsigned long offset;
};

static void keep(struct kept *one, const char *line, size_t size, unsigned long offset) {
  free(one->line);
  one->line = malloc(size + 1);
  if (one->line) memcpy(one->line, line, size);
  one->size = one->line ? size : 0;
  one->offset = offset;
}

/* Whether a line of the open file was selected. */
static int search(int fd, const char *name) {
  static unsigned long shown_before; /* whether any group of lines was printed, for what stands between them */
  unsigned long number = 0, found = 0, last_shown = 0, after = 0, start = 0;
  struct kept *ring = lines_before ? calloc(lines_before, sizeof *ring) : 0;
  int listing = quiet || names_only || count_only, error = 0, said = 0;
  in.fd = fd;
  in.at = in.end = 0;
  in.ended = in.is_binary = 0;
  const char *line = 0;
  size_t size;
  while ((found < most || after) && !said && (line = next_line(&size, &error))) {
    if (in.is_binary && binary == 'w') {
      found = 0;
      line = 0;
      break;
    }
    unsigned long offset = start;
    start += size + 1;
    number++;
    if (found < most && grep_matches(line, size) != grep_style.invert) {
      found++;
      if (quiet || names_only) break;
      if (count_only) continue;
      if (in.is_binary) {
        said = 1;
        continue;
      }
      unsigned long first = number > lines_before ? number - lines_before : 1;
      if (first <= last_shown) first = last_shown + 1;
      if ((lines_before || lines_after) && shown_before && (first > last_shown + 1 || last_shown == 0)) grep_put_between();
      for (; first < number; first++) {
        struct kept *one = &ring[first % lines_before];
        grep_put_line(name, first, one->offset, one->line, one->size, '-');
      }
      grep_put_line(name, number, offset, line, size, ':');
      last_shown = number;
      shown_before = 1;
      after = lines_after;
    } else if (after && !listing) {
      grep_put_line(name, number, offset, line, size, '-');
      last_shown = number;
      after--;
    }
    if (flushes) fflush(stdout);
    tool_check_output();
    if (ring) keep(&ring[number % lines_before], line, size, offset);
  }
  for (unsigned long i = 0; ring && i < lines_before; i++) free(ring[i].line);
  free(ring);
  if (said) tool_complain("%s: binary file matches", name);
  /* What follows the last line that was looked at is for whoever reads on. */
  if (in.at < in.end && found >= most) lseek(fd, -(off_t)(in.end - in.at), SEEK_CUR);
  if (error) {
    failed = 1;
    if (!silent) tool_failed(name);
  }
  if (!quiet && names_only && (found > 0) == (names_only == 'l')) grep_put_name(name, '\n');
  if (!quiet && !names_only && count_only) {
    if (grep_style.with_name > 0) grep_put_name(name, ':');
    printf("%lu\n", found);
  }
  return found > 0;
}

/* ---- files and directories ---- */

struct above { /* the directories that lead here */
  const struct above *next;
  dev_t device;
  ino_t inode;
};

static int visit(const char *path, const char *shown, int given, const struct above *above);

static void complain(const char *path) {
  failed = 1;
  if (!silent) tool_failed(path);
}

static int visit_directory(const char *path, const char *shown, const struct stat *s, const struct above *above) {
  struct above here = {above, s->st_dev, s->st_ino};
  for (const struct above *a = above; a; a = a->next)
    if (a->device == here.device && a->inode == here.inode) {
      if (!silent) tool_complain("%s: warning: recursive directory loop", path);
      return 0;
    }
  if (grep_style.with_name < 0) grep_style.with_name = 1;
  DIR *directory = opendir(path);
  int found = 0;
  if (!directory) {
    complain(path);
    return 0;
  }
  for (struct dirent *entry; (entry = readdir(directory)) && !(found && quiet);) {
    char *below;
    if (strcmp(entry->d_name, ".") == 0 || strcmp(entry->d_name, "..") == 0) continue;
    const char *slash = *shown && shown[strlen(shown) - 1] != '/' ? "/" : "";
    if (asprintf(&below, "%s%s%s", shown, slash, entry->d_name) < 0) exit(tool_failed("malloc"));
    found |= visit(below, below, 0, &here);
    free(below);
  }
  closedir(directory);
  return found;
}

/* Whether what is found would be found again. */
static int is_output(const struct stat *s) {
  struct stat out;
  return S_ISREG(s->st_mode) && !quiet && !names_only && !count_only && most > 1 && fstat(1, &out) == 0 && out.st_ino == s->st_ino && out.st_dev == s->st_dev;
}

/* `given`: named on the command line, so links and devices are read. */
static int visit(const char *path, const char *shown, int given, const struct above *above) {
  struct stat s;
  int standard = given && strcmp(path, "-") == 0, recursive = directories == 'R';
  if (standard) shown = label;
  int known = (standard ? fstat(0, &s) : given || follows_links ? stat(path, &s) : lstat(path, &s)) == 0;
  if (!known && !standard) {
    complain(path);
    return 0;
  }
  int is_directory = S_ISDIR(s.st_mode);
  if (!standard && *shown && is_left_out(path, is_directory && directories != 'r', given)) return 0;
  if (is_directory && directories == 's') return 0;
  if (is_directory && recursive && !standard) return visit_directory(path, shown, &s, above);
  if (!S_ISREG(s.st_mode) && !is_directory && (devices ? devices == 's' : !given && (recursive || S_ISLNK(s.st_mode)))) return 0;
  int fd = standard ? 0 : open(path, O_RDONLY);
  if (fd < 0) {
    complain(path);
    return 0;
  }
  int found = 0;
  if (is_output(&s) && lseek(fd, 0, SEEK_CUR) < s.st_size) {
    failed = 1;
    if (!silent) tool_complain("%s: input file is also the output", shown);
  } else {
    unsigned long size = S_ISREG(s.st_mode) ? (unsigned long)s.st_size + (unsigned long)grep_style.with_number : ~0UL;
    for (grep_style.width = 0; grep_style.aligned && (grep_style.width++, size /= 10);) continue;
    found = search(fd, shown);
  }
  if (!standard) close(fd);
  return found;
}

/* ---- options ---- */

static unsigned long number(const char *text, const char *what, int minus) {
  char *end;
  errno = 0;
  unsigned long value = strtoul(text, &end, 10);
  if (end == text || *end || (*text == '-' && !minus)) exit(tool_complain(what, text) + 1);
  return *text == '-' || errno || value > 1UL << 40 ? 1UL << 40 : value;
}

static unsigned long context(const char *text) {
  unsigned long value = number(text, "%s: invalid context length argument", 0);
  return value < 1 << 24 ? value : 1 << 24;
}

static void choose_kind(char to) {
  if (to == 'P') exit(tool_complain("-P is not there: Perl's expressions are not supported") + 1);
  if (kind && kind != to) exit(tool_complain("conflicting matchers specified") + 1);
  kind = to;
}

static char choose_action(const char *text) {
  static const char *const actions[] = {"read", "recurse", "skip"};
  for (int i = 0; i < 3; i++)
    if (*text && strncmp(actions[i], text, strlen(text)) == 0 && strcmp(text, "re")) return "rRs"[i];
  tool_complain("invalid argument '%s' for '--directories'", text);
  fputs("Valid arguments are:\n  - 'read'\n  - 'recurse'\n  - 'skip'\n", stderr);
  tool_bad_usage();
}

static void add_patterns_of(const char *path) {
  size_t size;
  char *text = tool_read_file(strcmp(path, "-") == 0 ? "/dev/stdin" : path, &size);
  if (!text) exit(tool_failed(path) + 1);
  if (size > 0 && text[size - 1] == '\n') grep_add(text, size - 1);
  else if (size > 0) grep_add(text, size);
  free(text);
}

static unsigned long around, has_after, has_before;

static void set_option(int option) {
  switch (option) {
    case 'E':
    case 'F':
    case 'G':
    case 'P': choose_kind((char)option); break;
    case 'A': lines_after = context(optarg), has_after = 1; break;
    case 'B': lines_before = context(optarg), has_before = 1; break;
    case 'C': around = context(optarg); break;
    case 'D':
      if (strcmp(optarg, "read") && strcmp(optarg, "skip")) exit(tool_complain("unknown devices method") + 1);
      devices = *optarg;
      break;
    case 'L':
    case 'l': names_only = option; break;
    case 'H':
    case 'h': grep_style.with_name = option == 'H' ? 2 : 0; break;
    case 'R':
    case 'r':
      directories = 'R';
      follows_links = option == 'R';
      break;
    case 'd': directories = choose_action(optarg); break;
    case 'a': binary = 't'; break;
    case 'I': binary = 'w'; break;
    case BINARY_FILES:
      if (strcmp(optarg, "binary") && strcmp(optarg, "text") && strcmp(optarg, "without-match")) exit(tool_complain("unknown binary-files type") + 1);
      binary = *optarg;
      break;
    case 'b': grep_style.with_offset = 1; break;
    case 'c': count_only = 1; break;
    case 'e': grep_add(optarg, strlen(optarg)); break;
    case 'f': add_patterns_of(optarg); break;
    case 'y':
    case 'i': ignore_case = 1; break;
    case CASE_AGAIN: ignore_case = 0; break;
    case 'm': most = number(optarg, "invalid max count", 1); break;
    case 'n': grep_style.with_number = 1; break;
    case 'o': grep_style.only_matching = 1; break;
    case 'q': quiet = 1; break;
    case 's': silent = 1; break;
    case 'T': grep_style.aligned = 1; break;
    case 'u': tool_complain("warning: --unix-byte-offsets (-u) is obsolete"); break;
    case 'v': grep_style.invert = 1; break;
    case 'w': whole |= WHOLE_WORDS; break;
    case 'x': whole |= WHOLE_LINES; break;
    case 'Z': grep_style.after_name = 0; break;
    case 'z': grep_style.end_of_line = 0; break;
    case EXCLUDE:
    case EXCLUDE_DIR:
    case INCLUDE: add_rule(option, optarg); break;
    case EXCLUDE_FROM: add_rules_of(optarg); break;
    case SEPARATOR: grep_style.between = optarg; break;
    case NO_SEPARATOR: grep_style.between = 0; break;
    case LABEL: label = optarg; break;
    case LINE_BUFFERED: flushes = 1; break;
    case COLOR: {
      const char *when = optarg ? optarg : "auto", *terminal = getenv("TERM");
      if (strcmp(when, "always") == 0 || strcmp(when, "yes") == 0 || strcmp(when, "force") == 0) grep_style.colored = 1;
      else if (strcmp(when, "never") == 0 || strcmp(when, "no") == 0 || strcmp(when, "none") == 0) grep_style.colored = 0;
      else if (strcmp(when, "auto") == 0 || strcmp(when, "tty") == 0 || strcmp(when, "if-tty") == 0)
        grep_style.colored = isatty(1) && terminal && strcmp(terminal, "dumb") != 0;
      else tool_bad_usage();
    }
  }
}

int main(int argc, char **argv) {
  int found = 0, given = 0, digits_at = 0;
  tool_trouble = 2;
  tool_summary = "Usage: grep [OPTION]... PATTERNS [FILE]...\n";
  tool_start(argc, argv, usage);
  grep_style.with_name = -1;
  for (int at = optind, option; (option = tool_option(argc, argv, options)) != -1; at = optind) {
    given |= option == 'e' || option == 'f';
    if (!isdigit(option)) {
      set_option(option);
    } else { /* -12 */
      around = (digits_at == at ? around * 10 : 0) + (unsigned long)option - '0';
      digits_at = at;
    }
  }
  if (!has_after) lines_after = around;
  if (!has_before) lines_before = around;
  if (!given) {
    if (optind == argc) tool_bad_usage();
    grep_add(argv[optind], strlen(argv[optind]));
    optind++;
  }
  int everything;
  int useless = grep_has_nothing_to_find(&everything) && everything == grep_style.invert && !(everything && whole);
  if ((most == 0 || useless) && names_only != 'L') return 1; /* without a count of 0 even, as GNU's */
  if (quiet || names_only || count_only) lines_before = 0;
  if (grep_style.colored) grep_read_colors();
  grep_compile(kind, ignore_case ? REG_ICASE : 0, whole);
  if (grep_style.with_name < 0) grep_style.with_name = argc - optind > 1 ? 1 : directories == 'R' ? -1 : 0;
  if (optind == argc) found = directories == 'R' ? visit(".", "", 1, 0) : visit("-", "", 1, 0);
  for (; optind < argc && !(found && quiet); optind++) found |= visit(argv[optind], argv[optind], 1, 0);
  return tool_finish(failed && !(quiet && found) ? 2 : !found);
}
