/* Named semaphores (sem_open(3)): each is a file of /dev/shm that everybody who opens it maps. One process has one mapping of it,
   however often it opens it. */
#include <errno.h>
#include <fcntl.h>
#include <semaphore.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>
#include "../unistd/shared-name.h"
#include "thread.h"

struct opened {
  struct opened *next;
  dev_t device;
  ino_t inode;
  unsigned count;
  sem_t *semaphore;
};

static struct opened *all;
static int lock;

/* The mapping of an open file, a new one or an old one. */
static sem_t *mapping(int fd) {
  struct stat status;
  if (fstat(fd, &status) < 0) return SEM_FAILED;
  for (struct opened *o = all; o; o = o->next)
    if (o->device == status.st_dev && o->inode == status.st_ino) {
      o->count++;
      return o->semaphore;
    }
  if (status.st_size < (off_t)sizeof(sem_t)) {
    errno = EINVAL;
    return SEM_FAILED;
  }
  struct opened *new = malloc(sizeof *new);
  if (!new) return SEM_FAILED;
  void *at = mmap(0, sizeof(sem_t), PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
  if (at == MAP_FAILED) {
    free(new);
    return SEM_FAILED;
  }
  *new = (struct opened){all, status.st_dev, status.st_ino, 1, at};
  all = new;
  return at;
}

/* Makes the file whole before it has its name, so that nobody sees half a semaphore. */
static int make(const char *path, mode_t mode, unsigned value) {
  char temporary[] = SHARED_FOLDER "sem-XXXXXX";
  sem_t first = {(int)value, 0, 1, 0};
  int fd = mkstemp(temporary);
  if (fd < 0) return -1;
  mode_t mask = umask(0);
  umask(mask);
  int result = fchmod(fd, mode & ~mask & 0777) < 0 || write(fd, &first, sizeof first) < 0 ? -1 : link(temporary, path);
  int error = errno;
  unlink(temporary);
  if (result == 0) return fd;
  close(fd);
  errno = error;
  return -1;
}

sem_t *sem_open(const char *name, int flags, ...) {
  char path[SHARED_PATH_SIZE];
  mode_t mode = 0;
  unsigned value = 0;
  if (__shared_path(path, "sem.", name) < 0) return SEM_FAILED;
  if (flags & O_CREAT) {
    va_list arguments;
    va_start(arguments, flags);
    mode = va_arg(arguments, mode_t);
    value = va_arg(arguments, unsigned);
    va_end(arguments);
    if (value > SEM_VALUE_MAX) {
      errno = EINVAL;
      return SEM_FAILED;
    }
  }
  int fd;
  do {
    fd = (flags & (O_CREAT | O_EXCL)) == (O_CREAT | O_EXCL) ? -1 : open(path, O_RDWR | O_NOFOLLOW | O_CLOEXEC);
    int is_missing = (flags & O_CREAT) && (errno == ENOENT || (flags & O_EXCL));
    if (fd < 0 && is_missing) fd = make(path, mode, value);
    /* Somebody else has made it in between: it is opened now. */
  } while (fd < 0 && errno == EEXIST && !(flags & O_EXCL));
  if (fd < 0) return SEM_FAILED;
  __lock(&lock);
  sem_t *semaphore = mapping(fd);
  __unlock(&lock);
  int error = errno;
  close(fd);
  errno = error;
  return semaphore;
}

int sem_close(sem_t *semaphore) {
  __lock(&lock);
  struct opened **at = &all;
  while (*at && (*at)->semaphore != semaphore) at = &(*at)->next;
  struct opened *found = *at;
  if (found && --found->count == 0) {
    *at = found->next;
    munmap(semaphore, sizeof *semaphore);
    free(found);
  }
  __unlock(&lock);
  if (found) return 0;
  errno = EINVAL;
  return -1;
}

int sem_unlink(const char *name) {
  char path[SHARED_PATH_SIZE];
  if (__shared_path(path, "sem.", name) < 0) return -1;
  int result = unlink(path);
  if (result < 0 && errno == EPERM) errno = EACCES;
  return result;
}
