/* uniq: repeated neighbouring lines once. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <unistd.h>
#include "tools/tool.h"

static const char usage[] =
    "uniq [-cdDuiz] [-f FIELDS] [-s CHARACTERS] [-w CHARACTERS] [INPUT [OUTPUT]]\n"
    "Prints lines, repeated neighbours once; -c says how many, -d only repeated ones, -D all of those, -u only the others,\n"
    "-i letters alike, -f and -s without regard to the first fields and characters, -w of so many characters; -z lines end\n"
    "with NUL. --group[=separate|prepend|append|both] prints all, with an empty line between groups.\n";

static int counts, repeated, alone, ignore_case, all_repeated, end_of_line = '\n';
static int group; /* 's'eparate, 'p'repend, 'a'ppend, 'b'oth; with -D it is one of the first two */
static unsigned long fields, characters, width = ~0UL;

struct line {
  char *text;
  size_t size;
};

static void put(const struct line *line) {
  fwrite(line->text, 1, line->size, stdout);
  putchar(end_of_line);
}

/* What of a line is compared. */
static struct line compared(const struct line *line) {
  const char *at = line->text, *end = line->text + line->size;
  for (unsigned long i = 0; i < fields && at < end; i++) {
    while (at < end && (*at == ' ' || *at == '\t')) at++;
    while (at < end && *at != ' ' && *at != '\t') at++;
  }
  at += characters < (unsigned long)(end - at) ? characters : (unsigned long)(end - at);
  size_t size = (size_t)(end - at);
  return (struct line){(char *)at, size < width ? size : width};
}

static int alike(const struct line *left, const struct line *right) {
  struct line a = compared(left), b = compared(right);
  return a.size == b.size && (ignore_case ? strncasecmp(a.text, b.text, a.size) : memcmp(a.text, b.text, a.size)) == 0;
}

static void put_group(const struct line *line, unsigned long times) {
  if ((repeated && times < 2) || (alone && times > 1)) return;
  if (counts) printf("%7lu ", times);
  put(line);
}

static int read_line(struct line *line) {
  size_t room = 0;
  line->text = 0;
  ssize_t length = getdelim(&line->text, &room, end_of_line, stdin);
  if (length <= 0) return 0;
  line->size = (size_t)length - (line->text[length - 1] == end_of_line);
  return 1;
}

/* Lines in groups: -D and --group, which print each of them. */
static void put_groups(void) {
  struct line before = {0, 0}, line;
  unsigned long times = 0, groups = 0;
  for (; read_line(&line); free(before.text), before = line) {
    int same = times > 0 && alike(&before, &line);
    times = same ? times + 1 : 1;
    if (all_repeated && times == 1) continue;
    if (times == (all_repeated ? 2 : 1)) {
      if (group == 'p' || group == 'b' || (group == 's' && groups > 0) || (group == 'a' && groups > 0)) putchar(end_of_line);
      groups++;
      if (all_repeated) put(&before);
    }
    put(&line);
    tool_check_output();
  }
  if (groups > 0 && (group == 'a' || group == 'b')) putchar(end_of_line);
}

static void put_once(void) {
  struct line before = {0, 0}, line;
  unsigned long times = 0;
  for (; read_line(&line); times++) {
    if (times > 0 && alike(&before, &line)) {
      free(line.text);
      continue;
    }
    if (times > 0) put_group(&before, times);
    free(before.text);
    before = line;
    times = 0;
    tool_check_output();
  }
  if (times > 0) put_group(&before, times);
}

static int method(const char *word, const char *option, const char *letters) {
  static const char *const words[] = {"prepend", "append", "separate", "both", "none"};
  for (size_t i = 0; i < sizeof words / sizeof *words; i++)
    if (strcmp(words[i], word) == 0 && strchr(letters, *word)) return *word == 'n' ? 0 : *word;
  tool_complain("invalid argument '%s' for '--%s'", word, option);
  fputs("Valid arguments are:\n", stderr);
  for (; *letters; letters++)
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
      if (*words[i] == *letters) fprintf(stderr, "  - '%s'\n", words[i]);
  tool_bad_usage();
}

static unsigned long count_of(const char *text, const char *what) {
  unsigned long value;
  if (tool_size(text, &value) >= 0) return value;
  exit(tool_complain("%s: invalid %s", text, what));
}

int main(int argc, char **argv) {
  int groups = 0;
  tool_start(argc, argv, usage);
  for (int option; (option = tool_option(argc, argv, "c(count)d(repeated)Du(unique)i(ignore-case)f:(skip-fields)s:(skip-chars)w:(check-chars)z(zero-terminated)\1::(all-repeated)\2::(group)")) != -1;) {
    switch (option) {
      case 'c': counts = 1; break;
      case 'd': repeated = 1; break;
      case 'D': all_repeated = 1; break;
      case 1:
        all_repeated = 1;
        if (optarg) group = method(optarg, "all-repeated", "nps");
        break;
      case 2:
        groups = 1;
        group = optarg ? method(optarg, "group", "pasb") : 's';
        break;
      case 'u': alone = 1; break;
      case 'i': ignore_case = 1; break;
      case 'z': end_of_line = 0; break;
      case 'f': fields = count_of(optarg, "number of fields to skip"); break;
      case 's': characters = count_of(optarg, "number of bytes to skip"); break;
      case 'w': width = count_of(optarg, "number of bytes to compare"); break;
    }
  }
  if (argc - optind > 2) {
    tool_complain("extra operand '%s'", argv[optind + 2]);
    tool_bad_usage();
  }
  if (groups && (counts || repeated || all_repeated || alone)) {
    tool_complain("--group is mutually exclusive with -c/-d/-D/-u");
    tool_bad_usage();
  }
  if (all_repeated && counts) {
    tool_complain("printing all duplicated lines and repeat counts is meaningless");
    tool_bad_usage();
  }
  if (optind < argc && strcmp(argv[optind], "-") && !freopen(argv[optind], "r", stdin)) return tool_failed_on(argv[optind]);
  if (optind + 1 < argc && strcmp(argv[optind + 1], "-") && !freopen(argv[optind + 1], "w", stdout)) return tool_failed_on(argv[optind + 1]);
  if (groups || all_repeated) put_groups();
  else put_once();
  if (ferror(stdin)) return tool_failed_on(optind < argc ? argv[optind] : "-");
  return tool_finish(0);
}
