/* diff: how two files or directories differ, line by line. */
#include <ctype.h>
#include <dirent.h>
#include <errno.h>
#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>
#include "tools/line-changes.h"
#include "tools/tool.h"

static const char usage[] =
    "diff [OPTION]... FILE FILE\n"
    "Says which lines differ. The status is 0 if none do, 1 if some do, 2 for trouble.\n"
    "  -u, -U N  the unified form, with 3 or N lines around    -q  only whether they differ    -s  also whether they do not\n"
    "  -r  directories with all below    -N  what is missing is empty    -a  binary files are text\n"
    "  -i  upper and lower case alike    -w  white space does not count    -b  how much of it does not\n"
    "  -B  blank lines do not count      -L LABEL, --label LABEL  instead of a file's name\n";

static int unified, brief, report_same, recursive, missing_is_empty, as_text, ignore_case, ignore_space, ignore_amount, ignore_blank;
static unsigned long around = 3;
static const char *labels[2];
static int label_count;
static char options[256]; /* as given, for the lines between files of directories */

struct text {
  const char *name;
  char *bytes;
  size_t size;
  struct timespec time;
  long count;
  char **lines; /* count + 1: the last points past the end */
  int *numbers;
  unsigned char *changed;
};

static int trouble(const char *name) {
  tool_failed(name);
  return 2;
}

/* ---- lines ---- */

static void *need(void *block) {
  if (!block) exit(trouble("memory exhausted"));
  return block;
}

/* A line as it counts: its length in `to`, which has room for it. */
static size_t essence(const char *line, size_t size, char *to) {
  size_t used = 0;
  if (size > 0 && line[size - 1] == '\n') size--;
  else if (!ignore_space && !ignore_amount) to[used++] = 1; /* without a newline it is another line */
  for (size_t i = 0; i < size; i++) {
    unsigned char c = (unsigned char)line[i];
    if (isspace(c) && (ignore_space || ignore_amount)) {
      while (i + 1 < size && isspace((unsigned char)line[i + 1])) i++;
      if (ignore_amount && !ignore_space && i + 1 < size) to[used++] = ' ';
      continue;
    }
    to[used++] = (char)(ignore_case ? tolower(c) : c);
  }
  return used;
}

struct known {
  unsigned hash;
  size_t size;
  char *essence;
};

/* Numbers the lines of both texts, equal ones equally. */
static void number_lines(struct text texts[2]) {
  size_t slots = 16, total = (size_t)(texts[0].count + texts[1].count), longest = 1;
  while (slots < total * 2) slots *= 2;
  int *table = need(calloc(slots, sizeof *table)), next = 1; /* 0: none */
  struct known *known = need(malloc((total + 1) * sizeof *known));
  for (int side = 0; side < 2; side++)
    for (long i = 0; i < texts[side].count; i++) {
      size_t size = (size_t)(texts[side].lines[i + 1] - texts[side].lines[i]);
      if (size > longest) longest = size;
    }
  char *room = need(malloc((size_t)longest + 1));
  for (int side = 0; side < 2; side++)
    for (long i = 0; i < texts[side].count; i++) {
      char *line = texts[side].lines[i];
      size_t size = essence(line, (size_t)(texts[side].lines[i + 1] - line), room);
      unsigned hash = 2166136261U;
      for (size_t b = 0; b < size; b++) hash = (hash ^ (unsigned char)room[b]) * 16777619U;
      size_t slot = hash & (slots - 1);
      for (; table[slot]; slot = (slot + 1) & (slots - 1)) {
        struct known *k = &known[table[slot]];
        if (k->hash == hash && k->size == size && memcmp(k->essence, room, size) == 0) break;
      }
      if (!table[slot]) {
        known[next] = (struct known){hash, size, memcpy(need(malloc(size + 1)), room, size)};
        table[slot] = next++;
      }
      texts[side].numbers[i] = table[slot];
    }
  while (next > 1) free(known[--next].essence);
  free(room);
  free(known);
  free(table);
}

