/*
 * A pipe's bytes move up to the first page that is not there as well, and what has been taken out for a reader is not
 * lost to the next. pipe(7), read(2), write(2): EFAULT.
 */
/* native-only: qemu-user checks the whole buffer before it moves any byte */
#include "memory.h"
#include <sys/ioctl.h>
#include <sys/uio.h>

static int ends[2];

static long queued(void) {
  int bytes = -1;
  return ioctl(ends[0], FIONREAD, &bytes) == 0 ? bytes : -1;
}

static void drain(void) {
  static char bytes[5 * PAGE];
  long length = queued();
  if (length > 0 && read(ends[0], bytes, sizeof bytes) != length) _exit(1);
}

static void write_from(const char *what, const char *from, long length) {
  number(what, write(ends[1], from, (size_t)length));
  number(" in the pipe", queued());
  drain();
}

static void read_to(const char *what, char *to, long length) {
  static char bytes[2 * PAGE];
  drain();
  for (long i = 0; i < 2 * PAGE; i++) bytes[i] = (char)('a' + i / 100 % 26);
  if (write(ends[1], bytes, sizeof bytes) != 2 * PAGE) _exit(1);
  number(what, read(ends[0], to, (size_t)length));
  number(" left in the pipe", queued());
  char next = '?';
  if (queued() > 0 && read(ends[0], &next, 1) != 1) _exit(1);
  say(" the next byte is %c\n", next);
}

int main(void) {
  if (pipe(ends) != 0) return 1;
  char *area = mmap(NULL, 4 * PAGE, RW, ANON, -1, 0);
  memset(area, 'x', 4 * PAGE);
  munmap(area + 2 * PAGE, PAGE);

  write_from("two pages and a hole", area, 3 * PAGE);
  write_from("a page and a hole", area + PAGE, 2 * PAGE);
  write_from("from the middle of a page", area + PAGE / 2, 3 * PAGE);
  write_from("a little before the hole", area + 2 * PAGE - 8, 100);
  write_from("from the hole", area + 2 * PAGE, 100);
  write_from("all that is there", area, 2 * PAGE);
  write_from("nothing from the hole", area + 2 * PAGE, 0);

  read_to("read two pages into one and a hole", area + PAGE, 2 * PAGE);
  read_to("read into the middle of a page", area + PAGE / 2, 2 * PAGE);
  read_to("read a little before the hole", area + 2 * PAGE - 8, 100);
  read_to("read into the hole", area + 2 * PAGE, 100);
  read_to("read into what is there", area, 2 * PAGE);
  read_to("read a little into what is there", area + PAGE, 100);

  drain();
  struct iovec parts[3] = {{area, PAGE}, {area + PAGE, PAGE}, {area + 2 * PAGE, PAGE}};
  number("writev of two pages and a hole", writev(ends[1], parts, 3));
  number(" in the pipe", queued());
  parts[2].iov_base = area + 3 * PAGE;
  drain();
  number("writev of three pages", writev(ends[1], parts, 3));
  parts[1].iov_base = area + 2 * PAGE;
  number("readv into a page and a hole", readv(ends[0], parts, 3));
  number(" left in the pipe", queued());
  return 0;
}
