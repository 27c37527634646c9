/* Pathname expansion (XCU 2.6.6, 2.13.3), one directory a component. */
#include "sh.h"

#include <dirent.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

static void walk(struct text *path, const char *rest, struct fields *out);

static void walk_component(struct text *path, char *component, const char *rest,
                           struct fields *out) {
  size_t before = path->len;
  if (!pattern_is_glob(component)) {
    pattern_unescape(component);
    text_str(path, component);
    walk(path, rest, out);
  } else {
    DIR *dir = opendir(before ? path->s : ".");
    if (!dir) return;
    bool hidden = component[0] == '.' || (component[0] == '\\' && component[1] == '.');
    for (struct dirent *d; (d = readdir(dir));) {
      if (d->d_name[0] == '.' && !hidden) continue;
      if (!pattern_match(component, d->d_name)) continue;
      text_str(path, d->d_name);
      walk(path, rest, out);
      path->len = before;
      path->s[before] = 0;
    }
    closedir(dir);
  }
  path->len = before;
  path->s[before] = 0;
}

static void walk(struct text *path, const char *rest, struct fields *out) {
  size_t before = path->len;
  while (*rest == '/') text_byte(path, *rest++);
  if (*rest) {
    size_t n = strcspn(rest, "/");
    char *component = xmalloc(n + 1);
    memcpy(component, rest, n);
    component[n] = 0;
    walk_component(path, component, rest + n, out);
    free(component);
  } else {
    struct stat st;
    bool exists = path->s[path->len - 1] == '/' ? stat(path->s, &st) == 0 && S_ISDIR(st.st_mode)
                                                : lstat(path->s, &st) == 0;
    if (exists) fields_add(out, arena_strdup(&sh.scratch, path->s));
  }
  path->len = before;
  path->s[before] = 0;
}

static int by_text(const void *a, const void *b) {
  return strcmp(*(char *const *)a, *(char *const *)b);
}

void glob_expand(const char *pattern, struct fields *out) {
  struct text path = {0};
  int before = out->n;
  text_clear(&path);
  walk(&path, pattern, out);
  text_free(&path);
  if (out->n > before) {
    qsort(out->v + before, (size_t)(out->n - before), sizeof *out->v, by_text);
  } else {
    char *s = arena_strdup(&sh.scratch, pattern);
    pattern_unescape(s);
    fields_add(out, s);
  }
}
