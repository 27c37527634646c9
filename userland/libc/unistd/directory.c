/* Directories (readdir(3)) by getdents64(2), whose records are already struct dirent. */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include "../start/syscall.h"

struct __directory {
  int fd;
  int at, end; /* in records */
  long place; /* also aligns what follows */
  char records[2048];
};

DIR *fdopendir(int fd) {
  struct stat status;
  if (fstat(fd, &status) < 0) return 0;
  if (!S_ISDIR(status.st_mode)) {
    errno = ENOTDIR;
    return 0;
  }
  DIR *directory = malloc(sizeof *directory);
  if (!directory) return 0;
  directory->fd = fd;
  directory->at = directory->end = 0;
  directory->place = lseek(fd, 0, SEEK_CUR);
  return directory;
}

DIR *opendir(const char *path) {
  int fd = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (fd < 0) return 0;
  DIR *directory = fdopendir(fd);
  if (!directory) close(fd);
  return directory;
}

struct dirent *readdir(DIR *directory) {
  if (directory->at == directory->end) {
    long got = __result(__syscall3(directory->fd, (long)directory->records,
                                   sizeof directory->records, SYS_getdents64));
    if (got <= 0) return 0;
    directory->at = 0;
    directory->end = (int)got;
  }
  struct dirent *entry = (void *)(directory->records + directory->at);
  directory->at += entry->d_reclen;
  directory->place = entry->d_off;
  return entry;
}

int readdir_r(DIR *restrict directory, struct dirent *restrict entry, struct dirent **restrict result) {
  int before = errno;
  errno = 0;
  struct dirent *next = readdir(directory);
  int error = errno;
  errno = before;
  if (next) memcpy(entry, next, next->d_reclen);
  *result = next ? entry : 0;
  return error;
}

/* A place is what the kernel says comes after the entry before it (d_off). */
long telldir(DIR *directory) { return directory->place; }

void seekdir(DIR *directory, long place) {
  lseek(directory->fd, place, SEEK_SET);
  directory->at = directory->end = 0;
  directory->place = place;
}

void rewinddir(DIR *directory) {
  seekdir(directory, 0);
}

int dirfd(DIR *directory) { return directory->fd; }

int closedir(DIR *directory) {
  int result = close(directory->fd);
  free(directory);
  return result;
}

int alphasort(const struct dirent **left, const struct dirent **right) {
  return strcmp((*left)->d_name, (*right)->d_name);
}

int scandir(const char *path, struct dirent ***list, int (*select)(const struct dirent *),
            int (*compare)(const struct dirent **, const struct dirent **)) {
  DIR *directory = opendir(path);
  if (!directory) return -1;
  struct dirent **found = 0, *entry;
  int count = 0, room = 0;
  while ((entry = readdir(directory))) {
    if (select && !select(entry)) continue;
    if (count == room) {
      room = room ? room * 2 : 16;
      struct dirent **moved = realloc(found, (size_t)room * sizeof *found);
      if (!moved) goto failed;
      found = moved;
    }
    found[count] = malloc(entry->d_reclen);
    if (!found[count]) goto failed;
    memcpy(found[count++], entry, entry->d_reclen);
  }
  closedir(directory);
  if (compare && count > 1)
    qsort(found, (size_t)count, sizeof *found, (int (*)(const void *, const void *))compare);
  *list = found;
  return count;

failed:
  while (count > 0) free(found[--count]);
  free(found);
  closedir(directory);
  return -1;
}

int versionsort(const struct dirent **left, const struct dirent **right) { return strverscmp((*left)->d_name, (*right)->d_name); }
