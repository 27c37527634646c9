/*
 * Shell variables (XCU 2.5.3) in a small hash table, functions in a list, and the saved values behind
 * `local` and assignments before a builtin.
 */
#include "sh.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { BUCKETS = 64 };
static struct var *table[BUCKETS];
struct function *functions;
static struct var *lineno; /* NULL once a script gave LINENO a value of its own */
bool getopts_begins = true;

static struct var **bucket(const char *name) {
  unsigned h = 5381;
  while (*name) h = h * 33 + (unsigned char)*name++;
  return &table[h % BUCKETS];
}

struct var *var_find(const char *name) {
  for (struct var *v = *bucket(name); v; v = v->next)
    if (strcmp(v->name, name) == 0) return v;
  return NULL;
}

struct var *var_make(const char *name) {
  struct var *v = var_find(name);
  if (v) return v;
  struct var **b = bucket(name);
  v = xmalloc(sizeof *v);
  memset(v, 0, sizeof *v);
  v->name = xstrdup(name);
  v->next = *b;
  return *b = v;
}

const char *var_get(const char *name) {
  struct var *v = var_find(name);
  if (v && v == lineno) snprintf(v->value, 16, "%d", sh.line);
  return v ? v->value : NULL;
}

/* What else a changed variable means. */
static void changed(const struct var *v) {
  if (v == lineno) lineno = NULL;
  if (strcmp(v->name, "PATH") == 0) sh.path_changed = true;
  else if (strcmp(v->name, "OPTIND") == 0) getopts_begins = true;
}

static int refuse_readonly(const char *name) {
  warn("%s: is read only", name);
  sh.status = 2;
  return -1;
}

int var_set(const char *name, const char *value) {
  struct var *v = var_make(name);
  if (v->readonly) return refuse_readonly(name);
  char *copy = value ? xstrdup(value) : NULL;
  free(v->value);
  v->value = copy;
  changed(v);
  if (sh.allexport) v->exported = true;
  return 0;
}

int var_unset(const char *name) {
  struct var **link = bucket(name);
  for (struct var *v; (v = *link); link = &v->next) {
    if (strcmp(v->name, name)) continue;
    if (v->readonly) return refuse_readonly(name);
    changed(v);
    *link = v->next;
    free(v->name);
    free(v->value);
    free(v);
    return 0;
  }
  return 0;
}

static int by_name(const void *a, const void *b) {
  return strcmp((*(struct var *const *)a)->name, (*(struct var *const *)b)->name);
}

void var_each(void (*f)(struct var *)) {
  struct var **all = NULL;
  size_t n = 0;
  for (int i = 0; i < BUCKETS; i++)
    for (struct var *v = table[i]; v; v = v->next) {
      all = xrealloc(all, (n + 1) * sizeof *all);
      all[n++] = v;
    }
  if (n) qsort(all, n, sizeof *all, by_name);
  for (size_t i = 0; i < n; i++) f(all[i]);
  free(all);
}

char **vars_environ(void) {
  size_t n = 0;
  for (int i = 0; i < BUCKETS; i++)
    for (struct var *v = table[i]; v; v = v->next) n += v->exported && v->value;
  char **env = arena_alloc(&sh.scratch, (n + 1) * sizeof *env);
  n = 0;
  for (int i = 0; i < BUCKETS; i++)
    for (struct var *v = table[i]; v; v = v->next) {
      if (!v->exported || !v->value) continue;
      size_t name = strlen(v->name), value = strlen(v->value);
      char *s = arena_alloc(&sh.scratch, name + value + 2);
      memcpy(s, v->name, name);
      s[name] = '=';
      memcpy(s + name + 1, v->value, value);
      env[n++] = s;
    }
  return env;
}

/* No "." or ".." among its components. */
static bool is_plain_path(const char *s) {
  for (; *s == '/'; s += strcspn(s, "/")) {
    while (*s == '/') s++;
    size_t n = strcspn(s, "/");
    if (n && n < 3 && strncmp(s, "..", n) == 0) return false;
  }
  return true;
}

/* PWD from the environment is believed only if it names the current directory (XCU 2.5.3). */
static void init_pwd(void) {
  char cwd[1024];
  const char *pwd = var_get("PWD");
  struct stat there, here;
  bool right = pwd && *pwd == '/' && is_plain_path(pwd) && stat(pwd, &there) == 0 &&
               stat(".", &here) == 0 && there.st_dev == here.st_dev && there.st_ino == here.st_ino;
  if (!right) var_set("PWD", getcwd(cwd, sizeof cwd) ? cwd : "/");
  var_make("PWD")->exported = true;
}

void vars_init(char **envp) {
  for (; envp && *envp; envp++) {
    size_t n = name_length(*envp);
    if (!n || (*envp)[n] != '=') continue;
    char *name = arena_strndup(&sh.scratch, *envp, n);
    var_set(name, *envp + n + 1);
    var_make(name)->exported = true;
  }
  char number[24];
  snprintf(number, sizeof number, "%d", (int)getppid());
  var_set("PPID", number);
  var_set("LINENO", "a number of 16"); /* var_get writes into this */
  lineno = var_find("LINENO");
  var_set("IFS", " \t\n");
  var_set("OPTIND", "1");
  var_set("PS2", "> ");
  var_set("PS4", "+ ");
  if (!var_get("PATH")) var_set("PATH", "/usr/local/bin:/usr/bin:/bin");
  init_pwd();
}

void var_save(struct saved_var **list, const char *name) {
  struct var *v = var_find(name);
  struct saved_var *s = xmalloc(sizeof *s);
  s->name = xstrdup(name);
  s->value = v && v->value ? xstrdup(v->value) : NULL;
  s->was_set = v != NULL;
  s->exported = v && v->exported;
  s->readonly = v && v->readonly;
  s->next = *list;
  *list = s;
}

void vars_restore(struct saved_var **list) {
  for (struct saved_var *s; (s = *list);) {
    *list = s->next;
    struct var *v = var_make(s->name);
    v->readonly = s->readonly;
    free(v->value);
    v->value = s->value;
    v->exported = s->exported;
    changed(v);
    if (!s->was_set) var_unset(s->name);
    free(s->name);
    free(s);
  }
}

/* ---- functions (XCU 2.9.5) ---- */

struct function *function_find(const char *name) {
  for (struct function *f = functions; f; f = f->next)
    if (strcmp(f->name, name) == 0) return f;
  return NULL;
}

void function_define(const char *name, struct node *body, struct arena *arena) {
  struct function *f = function_find(name);
  arena->users++;
  if (f) {
    arena_drop(f->arena);
  } else {
    f = xmalloc(sizeof *f);
    f->name = xstrdup(name);
    f->next = functions;
    functions = f;
  }
  f->body = body;
  f->arena = arena;
}

bool function_unset(const char *name) {
  for (struct function **link = &functions, *f; (f = *link); link = &f->next) {
    if (strcmp(f->name, name)) continue;
    *link = f->next;
    arena_drop(f->arena);
    free(f->name);
    free(f);
    return true;
  }
  return false;
}
