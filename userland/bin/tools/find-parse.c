/* find's expression, read. See find-expression.h. */
#include <ctype.h>
#include <errno.h>
#include <grp.h>
#include <pwd.h>
#include <stdlib.h>
#include <string.h>
#include "find-node.h"
#include "mode.h"
#include "pattern.h"
#include "tool.h"
#include "when.h"

struct find_options find_options = {.most_depth = ~0UL, .follow = 'P'};

/* As they are written; `which` is for those that differ in a letter only, `value` for those that take a word. */
static const struct primary {
  const char *name;
  unsigned char kind;
  char which, value;
} primaries[] = {
    {"-name", NAME, 0, 1}, {"-iname", INAME, 0, 1}, {"-path", PATH, 0, 1}, {"-wholename", PATH, 0, 1}, {"-ipath", IPATH, 0, 1},
    {"-iwholename", IPATH, 0, 1}, {"-lname", LNAME, 0, 1}, {"-ilname", ILNAME, 0, 1}, {"-regex", REGEX, 0, 1}, {"-iregex", IREGEX, 0, 1},
    {"-type", TYPE, 0, 1}, {"-xtype", XTYPE, 0, 1}, {"-size", SIZE, 0, 1}, {"-empty", EMPTY, 0, 0}, {"-perm", PERM, 0, 1},
    {"-links", LINKS, 0, 1}, {"-inum", INUM, 0, 1}, {"-user", USER, 0, 1}, {"-group", GROUP, 0, 1}, {"-uid", UID, 0, 1},
    {"-gid", GID, 0, 1}, {"-nouser", NO_USER, 0, 0}, {"-nogroup", NO_GROUP, 0, 0}, {"-samefile", SAME, 0, 1},
    {"-newer", NEWER, 'm', 1}, {"-anewer", NEWER, 'a', 1}, {"-cnewer", NEWER, 'c', 1},
    {"-mtime", DAYS, 'm', 1}, {"-atime", DAYS, 'a', 1}, {"-ctime", DAYS, 'c', 1},
    {"-mmin", MINUTES, 'm', 1}, {"-amin", MINUTES, 'a', 1}, {"-cmin", MINUTES, 'c', 1},
    {"-readable", READABLE, 0, 0}, {"-writable", WRITABLE, 0, 0}, {"-executable", EXECUTABLE, 0, 0}, {"-true", TRUE, 0, 0}, {"-false", FALSE, 0, 0},
    {"-print", PRINT, 0, 0}, {"-fprint", PRINT, 'f', 1}, {"-print0", PRINT0, 0, 0}, {"-fprint0", PRINT0, 'f', 1}, {"-printf", PRINTF, 0, 1},
    {"-fprintf", PRINTF, 'f', 1}, {"-ls", LS, 0, 0}, {"-fls", LS, 'f', 1}, {"-exec", EXEC, 0, 0}, {"-execdir", EXECDIR, 0, 0}, {"-ok", OK, 0, 0},
    {"-delete", DELETE, 0, 0}, {"-prune", PRUNE, 0, 0}, {"-quit", QUIT, 0, 0},
    {"-mindepth", MIN_DEPTH, 0, 1}, {"-maxdepth", MAX_DEPTH, 0, 1}, {"-depth", DEPTH, 0, 0}, {"-d", DEPTH, 0, 0}, {"-xdev", ONE_DEVICE, 0, 0},
    {"-mount", ONE_DEVICE, 0, 0}, {"-daystart", DAY_START, 0, 0}, {"-regextype", REGEX_TYPE, 0, 1}, {"-noleaf", TRUE, 0, 0},
    {"-warn", TRUE, 0, 0}, {"-nowarn", TRUE, 0, 0}, {"-ignore_readdir_race", TRUE, 0, 0}, {"-noignore_readdir_race", TRUE, 0, 0},
};

static char **at;
static int acts, deletes, prunes, asks_depth;
static struct timespec now;
static char regex_type = 'e'; /* Emacs's, 'b' and 'x': POSIX's basic and extended */
static struct node *collecting[16];
static int collecting_count;

