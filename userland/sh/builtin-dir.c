/* Builtins about the process's place: cd, pwd (with the logical path of XCU cd), umask. */
#include "sh.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* Whether a ".." may follow: a directory that is not there has no parent (XCU cd, step 8). */
static bool is_directory(const char *path) {
  struct stat st;
  return stat(*path ? path : "/", &st) == 0 && (S_ISDIR(st.st_mode) || (errno = ENOTDIR, false));
}

/* Appends path's components to an absolute one, folding "." and "..". False with errno. */
static bool fold(struct text *t, const char *path) {
  while (*path) {
    size_t n = strcspn(path, "/");
    if (n == 2 && path[0] == '.' && path[1] == '.') {
      if (!is_directory(t->len ? t->s : "/")) return false;
      while (t->len > 0 && t->s[t->len - 1] != '/') t->len--;
      if (t->len > 0) t->len--;
      t->s[t->len] = 0;
    } else if (n > 0 && !(n == 1 && path[0] == '.')) {
      text_byte(t, '/');
      text_bytes(t, path, n);
    }
    path += n;
    while (*path == '/') path++;
  }
  return true;
}

static void set_pwd(const char *path) {
  const char *old = var_get("PWD");
  if (old) var_set("OLDPWD", old);
  var_set("PWD", path);
}

static int change(const char *path, bool physical) {
  struct text t = {0};
  const char *pwd = var_get("PWD");
  int result = -1;
  bool lost = false;
  text_clear(&t);
  if (!physical && pwd && *pwd == '/') {
    if (*path != '/') text_str(&t, strcmp(pwd, "/") ? pwd : "");
    bool there = fold(&t, path);
    if (!t.len) text_byte(&t, '/');
    result = there ? chdir(t.s) : -1;
    /* Where the shell has lost its way, the kernel may still know it. */
    lost = result < 0 && !is_directory(pwd);
  }
  if (physical || !pwd || *pwd != '/' || lost) {
    char cwd[1024];
    result = chdir(path);
    text_clear(&t);
    if (result == 0) text_str(&t, getcwd(cwd, sizeof cwd) ? cwd : path);
  }
  if (result == 0) set_pwd(t.s);
  text_free(&t);
  return result;
}

/* CDPATH: a relative directory may be meant somewhere else; it is then printed. */
static bool change_along_cdpath(const char *path, bool physical) {
  const char *dirs = var_get("CDPATH");
  if (!dirs || *path == '/' || strncmp(path, "./", 2) == 0 || strncmp(path, "../", 3) == 0 ||
      strcmp(path, ".") == 0 || strcmp(path, "..") == 0)
    return false;
  for (;;) {
    size_t n = strcspn(dirs, ":");
    struct text t = {0};
    struct stat st;
    text_bytes(&t, dirs, n);
    if (n) text_byte(&t, '/');
    text_str(&t, path);
    bool done = stat(t.s, &st) == 0 && S_ISDIR(st.st_mode) && change(t.s, physical) == 0;
    text_free(&t);
    if (done && n) out_fmt("%s\n", var_get("PWD"));
    if (done) return true;
    if (!dirs[n]) return false;
    dirs += n + 1;
  }
}

int builtin_cd(int argc, char **argv) {
  bool back = false, physical = false;
  int i = 1;
  /* The last of -L and -P counts. */
  for (; i < argc && argv[i][0] == '-' && argv[i][1]; i++) {
    size_t n = strspn(argv[i] + 1, "LP");
    if (strcmp(argv[i], "--") == 0) {
      i++;
      break;
    }
    if (argv[i][n + 1]) {
      warn("cd: -%c: no such option", argv[i][n + 1]);
      return 2;
    }
    physical = argv[i][n] == 'P';
  }
  const char *path = i < argc ? argv[i] : var_get("HOME");
  if (i < argc && strcmp(argv[i], "-") == 0) {
    path = var_get("OLDPWD");
    back = true;
  }
  if (!path) {
    warn("cd: %s is not set", back ? "OLDPWD" : "HOME");
    return 2;
  }
  char *copy = arena_strdup(&sh.scratch, path);
  if (!*copy) return 0;
  if (!back && change_along_cdpath(copy, physical)) return 0;
  if (change(copy, physical) < 0) {
    warn("cd: %s: %s", copy, strerror(errno));
    return 2;
  }
  if (back) out_fmt("%s\n", var_get("PWD"));
  return 0;
}