static void split(struct text *t) {
  t->count = 0;
  for (size_t at = 0; at < t->size; t->count++) {
    char *newline = memchr(t->bytes + at, '\n', t->size - at);
    at = newline ? (size_t)(newline - t->bytes) + 1 : t->size;
  }
  t->lines = need(malloc((size_t)(t->count + 1) * sizeof *t->lines));
  t->numbers = need(malloc((size_t)(t->count + 1) * sizeof *t->numbers));
  t->changed = (unsigned char *)need(calloc((size_t)t->count + 3, 1)) + 1;
  size_t at = 0;
  for (long i = 0; i <= t->count; i++) {
    t->lines[i] = t->bytes + at;
    char *newline = at < t->size ? memchr(t->bytes + at, '\n', t->size - at) : 0;
    at = newline ? (size_t)(newline - t->bytes) + 1 : t->size;
  }
}

static void release(struct text *t) {
  free(t->bytes);
  free(t->lines);
  free(t->numbers);
  if (t->changed) free(t->changed - 1);
}

/* ---- output ---- */

static void put_line(const struct text *t, long i, const char *mark) {
  size_t size = (size_t)(t->lines[i + 1] - t->lines[i]);
  fputs(mark, stdout);
  fwrite(t->lines[i], 1, size, stdout);
  if (size == 0 || t->lines[i][size - 1] != '\n') puts("\n\\ No newline at end of file");
}

/* A change: lines [from[0], to[0]) of one became [from[1], to[1]) of the other. */
struct change {
  long from[2], to[2];
};

static int is_blank_change(const struct text texts[2], const struct change *c) {
  for (int side = 0; side < 2; side++)
    for (long i = c->from[side]; i < c->to[side]; i++)
      if (*texts[side].lines[i] != '\n') return 0;
  return 1;
}

/* All changes in order, in a block of its own. */
static struct change *find_changes(const struct text texts[2], size_t *count) {
  struct change *list = 0;
  *count = 0;
  for (long i = 0, j = 0; i < texts[0].count || j < texts[1].count;) {
    if (!texts[0].changed[i] && !texts[1].changed[j]) {
      i++, j++;
      continue;
    }
    struct change c = {{i, j}, {0, 0}};
    while (texts[0].changed[i]) i++;
    while (texts[1].changed[j]) j++;
    c.to[0] = i;
    c.to[1] = j;
    if (ignore_blank && is_blank_change(texts, &c)) continue;
    if (*count % 64 == 0) list = need(realloc(list, (*count + 64) * sizeof *list));
    list[(*count)++] = c;
  }
  return list;
}

static void put_range(long from, long to) {
  printf(to - from > 1 ? "%ld,%ld" : "%ld", to > from ? from + 1 : from, to);
}

static void put_normal(const struct text texts[2], const struct change *c) {
  int out = c->to[0] > c->from[0], in = c->to[1] > c->from[1];
  put_range(c->from[0], c->to[0]);
  putchar(out && in ? 'c' : in ? 'a' : 'd');
  put_range(c->from[1], c->to[1]);
  putchar('\n');
  for (long i = c->from[0]; i < c->to[0]; i++) put_line(&texts[0], i, "< ");
  if (out && in) puts("---");
  for (long i = c->from[1]; i < c->to[1]; i++) put_line(&texts[1], i, "> ");
}

static void put_header(const struct text *t, int side, const char *mark) {
  struct tm tm;
  char text[32];
  if (labels[side]) {
    printf("%s %s\n", mark, labels[side]);
    return;
  }
  localtime_r(&t->time.tv_sec, &tm);
  strftime(text, sizeof text, "%Y-%m-%d %H:%M:%S", &tm);
  printf("%s %s\t%s.%09ld +0000\n", mark, t->name, text, t->time.tv_nsec);
}

static void put_unified_range(long from, long to) {
  long size = to - from;
  printf(size == 1 ? "%ld" : "%ld,%ld", size == 0 ? from : from + 1, size);
}

/* One hunk: changes [first, last] with what is around them. */
static void put_hunk(const struct text texts[2], const struct change *first, const struct change *last) {
  long before = first->from[0] < (long)around ? first->from[0] : (long)around;
  if (first->from[1] < before) before = first->from[1];
  long after = texts[0].count - last->to[0] < (long)around ? texts[0].count - last->to[0] : (long)around;
  fputs("@@ -", stdout);
  put_unified_range(first->from[0] - before, last->to[0] + after);
  fputs(" +", stdout);
  put_unified_range(first->from[1] - before, last->to[1] + after);
  fputs(" @@\n", stdout);
  long at = first->from[0] - before;
  for (const struct change *c = first; c <= last; c++) {
    for (; at < c->from[0]; at++) put_line(&texts[0], at, " ");
    for (; at < c->to[0]; at++) put_line(&texts[0], at, "-");
    for (long i = c->from[1]; i < c->to[1]; i++) put_line(&texts[1], i, "+");
  }
  for (; at < last->to[0] + after; at++) put_line(&texts[0], at, " ");
}

