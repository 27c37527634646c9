/* find: the files below directories that meet an expression, and what to do with them. */
#include <dirent.h>
#include <errno.h>
#include <fnmatch.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>
#include "tools/tool.h"

static const char usage[] =
    "find [DIRECTORY]... [EXPRESSION]\n"
    "Prints everything below the directories (here, if none is given) for which EXPRESSION is true:\n"
    "  -name -iname -path PATTERN   -type f|d|l|c|p|s   -size [+-]N[ckMG]   -empty   -newer FILE   -perm [-/]MODE\n"
    "  -mtime -mmin [+-]N   -links [+-]N   -inum N   -readable -writable -executable   -true -false\n"
    "  -print -print0 -ls   -exec COMMAND {} ';'   -exec COMMAND {} +   -delete   -prune   -quit\n"
    "  -mindepth N -maxdepth N -depth   ! E   ( E )   E -a E   E -o E\n";

enum kind { AND, OR, NOT, NAME, INAME, PATH, TYPE, SIZE, EMPTY, NEWER, PERM, MTIME, MMIN, LINKS, INUM, READABLE, WRITABLE, EXECUTABLE, TRUE, FALSE, PRINT, PRINT0, LS, EXEC, DELETE, PRUNE, QUIT };

struct node {
  enum kind kind;
  struct node *left, *right;
  char *text;      /* pattern; letters of -type */
  char sign;       /* + or -, of numbers; - or / of -perm */
  unsigned long number, unit;
  struct timespec time;
  char **command;  /* -exec: up to its ; or + */
  int count, together;
  char **paths;    /* of -exec +, which wait */
  int waiting;
};

static unsigned long least_depth, most_depth = ~0UL;
static int contents_first, acts, status, pruned;
static char **at;
static time_t now;
static struct node *collecting[16];
static int collecting_count;

static _Noreturn void fail(const char *format, const char *what) {
  char text[300];
  snprintf(text, sizeof text, format, what);
  tool_complain("%s", text);
  exit(1);
}

/* ---- the expression ---- */

static struct node *new_node(enum kind kind) {
  struct node *n = calloc(1, sizeof *n);
  if (!n) exit(tool_failed("calloc"));
  n->kind = kind;
  return n;
}

static char *value(const char *name) {
  if (!at[0]) fail("missing argument to `%.256s'", name);
  return *at++;
}

static void parse_number(struct node *n, const char *name, const char *text, int with_unit) {
  char *end;
  n->sign = *text == '+' || *text == '-' ? *text++ : 0;
  n->number = strtoul(text, &end, 10);
  n->unit = 512;
  if (with_unit && *end) {
    static const char letters[] = "bckwMG";
    static const unsigned long units[] = {512, 1, 1024, 2, 1UL << 20, 1UL << 30};
    const char *letter = strchr(letters, *end);
    if (!letter) fail("invalid -size type `%.256s'", end);
    n->unit = units[letter - letters];
    end++;
  }
  char text_of[300];
  snprintf(text_of, sizeof text_of, "invalid argument `%.200s' to `%s'", text, name);
  if (end == text || *end) fail("%s", text_of);
}

static void parse_mode(struct node *n, const char *text) {
  char *end;
  if (*text == '-' || *text == '/') n->sign = *text++;
  n->number = strtoul(text, &end, 8);
  if (end == text || *end) fail("invalid mode '%.256s'", text);
}

static void parse_exec(struct node *n) {
  n->command = at;
  while (*at && strcmp(*at, ";") && !(strcmp(*at, "+") == 0 && at > n->command && strcmp(at[-1], "{}") == 0)) at++;
  if (!*at || at == n->command) fail("missing argument to `%s'", "-exec");
  n->count = (int)(at - n->command);
  n->together = **at == '+';
  if (n->together) {
    if (collecting_count == (int)(sizeof collecting / sizeof *collecting)) fail("too many %s", "-exec +");
    collecting[collecting_count++] = n;
  }
  at++;
}

static struct node *either(void);

