/*
 * End of file comes when the last copy of the write end is closed, in whichever process it is; what was
 * written before is read first. pipe(7).
 */
#include "expect.h"

int main(void) {
  int ends[2], keep[2];
  char bytes[16] = {0};
  if (pipe(ends) != 0 || pipe(keep) != 0) return 1;
  pid_t child = fork();
  if (child == 0) {
    close(ends[0]);
    close(keep[1]);
    if (write(ends[1], "from child", 10) != 10) _exit(1);
    if (read(keep[0], bytes, 1) != 0) _exit(1); /* until the parent lets go */
    _exit(0);                                   /* closes the last write end */
  }
  close(keep[0]);
  int copy = dup(ends[1]);
  close(ends[1]);
  number("write through a copy", write(copy, "!", 1));
  close(copy);
  pause_ms(30);
  long got = read(ends[0], bytes, sizeof bytes);
  truth("both are there", got == 11);
  close(keep[1]);
  number("end of file", read(ends[0], bytes, sizeof bytes));
  number("and again", read(ends[0], bytes, sizeof bytes));
  reap("child", child);

  /* A reader asleep is woken by the end. */
  if (pipe(ends) != 0) return 1;
  child = fork();
  if (child == 0) {
    close(ends[1]);
    number("asleep until the end", read(ends[0], bytes, 1));
    _exit(0);
  }
  close(ends[0]);
  pause_ms(40);
  close(ends[1]);
  reap("reader", child);

  /* Data left by a writer that is gone. */
  if (pipe(ends) != 0) return 1;
  number("write", write(ends[1], "left", 4));
  close(ends[1]);
  number("two of them", read(ends[0], bytes, 2));
  number("the rest", read(ends[0], bytes, 9));
  number("end", read(ends[0], bytes, 9));
  return 0;
}
