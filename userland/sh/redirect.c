/*
 * Redirections (XCU 2.7). Descriptors that the shell keeps for itself are close-on-exec and 10 or
 * above, so programs never inherit them and scripts that number their own do not meet them.
 */
#include "sh.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

void fd_move(int from, int to) {
  if (from == to) {
    fcntl(to, F_SETFD, 0);
    return;
  }
  dup2(from, to);
  close(from);
}

int fd_high(int fd) {
  int high = fcntl(fd, F_DUPFD_CLOEXEC, 10);
  if (high >= 0) close(fd);
  return high;
}

static int complain(const char *what) {
  warn("%s: %s", what, strerror(errno));
  return -1;
}

static int open_file(enum redir_kind kind, const char *path) {
  int flags = kind == R_IN       ? O_RDONLY
              : kind == R_BOTH   ? O_RDWR | O_CREAT
              : kind == R_APPEND ? O_WRONLY | O_CREAT | O_APPEND
                                 : O_WRONLY | O_CREAT | O_TRUNC;
  if (kind == R_OUT && sh.noclobber) {
    struct stat st;
    if (stat(path, &st) == 0 && S_ISREG(st.st_mode)) {
      errno = EEXIST;
      return complain(path);
    }
  }
  int fd;
  do fd = open(path, flags | O_CLOEXEC, 0666);
  while (fd < 0 && errno == EINTR && !sh.interrupted && !trap_pending());
  return fd < 0 ? complain(path) : fd;
}

/* A pipe holds a short document; a longer one needs a writer beside the reader. */
static int open_here(const char *body) {
  int ends[2];
  size_t n = strlen(body);
  if (pipe2(ends, O_CLOEXEC) < 0) return complain("here-document");
  if (n <= 4096) {
    write_all(ends[1], body, n);
  } else {
    pid_t pid = job_fork(NULL, FORK_PLAIN);
    if (pid == 0) {
      close(ends[0]);
      write_all(ends[1], body, n);
      _exit(0);
    }
    if (pid < 0) complain("here-document");
  }
  close(ends[1]);
  return ends[0];
}

/* [n]<&word: the descriptor to copy, -1 to close, -2 after a message. */
static int dup_source(const char *s) {
  if (strcmp(s, "-") == 0) return -1;
  char *end;
  long fd = strtol(s, &end, 10);
  if (!*s || *end || fd < 0 || fd > 1023) {
    warn("%s: bad descriptor", s);
    return -2;
  }
  if (fcntl((int)fd, F_GETFD) < 0) {
    complain(s);
    return -2;
  }
  return (int)fd;
}

static void save(int fd, struct saved_fd **saved) {
  for (struct saved_fd *s = *saved; s; s = s->next)
    if (s->fd == fd) return;
  struct saved_fd *s = xmalloc(sizeof *s);
  s->fd = fd;
  s->copy = fcntl(fd, F_DUPFD_CLOEXEC, 10);
  s->next = *saved;
  *saved = s;
}

int redirect(struct redir *r, struct saved_fd **saved) {
  if (r) out_flush();
  for (; r; r = r->next) {
    char *target = expand_string(r->target);
    if (!target) return -1;
    if (saved) save(r->fd, saved);
    if (r->kind == R_DUP) {
      int from = dup_source(target);
      if (from == -2) return -1;
      if (from == -1) close(r->fd);
      else if (from == r->fd) fcntl(r->fd, F_SETFD, 0);
      else if (dup2(from, r->fd) < 0) return complain(target);
    } else {
      int fd = r->kind == R_HERE ? open_here(target) : open_file(r->kind, target);
      if (fd < 0) return -1;
      fd_move(fd, r->fd);
    }
  }
  return 0;
}

void redirect_restore(struct saved_fd **saved) {
  for (struct saved_fd *s; (s = *saved);) {
    *saved = s->next;
    if (s->copy < 0) close(s->fd);
    else fd_move(s->copy, s->fd);
    free(s);
  }
}

void redirect_forget(struct saved_fd **saved) {
  for (struct saved_fd *s; (s = *saved);) {
    *saved = s->next;
    if (s->copy >= 0) close(s->copy);
    free(s);
  }
}