static void put_unified(const struct text texts[2], const struct change *list, size_t count) {
  put_header(&texts[0], 0, "---");
  put_header(&texts[1], 1, "+++");
  for (size_t first = 0, last; first < count; first = last + 1) {
    for (last = first; last + 1 < count && list[last + 1].from[0] - list[last].to[0] <= 2 * (long)around; last++) continue;
    put_hunk(texts, &list[first], &list[last]);
  }
}

/* ---- files and directories ---- */

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
  if (!t->bytes && missing_is_empty && errno == ENOENT) t->bytes = need(calloc(1, 1));
  if (t->bytes) return 0;
  return trouble(name);
}

static void put_command(const char *left, const char *right) {
  printf("diff%s %s %s\n", options, left, right);
}

static int compare_texts(struct text texts[2], int within) {
  const char *left = texts[0].name, *right = texts[1].name;
  size_t count;
  if (texts[0].size == texts[1].size && memcmp(texts[0].bytes, texts[1].bytes, texts[0].size) == 0)
    return report(left, right, 0);
  if (is_binary(&texts[0]) || is_binary(&texts[1])) {
    if (brief) return report(left, right, 1);
    printf("Binary files %s and %s differ\n", left, right);
    return 2;
  }
  split(&texts[0]);
  split(&texts[1]);
  number_lines(texts);
  /* What both begin and end with is left out, but for as many lines as will be shown of it. */
  const int *a = texts[0].numbers, *b = texts[1].numbers;
  long n = texts[0].count, m = texts[1].count, same = 0, same_end = 0, shown = unified ? (long)around : 0;
  while (same < n && same < m && a[same] == b[same]) same++;
  while (same_end < n - same && same_end < m - same && a[n - 1 - same_end] == b[m - 1 - same_end]) same_end++;
  same -= same < shown ? same : shown;
  same_end -= same_end < shown ? same_end : shown;
  const int *numbers[2] = {a + same, b + same};
  const long counts[2] = {n - same - same_end, m - same - same_end};
  unsigned char *changed[2] = {texts[0].changed + same, texts[1].changed + same};
  if (!line_changes(numbers, counts, changed)) return trouble("memory exhausted");
  struct change *list = find_changes(texts, &count);
  if (count == 0) return report(left, right, 0);
  if (brief) {
    report(left, right, 1);
  } else {
    if (within) put_command(left, right);
    if (unified) put_unified(texts, list, count);
    for (size_t i = 0; !unified && i < count; i++) put_normal(texts, &list[i]);
  }
  free(list);
  return 1;
}

static int compare_files(const char *left, const char *right, int within) {
  struct text texts[2] = {{.name = left}, {.name = right}};
  int status = load(&texts[0], left);
  status |= load(&texts[1], right);
  if (!status) status = compare_texts(texts, within);
  release(&texts[0]);
  release(&texts[1]);
  return status;
}

static int compare_paths(const char *left, const char *right, int depth);

static int not_dots(const struct dirent *entry) {
  return strcmp(entry->d_name, ".") != 0 && strcmp(entry->d_name, "..") != 0;
}

