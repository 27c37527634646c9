/* Command substitution (XCU 2.6.3): what a subshell prints, without its last newlines. */
#include "sh.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

char *command_output(const struct node *body) {
  struct text t = {0};
  int ends[2];
  text_clear(&t);
  out_flush();
  struct job *j = job_new(NULL);
  pid_t pid = -1;
  if (pipe2(ends, O_CLOEXEC) == 0) {
    pid = job_fork(j, FORK_PLAIN);
    if (pid == 0) {
      close(ends[0]);
      fd_move(ends[1], 1);
      exec_in_child((struct node *)(uintptr_t)body);
    }
    close(ends[1]);
    if (pid < 0) close(ends[0]);
  }
  if (pid < 0) {
    warn("cannot fork: %s", strerror(errno));
    job_free(j);
    return NULL;
  }
  for (;;) {
    char block[512];
    ssize_t n = read(ends[0], block, sizeof block);
    if (n < 0 && errno == EINTR && !sh.interrupted) continue;
    if (n <= 0) break;
    for (ssize_t i = 0; i < n; i++)
      if (block[i]) text_byte(&t, block[i]); /* a value cannot hold a NUL */
  }
  close(ends[0]);
  sh.substitution_status = job_wait_foreground(j);
  while (t.len && t.s[t.len - 1] == '\n') t.len--;
  char *s = arena_strndup(&sh.scratch, t.s, t.len);
  text_free(&t);
  return s;
}
