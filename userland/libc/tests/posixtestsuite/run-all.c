/* Runs programs that come on standard input, one after the other, each in a session of its own and for so many seconds at most.
   A program is a line "NAME SIZE" and its bytes; what is printed is "NAME WAIT-STATUS" (-1: time was up) and its last line.
   posixtestsuite.mjs makes it both for the machine and for the Linux that it is compared with. */
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#define OUTPUT "output"

static void fail(const char *what) {
  perror(what);
  exit(2);
}

static void store(const char *name, size_t size) {
  char *bytes = malloc(size);
  if (fread(bytes, 1, size, stdin) != size) fail("standard input");
  int fd = open(name, O_WRONLY | O_CREAT | O_TRUNC, 0755);
  for (size_t done = 0; done < size;) {
    ssize_t count = write(fd, bytes + done, size - done);
    if (count < 0) fail(name);
    done += count;
  }
  close(fd);
  free(bytes);
}

/* The status as wait(2) gives it; -1 when the time was up. */
static int run(const char *name, int seconds) {
  pid_t pid = fork();
  if (pid < 0) fail("fork");
  if (pid == 0) {
    char path[300];
    snprintf(path, sizeof path, "./%s", name);
    setsid();
    dup2(open("/dev/null", O_RDONLY), 0);
    dup2(open(OUTPUT, O_RDWR | O_CREAT | O_TRUNC | O_APPEND, 0666), 1);
    dup2(1, 2);
    execl(path, path, (char *)0);
    _exit(127);
  }
  const struct timespec pause = {0, 20000000};
  struct timespec begin, now;
  int status = 0;
  clock_gettime(CLOCK_MONOTONIC, &begin);
  for (;;) {
    pid_t ended = waitpid(pid, &status, WNOHANG);
    if (ended < 0 && errno != EINTR) fail("waitpid");
    clock_gettime(CLOCK_MONOTONIC, &now);
    if (ended == pid) break;
    if (now.tv_sec - begin.tv_sec >= seconds) {
      kill(pid, SIGKILL);
      waitpid(pid, &status, 0);
      status = -1;
      break;
    }
    nanosleep(&pause, 0);
  }
  kill(-pid, SIGKILL); /* What it has left behind. */
  return status;
}

static void last_line(char *line, size_t room) {
  FILE *file = fopen(OUTPUT, "r");
  char next[400];
  line[0] = '\0';
  while (file && fgets(next, sizeof next, file))
    if (next[0] != '\n') snprintf(line, room, "%s", next);
  if (file) fclose(file);
  line[strcspn(line, "\n")] = '\0';
}

int main(int count, char **arguments) {
  char name[200], line[400];
  size_t size;
  int seconds = count > 1 ? atoi(arguments[1]) : 20;
  umask(022);
  while (scanf("%199s %zu", name, &size) == 2) {
    getchar();
    store(name, size);
    int status = run(name, seconds);
    last_line(line, sizeof line);
    printf("%s %d %s\n", name, status, line);
    fflush(stdout);
    unlink(name);
    unlink(OUTPUT);
  }
  return 0;
}
