/* Opening, closing and positioning files (C11 7.21.5, 7.21.9; fdopen is POSIX's). */
#include "file.h"
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* open(2)'s flags for fopen's mode, -1 for a mode that is none. */
static int flags_of(const char *mode, unsigned *file_flags) {
  int flags;
  if (*mode == 'r') {
    flags = O_RDONLY;
    *file_flags = READABLE;
  } else if (*mode == 'w') {
    flags = O_WRONLY | O_CREAT | O_TRUNC;
    *file_flags = WRITABLE;
  } else if (*mode == 'a') {
    flags = O_WRONLY | O_CREAT | O_APPEND;
    *file_flags = WRITABLE | APPENDING;
  } else {
    errno = EINVAL;
    return -1;
  }
  for (mode++; *mode; mode++) {
    if (*mode == '+') {
      flags = (flags & ~O_ACCMODE) | O_RDWR;
      *file_flags |= READABLE | WRITABLE;
    } else if (*mode == 'x') {
      flags |= O_EXCL;
    } else if (*mode == 'e') {
      flags |= O_CLOEXEC;
    }
  }
  return flags;
}

FILE *fdopen(int fd, const char *mode) {
  unsigned file_flags;
  if (flags_of(mode, &file_flags) < 0) return 0;
  FILE *file = malloc(sizeof *file + BUFSIZ);
  if (!file) return 0;
  memset(file, 0, sizeof *file);
  file->fd = fd;
  file->flags = file_flags | ALLOCATED;
  file->buffer = (unsigned char *)(file + 1);
  file->room = BUFSIZ;
  file->pushed = EOF;
  file->next = __open_files;
  __open_files = file;
  return file;
}

FILE *fopencookie(void *cookie, const char *mode, cookie_io_functions_t functions) {
  struct cookie *inside = malloc(sizeof *inside);
  FILE *file = inside ? fdopen(-1, mode) : 0;
  if (!file) {
    free(inside);
    return 0;
  }
  *inside = (struct cookie){cookie, functions};
  file->cookie = inside;
  return file;
}

FILE *fopen(const char *restrict path, const char *restrict mode) {
  unsigned file_flags;
  int flags = flags_of(mode, &file_flags);
  if (flags < 0) return 0;
  int fd = open(path, flags, 0666);
  if (fd < 0) return 0;
  FILE *file = fdopen(fd, mode);
  if (!file) close(fd);
  return file;
}

FILE *freopen(const char *restrict path, const char *restrict mode, FILE *restrict file) {
  unsigned file_flags;
  int flags = flags_of(mode, &file_flags);
  fflush(file);
  if (flags < 0) return 0;
  int fd = open(path, flags, 0666);
  if (fd < 0) return 0;
  if (fd != file->fd) {
    dup3(fd, file->fd, flags & O_CLOEXEC);
    close(fd);
  }
  file->flags = file_flags | (file->flags & ALLOCATED);
  file->pushed = EOF;
  return file;
}

int fclose(FILE *file) {
  int result = fflush(file);
  if (!file->cookie) {
    if (close(file->fd) < 0) result = EOF;
  } else {
    if (file->cookie->functions.close && file->cookie->functions.close(file->cookie->cookie) != 0) result = EOF;
    free(file->cookie);
  }
  for (FILE **link = &__open_files; *link; link = &(*link)->next)
    if (*link == file) {
      *link = file->next;
      break;
    }
  if (file->flags & ALLOCATED)
    free(file);
  else
    file->flags = 0;
  return result;
}

int fseeko(FILE *file, off_t offset, int whence) {
  if (file->flags & WRITING) {
    if (__flush(file) == EOF) return -1;
  } else if ((file->flags & READING) && whence == SEEK_CUR) {
    offset -= (file->end - file->at) + (file->pushed != EOF);
  }
  if (__move_to(file, offset, whence) < 0) return -1;
  file->flags &= ~(unsigned)(READING | WRITING | AT_EOF);
  file->pushed = EOF;
  return 0;
}

off_t ftello(FILE *file) {
  off_t position = __move_to(file, 0, (file->flags & APPENDING) && (file->flags & WRITING) ? SEEK_END : SEEK_CUR);
  if (position < 0) return -1;
  if (file->flags & WRITING) return position + (file->at - file->buffer);
  if (file->flags & READING) position -= (file->end - file->at) + (file->pushed != EOF);
  return position;
}

int fseek(FILE *file, long offset, int whence) { return fseeko(file, offset, whence); }
long ftell(FILE *file) { return ftello(file); }

void rewind(FILE *file) {
  fseeko(file, 0, SEEK_SET);
  clearerr(file);
}

int fgetpos(FILE *restrict file, fpos_t *restrict position) {
  *position = ftello(file);
  return *position < 0 ? -1 : 0;
}

int fsetpos(FILE *file, const fpos_t *position) { return fseeko(file, *position, SEEK_SET); }

FILE *tmpfile(void) {
  char path[] = "/tmp/tmpfileXXXXXX";
  int fd = mkstemp(path);
  if (fd < 0) return 0;
  unlink(path);
  return fdopen(fd, "w+");
}
