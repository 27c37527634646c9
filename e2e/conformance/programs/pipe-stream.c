/*
 * A megabyte through a chain of three processes and two pipes arrives complete and in order, whatever the
 * sizes of the reads and writes. pipe(7).
 */
#include "expect.h"

#define TOTAL (1 << 20)

static unsigned next(unsigned *state) {
  *state = *state * 1664525u + 1013904223u;
  return *state >> 24;
}

int main(void) {
  static unsigned char buffer[20000];
  int first[2], second[2];
  if (pipe(first) != 0 || pipe(second) != 0) return 1;
  pid_t source = fork();
  if (source == 0) {
    unsigned state = 7;
    long sent = 0;
    close(first[0]);
    for (int turn = 0; sent < TOTAL; turn++) {
      long length = 1 + (turn * 7919L) % (long)sizeof buffer;
      if (length > TOTAL - sent) length = TOTAL - sent;
      for (long i = 0; i < length; i++) buffer[i] = (unsigned char)next(&state);
      if (write(first[1], buffer, (size_t)length) != length) _exit(1);
      sent += length;
    }
    _exit(0);
  }
  pid_t middle = fork();
  if (middle == 0) {
    long got;
    close(first[1]);
    close(second[0]);
    while ((got = read(first[0], buffer, 777)) > 0) {
      for (long i = 0; i < got; i++) buffer[i] ^= 0x5a;
      if (write(second[1], buffer, (size_t)got) != got) _exit(1);
    }
    _exit(0);
  }
  close(first[0]);
  close(first[1]);
  close(second[1]);
  unsigned state = 7;
  long received = 0, wrong = 0, got;
  while ((got = read(second[0], buffer, sizeof buffer)) > 0) {
    for (long i = 0; i < got; i++) wrong += buffer[i] != (unsigned char)(next(&state) ^ 0x5a);
    received += got;
  }
  number("received", received);
  number("wrong bytes", wrong);
  reap("source", source);
  reap("middle", middle);
  return 0;
}
