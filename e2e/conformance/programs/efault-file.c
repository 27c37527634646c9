/*
 * A file's bytes move up to the first page that is not there: the call returns how many did, and EFAULT if none; the
 * file's offset moves by as many. read(2), write(2), readv(2): EFAULT; pread(2).
 */
/* native-only: qemu-user checks the whole buffer before it moves any byte */
#include "memory.h"
#include <sys/uio.h>

static int file;
static char *area;

static long offset(void) { return lseek(file, 0, SEEK_CUR); }

static void read_to(const char *what, char *to, long length) {
  lseek(file, 0, SEEK_SET);
  number(what, read(file, to, (size_t)length));
  number(" offset", offset());
}

static void write_from(const char *what, const char *from, long length) {
  lseek(file, 3 * PAGE, SEEK_SET);
  if (ftruncate(file, 3 * PAGE) != 0) _exit(1);
  number(what, write(file, from, (size_t)length));
  say(" offset %ld, length %ld\n", offset(), (long)lseek(file, 0, SEEK_END));
}

int main(void) {
  file = memory_file(O_RDWR | O_CREAT | O_TRUNC);
  make_letters(file, 3 * PAGE);
  /* Two pages, a hole, a page without rights, a read-only page, a page. */
  area = mmap(NULL, 6 * PAGE, RW, ANON, -1, 0);
  memset(area, 'x', 6 * PAGE);
  munmap(area + 2 * PAGE, PAGE);
  mprotect(area + 3 * PAGE, PAGE, PROT_NONE);
  mprotect(area + 4 * PAGE, PAGE, PROT_READ);

  read_to("read two pages and a hole", area, 3 * PAGE);
  say(" %c %c\n", area[PAGE - 1], area[2 * PAGE - 1]);
  read_to("read from the middle of a page", area + PAGE / 2, 3 * PAGE);
  read_to("read eight bytes before the hole", area + 2 * PAGE - 8, 100);
  read_to("read into the hole", area + 2 * PAGE, 100);
  read_to("read into no rights", area + 3 * PAGE, 100);
  read_to("read into read-only memory", area + 4 * PAGE, 2 * PAGE);
  read_to("nothing into the hole", area + 2 * PAGE, 0);
  number("pread across the hole", pread(file, area + PAGE, 2 * PAGE, PAGE));
  lseek(file, 3 * PAGE, SEEK_SET);
  number("at the end, into the hole", read(file, area + 2 * PAGE, 100));

  write_from("write two pages and a hole", area, 3 * PAGE);
  write_from("write from the middle of a page", area + PAGE / 2, 3 * PAGE);
  write_from("write eight bytes before the hole", area + 2 * PAGE - 8, 100);
  write_from("write from the hole", area + 2 * PAGE, 100);
  write_from("write from no rights", area + 3 * PAGE, 100);
  write_from("write from read-only memory", area + 4 * PAGE, 2 * PAGE);
  write_from("nothing from the hole", area + 2 * PAGE, 0);
  number("pwrite across the hole", pwrite(file, area + PAGE, 2 * PAGE, 0));

  struct iovec parts[4] = {{area, 10}, {area + PAGE - 5, 10}, {area + 2 * PAGE - 3, 10}, {area, 10}};
  lseek(file, 0, SEEK_SET);
  number("readv into three buffers, the third breaks off", readv(file, parts, 4));
  number(" offset", offset());
  lseek(file, 3 * PAGE, SEEK_SET);
  number("writev from them", writev(file, parts, 4));
  number(" offset", offset());
  parts[0].iov_base = area + 2 * PAGE;
  lseek(file, 0, SEEK_SET);
  number("readv whose first buffer is the hole", readv(file, parts, 4));
  number("writev whose first buffer is the hole", writev(file, parts, 4));
  number(" offset", offset());
  /* The vector itself lies across the end of a mapping. */
  struct iovec *edge = (struct iovec *)(area + 2 * PAGE) - 1;
  edge->iov_base = area;
  edge->iov_len = 5;
  number("vector of one before the hole", readv(file, edge, 1));
  number("vector of two across it", readv(file, edge, 2));
  unlink(memory_file_path);
  return 0;
}
