/* glob(3): walks the pattern a path's part at a time, and reads a directory where a part has wildcards. */
#include <dirent.h>
#include <errno.h>
#include <fnmatch.h>
#include <glob.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

struct walk {
  glob_t *to;
  int flags;
  int (*error)(const char *path, int error);
  char path[4096];
};

static int add(struct walk *w, const char *path, int mark) {
  glob_t *to = w->to;
  size_t size = strlen(path), offset = w->flags & GLOB_DOOFFS ? to->gl_offs : 0;
  char **paths = realloc(to->gl_pathv, (offset + to->gl_pathc + 2) * sizeof *paths);
  if (!paths) return GLOB_NOSPACE;
  if (!to->gl_pathv)
    for (size_t i = 0; i < offset; i++) paths[i] = 0;
  to->gl_pathv = paths;
  char *copy = malloc(size + 2);
  if (!copy) return GLOB_NOSPACE;
  memcpy(copy, path, size);
  if (mark) copy[size++] = '/';
  copy[size] = 0;
  paths[offset + to->gl_pathc++] = copy;
  paths[offset + to->gl_pathc] = 0;
  return 0;
}

static int has_wildcard(const char *part, size_t size, int flags) {
  for (size_t i = 0; i < size; i++) {
    if (part[i] == '\\' && !(flags & GLOB_NOESCAPE)) i++;
    else if (part[i] == '*' || part[i] == '?' || part[i] == '[') return 1;
  }
  return 0;
}

/* Matches the rest of the pattern below w->path[0, used). */
static int walk(struct walk *w, size_t used, const char *pattern) {
  while (*pattern == '/' && used < sizeof w->path - 1) w->path[used++] = *pattern++;
  w->path[used] = 0;
  size_t size = strcspn(pattern, "/");
  struct stat s;
  if (size == 0) {
    if (lstat(w->path, &s) < 0) return 0;
    if (used > 1 && w->path[used - 1] == '/') return add(w, w->path, 0);
    return add(w, w->path, w->flags & GLOB_MARK && stat(w->path, &s) == 0 && S_ISDIR(s.st_mode));
  }
  if (!has_wildcard(pattern, size, w->flags)) {
    for (size_t i = 0; i < size && used < sizeof w->path - 1; i++) {
      if (pattern[i] == '\\' && i + 1 < size && !(w->flags & GLOB_NOESCAPE)) i++;
      w->path[used++] = pattern[i];
    }
    return walk(w, used, pattern + size);
  }
  DIR *directory = opendir(used ? w->path : ".");
  if (!directory) {
    if (errno == ENOENT || errno == ENOTDIR) return 0;
    return (w->error && w->error(w->path, errno)) || w->flags & GLOB_ERR ? GLOB_ABORTED : 0;
  }
  char *part = strndup(pattern, size);
  int result = part ? 0 : GLOB_NOSPACE, flags = FNM_PERIOD | (w->flags & GLOB_NOESCAPE ? FNM_NOESCAPE : 0);
  for (struct dirent *entry; !result && (entry = readdir(directory));) {
    size_t length = strlen(entry->d_name);
    if (fnmatch(part, entry->d_name, flags) || used + length >= sizeof w->path) continue;
    if (pattern[size] && entry->d_type != DT_DIR && entry->d_type != DT_LNK && entry->d_type != DT_UNKNOWN) continue;
    memcpy(w->path + used, entry->d_name, length);
    result = walk(w, used + length, pattern + size);
  }
  free(part);
  closedir(directory);
  return result;
}

static int by_name(const void *left, const void *right) {
  return strcmp(*(char *const *)left, *(char *const *)right);
}

int glob(const char *restrict pattern, int flags, int (*error)(const char *path, int error), glob_t *restrict to) {
  struct walk w = {.to = to, .flags = flags, .error = error};
  if (!(flags & GLOB_APPEND)) {
    to->gl_pathc = 0;
    to->gl_pathv = 0;
  }
  size_t before = to->gl_pathc;
  int result = *pattern ? walk(&w, 0, pattern) : 0;
  if (result) return result;
  if (to->gl_pathc == before) return flags & GLOB_NOCHECK ? add(&w, pattern, 0) : GLOB_NOMATCH;
  if (!(flags & GLOB_NOSORT)) {
    size_t offset = flags & GLOB_DOOFFS ? to->gl_offs : 0;
    qsort(to->gl_pathv + offset + before, to->gl_pathc - before, sizeof *to->gl_pathv, by_name);
  }
  return 0;
}

void globfree(glob_t *glob) {
  if (!glob->gl_pathv) return;
  /* Reserved places are null, so freeing them is harmless; gl_offs counts only if it was asked for. */
  size_t offset = 0;
  while (offset < glob->gl_offs && !glob->gl_pathv[offset]) offset++;
  for (size_t i = 0; i < glob->gl_pathc; i++) free(glob->gl_pathv[offset + i]);
  free(glob->gl_pathv);
  glob->gl_pathv = 0;
  glob->gl_pathc = 0;
}
