/* nftw(3), ftw(3). A folder is read to its end and closed before what is in it is visited, so that one descriptor is enough. */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <ftw.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

struct walk {
  int (*visit)(const char *, const struct stat *, int, struct FTW *);
  int (*old_visit)(const char *, const struct stat *, int);
  int flags;
  dev_t device;
  char path[PATH_MAX];
};

/* The folders above the one that is read: with links followed, one of them may be met again. */
struct above {
  const struct above *up;
  dev_t device;
  ino_t inode;
};

static int tell(struct walk *w, const struct stat *status, int kind, struct FTW place) {
  return w->visit ? w->visit(w->path, status, kind, &place) : w->old_visit(w->path, status, kind);
}

/* The names in the folder, one behind the other, an empty one at the end; null and errno when it cannot be read. */
static char *names_in(const char *path) {
  DIR *folder = opendir(path);
  char *names = folder ? malloc(1) : 0;
  size_t size = 0;
  struct dirent *entry;
  while (names && (entry = readdir(folder))) {
    if (strcmp(entry->d_name, ".") == 0 || strcmp(entry->d_name, "..") == 0) continue;
    size_t length = strlen(entry->d_name) + 1;
    char *more = realloc(names, size + length + 1);
    if (!more) free(names);
    names = more;
    if (more) memcpy(names + size, entry->d_name, length), size += length;
  }
  if (names) names[size] = 0;
  int error = errno;
  if (folder) closedir(folder);
  errno = error;
  return names;
}

static int is_above(const struct above *up, const struct stat *status) {
  for (; up; up = up->up)
    if (up->device == status->st_dev && up->inode == status->st_ino) return 1;
  return 0;
}

static int kind_of(const struct walk *w, const char *path, struct stat *status) {
  int is_physical = w->flags & FTW_PHYS;
  if ((is_physical ? lstat(path, status) : stat(path, status)) == 0) return S_ISLNK(status->st_mode) ? FTW_SL : S_ISDIR(status->st_mode) ? FTW_D : FTW_F;
  if (!is_physical && lstat(path, status) == 0 && S_ISLNK(status->st_mode)) return w->visit ? FTW_SLN : FTW_SL;
  return FTW_NS;
}

static int go(struct walk *w, size_t length, struct FTW place, const struct above *up);

static int visit_inside(struct walk *w, const char *names, size_t length, struct FTW place, const struct above *up) {
  int result = 0;
  if ((w->flags & FTW_CHDIR) && chdir(place.level == 0 ? w->path : w->path + place.base) < 0) return -1;
  for (; *names && result == 0; names += strlen(names) + 1) {
    size_t slash = w->path[length - 1] != '/', more = strlen(names);
    if (length + slash + more + 1 > sizeof w->path) {
      errno = ENAMETOOLONG;
      return -1;
    }
    if (slash) w->path[length] = '/';
    memcpy(w->path + length + slash, names, more + 1);
    result = go(w, length + slash + more, (struct FTW){(int)(length + slash), place.level + 1}, up);
    w->path[length] = 0;
    if ((w->flags & FTW_ACTIONRETVAL) && result == FTW_SKIP_SIBLINGS) {
      result = 0;
      break;
    }
  }
  if ((w->flags & FTW_CHDIR) && place.level > 0 && chdir("..") < 0) return -1;
  return result;
}

static int go(struct walk *w, size_t length, struct FTW place, const struct above *up) {
  struct stat status;
  int is_inside = (w->flags & FTW_CHDIR) && place.level > 0;
  const char *reach = is_inside ? w->path + place.base : w->path;
  int kind = kind_of(w, reach, &status);
  if (kind == FTW_NS && (place.level == 0 || (errno != EACCES && errno != ENOENT))) return -1;
  if ((w->flags & FTW_MOUNT) && place.level > 0 && kind != FTW_NS && status.st_dev != w->device) return 0;
  if (place.level == 0) w->device = status.st_dev;
  if (kind != FTW_D) return tell(w, &status, kind, place);
  if (is_above(up, &status)) return 0;
  char *names = names_in(reach);
  if (!names) return errno == EACCES ? tell(w, &status, FTW_DNR, place) : -1;
  int result = w->flags & FTW_DEPTH ? 0 : tell(w, &status, FTW_D, place);
  int skips = (w->flags & FTW_ACTIONRETVAL) && result == FTW_SKIP_SUBTREE;
  if (skips) result = 0;
  else if (result == 0) result = visit_inside(w, names, length, place, &(struct above){up, status.st_dev, status.st_ino});
  free(names);
  if (result == 0 && (w->flags & FTW_DEPTH)) result = tell(w, &status, FTW_DP, place);
  return result;
}

static int begin(struct walk *w, const char *path) {
  size_t length = strlen(path);
  if (length == 0 || length >= sizeof w->path) {
    errno = length ? ENAMETOOLONG : ENOENT;
    return -1;
  }
  strcpy(w->path, path);
  while (length > 1 && w->path[length - 1] == '/') w->path[--length] = 0;
  const char *slash = strrchr(w->path, '/');
  int home = w->flags & FTW_CHDIR ? open(".", O_RDONLY | O_DIRECTORY | O_CLOEXEC) : -1;
  int result = go(w, length, (struct FTW){slash && slash[1] ? (int)(slash + 1 - w->path) : 0, 0}, 0);
  if (home >= 0) {
    int error = errno;
    if (fchdir(home) < 0) result = -1;
    close(home);
    errno = error;
  }
  return result;
}

int nftw(const char *path, int (*visit)(const char *, const struct stat *, int, struct FTW *), int descriptors, int flags) {
  struct walk w = {.visit = visit, .flags = flags};
  (void)descriptors;
  return begin(&w, path);
}

int ftw(const char *path, int (*visit)(const char *, const struct stat *, int), int descriptors) {
  struct walk w = {.old_visit = visit};
  (void)descriptors;
  return begin(&w, path);
}
