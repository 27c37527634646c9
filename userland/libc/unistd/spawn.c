/* posix_spawn(3). The child shares the memory and its parent waits (CLONE_VM | CLONE_VFORK), so nothing is copied; it runs on a
   stack of its own, and what goes wrong it leaves in its parent's memory. */
#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <signal.h>
#include <spawn.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>
#include "../start/syscall.h"

#define STACK_SIZE (64 * 1024)

enum { OPEN, CLOSE, DUP, CHANGE_FOLDER, CHANGE_FOLDER_TO };

struct __spawn_action {
  struct __spawn_action *next;
  int kind, fd, other, flags;
  mode_t mode;
  char path[];
};

struct task {
  const char *path;
  const posix_spawn_file_actions_t *actions;
  const posix_spawnattr_t *attributes;
  char *const *arguments, *const *environment;
  int (*execute)(const char *path, char *const arguments[], char *const environment[]);
  sigset_t mask;
  int error;
};

static int act(const struct __spawn_action *a) {
  int fd;
  switch (a->kind) {
    case OPEN:
      if ((fd = open(a->path, a->flags, a->mode)) < 0 || fd == a->fd) return fd;
      if (dup2(fd, a->fd) < 0) return -1;
      return close(fd);
    case CLOSE:
      close(a->fd); /* one that is not open is no error (POSIX, 2018) */
      return 0;
    case DUP:
      /* The same descriptor twice means that it stays open behind exec. */
      return a->fd == a->other ? fcntl(a->fd, F_SETFD, 0) : dup2(a->fd, a->other);
    case CHANGE_FOLDER:
      return chdir(a->path);
    default:
      return fchdir(a->fd);
  }
}

static int prepare(const struct task *t) {
  int flags = t->attributes ? t->attributes->__flags : 0;
  /* A handler must not run in memory that is the parent's; exec would reset it anyway. */
  for (int number = 1; number < NSIG; number++) {
    struct sigaction action;
    if (sigaction(number, 0, &action) < 0) continue;
    int is_asked_for = (flags & POSIX_SPAWN_SETSIGDEF) && sigismember(&t->attributes->__default, number);
    if (action.sa_handler != SIG_DFL && (is_asked_for || action.sa_handler != SIG_IGN)) signal(number, SIG_DFL);
  }
  if ((flags & POSIX_SPAWN_SETSID) && setsid() < 0) return -1;
  if ((flags & POSIX_SPAWN_SETPGROUP) && setpgid(0, t->attributes->__group) < 0) return -1;
  if ((flags & POSIX_SPAWN_RESETIDS) && (setgid(getgid()) < 0 || setuid(getuid()) < 0)) return -1;
  for (const struct __spawn_action *a = t->actions ? t->actions->__first : 0; a; a = a->next)
    if (act(a) < 0) return -1;
  return sigprocmask(SIG_SETMASK, flags & POSIX_SPAWN_SETSIGMASK ? &t->attributes->__mask : &t->mask, 0);
}

static int child(void *argument) {
  struct task *t = argument;
  if (prepare(t) == 0) t->execute(t->path, t->arguments, t->environment);
  t->error = errno;
  _exit(127);
}

static int spawn(pid_t *pid, struct task *t) {
  sigset_t all = {~0UL};
  int before = errno;
  char *stack = mmap(0, STACK_SIZE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_STACK | MAP_NORESERVE, -1, 0);
  if (stack == MAP_FAILED) return errno;
  __syscall4(SIG_BLOCK, (long)&all, (long)&t->mask, sizeof all, SYS_rt_sigprocmask);
  pid_t new = clone(child, stack + STACK_SIZE, CLONE_VM | CLONE_VFORK | SIGCHLD, t);
  if (new < 0) t->error = errno;
  else if (t->error) __syscall4(new, 0, 0, 0, SYS_wait4);
  sigprocmask(SIG_SETMASK, &t->mask, 0);
  munmap(stack, STACK_SIZE);
  errno = before;
  if (!t->error && pid) *pid = new;
  return t->error;
}

int posix_spawn(pid_t *restrict pid, const char *restrict path, const posix_spawn_file_actions_t *actions,
                const posix_spawnattr_t *restrict attributes, char *const arguments[restrict],
                char *const environment[restrict]) {
  return spawn(pid, &(struct task){path, actions, attributes, arguments, environment ? environment : environ, execve, {0}, 0});
}

