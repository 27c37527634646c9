/* grep: lines that match a regular expression. */
#include <ctype.h>
#include <dirent.h>
#include <errno.h>
#include <fnmatch.h>
#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include "tools/pattern.h"
#include "tools/tool.h"

static const char usage[] =
    "grep [OPTION]... PATTERN [FILE]...\n"
    "Prints the lines that match PATTERN, a basic regular expression.\n"
    "  -E  an extended one              -F  plain text            -e PATTERN  one of several\n"
    "  -f FILE  patterns from a file    -i  upper and lower case alike\n"
    "  -w  whole words                  -x  whole lines           -v  lines that do not match\n"
    "  -c  only how many                -l -L  names of files with, without such lines\n"
    "  -o  only what matches            -n  with line numbers     -H -h  with, without file names\n"
    "  -q  only the status              -s  no complaints         -m N  at most N lines of a file\n"
    "  -A -B -C N  N lines after, before, around                  -a  binary files are text\n"
    "  -r  directories with all below   --include=GLOB --exclude=GLOB  only, not such files\n"
    "  --color[=always|auto|never]\n";

enum { INCLUDE = 256, EXCLUDE, COLOR };
static const struct option longs[] = {
    {"extended-regexp", 0, 0, 'E'}, {"fixed-strings", 0, 0, 'F'}, {"regexp", 1, 0, 'e'}, {"file", 1, 0, 'f'},
    {"ignore-case", 0, 0, 'i'}, {"word-regexp", 0, 0, 'w'}, {"line-regexp", 0, 0, 'x'}, {"invert-match", 0, 0, 'v'},
    {"count", 0, 0, 'c'}, {"files-with-matches", 0, 0, 'l'}, {"files-without-match", 0, 0, 'L'},
    {"only-matching", 0, 0, 'o'}, {"line-number", 0, 0, 'n'}, {"with-filename", 0, 0, 'H'}, {"no-filename", 0, 0, 'h'},
    {"quiet", 0, 0, 'q'}, {"no-messages", 0, 0, 's'}, {"max-count", 1, 0, 'm'}, {"after-context", 1, 0, 'A'},
    {"before-context", 1, 0, 'B'}, {"context", 1, 0, 'C'}, {"text", 0, 0, 'a'}, {"recursive", 0, 0, 'r'},
    {"include", 1, 0, INCLUDE}, {"exclude", 1, 0, EXCLUDE}, {"color", 2, 0, COLOR}, {"colour", 2, 0, COLOR}, {0, 0, 0, 0},
};

static int fixed, extended, ignore_case, whole_lines, whole_words, invert, numbers, count_only, quiet, silent;
static int names_only; /* 'l' or 'L' */
static int only_matching, binary_is_text, recursive, colored, with_name = -1, failed;
static unsigned long most = ~0UL, lines_before, lines_after;
static const char *include, *exclude;
static regex_t *patterns;
static size_t count;

/* Every line of `text` is a pattern. They are kept as text until all options are known. */
static char **sources;
static size_t source_count;

static void add_sources(const char *text) {
  for (;;) {
    size_t size = strcspn(text, "\n");
    sources = realloc(sources, (source_count + 1) * sizeof *sources);
    if (!sources) exit(2);
    sources[source_count++] = strndup(text, size);
    if (!text[size]) return;
    text += size + 1;
  }
}

static void add_sources_of(const char *path) {
  size_t size;
  char *text = tool_read_file(strcmp(path, "-") == 0 ? "/dev/stdin" : path, &size);
  if (!text) exit(tool_failed(path) + 1);
  if (size > 0 && text[size - 1] == '\n') text[--size] = 0;
  if (size > 0) add_sources(text);
  free(text);
}

static void compile(void) {
  patterns = calloc(source_count + 1, sizeof *patterns);
  for (; count < source_count; count++) {
    const char *text = fixed ? pattern_of_text(sources[count], strlen(sources[count])) : sources[count];
    pattern_compile(&patterns[count], text, (extended && !fixed ? REG_EXTENDED : 0) | (ignore_case ? REG_ICASE : 0), 2);
  }
}

static int is_word(char c) { return isalnum((unsigned char)c) || c == '_'; }

static int is_word_here(const char *line, size_t size, const regmatch_t *m) {
  return (m->rm_so == 0 || !is_word(line[m->rm_so - 1])) && ((size_t)m->rm_eo == size || !is_word(line[m->rm_eo]));
}

/* A match of one pattern that -w or -x accept. */
static int accepted(const regex_t *p, const char *line, size_t from, size_t size, regmatch_t *m) {
  for (; from <= size && pattern_find(p, line, from, size, m, 1, 0); from = (size_t)m->rm_so + 1) {
    if (whole_lines) return m->rm_so == 0 && (size_t)m->rm_eo == size;
    if (!whole_words) return 1;
    regmatch_t first = *m;
    do
      if (is_word_here(line, size, m)) return 1;
    while (m->rm_eo > m->rm_so && pattern_find(p, line, (size_t)m->rm_so, (size_t)m->rm_eo - 1, m, 1, 0) &&
           m->rm_so == first.rm_so);
    *m = first;
  }
  return 0;
}

