/* diff: how two files or directories differ, line by line. */
#include <ctype.h>
#include <dirent.h>
#include <errno.h>
#include <fnmatch.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include "tools/diff-output.h"
#include "tools/diff-text.h"
#include "tools/file.h"
#include "tools/pattern.h"
#include "tools/tool.h"

static const char usage[] =
    "diff [OPTION]... FILE FILE\n"
    "Says which lines differ. The status is 0 if none do, 1 if some do, 2 for trouble.\n"
    "  -u, -U N, -c, -C N  the unified, the context form, with 3 or N lines around    -e  as a script for ed    -n  for RCS\n"
    "  -y  side by side, -W N columns, --left-column, --suppress-common-lines    -p, -F REGEX  with the function, such a line\n"
    "  -q  only whether they differ    -s  also whether they do not    -a  binary files are text\n"
    "  -r  directories with all below    -N  what is missing is empty    -x GLOB, -X FILE  not such names\n"
    "  -i  upper and lower case alike    -w  white space does not count, -b how much of it, -Z at ends of lines, -E tabs\n"
    "  -B  blank lines do not count      -I REGEX  nor lines that match    --strip-trailing-cr    -t  tabs as spaces    -T\n"
    "  -L LABEL, --label LABEL  instead of a file's name    --no-dereference    --color[=always|auto|never]\n";

static int brief, report_same, recursive, missing_is_empty, as_text, keeps_links;
static int label_count;
static char options[256]; /* as given, for the lines between files of directories */
static const char **excluded;
static size_t excluded_count;

static int trouble(const char *name) {
  tool_failed(name);
  return 2;
}

static int is_binary(const struct text *t) {
  return !as_text && t->size > 0 && memchr(t->bytes, 0, t->size < 32768 ? t->size : 32768) != 0;
}

static int report(const char *left, const char *right, int differ) {
  if (differ) printf("Files %s and %s differ\n", left, right);
  else if (report_same) printf("Files %s and %s are identical\n", left, right);
  return differ;
}

static int load(struct text *t, const char *name) {
  struct stat s;
  *t = (struct text){.name = name};
  int standard = strcmp(name, "-") == 0;
  if ((standard ? fstat(0, &s) : stat(name, &s)) == 0) t->time = s.st_mtim;
  t->bytes = tool_read_file(standard ? "/dev/stdin" : name, &t->size);
  if (!t->bytes && missing_is_empty && errno == ENOENT) t->bytes = diff_need(calloc(1, 1));
  if (t->bytes) return 0;
  return trouble(name);
}

static int compare_texts(struct text texts[2], int within) {
  const char *left = texts[0].name, *right = texts[1].name;
  size_t count = 0;
  int same = texts[0].size == texts[1].size && memcmp(texts[0].bytes, texts[1].bytes, texts[0].size) == 0;
  if (same && diff_style.form != 'y') return report(left, right, 0);
  if (is_binary(&texts[0]) || is_binary(&texts[1])) {
    if (same) return report(left, right, 0);
    if (brief) return report(left, right, 1);
    printf("Binary files %s and %s differ\n", left, right);
    return 1;
  }
  long shown = diff_style.form == 'u' || diff_style.form == 'c' ? diff_style.around : 0;
  struct change *list = diff_compare(texts, shown, &count);
  if (!list && diff_style.form != 'y') return report(left, right, 0);
  if (brief) {
    report(left, right, list != 0);
  } else {
    if (within && list) diff_put_colored("1", "diff%s %s %s", options, left, right), putchar('\n');
    diff_put(texts, list, list ? count : 0);
  }
  if (!list) report(left, right, 0);
  free(list);
  return list != 0;
}

static int compare_files(const char *left, const char *right, int within) {
  struct text texts[2] = {{.name = left}, {.name = right}};
  int status = load(&texts[0], left);
  status |= load(&texts[1], right);
  if (!status) status = compare_texts(texts, within);
  diff_release(&texts[0]);
  diff_release(&texts[1]);
  return status;
}

static int compare_paths(const char *left, const char *right, int depth);

static int is_wanted(const struct dirent *entry) {
  for (size_t i = 0; i < excluded_count; i++)
    if (fnmatch(excluded[i], entry->d_name, 0) == 0) return 0;
  return strcmp(entry->d_name, ".") != 0 && strcmp(entry->d_name, "..") != 0;
}

