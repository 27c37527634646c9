/* files: two programs that are strangers to each other, started one by one,
   meet in a file that both have mapped. MAP_SHARED makes both page tables name
   the frame that holds the file's page, each at an address of its own, so what
   one writes, the other reads. A MAP_PRIVATE mapping names that frame too, but
   only until it is written to: then that page becomes a copy.

   usage: files [MILLISECONDS]     (the length of a step, 600 if not given) */
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>
#include "vitrine.h"

#define PAGES 2

static const char *who;
static useconds_t step;
static volatile int *turn; /* whose turn it is: it lies in the file as well */

static char *map(const char *path, int flags) {
  int file = open(path, O_RDWR);
  char *pages =
      mmap(NULL, PAGES * 4096, PROT_READ | PROT_WRITE, flags, file, 0);
  if (file < 0 || pages == MAP_FAILED) {
    perror(path);
    exit(1);
  }
  close(file); /* the mapping stays */
  return pages;
}

static void show(const char *how, int number, volatile char *page) {
  char text[24];
  strlcpy(text, (char *)page, sizeof text); /* looks at it, so it is mapped */
  printf("%s %d %-7s page %d %p in frame %ld: \"%s\"\n", who, getpid(), how,
         number, (void *)page, frame_of(page), text);
  fflush(stdout);
}

static void wait_for_turn(int mine) {
  while (*turn != mine) usleep(1000);
}

static void give_turn(int next) {
  usleep(step); /* time to look at it from outside */
  *turn = next;
}

static void write_it(const char *path) {
  who = "writer";
  char *shared = map(path, MAP_SHARED);
  turn = (volatile int *)(shared + 4092);
  strcpy(shared, "first");
  show("shared", 0, shared);
  give_turn(1);
  wait_for_turn(2);
  strcpy(shared, "second");
  strcpy(shared + 4096, "second, too");
  show("shared", 0, shared);
  show("shared", 1, shared + 4096);
  give_turn(3);
}

static void read_it(const char *path) {
  who = "reader";
  char *private = map(path, MAP_PRIVATE), *shared = map(path, MAP_SHARED);
  turn = (volatile int *)(shared + 4092);
  wait_for_turn(1);
  show("shared", 0, shared);   /* the writer's frame, at another address */
  show("private", 0, private); /* and once more, as long as it only reads */
  strcpy(private, "mine");     /* faults: a copy is made */
  show("private", 0, private);
  show("shared", 0, shared);
  give_turn(2);
  wait_for_turn(3);
  show("shared", 0, shared);
  show("private", 0, private);        /* its own: it sees no later writes */
  show("private", 1, private + 4096); /* still the file's: it sees them */
}

/* Starts this program anew, as a process that inherits no memory of ours. */
static pid_t start(const char *program, const char *role, const char *path) {
  char milliseconds[16];
  snprintf(milliseconds, sizeof milliseconds, "%u", (unsigned)step / 1000);
  pid_t child = fork();
  if (child != 0) return child;
  execlp(program, program, milliseconds, role, path, NULL);
  perror(program);
  _exit(127);
}

int main(int argc, char **argv) {
  step = (argc > 1 ? (useconds_t)atoi(argv[1]) : 600) * 1000;
  if (argc == 4) {
    if (strcmp(argv[2], "writer") == 0) write_it(argv[3]);
    else read_it(argv[3]);
    return 0;
  }
  char path[] = "/tmp/files.XXXXXX";
  int file = mkstemp(path), status, failed = 0;
  if (file < 0 || ftruncate(file, PAGES * 4096) < 0) {
    perror(path);
    return 1;
  }
  close(file);
  pid_t reader = start(argv[0], "reader", path);
  pid_t writer = start(argv[0], "writer", path);
  for (pid_t ended; (ended = wait(&status)) > 0;) {
    if (status == 0) continue;
    failed = 1;
    kill(ended == reader ? writer : reader, SIGTERM); /* it waits in vain */
  }
  unlink(path);
  return failed != 0;
}
