/*
 * A pipe holds 65536 bytes; without O_NONBLOCK full and empty wait, with it they are EAGAIN. Up to
 * PIPE_BUF a write is all or nothing. pipe(7): "Pipe capacity", PIPE_BUF.
 */
#include "expect.h"
#include <fcntl.h>

static char block[70000];

int main(void) {
  int ends[2];
  outcome("pipe2", pipe2(ends, O_NONBLOCK));
  number("empty", read(ends[0], block, 1));
  long total = 0, got;
  while ((got = write(ends[1], block, PAGE)) > 0) total += got;
  number("full", got);
  number("capacity", total);
  number("one byte more", write(ends[1], block, 1));
  number("nothing", write(ends[1], block, 0));
  number("take a page", read(ends[0], block, PAGE));
  number("a page fits", write(ends[1], block, PAGE));
  number("another does not", write(ends[1], block, PAGE));
  number("take two pages", read(ends[0], block, 2 * PAGE));
  number("of five pages two fit", write(ends[1], block, 5 * PAGE));
  number("take everything", read(ends[0], block, sizeof block));
  number("empty", read(ends[0], block, 1));
  number("more than the capacity", write(ends[1], block, sizeof block));
  number("take everything", read(ends[0], block, sizeof block));
  number("capacity by fcntl", fcntl(ends[1], F_GETPIPE_SZ));

  /* The flag belongs to the open description: turned off, the same write waits. */
  int flags = fcntl(ends[1], F_GETFL);
  truth("flag is set", (flags & O_NONBLOCK) != 0);
  outcome("turn it off", fcntl(ends[1], F_SETFL, flags & ~O_NONBLOCK));
  pid_t child = fork();
  if (child == 0) {
    close(ends[1]);
    long sum = 0;
    fcntl(ends[0], F_SETFL, 0);
    while ((got = read(ends[0], block, 3000)) > 0) sum += got;
    number("reader took", sum);
    _exit(0);
  }
  close(ends[0]);
  truth("all of it, after waiting", write(ends[1], block, sizeof block) == (long)sizeof block);
  close(ends[1]);
  reap("reader", child);
  return 0;
}