/* The first and longest match from `from` on. */
static int find(const char *line, size_t from, size_t size, regmatch_t *best) {
  int found = 0;
  for (size_t i = 0; i < count; i++) {
    regmatch_t m;
    if (!accepted(&patterns[i], line, from, size, &m)) continue;
    if (!found || m.rm_so < best->rm_so || (m.rm_so == best->rm_so && m.rm_eo > best->rm_eo)) *best = m;
    found = 1;
  }
  return found;
}

static int selected(const char *line, size_t size) {
  regmatch_t m;
  if (whole_lines || whole_words) return find(line, 0, size, &m) != invert;
  for (size_t i = 0; i < count; i++)
    if (pattern_find(&patterns[i], line, 0, size, 0, 0, 0)) return !invert;
  return invert;
}

/* ---- output ---- */

static void put_colored(const char *color, const char *text, size_t size) {
  if (colored && size > 0) printf("\033[%sm\033[K", color);
  fwrite(text, 1, size, stdout);
  if (colored && size > 0) fputs("\033[m\033[K", stdout);
}

static void put_prefix(const char *name, unsigned long number, char separator) {
  char text[24];
  if (with_name) {
    put_colored("35", name, strlen(name));
    put_colored("36", &separator, 1);
  }
  if (numbers) {
    put_colored("32", text, (size_t)snprintf(text, sizeof text, "%lu", number));
    put_colored("36", &separator, 1);
  }
}

static void put_matches(const char *name, unsigned long number, const char *line, size_t size) {
  regmatch_t m;
  size_t at = 0;
  if (!only_matching) put_prefix(name, number, ':');
  for (size_t from = 0; from <= size && !invert && find(line, from, size, &m);) {
    size_t length = (size_t)(m.rm_eo - m.rm_so);
    if (length > 0) {
      if (only_matching) put_prefix(name, number, ':');
      else fwrite(line + at, 1, (size_t)m.rm_so - at, stdout);
      put_colored("01;31", line + m.rm_so, length);
      if (only_matching) putchar('\n');
      at = (size_t)m.rm_eo;
    }
    from = (size_t)m.rm_eo + (length == 0);
  }
  if (only_matching) return;
  fwrite(line + at, 1, size - at, stdout);
  putchar('\n');
}

static void put_line(const char *name, unsigned long number, const char *line, size_t size, char separator) {
  if (separator == ':' && (only_matching || colored)) {
    put_matches(name, number, line, size);
  } else if (!only_matching) {
    put_prefix(name, number, separator);
    fwrite(line, 1, size, stdout);
    putchar('\n');
  }
}

/* ---- files ---- */

struct kept {
  char *line;
  size_t size;
};

/* Whether a line of the file was selected. */
static int search(FILE *file, const char *name) {
  static char *line;
  static size_t room;
  static unsigned long shown_before; /* whether any group of lines was printed, for the "--" between them */
  unsigned long number = 0, found = 0, last_shown = 0, after = 0;
  struct kept *ring = lines_before ? calloc(lines_before, sizeof *ring) : 0;
  int listing = quiet || names_only || count_only, binary = 0;
  for (ssize_t length; (found < most || after) && (length = getline(&line, &room, file)) > 0;) {
    size_t size = (size_t)length - (line[length - 1] == '\n');
    number++;
    if (!binary_is_text && memchr(line, 0, size)) binary = 1;
    if (found < most && selected(line, size)) {
      found++;
      if (quiet || names_only) break;
      if (count_only) continue;
      if (binary) {
        tool_complain("%s: binary file matches", name);
        break;
      }
      unsigned long first = number > lines_before ? number - lines_before : 1;
      if (first <= last_shown) first = last_shown + 1;
      if ((lines_before || lines_after) && shown_before && (first > last_shown + 1 || last_shown == 0)) puts("--");
      for (; first < number; first++) {
        struct kept *one = &ring[first % lines_before];
        put_line(name, first, one->line, one->size, '-');
      }
      put_line(name, number, line, size, ':');
      last_shown = number;
      shown_before = 1;
      after = lines_after;
    } else if (after && !listing) {
      put_line(name, number, line, size, '-');
      last_shown = number;
      after--;
    }
    if (ring) {
      struct kept *one = &ring[number % lines_before];
      free(one->line);
      one->line = malloc(size + 1);
      if (one->line) memcpy(one->line, line, size);
      one->size = one->line ? size : 0;
    }
  }
  for (unsigned long i = 0; ring && i < lines_before; i++) free(ring[i].line);
  free(ring);
  if (ferror(file)) {
    failed = 1;
    if (!silent) tool_failed(name);
    return found > 0;
  }
  if (!quiet && names_only && (found > 0) == (names_only == 'l')) puts(name);
  if (!quiet && !names_only && count_only) {
    if (with_name) printf("%s:", name);
    printf("%lu\n", found);
  }
  return names_only == 'L' ? found == 0 : found > 0;
}

