/* Finding a program in PATH and becoming it (XCU 2.9.1.1, 2.8.2). */
#include "sh.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static bool is_program(const char *path) {
  struct stat st;
  return stat(path, &st) == 0 && S_ISREG(st.st_mode) && access(path, X_OK) == 0;
}

/* Calls f with each candidate in PATH until it returns true. */
static char *each_candidate(const char *name, bool (*f)(const char *)) {
  const char *path = sh.default_path ? "/bin:/usr/bin" : var_get("PATH");
  if (!path) path = "";
  for (;;) {
    size_t n = strcspn(path, ":");
    char *candidate = arena_alloc(&sh.scratch, n + strlen(name) + 2);
    memcpy(candidate, path, n);
    if (n) candidate[n++] = '/';
    strcpy(candidate + n, name);
    if (f(candidate)) return candidate;
    path += strcspn(path, ":");
    if (!*path++) return NULL;
  }
}

char *search_path(const char *name) {
  if (strchr(name, '/')) return is_program(name) ? arena_strdup(&sh.scratch, name) : NULL;
  return each_candidate(name, is_program);
}

static bool is_readable(const char *path) {
  struct stat st;
  return stat(path, &st) == 0 && !S_ISDIR(st.st_mode) && access(path, R_OK) == 0;
}

char *search_readable(const char *name) { return each_candidate(name, is_readable); }

/* ---- what was found before (XCU hash): PATH is not searched again for it ---- */

struct remembered {
  struct remembered *next;
  char *path;
  const char *name; /* within path */
};
static struct remembered *remembered;

static void forget(void) {
  sh.path_changed = false;
  for (struct remembered *r; (r = remembered);) {
    remembered = r->next;
    free(r->path);
    free(r);
  }
}

/* Only absolute paths: another directory would make them another program's. */
const char *search_remembered(const char *name) {
  if (strchr(name, '/')) return name;
  if (sh.path_changed) forget();
  for (struct remembered *r = remembered; r; r = r->next)
    if (strcmp(r->name, name) == 0) return r->path;
  const char *path = search_path(name);
  if (!path || *path != '/') return path;
  struct remembered *r = xmalloc(sizeof *r);
  r->path = xstrdup(path);
  r->name = strrchr(r->path, '/') + 1;
  r->next = remembered;
  remembered = r;
  return r->path;
}

int builtin_hash(int argc, char **argv) {
  char seen[1];
  int i = options(argc, argv, "r", seen), status = 0;
  if (i < 0) return 2;
  if (seen[0] || sh.path_changed) forget();
  if (argc == 1)
    for (struct remembered *r = remembered; r; r = r->next) out_str(r->path), out_byte('\n');
  for (; i < argc; i++)
    if (!builtin_find(argv[i]) && !function_find(argv[i]) && !search_remembered(argv[i])) {
      warn("hash: %s: not found", argv[i]);
      status = 1;
    }
  return status;
}

/* ---- becoming it ---- */

static char **argv_now, **env_now;
static int worst;

/* A broken program is no script: ELF's magic number, or a NUL in what would be the first line. */
static bool is_binary(const char *path) {
  char head[128];
  int fd = open(path, O_RDONLY | O_CLOEXEC);
  if (fd < 0) return false;
  ssize_t n = read(fd, head, sizeof head);
  close(fd);
  if (n >= 4 && memcmp(head, "\177ELF", 4) == 0) return true;
  for (ssize_t i = 0; i < n && head[i] != '\n'; i++)
    if (head[i] == '\0') return true;
  return false;
}

static bool try_exec(const char *path) {
  execve(path, argv_now, env_now);
  if (errno == ENOEXEC && is_binary(path)) {
    errno = ENOEXEC;
  } else if (errno == ENOEXEC) {
    /* A text file without #! is a script for this shell. */
    int n = 0;
    while (argv_now[n]) n++;
    char **v = arena_alloc(&sh.scratch, (size_t)(n + 2) * sizeof *v);
    v[0] = "sh";
    v[1] = arena_strdup(&sh.scratch, path);
    for (int i = 1; i < n; i++) v[i + 1] = argv_now[i];
    execve("/bin/sh", v, env_now);
    errno = ENOEXEC;
  }
  struct stat st;
  bool is_directory = errno == EACCES && stat(path, &st) == 0 && S_ISDIR(st.st_mode);
  if (is_directory) errno = strchr(argv_now[0], '/') ? EISDIR : ENOENT;
  if (worst == 0 || worst == ENOENT) worst = errno;
  return errno != ENOENT && errno != ENOTDIR && errno != EACCES;
}

int exec_program(char **argv) {
  argv_now = argv;
  env_now = vars_environ();
  worst = 0;
  const char *known = NULL;
  for (struct remembered *r = remembered; r && !sh.default_path && !sh.path_changed; r = r->next)
    if (strcmp(r->name, argv[0]) == 0) known = r->path;
  if (known) execve(known, argv, env_now);
  if (strchr(argv[0], '/')) try_exec(argv[0]);
  else each_candidate(argv[0], try_exec);
  bool missing = worst == ENOENT || worst == ENOTDIR || worst == 0;
  if (missing && !strchr(argv[0], '/')) warn("%s: not found", argv[0]);
  else warn("%s: %s", argv[0], strerror(worst));
  return missing ? 127 : 126;
}