static int compare_directories(const char *left, const char *right, int depth) {
  struct dirent **lists[2];
  int counts[2], status = 0, at[2] = {0, 0};
  const char *paths[2] = {left, right};
  for (int side = 0; side < 2; side++)
    if ((counts[side] = scandir(paths[side], &lists[side], is_wanted, alphasort)) < 0) {
      if (missing_is_empty && errno == ENOENT) {
        counts[side] = 0;
        lists[side] = 0;
        continue;
      }
      if (side == 1) free(lists[0]);
      return trouble(paths[side]);
    }
  while (at[0] < counts[0] || at[1] < counts[1]) {
    struct dirent *a = at[0] < counts[0] ? lists[0][at[0]] : 0, *b = at[1] < counts[1] ? lists[1][at[1]] : 0;
    int order = !a ? 1 : !b ? -1 : strcmp(a->d_name, b->d_name), only = order > 0;
    const char *name = order <= 0 ? a->d_name : b->d_name;
    if (order != 0 && !missing_is_empty) {
      printf("Only in %s: %s\n", paths[only], name);
      if (status < 1) status = 1;
    } else {
      char *below[2];
      for (int side = 0; side < 2; side++)
        if (asprintf(&below[side], "%s%s%s", paths[side], paths[side][strlen(paths[side]) - 1] == '/' ? "" : "/", name) < 0) exit(2);
      int result = compare_paths(below[0], below[1], depth + 1);
      if (result > status) status = result;
      free(below[0]);
      free(below[1]);
    }
    if (order <= 0) free(lists[0][at[0]++]);
    if (order >= 0) free(lists[1][at[1]++]);
  }
  free(lists[0]);
  free(lists[1]);
  return status;
}

static int get(const char *path, struct stat *s) {
  return strcmp(path, "-") == 0 ? fstat(0, s) : keeps_links ? lstat(path, s) : stat(path, s);
}

static int compare_links(const char *left, const char *right) {
  char a[4096], b[4096];
  ssize_t n = readlink(left, a, sizeof a), m = readlink(right, b, sizeof b);
  if (n == m && n >= 0 && memcmp(a, b, (size_t)n) == 0) return report(left, right, 0);
  printf("Symbolic links %s and %s differ\n", left, right);
  return 1;
}

/* `depth` 0: as named on the command line. */
static int compare_paths(const char *left, const char *right, int depth) {
  struct stat a = {0}, b = {0};
  int error_a = get(left, &a) ? errno : 0, error_b = get(right, &b) ? errno : 0;
  int one = missing_is_empty && (!error_a || !error_b);
  if (!one && (error_a || error_b)) {
    if ((errno = error_a)) trouble(left);
    if ((errno = error_b)) trouble(right);
    return 2;
  }
  if (error_a) a.st_mode = b.st_mode & S_IFMT;
  if (error_b) b.st_mode = a.st_mode & S_IFMT;
  if (a.st_ino == b.st_ino && a.st_dev == b.st_dev && a.st_ino && diff_style.form != 'y' && !S_ISFIFO(a.st_mode)) return S_ISDIR(a.st_mode) ? 0 : report(left, right, 0);
  if (S_ISDIR(a.st_mode) && S_ISDIR(b.st_mode)) {
    if (depth == 0 || recursive) return compare_directories(left, right, depth);
    printf("Common subdirectories: %s and %s\n", left, right);
    return 0;
  }
  if (depth == 0 && S_ISDIR(a.st_mode) != S_ISDIR(b.st_mode)) { /* the file of that name in the directory */
    char *inner;
    const char *file = S_ISDIR(a.st_mode) ? right : left, *folder = S_ISDIR(a.st_mode) ? left : right;
    if (strcmp(file, "-") == 0) return tool_complain("cannot compare '-' to a directory") + 1;
    if (asprintf(&inner, "%s%s%s", folder, folder[strlen(folder) - 1] == '/' ? "" : "/", basename(file)) < 0) exit(2);
    return S_ISDIR(a.st_mode) ? compare_paths(inner, right, 0) : compare_paths(left, inner, 0);
  }
  if (S_ISLNK(a.st_mode) && S_ISLNK(b.st_mode)) return compare_links(left, right);
  if ((depth > 0 || keeps_links) && (!S_ISREG(a.st_mode) || !S_ISREG(b.st_mode))) {
    printf("File %s is a %s while file %s is a %s\n", left, file_kind(&a), right, file_kind(&b));
    return 1;
  }
  return compare_files(left, right, depth > 0);
}

static void remember_options(int argc, char **argv) {
  for (int i = 1; i < argc && argv[i][0] == '-' && argv[i][1]; i++) {
    int takes = strlen(argv[i]) == 2 && strchr("xXUCWFIL", argv[i][1]) && i + 1 < argc;
    for (int last = i + takes; i <= last; i++) {
      const char *quote = argv[i][strcspn(argv[i], "=*?[]{}$&;()<>|~#!\"\\ \t\n")] ? "'" : "";
      strlcat(options, " ", sizeof options);
      strlcat(options, quote, sizeof options);
      strlcat(options, argv[i], sizeof options);
      strlcat(options, quote, sizeof options);
    }
    i--;
  }
}

/* ---- options ---- */

enum { LEFT_COLUMN = 2, SUPPRESS, STRIP_CR, LINKS, NORMAL, COLOR, UNIFIED, CONTEXT };

