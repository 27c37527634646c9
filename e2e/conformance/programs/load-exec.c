/*
 * A program with much memory hands a hundred kilobytes of arguments and environment to the next, four times over, and
 * they arrive; the memory that was before is gone, what is shared by a file stays. execve(2).
 */
/* native-only: qemu-user hands execve to the host, which cannot run a riscv64 file by itself */
#include "memory.h"

#define STRINGS 50
#define LENGTH 1000
#define PAGES 384

static void make_string(char *to, int which, int round) {
  for (int i = 0; i < LENGTH; i++) to[i] = (char)('a' + (which * 7 + round * 3 + i) % 26);
  to[LENGTH] = 0;
}

static int wrong_strings(char **list, int round) {
  static char expected[LENGTH + 1];
  int wrong = 0, count = 0;
  for (; list[count]; count++) {
    make_string(expected, count, round);
    wrong += strcmp(list[count], expected) != 0;
  }
  return wrong + (count != STRINGS);
}

/* Goes on with round `round`. */
static void start(char *self, int round) {
  static char text[2][STRINGS][LENGTH + 1], number_text[8];
  char *arguments[STRINGS + 4], *environment[STRINGS + 1];
  snprintf(number_text, sizeof number_text, "%d", round);
  arguments[0] = self;
  arguments[1] = number_text;
  arguments[2] = memory_file_path;
  for (int i = 0; i < STRINGS; i++) {
    make_string(arguments[i + 3] = text[0][i], i, round);
    make_string(environment[i] = text[1][i], i, round + 100);
  }
  arguments[STRINGS + 3] = environment[STRINGS] = NULL;
  execve(self, arguments, environment);
  unlink(memory_file_path);
  _exit(127);
}

int main(int argc, char **argv, char **envp) {
  int round = argc > 1 ? atoi(argv[1]) : 0;
  if (argc > 1) {
    snprintf(memory_file_path, sizeof memory_file_path, "%s", argv[2]);
    say("round %d: %d arguments, wrong %d, wrong in the environment %d\n", round, argc - 3,
        wrong_strings(argv + 3, round), wrong_strings(envp, round + 100));
  }
  int file = memory_file(round == 0 ? O_RDWR | O_CREAT | O_TRUNC : O_RDWR);
  if (ftruncate(file, 8 * PAGE) != 0) return 1;
  char *shared = map_file(file, 8, RW, MAP_SHARED);
  for (int i = 0; i < round; i++)
    say("page of round %d: wrong words %ld\n", i, wrong_words(shared + i * PAGE, PAGE, (unsigned long)i));
  fill_words(shared + round * PAGE, PAGE, (unsigned long)round);
  close(file);

  /* Memory of its own, of which a child has a copy while the parent becomes another program. */
  char *own = mmap(NULL, PAGES * PAGE, RW, ANON, -1, 0);
  fill_words(own, PAGES * PAGE, (unsigned long)round + 50);
  if (round == 4) {
    int failed = 0, status, children = 0;
    for (; wait(&status) > 0; children++) failed += status != 0;
    say("children %d, failed %d\n", children, failed);
    unlink(memory_file_path);
    return 0;
  }
  pid_t child = fork();
  if (child == 0) {
    pause_ms(20);
    _exit(wrong_words(own, PAGES * PAGE, (unsigned long)round + 50) == 0 ? 0 : 1);
  }
  start(argv[0], round + 1);
  return 1;
}
