/*
 * Redirections (XCU 2.7). Descriptors that the shell keeps for itself are close-on-exec and 10 or
 * above, so programs never inherit them; one whose number a script wants makes room.
 */
#include "sh.h"

#include <ctype.h>
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

static int open_retried(const char *path, int flags) {
  int fd;
  do fd = open(path, flags | O_CLOEXEC, 0666);
  while (fd < 0 && errno == EINTR && !sh.interrupted && !trap_pending(false));
  return fd;
}

/* set -C: only what is no regular file may be written to, and a new file must be a new one. */
static int open_unclobbered(const char *path) {
  struct stat st;
  if (stat(path, &st) < 0) return open_retried(path, O_WRONLY | O_CREAT | O_EXCL);
  int fd = S_ISREG(st.st_mode) ? -1 : open_retried(path, O_WRONLY);
  if (fd < 0) {
    if (S_ISREG(st.st_mode)) errno = EEXIST;
    return -1;
  }
  if (fstat(fd, &st) == 0 && !S_ISREG(st.st_mode)) return fd;
  close(fd); /* it became one in between */
  errno = EEXIST;
  return -1;
}

static int open_file(enum redir_kind kind, const char *path) {
  int flags = kind == R_IN       ? O_RDONLY
              : kind == R_BOTH   ? O_RDWR | O_CREAT
              : kind == R_APPEND ? O_WRONLY | O_CREAT | O_APPEND
                                 : O_WRONLY | O_CREAT | O_TRUNC;
  int fd = kind == R_OUT && sh.noclobber ? open_unclobbered(path) : open_retried(path, flags);
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

/* ---- the shell's own descriptors ---- */

static struct saved_fd *all_saved; /* of all commands that run, the innermost first */

static bool is_own(int fd) {
  if (fd == sh.tty) return true;
  for (struct source *s = sh.sources; s; s = s->outer)
    if (s->kind == SOURCE_FILE && s->fd == fd) return true;
  for (struct saved_fd *s = all_saved; s; s = s->below)
    if (s->copy == fd) return true;
  return false;
}

static void make_room(int fd) {
  if (fd < 10 || !is_own(fd)) return;
  int other = fd_high(fd);
  if (sh.tty == fd) sh.tty = other;
  for (struct source *s = sh.sources; s; s = s->outer)
    if (s->kind == SOURCE_FILE && s->fd == fd) s->fd = other;
  for (struct saved_fd *s = all_saved; s; s = s->below)
    if (s->copy == fd) s->copy = other;
}

/* [n]<&word: the descriptor to copy, -1 to close, -2 after a message. */
static int dup_source(const char *s) {
  if (strcmp(s, "-") == 0) return -1;
  char *end;
  long fd = isdigit((unsigned char)*s) ? strtol(s, &end, 10) : -1;
  if (fd < 0 || *end || fd > 1023) {
    warn("%s: bad descriptor", s);
    return -2;
  }
  errno = EBADF;
  if (is_own((int)fd) || fcntl((int)fd, F_GETFD) < 0) {
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
  s->below = all_saved;
  *saved = all_saved = s;
}

/* The innermost saved descriptor; its command is the innermost. */
static void forget(struct saved_fd **saved) {
  struct saved_fd *s = *saved;
  *saved = s->next;
  all_saved = s->below;
  free(s);
}

int redirected_from(const struct saved_fd *saved, int fd) {
  for (; saved; saved = saved->next)
    if (saved->fd == fd) return saved->copy;
  return fd;
}

int redirect(struct redir *r, struct saved_fd **saved) {
  if (r) out_flush();
  for (; r; r = r->next) {
    char *target = expand_string(r->target);
    if (!target) return fail_command(2), -1;
    make_room(r->fd);
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
  for (struct saved_fd *s; (s = *saved); forget(saved)) {
    make_room(s->fd);
    if (s->copy < 0) close(s->fd);
    else fd_move(s->copy, s->fd);
  }
}

void redirect_forget(struct saved_fd **saved) {
  for (struct saved_fd *s; (s = *saved); forget(saved))
    if (s->copy >= 0) close(s->copy);
}