int posix_spawnp(pid_t *restrict pid, const char *restrict file, const posix_spawn_file_actions_t *actions,
                 const posix_spawnattr_t *restrict attributes, char *const arguments[restrict],
                 char *const environment[restrict]) {
  return spawn(pid, &(struct task){file, actions, attributes, arguments, environment ? environment : environ, execvpe, {0}, 0});
}

int posix_spawn_file_actions_init(posix_spawn_file_actions_t *actions) {
  *actions = (posix_spawn_file_actions_t){0, 0};
  return 0;
}

int posix_spawn_file_actions_destroy(posix_spawn_file_actions_t *actions) {
  for (struct __spawn_action *a = actions->__first, *next; a; a = next) {
    next = a->next;
    free(a);
  }
  return posix_spawn_file_actions_init(actions);
}

static int add(posix_spawn_file_actions_t *actions, struct __spawn_action action, const char *path) {
  if (action.fd < 0 || action.other < 0) return EBADF;
  struct __spawn_action *new = malloc(sizeof *new + strlen(path) + 1);
  if (!new) return ENOMEM;
  *new = action;
  strcpy(new->path, path);
  if (actions->__last) actions->__last->next = new;
  else actions->__first = new;
  actions->__last = new;
  return 0;
}

int posix_spawn_file_actions_addopen(posix_spawn_file_actions_t *restrict actions, int fd, const char *restrict path, int flags,
                                     mode_t mode) {
  return add(actions, (struct __spawn_action){.kind = OPEN, .fd = fd, .flags = flags, .mode = mode}, path);
}

int posix_spawn_file_actions_addclose(posix_spawn_file_actions_t *actions, int fd) {
  return add(actions, (struct __spawn_action){.kind = CLOSE, .fd = fd}, "");
}

int posix_spawn_file_actions_adddup2(posix_spawn_file_actions_t *actions, int from, int to) {
  return add(actions, (struct __spawn_action){.kind = DUP, .fd = from, .other = to}, "");
}

int posix_spawn_file_actions_addchdir_np(posix_spawn_file_actions_t *restrict actions, const char *restrict path) {
  return add(actions, (struct __spawn_action){.kind = CHANGE_FOLDER}, path);
}

int posix_spawn_file_actions_addfchdir_np(posix_spawn_file_actions_t *actions, int fd) {
  return add(actions, (struct __spawn_action){.kind = CHANGE_FOLDER_TO, .fd = fd}, "");
}

int posix_spawnattr_init(posix_spawnattr_t *attributes) {
  *attributes = (posix_spawnattr_t){0, 0, {0}, {0}};
  return 0;
}

int posix_spawnattr_destroy(posix_spawnattr_t *attributes) {
  (void)attributes;
  return 0;
}

int posix_spawnattr_setflags(posix_spawnattr_t *attributes, short flags) {
  const int known = POSIX_SPAWN_RESETIDS | POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSID;
  if (flags & ~known) return EINVAL;
  attributes->__flags = flags;
  return 0;
}

int posix_spawnattr_getflags(const posix_spawnattr_t *restrict attributes, short *restrict flags) {
  *flags = (short)attributes->__flags;
  return 0;
}

int posix_spawnattr_setpgroup(posix_spawnattr_t *attributes, pid_t group) {
  attributes->__group = group;
  return 0;
}

int posix_spawnattr_getpgroup(const posix_spawnattr_t *restrict attributes, pid_t *restrict group) {
  *group = attributes->__group;
  return 0;
}

int posix_spawnattr_setsigdefault(posix_spawnattr_t *restrict attributes, const sigset_t *restrict set) {
  attributes->__default = *set;
  return 0;
}

int posix_spawnattr_getsigdefault(const posix_spawnattr_t *restrict attributes, sigset_t *restrict set) {
  *set = attributes->__default;
  return 0;
}

int posix_spawnattr_setsigmask(posix_spawnattr_t *restrict attributes, const sigset_t *restrict set) {
  attributes->__mask = *set;
  return 0;
}

int posix_spawnattr_getsigmask(const posix_spawnattr_t *restrict attributes, sigset_t *restrict set) {
  *set = attributes->__mask;
  return 0;
}