static _Noreturn void fail(const char *format, const char *what, const char *name) {
  char text[400];
  snprintf(text, sizeof text, format, what, name);
  tool_complain("%s", text);
  exit(1);
}

static struct node *new_node(enum kind kind) {
  struct node *n = calloc(1, sizeof *n);
  if (!n) exit(tool_failed("calloc"));
  n->kind = kind;
  n->file = stdout;
  return n;
}

static void parse_number(struct node *n, const char *name, const char *word, int with_unit) {
  char *end;
  const char *text = word;
  n->sign = *text == '+' || *text == '-' ? *text++ : 0;
  n->number = strtoul(text, &end, 10);
  n->unit = 512;
  if (with_unit && !*word) fail("invalid null argument to -size", "", "");
  if (with_unit && *end) {
    static const char letters[] = "bckwMG";
    static const unsigned long units[] = {512, 1, 1024, 2, 1UL << 20, 1UL << 30};
    const char *letter = strchr(letters, *end);
    if (!letter) fail("invalid -size type `%.1s'", end, "");
    n->unit = units[letter - letters];
    end++;
  }
  if (with_unit && end == text) fail("invalid -size type `%.1s'", word, "");
  if (!isdigit((unsigned char)*text) || *end) fail("invalid argument `%.200s' to `%s'", word, name);
}

static void parse_type(struct node *n, const char *name) {
  const char *c = n->text;
  if (!*c) fail("Arguments to %s should contain at least one letter", name, "");
  for (;; c++) {
    if (!*c) fail("Last file type in list argument to %s is missing, i.e., list is ending on: ','", name, "");
    if (!strchr("fdlcbps", *c)) fail("Unknown argument to -type: %.1s", c, "");
    if (!*++c) return;
    if (*c != ',') fail("Must separate multiple arguments to %s using: ','", name, "");
  }
}

static void parse_mode(struct node *n, const char *word) {
  mode_t mode;
  const char *text = word;
  if (*text == '-' || *text == '/') n->sign = *text++;
  if (*text == '+' || mode_change(text, S_IFREG, 0, &mode) < 0) fail("invalid mode `%.256s'", word, "");
  n->number = mode;
}

/* Emacs's expressions: \( \) \| are operators, as are + and ?. */
static void parse_regex(struct node *n, const char *text) {
  char *turned = malloc(strlen(text) * 2 + 3), *to = turned;
  if (!turned) exit(tool_failed("malloc"));
  for (; *text; text++) {
    int is_escape = *text == '\\' && text[1];
    if (regex_type == 'e' && is_escape && strchr("()|", text[1])) {
      *to++ = *++text;
    } else if (is_escape) {
      *to++ = *text++;
      *to++ = *text;
    } else {
      if (regex_type == 'e' && strchr("(){}|", *text)) *to++ = '\\';
      *to++ = *text;
    }
  }
  *to = 0;
  pattern_compile(&n->regex, turned, (regex_type == 'b' ? 0 : REG_EXTENDED) | (n->kind == IREGEX ? REG_ICASE : 0), 1);
  free(turned);
}

static void parse_exec(struct node *n, const char *name) {
  int places = 0;
  n->command = at;
  if (*at && strcmp(*at, ";") == 0) fail("invalid argument `;' to `%s'", name, "");
  for (; *at && strcmp(*at, ";") && !(strcmp(*at, "+") == 0 && at > n->command && strcmp(at[-1], "{}") == 0); at++) places += strstr(*at, "{}") != 0;
  if (!*at) fail("missing argument to `%s'", name, "");
  n->count = (int)(at - n->command);
  n->together = **at == '+';
  if (n->together && places > 1) fail("Only one instance of {} is supported with %s ... +", name, "");
  if (n->together) {
    if (collecting_count == (int)(sizeof collecting / sizeof *collecting)) fail("too many %s ... +", name, "");
    collecting[collecting_count++] = n;
  }
  at++;
}