int builtin_pwd(int argc, char **argv) {
  char seen[2], cwd[1024];
  if (options(argc, argv, "LP", seen) < 0) return 2;
  const char *pwd = var_get("PWD");
  struct stat a, b;
  bool true_pwd = pwd && *pwd == '/' && stat(pwd, &a) == 0 && stat(".", &b) == 0 &&
                  a.st_ino == b.st_ino && a.st_dev == b.st_dev;
  if (seen[1] || !true_pwd) pwd = getcwd(cwd, sizeof cwd);
  if (!pwd) {
    warn("pwd: %s", strerror(errno));
    return 1;
  }
  out_str(pwd);
  out_byte('\n');
  return 0;
}

/* ---- umask: octal, or u=rwx,g=rx,o= ---- */

static void show_symbolic(int mask) {
  for (int who = 0; who < 3; who++) {
    int allowed = ~(mask >> (6 - 3 * who)) & 7;
    out_fmt("%c=%s%s%s%c", "ugo"[who], allowed & 4 ? "r" : "", allowed & 2 ? "w" : "",
            allowed & 1 ? "x" : "", who == 2 ? '\n' : ',');
  }
}

/* Letters that say which bits: rwx, or who has them already. *s goes behind them. */
static int permissions(const char **s, int allowed) {
  int bits = 0;
  for (; **s && strchr("rwxXstugo", **s); ++*s) {
    int shift = **s == 'u' ? 6 : **s == 'g' ? 3 : 0;
    switch (**s) {
      case 'r': bits |= 0444; break;
      case 'w': bits |= 0222; break;
      case 'x': bits |= 0111; break;
      case 'X': bits |= allowed & 0111 ? 0111 : 0; break;
      case 's':
      case 't': break; /* no mask has them */
      default: bits |= (allowed >> shift & 7) * 0111; break;
    }
  }
  return bits;
}

/* [ugoa...](+|-|=)[permissions], several operations to a clause (XCU chmod). -1 when the text is no such mode. */
static int parse_symbolic(const char *s, int mask) {
  int allowed = ~mask & 0777;
  for (;;) {
    int who = 0;
    for (; *s && strchr("ugoa", *s); s++)
      who |= *s == 'u' ? 0700 : *s == 'g' ? 070 : *s == 'o' ? 07 : 0777;
    if (!who) who = 0777;
    if (!*s || !strchr("=+-", *s)) return -1;
    while (*s && strchr("=+-", *s)) {
      char op = *s++;
      int bits = permissions(&s, allowed) & who;
      allowed = op == '+' ? allowed | bits : op == '-' ? allowed & ~bits : (allowed & ~who) | bits;
    }
    if (!*s) return ~allowed & 0777;
    if (*s++ != ',') return -1;
  }
}

int builtin_umask(int argc, char **argv) {
  char seen[1];
  int i = options(argc, argv, "S", seen);
  if (i < 0) return 2;
  mode_t now = umask(0);
  umask(now);
  if (i >= argc) {
    if (seen[0]) show_symbolic((int)now);
    else out_fmt("%04o\n", (unsigned)now);
    return 0;
  }
  char *end;
  long mask = strtol(argv[i], &end, 8);
  if (*end || mask < 0 || mask > 0777) mask = parse_symbolic(argv[i], (int)now);
  if (mask < 0) {
    warn("umask: %s: bad mask", argv[i]);
    return 2;
  }
  umask((mode_t)mask);
  return 0;
}