static struct node *primary(void) {
  static const char *const names[] = {
      [NAME] = "-name", [INAME] = "-iname", [PATH] = "-path", [TYPE] = "-type", [SIZE] = "-size", [EMPTY] = "-empty", [NEWER] = "-newer",
      [PERM] = "-perm", [MTIME] = "-mtime", [MMIN] = "-mmin", [LINKS] = "-links", [INUM] = "-inum", [READABLE] = "-readable",
      [WRITABLE] = "-writable", [EXECUTABLE] = "-executable", [TRUE] = "-true", [FALSE] = "-false", [PRINT] = "-print",
      [PRINT0] = "-print0", [LS] = "-ls", [EXEC] = "-exec", [DELETE] = "-delete", [PRUNE] = "-prune", [QUIT] = "-quit",
  };
  const char *name = *at++;
  if (strcmp(name, "!") == 0 || strcmp(name, "-not") == 0) {
    if (!*at) fail("expected an expression after `%s'", name);
    struct node *n = new_node(NOT);
    n->left = primary();
    return n;
  }
  if (strcmp(name, "(") == 0) {
    struct node *n = either();
    if (!*at || strcmp(*at, ")")) fail("invalid expression; I was expecting to find a '%s' somewhere but did not see one.", ")");
    at++;
    return n;
  }
  if (strcmp(name, "-mindepth") == 0 || strcmp(name, "-maxdepth") == 0) {
    *(name[2] == 'i' ? &least_depth : &most_depth) = tool_number(value(name), 10, ~0UL, "depth");
    return new_node(TRUE);
  }
  if (strcmp(name, "-depth") == 0 || strcmp(name, "-xdev") == 0) {
    contents_first |= name[1] == 'd';
    return new_node(TRUE);
  }
  size_t kind = NAME;
  while (kind < sizeof names / sizeof *names && strcmp(names[kind], name)) kind++;
  if (kind == sizeof names / sizeof *names) {
    if (*name != '-') fail("paths must precede expression: `%.256s'", name);
    fail("unknown predicate `%.256s'", name);
  }
  struct node *n = new_node((enum kind)kind);
  struct stat s;
  switch (n->kind) {
    case NAME:
    case INAME:
    case PATH: n->text = value(name); break;
    case TYPE:
      n->text = value(name);
      for (const char *c = n->text; *c; c++)
        if (!strchr("fdlcbps,", *c)) fail("Unknown argument to -type: %.1s", c);
      break;
    case SIZE: parse_number(n, name, value(name), 1); break;
    case MTIME:
    case MMIN:
    case LINKS:
    case INUM: parse_number(n, name, value(name), 0); break;
    case PERM: parse_mode(n, value(name)); break;
    case NEWER:
      n->text = value(name);
      if (stat(n->text, &s) < 0) fail("%.256s: No such file or directory", n->text);
      n->time = s.st_mtim;
      break;
    case EXEC: parse_exec(n); break;
    case DELETE: contents_first = 1; break;
    default: break;
  }
  acts |= n->kind == PRINT || n->kind == PRINT0 || n->kind == LS || n->kind == EXEC || n->kind == DELETE;
  return n;
}

static struct node *join(enum kind kind, struct node *left, struct node *right) {
  struct node *n = new_node(kind);
  n->left = left;
  n->right = right;
  return n;
}

static int is_next(const char *a, const char *b) { return *at && (strcmp(*at, a) == 0 || strcmp(*at, b) == 0); }

static struct node *both(void) {
  struct node *n = primary();
  while (*at && !is_next("-o", "-or") && !is_next(")", ")")) {
    if (is_next("-a", "-and")) at++;
    if (!*at) fail("expected an expression after `%s'", "-a");
    n = join(AND, n, primary());
  }
  return n;
}

static struct node *either(void) {
  if (!*at) fail("expected an expression after `%s'", at[-1]);
  struct node *n = both();
  while (is_next("-o", "-or")) {
    at++;
    if (!*at) fail("expected an expression after `%s'", "-o");
    n = join(OR, n, both());
  }
  return n;
}