/* -newerXY: X and Y are a, m or c, of the file and of what it is compared with; Y may be t, a date. */
static int is_newer(const char *name) {
  return strncmp(name, "-newer", 6) == 0 && name[6] && strchr("amc", name[6]) && name[7] && strchr("amct", name[7]) && !name[8];
}

static void parse_newer(struct node *n, const char *name, const char *word, char kind) {
  struct stat s;
  if (kind == 't') {
    if (when_parse(word, now, &n->time) < 0) fail("I cannot figure out how to interpret `%.200s' as a date or time", word, "");
    return;
  }
  if (find_stat(word, find_options.follow != 'P', &s) < 0) {
    tool_complain("'%s': %s", word, strerror(errno));
    exit(1);
  }
  n->time = *find_time(&s, name[0] && kind ? kind : 'm');
}

static void set_limit(enum kind kind, const char *name, const char *word) {
  char *end;
  unsigned long value = strtoul(word, &end, 10);
  if (!isdigit((unsigned char)*word) || *end) fail("Expected a positive decimal integer argument to %s, but got `%.200s'", name, word);
  *(kind == MIN_DEPTH ? &find_options.least_depth : &find_options.most_depth) = value;
}

static void open_output(struct node *n, const char *path) {
  n->file = strcmp(path, "/dev/stdout") == 0 ? stdout : strcmp(path, "/dev/stderr") == 0 ? stderr : fopen(path, "w");
  if (n->file) return;
  tool_complain("'%s': %s", path, strerror(errno));
  exit(1);
}

static void parse_value(struct node *n, const char *name, const char *word) {
  struct passwd *user;
  struct group *group;
  switch (n->kind) {
    case TYPE:
    case XTYPE: parse_type(n, name); break;
    case REGEX:
    case IREGEX: parse_regex(n, word); break;
    case SIZE: parse_number(n, name, word, 1); break;
    case DAYS:
    case MINUTES:
      parse_number(n, name, word, 0);
      n->time = now;
      break;
    case LINKS:
    case INUM:
    case UID:
    case GID: parse_number(n, name, word, 0); break;
    case USER:
      if ((user = getpwnam(word))) n->number = user->pw_uid;
      else if (isdigit((unsigned char)*word)) parse_number(n, name, word, 0);
      else fail("`%.200s' is not the name of a known user", word, "");
      break;
    case GROUP:
      if ((group = getgrnam(word))) n->number = group->gr_gid;
      else if (isdigit((unsigned char)*word)) parse_number(n, name, word, 0);
      else fail("`%.200s' is not the name of an existing group", word, "");
      break;
    case PERM: parse_mode(n, word); break;
    case SAME:
      if (find_stat(word, find_options.follow != 'P', &n->same) == 0) break;
      tool_complain("'%s': %s", word, strerror(errno));
      exit(1);
    case MIN_DEPTH:
    case MAX_DEPTH: set_limit(n->kind, name, word); break;
    case REGEX_TYPE:
      regex_type = strstr(word, "extended") || strstr(word, "egrep") || strstr(word, "awk") ? 'x' : strstr(word, "emacs") || strstr(word, "findutils") ? 'e' : 'b';
      break;
    default: break;
  }
}

static struct node *comma(void);
static const char *pattern_name; /* the test before, if it takes a pattern */

