/*
 * A number that is no system call is ENOSYS, whatever its arguments, and the program goes on. syscall(2).
 */
#include "expect.h"
#include <sys/syscall.h>

int main(void) {
  static const long numbers[] = {9999, 1000, 0x7fffffff, -1, -2};
  for (int i = 0; i < 5; i++) {
    outcome("no such call", syscall(numbers[i], 1, 2, 3, 4, 5, 6));
    outcome("with pointers", syscall(numbers[i], nowhere(), -1L, main, numbers, numbers, 0));
  }
  truth("the next call works", syscall(SYS_getpid) == getpid());
  outcome("yield", syscall(SYS_sched_yield));
  return 0;
}