static int compare_directories(const char *left, const char *right, int depth) {
  struct dirent **lists[2];
  int counts[2], status = 0, at[2] = {0, 0};
  const char *paths[2] = {left, right};
  for (int side = 0; side < 2; side++)
    if ((counts[side] = scandir(paths[side], &lists[side], not_dots, alphasort)) < 0) {
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

static const char *kind_of(const struct stat *s) {
  return S_ISDIR(s->st_mode)    ? "directory"
         : S_ISFIFO(s->st_mode) ? "fifo"
         : S_ISCHR(s->st_mode)  ? "character special file"
         : s->st_size == 0      ? "regular empty file"
                                : "regular file";
}

/* `depth` 0: as named on the command line. */
static int compare_paths(const char *left, const char *right, int depth) {
  struct stat a = {0}, b = {0};
  int has_a = strcmp(left, "-") == 0 ? fstat(0, &a) == 0 : stat(left, &a) == 0;
  int has_b = strcmp(right, "-") == 0 ? fstat(0, &b) == 0 : stat(right, &b) == 0;
  int one = missing_is_empty && (has_a || has_b);
  if (!has_a && !one) trouble(left);
  if (!has_b && !one) trouble(right);
  if ((!has_a || !has_b) && !one) return 2;
  if (!has_a) a.st_mode = b.st_mode & S_IFMT;
  if (!has_b) b.st_mode = a.st_mode & S_IFMT;
  if (S_ISDIR(a.st_mode) && S_ISDIR(b.st_mode)) {
    if (depth == 0 || recursive) return compare_directories(left, right, depth);
    printf("Common subdirectories: %s and %s\n", left, right);
    return 0;
  }
  if (depth == 0 && S_ISDIR(a.st_mode) != S_ISDIR(b.st_mode)) { /* the file of that name in the directory */
    char *inner;
    const char *file = S_ISDIR(a.st_mode) ? right : left, *folder = S_ISDIR(a.st_mode) ? left : right;
    if (asprintf(&inner, "%s%s%s", folder, folder[strlen(folder) - 1] == '/' ? "" : "/", basename(file)) < 0) exit(2);
    return S_ISDIR(a.st_mode) ? compare_paths(inner, right, 0) : compare_paths(left, inner, 0);
  }
  if (depth > 0 && (!S_ISREG(a.st_mode) || !S_ISREG(b.st_mode))) {
    if (S_ISFIFO(a.st_mode) && S_ISFIFO(b.st_mode)) return 0;
    printf("File %s is a %s while file %s is a %s\n", left, kind_of(&a), right, kind_of(&b));
    return 1;
  }
  return compare_files(left, right, depth > 0);
}

static void remember_options(int argc, char **argv) {
  for (int i = 1; i < argc && argv[i][0] == '-' && argv[i][1]; i++) {
    strlcat(options, " ", sizeof options);
    strlcat(options, argv[i], sizeof options);
  }
}

static _Noreturn void bad_usage(void) {
  tool_complain("Try 'diff --help' for more information.");
  exit(2);
}

int main(int argc, char **argv) {
  static const struct option longs[] = {
      {"unified", 2, 0, 'U'}, {"brief", 0, 0, 'q'}, {"report-identical-files", 0, 0, 's'}, {"recursive", 0, 0, 'r'},
      {"new-file", 0, 0, 'N'}, {"text", 0, 0, 'a'}, {"ignore-case", 0, 0, 'i'}, {"ignore-all-space", 0, 0, 'w'},
      {"ignore-space-change", 0, 0, 'b'}, {"ignore-blank-lines", 0, 0, 'B'}, {"label", 1, 0, 'L'}, {"normal", 0, 0, 'n'}, {0, 0, 0, 0},
  };
  tool_trouble = 2;
  tool_start(argc, argv, usage);
  remember_options(argc, argv);
  for (int option; (option = getopt_long(argc, argv, "uU:qsrNaiwbBL:", longs, 0)) != -1;) {
    switch (option) {
      case 'u': unified = 1; break;
      case 'U':
        unified = 1;
        if (optarg) around = tool_number(optarg, 10, 1 << 30, "context length");
        break;
      case 'q': brief = 1; break;
      case 's': report_same = 1; break;
      case 'r': recursive = 1; break;
      case 'N': missing_is_empty = 1; break;
      case 'a': as_text = 1; break;
      case 'i': ignore_case = 1; break;
      case 'w': ignore_space = 1; break;
      case 'b': ignore_amount = 1; break;
      case 'B': ignore_blank = 1; break;
      case 'n': unified = 0; break;
      case 'L':
        if (label_count < 2) labels[label_count++] = optarg;
        break;
      default: bad_usage();
    }
  }
  if (argc - optind != 2) {
    if (argc - optind > 2) tool_complain("extra operand '%s'", argv[optind + 2]);
    else tool_complain("missing operand after '%s'", argv[argc - 1]);
    bad_usage();
  }
  int status = compare_paths(argv[optind], argv[optind + 1], 0);
  return tool_finish(status) > status ? 2 : status;
}