/* ---- actions ---- */

static int run(char **command) {
  int result = 1;
  fflush(stdout);
  pid_t child = fork();
  if (child == 0) {
    execvp(command[0], command);
    char text[300];
    snprintf(text, sizeof text, "'%.256s'", command[0]);
    tool_failed(text);
    _exit(1);
  }
  if (child < 0) exit(tool_failed("fork"));
  while (waitpid(child, &result, 0) < 0 && errno == EINTR) continue;
  return result == 0;
}

/* A word of the command, with the path for each {}. */
static char *filled(const char *word, const char *path) {
  size_t size = strlen(word) + 1;
  for (const char *c = word; (c = strstr(c, "{}")); c += 2) size += strlen(path);
  char *text = malloc(size), *to = text;
  if (!text) exit(tool_failed("malloc"));
  for (const char *c; (c = strstr(word, "{}")); word = c + 2) to = stpcpy(mempcpy(to, word, (size_t)(c - word)), path);
  strcpy(to, word);
  return text;
}

#define TOGETHER 200

static void run_waiting(struct node *n) {
  if (n->waiting == 0) return;
  char **command = malloc((size_t)(n->count + TOGETHER + 1) * sizeof *command);
  if (!command) exit(tool_failed("malloc"));
  memcpy(command, n->command, (size_t)(n->count - 1) * sizeof *command); /* but the {} */
  memcpy(command + n->count - 1, n->paths, (size_t)n->waiting * sizeof *command);
  command[n->count - 1 + n->waiting] = 0;
  if (!run(command)) status = 1;
  free(command);
  while (n->waiting > 0) free(n->paths[--n->waiting]);
}

static int execute(struct node *n, const char *path) {
  if (n->together) {
    if (!n->paths && !(n->paths = malloc(TOGETHER * sizeof *n->paths))) exit(tool_failed("malloc"));
    n->paths[n->waiting++] = strdup(path);
    if (n->waiting == TOGETHER) run_waiting(n);
    return 1;
  }
  char **command = malloc((size_t)(n->count + 1) * sizeof *command);
  if (!command) exit(tool_failed("malloc"));
  for (int i = 0; i < n->count; i++) command[i] = filled(n->command[i], path);
  command[n->count] = 0;
  int good = run(command);
  for (int i = 0; i < n->count; i++) free(command[i]);
  free(command);
  return good;
}

static int delete(const char *path, const struct stat *s) {
  if (strcmp(path, ".") == 0 || (S_ISDIR(s->st_mode) ? rmdir(path) : unlink(path)) == 0) return 1;
  char text[300];
  snprintf(text, sizeof text, "cannot delete '%.256s'", path);
  status = tool_failed(text);
  return 0;
}

static void list(const char *path) {
  char *command[] = {"ls", "-ild", (char *)path, 0};
  run(command);
}

static _Noreturn void end(void) {
  for (int i = 0; i < collecting_count; i++) run_waiting(collecting[i]);
  exit(tool_finish(status));
}

/* ---- tests ---- */

static char kind_of(mode_t mode) {
  return S_ISDIR(mode) ? 'd' : S_ISLNK(mode) ? 'l' : S_ISCHR(mode) ? 'c' : S_ISBLK(mode) ? 'b' : S_ISFIFO(mode) ? 'p' : S_ISSOCK(mode) ? 's' : 'f';
}

static int compare(const struct node *n, unsigned long number) {
  return n->sign == '+' ? number > n->number : n->sign == '-' ? number < n->number : number == n->number;
}

static int is_empty(const char *path, const struct stat *s) {
  if (S_ISREG(s->st_mode)) return s->st_size == 0;
  DIR *directory = S_ISDIR(s->st_mode) ? opendir(path) : 0;
  int count = 0;
  if (!directory) return 0;
  while (count < 3 && readdir(directory)) count++;
  closedir(directory);
  return count == 2;
}

static const char *name_of(const char *path) {
  const char *slash = strrchr(path, '/');
  return slash && slash[1] ? slash + 1 : path;
}