static struct node *primary(void) {
  const char *name = *at++;
  if (strcmp(name, "!") == 0 || strcmp(name, "-not") == 0) {
    if (!*at) fail("expected an expression after `%s'", name, "");
    if (strcmp(*at, ")") == 0) fail("expected an expression between `%s' and ')'", name, "");
    struct node *n = new_node(NOT);
    n->left = primary();
    return n;
  }
  if (strcmp(name, "(") == 0) {
    if (!*at) fail("invalid expression; expected to find a ')' but didn't see one. Perhaps you need an extra predicate after '%s'", name, "");
    if (strcmp(*at, ")") == 0) fail("invalid expression; empty parentheses are not allowed.", "", "");
    struct node *n = comma();
    if (!*at) fail("invalid expression; I was expecting to find a ')' somewhere but did not see one.", "", "");
    at++;
    return n;
  }
  for (const char *const *binary = (const char *const[]){"-a", "-and", "-o", "-or", ",", 0}; *binary; binary++)
    if (strcmp(name, *binary) == 0) fail("invalid expression; you have used a binary operator '%s' with nothing before it.", name, "");
  static const struct primary newer_than = {"-newer", NEWER, 0, 1};
  const struct primary *p = is_newer(name) ? &newer_than : 0;
  for (size_t i = 0; !p && i < sizeof primaries / sizeof *primaries; i++)
    if (strcmp(primaries[i].name, name) == 0) p = &primaries[i];
  if (!p && *name != '-') {
    tool_complain("paths must precede expression: `%.256s'", name);
    if (pattern_name) tool_complain("possible unquoted pattern after predicate `%s'?", pattern_name);
    exit(1);
  }
  if (!p) fail("unknown predicate `%.256s'", name, "");
  struct node *n = new_node((enum kind)p->kind);
  n->which = p->which;
  pattern_name = n->kind >= NAME && n->kind <= IREGEX ? name : 0;
  if (p->value) {
    if (!*at) fail("missing argument to `%.256s'", name, "");
    n->text = *at++;
    parse_value(n, name, n->text);
  }
  if (n->kind == NEWER) {
    if (p == &newer_than) n->which = name[6];
    parse_newer(n, name, n->text, p == &newer_than ? name[7] : 0);
  }
  if (n->which == 'f') { /* into a file, with its name first */
    open_output(n, n->text);
    if (n->kind == PRINTF && !*at) fail("missing argument to `%.256s'", name, "");
    if (n->kind == PRINTF) n->text = *at++;
  }
  if (n->kind == EXEC || n->kind == EXECDIR || n->kind == OK) parse_exec(n, name);
  if (n->kind == DEPTH) asks_depth = find_options.contents_first = 1;
  if (n->kind == DELETE) deletes = find_options.contents_first = 1;
  if (n->kind == ONE_DEVICE) find_options.one_device = 1;
  if (n->kind == DAY_START) now = (struct timespec){now.tv_sec - now.tv_sec % 86400 + 86400, 0};
  prunes |= n->kind == PRUNE;
  acts |= n->kind >= PRINT && n->kind <= DELETE;
  return n;
}

static struct node *join(enum kind kind, struct node *left, struct node *right) {
  struct node *n = new_node(kind);
  n->left = left;
  n->right = right;
  return n;
}

static int is_next(const char *a, const char *b) { return *at && (strcmp(*at, a) == 0 || strcmp(*at, b) == 0); }

/* Past an operator, which must not be the last word. */
static void pass(void) {
  const char *name = *at++;
  if (!*at) fail("expected an expression after `%s'", name, "");
  if (strcmp(*at, ")") == 0) fail("expected an expression between `%s' and ')'", name, "");
}

static struct node *both(void) {
  struct node *n = primary();
  while (*at && !is_next("-o", "-or") && !is_next(")", ",")) {
    if (is_next("-a", "-and")) pass();
    n = join(AND, n, primary());
  }
  return n;
}

static struct node *either(void) {
  struct node *n = both();
  while (is_next("-o", "-or")) {
    pass();
    n = join(OR, n, both());
  }
  return n;
}

static struct node *comma(void) {
  struct node *n = either();
  while (is_next(",", ",")) {
    pass();
    n = join(COMMA, n, either());
  }
  return n;
}

struct node *find_parse(char **words) {
  clock_gettime(CLOCK_REALTIME, &now);
  at = words;
  struct node *n = *at ? comma() : new_node(TRUE);
  if (*at) fail("you have too many ')'", "", "");
  if (deletes && prunes && !asks_depth) fail("-delete turns on -depth, and then -prune does nothing. If that is meant, say -depth.", "", "");
  return acts ? n : join(AND, n, new_node(PRINT));
}

void find_end(void) {
  for (int i = 0; i < collecting_count; i++) find_run_waiting(collecting[i]);
  exit(tool_finish(find_options.status));
}
