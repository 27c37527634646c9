/*
 * Two programs that were started one by one, and have nothing of each other but a file's name, share memory through it:
 * what one stores the other loads, and neither sees the other's private pages. execve(2), mmap(2): MAP_SHARED.
 */
/* native-only: qemu-user hands execve to the host, which cannot run a riscv64 file by itself */
#include "memory.h"
#include <sched.h>

#define PAGES 4

/* They take turns by a word in the file. */
struct page {
  volatile int turn, sum;
  char text[100];
};

static void wait_for(struct page *page, int turn) {
  for (int i = 0; page->turn != turn; i++) {
    if (i == 4000) _exit(3);
    pause_ms(1);
  }
}

static int program(const char *role, const char *path) {
  int file = open(path, O_RDWR), me = strcmp(role, "writer") == 0 ? 1 : 2;
  char *private = map_file(file, PAGES, RW, MAP_PRIVATE);
  if (me == 2) mmap(NULL, 3 * PAGE, RW, ANON, -1, 0);
  struct page *page = map_file(file, PAGES, RW, MAP_SHARED);
  char *bytes = (char *)page;
  close(file);
  if (me == 1) {
    wait_for(page, 1);
    strcpy(page->text, "the writer's");
    fill_words(bytes + PAGE, PAGE, 17);
    private[2 * PAGE] = 'w';
    page->turn = 2;
    wait_for(page, 3);
    say("writer reads: %s, %ld wrong words\n", page->text, wrong_words(bytes + 3 * PAGE, PAGE, 18));
    say("writer's private page: %c, the file's: %c\n", private[2 * PAGE], bytes[2 * PAGE]);
    page->sum = 0;
    page->turn = 4;
  } else {
    page->turn = 1;
    wait_for(page, 2);
    say("reader reads: %s, %ld wrong words\n", page->text, wrong_words(bytes + PAGE, PAGE, 17));
    private[2 * PAGE] = 'r';
    bytes[2 * PAGE] = 's';
    strcpy(page->text, "the reader's");
    fill_words(bytes + 3 * PAGE, PAGE, 18);
    page->turn = 3;
    wait_for(page, 4);
    say("reader's private page: %c, the file's: %c\n", private[2 * PAGE], bytes[2 * PAGE]);
    page->turn = 5;
  }
  /* Two hundred additions each, by turns. */
  for (int i = 0; i < 200; i++) {
    while (page->turn != (me == 1 ? 5 : 6)) sched_yield();
    page->sum += me;
    page->turn = me == 1 ? 6 : 5;
  }
  return me;
}

int main(int argc, char **argv) {
  if (argc == 3) return program(argv[1], argv[2]);
  int file = memory_file(O_RDWR | O_CREAT | O_TRUNC);
  if (ftruncate(file, PAGES * PAGE) != 0) return 1;
  pid_t programs[2];
  static char *const roles[] = {"writer", "reader"};
  for (int i = 0; i < 2; i++)
    if ((programs[i] = fork()) == 0) {
      char *arguments[] = {argv[0], roles[i], memory_file_path, NULL}, *environment[] = {NULL};
      close(file);
      execve(argv[0], arguments, environment);
      _exit(127);
    }
  reap("writer", programs[0]);
  reap("reader", programs[1]);
  struct page page;
  number("what they left", pread(file, &page, sizeof page, 0));
  say("sum %d, %s\n", page.sum, page.text);
  unlink(memory_file_path);
  return 0;
}
