/*
 * MADV_DONTNEED: private anonymous pages read zero afterwards, private file pages read the file again,
 * shared memory keeps its data. madvise(2).
 */
/* native-only: qemu-user answers 0 to advice it does not know and to ranges with holes */
#include "expect.h"
#include <fcntl.h>
#include <sys/mman.h>

#define RW (PROT_READ | PROT_WRITE)

int main(void) {
  char *own = mmap(NULL, 3 * PAGE, RW, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  char *shared = mmap(NULL, PAGE, RW, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
  int file = open("letters", O_RDWR | O_CREAT, 0600);
  make_letters(file, PAGE);
  char *mapped = mmap(NULL, PAGE, RW, MAP_PRIVATE, file, 0);
  memset(own, 'o', 3 * PAGE);
  shared[0] = 's';
  mapped[0] = '?';

  outcome("middle page", madvise(own + PAGE, PAGE, MADV_DONTNEED));
  say("own: %d %d %d\n", own[0], own[PAGE], own[2 * PAGE]);
  own[PAGE] = 'n';
  say("written again: %c, its neighbours' bytes %d\n", own[PAGE], own[PAGE + 1]);
  outcome("file page", madvise(mapped, PAGE, MADV_DONTNEED));
  say("file page reads %c\n", mapped[0]);
  outcome("shared page", madvise(shared, PAGE, MADV_DONTNEED));
  say("shared page reads %c\n", shared[0]);

  pid_t child = fork();
  if (child == 0) {
    outcome("child drops", madvise(own, 3 * PAGE, MADV_DONTNEED));
    say("child: %d %d %d\n", own[0], own[PAGE], own[2 * PAGE]);
    _exit(0);
  }
  reap("child", child);
  say("parent keeps: %c %c %c\n", own[0], own[PAGE], own[2 * PAGE]);

  outcome("not aligned", madvise(own + 1, PAGE, MADV_DONTNEED));
  outcome("length 0", madvise(own, 0, MADV_DONTNEED));
  outcome("unknown advice", madvise(own, PAGE, 9999));
  munmap(own + PAGE, PAGE);
  outcome("across a hole", madvise(own, 3 * PAGE, MADV_DONTNEED));
  say("both sides: %d %d\n", own[0], own[2 * PAGE]);
  return 0;
}