static int holds(struct node *n, const char *path, const struct stat *s) {
  long age = now - s->st_mtim.tv_sec;
  switch (n->kind) {
    case AND: return holds(n->left, path, s) && holds(n->right, path, s);
    case OR: return holds(n->left, path, s) || holds(n->right, path, s);
    case NOT: return !holds(n->left, path, s);
    case NAME: return fnmatch(n->text, name_of(path), 0) == 0;
    case INAME: return fnmatch(n->text, name_of(path), FNM_CASEFOLD) == 0;
    case PATH: return fnmatch(n->text, path, 0) == 0;
    case TYPE: return strchr(n->text, kind_of(s->st_mode)) != 0;
    case SIZE: return compare(n, ((unsigned long)s->st_size + n->unit - 1) / n->unit);
    case EMPTY: return is_empty(path, s);
    case NEWER:
      return s->st_mtim.tv_sec > n->time.tv_sec || (s->st_mtim.tv_sec == n->time.tv_sec && s->st_mtim.tv_nsec > n->time.tv_nsec);
    case PERM: {
      unsigned long mode = s->st_mode & 07777;
      return n->sign == '-' ? (mode & n->number) == n->number : n->sign == '/' ? (mode & n->number) != 0 || n->number == 0 : mode == n->number;
    }
    case MTIME: return compare(n, age < 0 ? 0 : (unsigned long)age / 86400);
    case MMIN: return compare(n, age < 0 ? 0 : (unsigned long)(age + 59) / 60);
    case LINKS: return compare(n, s->st_nlink);
    case INUM: return compare(n, s->st_ino);
    case READABLE: return access(path, R_OK) == 0;
    case WRITABLE: return access(path, W_OK) == 0;
    case EXECUTABLE: return access(path, X_OK) == 0;
    case TRUE: return 1;
    case FALSE: return 0;
    case PRINT: puts(path); return 1;
    case PRINT0: fwrite(path, 1, strlen(path) + 1, stdout); return 1;
    case LS: list(path); return 1;
    case EXEC: return execute(n, path);
    case DELETE: return delete(path, s);
    case PRUNE: pruned = 1; return 1;
    case QUIT: end();
  }
  return 0;
}

static void visit(struct node *n, const char *path, unsigned long depth) {
  struct stat s;
  char text[300];
  snprintf(text, sizeof text, "'%.256s'", path);
  if (lstat(path, &s) < 0) {
    status = tool_failed(text);
    return;
  }
  pruned = 0;
  if (!contents_first && depth >= least_depth) holds(n, path, &s);
  if (S_ISDIR(s.st_mode) && depth < most_depth && !pruned) {
    DIR *directory = opendir(path);
    if (!directory) status = tool_failed(text);
    for (struct dirent *entry; directory && (entry = readdir(directory));) {
      char *below;
      if (strcmp(entry->d_name, ".") == 0 || strcmp(entry->d_name, "..") == 0) continue;
      const char *slash = path[strlen(path) - 1] == '/' ? "" : "/";
      if (asprintf(&below, "%s%s%s", path, slash, entry->d_name) < 0) exit(tool_failed("malloc"));
      visit(n, below, depth + 1);
      free(below);
    }
    if (directory) closedir(directory);
  }
  if (contents_first && depth >= least_depth) holds(n, path, &s);
}

int main(int argc, char **argv) {
  tool_start(argc, argv, usage);
  now = time(0);
  at = argv + 1;
  while (*at && (**at != '-' || !(*at)[1]) && strcmp(*at, "(") && strcmp(*at, "!")) at++;
  char **end_of_paths = at;
  struct node *n = *at ? either() : new_node(TRUE);
  if (*at) fail("you have too many '%s'", ")");
  if (!acts) n = join(AND, n, new_node(PRINT));
  if (end_of_paths == argv + 1) visit(n, ".", 0);
  for (char **path = argv + 1; path < end_of_paths; path++) visit(n, *path, 0);
  end();
}
