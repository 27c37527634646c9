/* Shared memory with names (shm_open(3)): files of the memory file system in /dev/shm. */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>
#include "shared-name.h"

int __shared_path(char *to, const char *prefix, const char *name) {
  while (*name == '/') name++;
  size_t length = strlen(name);
  if (length == 0 || strchr(name, '/') || strcmp(name, ".") == 0 || strcmp(name, "..") == 0) errno = EINVAL;
  else if (strlen(prefix) + length > NAME_MAX) errno = ENAMETOOLONG;
  else {
    sprintf(to, SHARED_FOLDER "%s%s", prefix, name);
    return 0;
  }
  return -1;
}

int shm_open(const char *name, int flags, mode_t mode) {
  char path[SHARED_PATH_SIZE];
  if (__shared_path(path, "", name) < 0) return -1;
  return open(path, flags | O_NOFOLLOW | O_CLOEXEC | O_NONBLOCK, mode);
}

int shm_unlink(const char *name) {
  char path[SHARED_PATH_SIZE];
  if (__shared_path(path, "", name) < 0) return -1;
  int result = unlink(path);
  if (result < 0 && errno == EPERM) errno = EACCES;
  return result;
}
