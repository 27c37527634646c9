/* The buffer of a FILE: filling it, flushing it, changing direction (C11 7.21.3). */
#include "file.h"
#include <errno.h>
#include <unistd.h>
#include "../start/syscall.h"

static unsigned char out_buffer[BUFSIZ], in_buffer[BUFSIZ];
static FILE in_file = {.fd = 0, .flags = READABLE, .buffer = in_buffer, .room = BUFSIZ, .pushed = EOF};
static FILE out_file = {.fd = 1, .flags = WRITABLE, .buffer = out_buffer, .room = BUFSIZ,
                        .pushed = EOF, .next = &in_file};
static FILE error_file = {.fd = 2, .flags = WRITABLE | MODE_SET, .mode = _IONBF, .pushed = EOF,
                          .next = &out_file};
FILE *stdin = &in_file, *stdout = &out_file, *stderr = &error_file;
FILE *__open_files = &error_file;

/* These are all that a FILE does with what it stands for. They are no cancellation points, because the FILE is locked. */
ssize_t __put_out(FILE *file, const void *from, size_t size) {
  if (!file->cookie) return __result(__syscall3(file->fd, (long)from, (long)size, SYS_write));
  cookie_write_function_t *function = file->cookie->functions.write;
  return function ? function(file->cookie->cookie, from, size) : (ssize_t)size;
}

ssize_t __get_in(FILE *file, void *to, size_t size) {
  if (!file->cookie) return __result(__syscall3(file->fd, (long)to, (long)size, SYS_read));
  cookie_read_function_t *function = file->cookie->functions.read;
  return function ? function(file->cookie->cookie, to, size) : 0;
}

off_t __move_to(FILE *file, off_t offset, int whence) {
  if (!file->cookie) return lseek(file->fd, offset, whence);
  cookie_seek_function_t *function = file->cookie->functions.seek;
  if (function && function(file->cookie->cookie, &offset, whence) == 0) return offset;
  errno = ESPIPE;
  return -1;
}

static void flush_at_exit(void) { fflush(0); }

/* The first use decides the mode, as on Linux: a terminal is line buffered. */
static void prepare(FILE *file) {
  __flush_at_exit = flush_at_exit;
  if (!(file->flags & MODE_SET)) {
    int before = errno;
    file->mode = (file->flags & WRITABLE) && !file->cookie && isatty(file->fd) ? _IOLBF : _IOFBF;
    errno = before;
    file->flags |= MODE_SET;
  }
  if (!file->buffer || file->mode == _IONBF) {
    file->buffer = &file->one;
    file->room = 1;
  }
}

int __start_reading(FILE *file) {
  if (file->flags & READING) return 0;
  if (!(file->flags & READABLE)) {
    errno = EBADF;
    file->flags |= FAILED;
    return EOF;
  }
  if ((file->flags & WRITING) && __flush(file) == EOF) return EOF;
  prepare(file);
  file->at = file->end = file->buffer;
  file->flags = (file->flags & ~(unsigned)WRITING) | READING;
  return 0;
}

int __start_writing(FILE *file) {
  if (file->flags & WRITING) return 0;
  if (!(file->flags & WRITABLE)) {
    errno = EBADF;
    file->flags |= FAILED;
    return EOF;
  }
  if ((file->flags & READING) && file->at < file->end)
    __move_to(file, file->at - file->end, SEEK_CUR);
  prepare(file);
  file->at = file->buffer;
  file->pushed = EOF;
  file->flags = (file->flags & ~(unsigned)READING) | WRITING;
  return 0;
}

/* Reads once into the empty buffer; EOF at the end or for an error, which the flags tell apart. */
int __fill(FILE *file) {
  if (__start_reading(file) == EOF) return EOF;
  if (file->flags & AT_EOF) return EOF;
  if (file == stdin && (stdout->flags & WRITING) && stdout->mode == _IOLBF) __flush(stdout);
  ssize_t got = __get_in(file, file->buffer, file->room);
  file->at = file->end = file->buffer;
  if (got <= 0) {
    file->flags |= got == 0 ? AT_EOF : FAILED;
    return EOF;
  }
  file->end += got;
  return 0;
}

/* Writes everything pending. */
int __flush(FILE *file) {
  unsigned char *from = file->buffer, *to = file->at;
  file->at = file->buffer;
  while (from < to) {
    ssize_t done = __put_out(file, from, (size_t)(to - from));
    if (done <= 0) {
      if (done < 0 && errno == EINTR) continue;
      file->flags |= FAILED;
      return EOF;
    }
    from += done;
  }
  return 0;
}

static int flush_one(FILE *file) {
  int result = 0;
  if (!file) {
    for (FILE *each = __open_files; each; each = each->next)
      if ((each->flags & WRITING) && __flush(each) == EOF) result = EOF;
    return result;
  }
  if (file->flags & WRITING) return __flush(file);
  if ((file->flags & READING) && file->at < file->end) {
    __move_to(file, file->at - file->end, SEEK_CUR);
    file->at = file->end = file->buffer;
  }
  return 0;
}

int fflush_unlocked(FILE *file) { return flush_one(file); }

int fflush(FILE *file) {
  if (!file) return flush_one(0);
  flockfile(file);
  int result = flush_one(file);
  funlockfile(file);
  return result;
}

int setvbuf(FILE *restrict file, char *restrict buffer, int mode, size_t size) {
  if (mode != _IOFBF && mode != _IOLBF && mode != _IONBF) return -1;
  if (file->flags & (READING | WRITING)) fflush(file);
  file->mode = mode;
  file->flags = (file->flags & ~(unsigned)(READING | WRITING)) | MODE_SET;
  if (buffer && size > 0 && mode != _IONBF) {
    file->buffer = (unsigned char *)buffer;
    file->room = size;
  }
  return 0;
}

void setbuf(FILE *restrict file, char *restrict buffer) {
  setvbuf(file, buffer, buffer ? _IOFBF : _IONBF, BUFSIZ);
}

void setlinebuf(FILE *file) { setvbuf(file, 0, _IOLBF, 0); }

int feof(FILE *file) { return (file->flags & AT_EOF) != 0; }
int ferror(FILE *file) { return (file->flags & FAILED) != 0; }
void clearerr(FILE *file) { file->flags &= ~(unsigned)(AT_EOF | FAILED); }
int fileno(FILE *file) {
  if (file->fd < 0) errno = EBADF;
  return file->fd;
}
int fileno_unlocked(FILE *file) { return file->fd; }
int feof_unlocked(FILE *file) { return feof(file); }
int ferror_unlocked(FILE *file) { return ferror(file); }
void clearerr_unlocked(FILE *file) { clearerr(file); }