static void set_form(char form, const char *around) {
  if (diff_style.form && diff_style.form != form) {
    tool_complain("conflicting output style options");
    tool_bad_usage();
  }
  diff_style.form = form;
  if (!around) return;
  char *end;
  diff_style.around = strtol(around, &end, 10);
  if (isdigit((unsigned char)*around) && !*end) {
    if (diff_style.around > 1L << 40) diff_style.around = 1L << 40;
    return;
  }
  tool_complain("invalid context length '%s'", around);
  tool_bad_usage();
}

static void exclude(const char *glob) {
  excluded = diff_need(realloc(excluded, (excluded_count + 1) * sizeof *excluded));
  excluded[excluded_count++] = glob;
}

static void exclude_those_in(const char *path) {
  char *text = tool_read_file(strcmp(path, "-") == 0 ? "/dev/stdin" : path, 0);
  if (!text) exit(trouble(path));
  for (char *line = strtok(text, "\n"); line; line = strtok(0, "\n")) exclude(line);
}

static const regex_t *expression(const char *text) {
  regex_t *regex = diff_need(malloc(sizeof *regex));
  pattern_compile(regex, text, 0, 2);
  return regex;
}

static void set_color(const char *when) {
  if (!when || strcmp(when, "auto") == 0) diff_style.colored = isatty(1);
  else if (strcmp(when, "always") == 0) diff_style.colored = 1;
  else if (strcmp(when, "never") != 0) {
    tool_complain("invalid color '%s'", when);
    tool_bad_usage();
  }
}

static void set_option(int option) {
  switch (option) {
    case 'u': set_form('u', 0); break;
    case UNIFIED:
    case 'U': set_form('u', optarg); break;
    case 'c': set_form('c', 0); break;
    case CONTEXT:
    case 'C': set_form('c', optarg); break;
    case 'e':
    case 'n':
    case 'y': set_form((char)option, 0); break;
    case NORMAL: diff_style.form = 0; break;
    case 'q': brief = 1; break;
    case 's': report_same = 1; break;
    case 'r': recursive = 1; break;
    case 'N': missing_is_empty = 1; break;
    case 'a': as_text = 1; break;
    case 'i': diff_rules.ignore_case = 1; break;
    case 'w': diff_rules.ignore_space = 1; break;
    case 'b': diff_rules.ignore_amount = 1; break;
    case 'Z': diff_rules.ignore_trailing = 1; break;
    case 'E': diff_rules.ignore_tabs = 1; break;
    case 'B': diff_rules.ignore_blank = 1; break;
    case STRIP_CR: diff_rules.strip_cr = 1; break;
    case 'I': diff_rules.ignored = expression(optarg); break;
    case 'p': diff_style.heading = expression("^[[:alpha:]$_]"); break;
    case 'F': diff_style.heading = expression(optarg); break;
    case 't': diff_style.expand_tabs = 1; break;
    case 'T': diff_style.initial_tab = 1; break;
    case 'W': diff_style.width = (long)tool_number(optarg, 10, 1 << 20, "width"); break;
    case 'x': exclude(optarg); break;
    case 'X': exclude_those_in(optarg); break;
    case LEFT_COLUMN: diff_style.left_column = 1; break;
    case SUPPRESS: diff_style.suppress_common = 1; break;
    case LINKS: keeps_links = 1; break;
    case COLOR: set_color(optarg); break;
    case 'L':
      if (label_count == 2) exit(tool_complain("too many file label options") + 1);
      diff_style.labels[label_count++] = optarg;
  }
}

int main(int argc, char **argv) {
  tool_trouble = 2;
  tool_summary = "diff: ";
  tool_start(argc, argv, usage);
  remember_options(argc, argv);
  long digits = -1;
  for (int option; (option = tool_option(argc, argv, "uU:\10::(unified)qsrNaiwbBL:(label)cC:\11::(context)e(ed)n(rcs)y(side-by-side)p(show-c-function)F:(show-function-line)t(expand-tabs)T(initial-tab)EZx:X:I:W:d(minimal)H(speed-large-files)0123456789"
       "q(brief)s(report-identical-files)r(recursive)N(new-file)a(text)i(ignore-case)w(ignore-all-space)b(ignore-space-change)B(ignore-blank-lines)E(ignore-tab-expansion)Z(ignore-trailing-space)I:(ignore-matching-lines)"
       "W:(width)x:(exclude)X:(exclude-from)\2(left-column)\3(suppress-common-lines)\4(strip-trailing-cr)\5(no-dereference)\6(normal)\7::(color)")) != -1;) {
    if (isdigit(option)) digits = (digits < 0 ? 0 : digits * 10) + option - '0';
    else set_option(option);
  }
  if (digits >= 0) diff_style.around = digits;
  if (diff_style.heading && !diff_style.form) diff_style.form = 'c';
  if (argc - optind != 2) {
    if (argc - optind > 2) tool_complain("extra operand '%s'", argv[optind + 2]);
    else tool_complain("missing operand after '%s'", argv[argc - 1]);
    tool_bad_usage();
  }
  int status = compare_paths(argv[optind], argv[optind + 1], 0);
  int output = tool_finish(status);
  return output > status ? output : status;
}
