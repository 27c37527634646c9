// fork, exec, wait, pipes, signals, jumps, sleeping.
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <setjmp.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/time.h>
#include <sys/wait.h>
#include <time.h>
#include <ucontext.h>
#include <unistd.h>

static sigjmp_buf place;
static volatile int handled;
static void count(int number) { handled = handled * 100 + number; }
static void escape(int number, siginfo_t *info, void *context) {
  (void)context;
  printf("signal %d code %d address %d\n", number, info->si_code, info->si_addr == (void *)16);
  siglongjmp(place, 3);
}
static void at_end(void) { printf("at the end\n"); }

int main(int argc, char **argv) {
  (void)argc;
  atexit(at_end);
  int status, fds[2];
  fflush(stdout);
  pid_t child = fork();
  if (child == 0) {
    char *environment[] = {"GREETING=hello", 0};
    execle("/bin/sh", "sh", "-c", "echo executed with $GREETING; exit 5", (char *)0, environment);
    _exit(99);
  }
  printf("%d ", waitpid(child, &status, 0) == child);
  printf("%d %d\n", WIFEXITED(status), WEXITSTATUS(status));
  errno = 0;
  printf("%d %s\n", execvp("no-such-program", argv), strerror(errno));
  pipe(fds);
  fflush(stdout);
  child = fork();
  if (child == 0) {
    close(fds[0]);
    write(fds[1], "through the pipe", 16);
    raise(SIGKILL);
  }
  close(fds[1]);
  char text[32] = {0};
  struct pollfd poll_one = {fds[0], POLLIN, 0};
  printf("%d ", poll(&poll_one, 1, 5000));
  printf("%zd %s ", read(fds[0], text, sizeof text), text);
  printf("%zd\n", read(fds[0], text, sizeof text));
  wait(&status);
  printf("%d %d\n", WIFSIGNALED(status), WTERMSIG(status));

  fflush(stdout);
  child = fork();
  if (child == 0) {
    raise(SIGSTOP);
    usleep(300000); /* an exit would overtake the news of the continuation */
    _exit(1);
  }
  waitpid(child, &status, WUNTRACED);
  printf("stopped %d %d\n", WIFSTOPPED(status), WSTOPSIG(status) == SIGSTOP);
  kill(child, SIGCONT);
  waitpid(child, &status, WCONTINUED);
  printf("continued %d\n", WIFCONTINUED(status));
  waitpid(child, &status, 0);
  printf("exit %d\n", WEXITSTATUS(status));
  printf("%d %s\n", wait(&status), strerror(errno));

  struct sigaction action = {.sa_handler = count}, old;
  sigaction(SIGUSR1, &action, 0);
  sigaction(SIGUSR1, 0, &old);
  printf("%d ", old.sa_handler == count);
  sigset_t set, pending;
  sigemptyset(&set);
  sigaddset(&set, SIGUSR1);
  sigprocmask(SIG_BLOCK, &set, 0);
  raise(SIGUSR1);
  sigpending(&pending);
  printf("%d %d ", handled, sigismember(&pending, SIGUSR1));
  sigemptyset(&set);
  printf("%d %d ", sigsuspend(&set), errno == EINTR);
  sigfillset(&set);
  sigprocmask(SIG_SETMASK, &set, 0);
  printf("%d\n", handled);
  sigemptyset(&set);
  sigprocmask(SIG_SETMASK, &set, 0);
  action.sa_sigaction = escape;
  action.sa_flags = SA_SIGINFO;
  sigaction(SIGSEGV, &action, 0);
  for (volatile int turn = 0; turn < 2; turn++) {
    int from = sigsetjmp(place, 1);
    if (from == 0) *(volatile int *)16 = 1;
    printf("jumped back with %d\n", from);
  }
  signal(SIGALRM, count);
  struct itimerval timer = {.it_value = {.tv_usec = 20000}};
  setitimer(ITIMER_REAL, &timer, 0);
  struct timespec second = {1, 0}, left;
  errno = 0;
  printf("%d %d %d\n", nanosleep(&second, &left), errno == EINTR, left.tv_sec == 0 && left.tv_nsec > 0);
  struct timespec before, after;
  clock_gettime(CLOCK_MONOTONIC, &before);
  usleep(30000);
  clock_gettime(CLOCK_MONOTONIC, &after);
  long milliseconds = (after.tv_sec - before.tv_sec) * 1000 + (after.tv_nsec - before.tv_nsec) / 1000000;
  printf("%d\n", milliseconds >= 29 && milliseconds < 2000);

  volatile int *shared = mmap(0, 4096, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
  fflush(stdout);
  child = fork();
  if (child == 0) {
    shared[3] = 77;
    _exit(0);
  }
  waitpid(child, 0, 0);
  printf("%d %d\n", shared[3], munmap((void *)shared, 4096));
  struct rlimit limit;
  printf("%d %d\n", getrlimit(RLIMIT_NOFILE, &limit), limit.rlim_cur > 0);
  printf("%d %d %d\n", getpgid(0) == getpgrp(), getppid() > 0, dup2(0, 0));
  FILE *command = popen("echo from sh; exit 3", "r");
  printf("%s", fgets(text, sizeof text, command));
  printf("%d\n", WEXITSTATUS(pclose(command)));
  fflush(stdout);
  printf("%d\n", WEXITSTATUS(system("echo system; exit 4")));
  jmp_buf here;
  int value = setjmp(here);
  if (value < 3) longjmp(here, value + 1);
  printf("%d\n", value);
  return 0;
}
