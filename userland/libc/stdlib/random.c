/* rand(3), random(3): the additive feedback generator r[i] = r[i-3] + r[i-31] with glibc's seeding, so that a program's
   sequence here is the one it has on Linux. */
#include <stdlib.h>

#define DEGREE 31
#define SEPARATION 3

static int state[DEGREE];
static int front = -1, rear;

static void seed_with(unsigned seed) {
  state[0] = (int)(seed ? seed : 1);
  for (int i = 1; i < DEGREE; i++) {
    /* 16807 * state[i-1] mod 2^31 - 1, by Schrage's method */
    long high = state[i - 1] / 127773, low = state[i - 1] % 127773;
    long next = 16807 * low - 2836 * high;
    state[i] = (int)(next < 0 ? next + 2147483647 : next);
  }
  front = SEPARATION;
  rear = 0;
  for (int i = 0; i < 10 * DEGREE; i++) random();
}

long random(void) {
  if (front < 0) seed_with(1);
  unsigned sum = (unsigned)state[front] + (unsigned)state[rear];
  state[front] = (int)sum;
  front = (front + 1) % DEGREE;
  rear = (rear + 1) % DEGREE;
  return (long)(sum >> 1);
}

void srandom(unsigned seed) { seed_with(seed); }
void srand(unsigned seed) { seed_with(seed); }
int rand(void) { return (int)random(); }

int rand_r(unsigned *seed) {
  unsigned next = *seed, result;
  next = next * 1103515245 + 12345;
  result = next / 65536 % 2048;
  next = next * 1103515245 + 12345;
  result = result << 10 ^ next / 65536 % 1024;
  next = next * 1103515245 + 12345;
  result = result << 10 ^ next / 65536 % 1024;
  *seed = next;
  return (int)result;
}