static int visit(const char *path, const char *shown, int given);

static int visit_directory(const char *path, const char *shown) {
  DIR *directory = opendir(path);
  int found = 0;
  if (!directory) {
    failed = 1;
    if (!silent) tool_failed(path);
    return 0;
  }
  for (struct dirent *entry; (entry = readdir(directory)) && !(found && quiet);) {
    char below[4096];
    if (strcmp(entry->d_name, ".") == 0 || strcmp(entry->d_name, "..") == 0) continue;
    const char *slash = *shown && shown[strlen(shown) - 1] != '/' ? "/" : "";
    snprintf(below, sizeof below, "%s%s%s", shown, slash, entry->d_name);
    found |= visit(below, below, 0);
  }
  closedir(directory);
  return found;
}

/* `given`: named on the command line, so links and devices are read. */
static int visit(const char *path, const char *shown, int given) {
  struct stat s;
  if (recursive && (given ? stat(path, &s) : lstat(path, &s)) == 0) {
    if (S_ISDIR(s.st_mode)) return visit_directory(path, shown);
    if (!given && !S_ISREG(s.st_mode)) return 0;
  }
  const char *name = strrchr(path, '/') ? strrchr(path, '/') + 1 : path;
  if ((include && fnmatch(include, name, 0)) || (exclude && !fnmatch(exclude, name, 0))) return 0;
  if (given && strcmp(path, "-") == 0) return search(stdin, "(standard input)");
  FILE *file = fopen(path, "r");
  if (!file) {
    failed = 1;
    if (!silent) tool_failed(path);
    return 0;
  }
  int found = search(file, shown);
  fclose(file);
  return found;
}

static unsigned long context(const char *text) {
  char *end;
  unsigned long value = strtoul(text, &end, 10);
  if (end != text && !*end && value <= 1 << 20) return value;
  tool_complain("%s: invalid context length argument", text);
  exit(2);
}

static _Noreturn void bad_usage(void) {
  fputs("Usage: grep [OPTION]... PATTERNS [FILE]...\n", stderr);
  tool_bad_usage(2);
}

static void set_option(int option) {
  switch (option) {
    case 'E': extended = 1; break;
    case 'F': fixed = 1; break;
    case 'G': extended = 0; break;
    case 'A': lines_after = context(optarg); break;
    case 'B': lines_before = context(optarg); break;
    case 'C': lines_before = lines_after = context(optarg); break;
    case 'L':
    case 'l': names_only = option; break;
    case 'H':
    case 'h': with_name = option == 'H'; break;
    case 'R':
    case 'r': recursive = 1; break;
    case 'a': binary_is_text = 1; break;
    case 'c': count_only = 1; break;
    case 'e': add_sources(optarg); break;
    case 'f': add_sources_of(optarg); break;
    case 'y':
    case 'i': ignore_case = 1; break;
    case 'm': most = tool_number(optarg, 10, ~0UL >> 1, "max count"); break;
    case 'n': numbers = 1; break;
    case 'o': only_matching = 1; break;
    case 'q': quiet = 1; break;
    case 's': silent = 1; break;
    case 'v': invert = 1; break;
    case 'w': whole_words = 1; break;
    case 'x': whole_lines = 1; break;
    case INCLUDE: include = optarg; break;
    case EXCLUDE: exclude = optarg; break;
    case COLOR: colored = optarg && strcmp(optarg, "auto") ? strcmp(optarg, "never") != 0 : isatty(1); break;
    default: bad_usage();
  }
}

int main(int argc, char **argv) {
  int found = 0, given = 0;
  tool_start(argc, argv, usage);
  for (int option; (option = getopt_long(argc, argv, "A:B:C:EFGHLRace:f:hilm:noqrsvwxy0123456789", longs, 0)) != -1;) {
    if (isdigit(option)) lines_before = lines_after = lines_after * 10 + (unsigned long)option - '0'; /* -3 */
    else set_option(option);
    given |= option == 'e' || option == 'f';
  }
  if (!given) {
    if (optind == argc) bad_usage();
    add_sources(argv[optind++]);
  }
  compile();
  if (with_name < 0) with_name = argc - optind > 1 || recursive;
  if (optind == argc) found = recursive ? visit(".", "", 1) : search(stdin, "(standard input)");
  for (; optind < argc; optind++) {
    found |= visit(argv[optind], argv[optind], 1);
    if (found && quiet) break;
  }
  return tool_finish(failed && !(quiet && found) ? 2 : !found);
}
