/*
 * O_APPEND writes at the end whatever the offset, from several processes without loss. open(2): O_APPEND.
 */
#include "expect.h"
#include <fcntl.h>

int main(void) {
  char bytes[32] = {0};
  int plain = open("log", O_RDWR | O_CREAT, 0600);
  int append = open("log", O_WRONLY | O_APPEND);
  number("plain", write(plain, "aaaa", 4));
  number("offset before", lseek(append, 0, SEEK_CUR));
  number("append", write(append, "bb", 2));
  number("offset after", lseek(append, 0, SEEK_CUR));
  lseek(append, 1, SEEK_SET);
  number("append although sought", write(append, "cc", 2));
  number("plain goes on where it was", write(plain, "d", 1));
  number("read", pread(plain, bytes, 31, 0));
  say("log: %s\n", bytes);
  number("pwrite appends too, on Linux", pwrite(append, "e", 1, 0));
  memset(bytes, 0, sizeof bytes);
  number("read", pread(plain, bytes, 31, 0));
  say("log: %s\n", bytes);

  /* Four processes, each with a description of its own. */
  for (int i = 0; i < 4; i++)
    if (fork() == 0) {
      int own = open("many", O_WRONLY | O_APPEND | O_CREAT, 0600);
      char line[8] = {(char)('0' + i), '-', '-', '-', '-', '-', '-', '\n'};
      for (int k = 0; k < 50; k++)
        if (write(own, line, 8) != 8) _exit(1);
      _exit(0);
    }
  int status, failed = 0;
  while (wait(&status) > 0) failed += status != 0;
  number("failed", failed);
  int many = open("many", O_RDONLY), counts[4] = {0}, broken = 0;
  while (read(many, bytes, 8) == 8) {
    broken += bytes[7] != '\n';
    if (bytes[0] >= '0' && bytes[0] < '4') counts[bytes[0] - '0']++;
  }
  say("lines: %d %d %d %d, broken %d\n", counts[0], counts[1], counts[2], counts[3], broken);
  return 0;
}
