/*
 * Writes of up to PIPE_BUF bytes by several processes are never mixed, although the pipe is full most of
 * the time. pipe(7): PIPE_BUF.
 */
#include "expect.h"

#define WRITERS 4
#define BLOCKS 40

int main(void) {
  int ends[2];
  static char block[PAGE];
  if (pipe(ends) != 0) return 1;
  for (int w = 0; w < WRITERS; w++)
    if (fork() == 0) {
      close(ends[0]);
      memset(block, 'A' + w, sizeof block);
      for (int i = 0; i < BLOCKS; i++) {
        /* Different lengths, none above PIPE_BUF; the first byte marks the beginning. */
        size_t length = (size_t)(PAGE - (i * 97 + w * 31) % 1000);
        block[0] = '<';
        block[length - 1] = '>';
        if (write(ends[1], block, length) != (long)length) _exit(1);
        block[length - 1] = (char)('A' + w);
      }
      _exit(0);
    }
  close(ends[1]);
  int begun = 0, ended = 0, mixed = 0;
  long counts[WRITERS] = {0}, got;
  char owner = 0, open = 0;
  static char buffer[5000];
  while ((got = read(ends[0], buffer, sizeof buffer)) > 0)
    for (long i = 0; i < got; i++) {
      char byte = buffer[i];
      if (byte == '<') {
        mixed += open;
        begun++;
        open = 1;
        owner = 0;
      } else if (byte == '>') {
        mixed += !open;
        ended++;
        open = 0;
      } else {
        if (!owner) owner = byte;
        mixed += byte != owner;
        counts[(byte - 'A') % WRITERS]++;
      }
    }
  say("begun %d, ended %d, mixed %d\n", begun, ended, mixed);
  for (int w = 0; w < WRITERS; w++) say("from writer %d: %ld\n", w, counts[w]);
  int status, failed = 0;
  while (wait(&status) > 0) failed += status != 0;
  number("writers that failed", failed);
  return 0;
}
