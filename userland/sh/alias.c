/* Aliases (XCU 2.3.1): the parser splices their values into the text it is reading. */
#include "sh.h"

#include <stdlib.h>
#include <string.h>

struct alias {
  struct alias *next;
  char *name, *value;
};
static struct alias *aliases;

static struct alias **find(const char *name) {
  struct alias **link = &aliases;
  while (*link && strcmp((*link)->name, name)) link = &(*link)->next;
  return link;
}

const char *alias_get(const char *name) {
  struct alias *a = *find(name);
  return a ? a->value : NULL;
}

const char *alias_after(const char *name) {
  struct alias *a = name ? (*find(name))->next : aliases;
  return a ? a->name : NULL;
}

static void show(const struct alias *a) {
  out_fmt("%s=", a->name);
  out_quoted(a->value);
  out_byte('\n');
}

int builtin_alias(int argc, char **argv) {
  int status = 0;
  if (argc == 1)
    for (struct alias *a = aliases; a; a = a->next) show(a);
  for (int i = 1; i < argc; i++) {
    char *equals = strchr(argv[i], '=');
    if (!equals || equals == argv[i]) {
      struct alias *a = *find(argv[i]);
      if (a) show(a);
      else warn("alias: %s: not found", argv[i]), status = 1;
      continue;
    }
    char *name = arena_strndup(&sh.scratch, argv[i], (size_t)(equals - argv[i]));
    struct alias **link = find(name);
    if (!*link) {
      *link = xmalloc(sizeof **link);
      (*link)->next = NULL;
      (*link)->name = xstrdup(name);
    } else {
      free((*link)->value);
    }
    (*link)->value = xstrdup(equals + 1);
  }
  return status;
}

static void forget(struct alias **link) {
  struct alias *a = *link;
  *link = a->next;
  free(a->name);
  free(a->value);
  free(a);
}

int builtin_unalias(int argc, char **argv) {
  char seen[1];
  int i = options(argc, argv, "a", seen), status = 0;
  if (i < 0) return 2;
  while (seen[0] && aliases) forget(&aliases);
  for (; i < argc; i++) {
    struct alias **link = find(argv[i]);
    if (*link) forget(link);
    else warn("unalias: %s: not found", argv[i]), status = 1;
  }
  return status;
}
