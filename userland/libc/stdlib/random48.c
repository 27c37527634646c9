/* The numbers of lrand48(3) and its kin: X = (A * X + C) mod 2^48. Those that are fractions need floating point, which is not
   there. */
#include <stdlib.h>

#define MASK 0xffffffffffffUL
static unsigned long factor = 0x5deece66dUL, addend = 0xb;
static unsigned short own[3], before[3];

static unsigned long next(unsigned short state[3]) {
  unsigned long x = (unsigned long)state[2] << 32 | (unsigned long)state[1] << 16 | state[0];
  x = (x * factor + addend) & MASK;
  state[0] = (unsigned short)x;
  state[1] = (unsigned short)(x >> 16);
  state[2] = (unsigned short)(x >> 32);
  return x;
}

long nrand48(unsigned short state[3]) { return (long)(next(state) >> 17); }
long jrand48(unsigned short state[3]) { return (int)(next(state) >> 16); }
long lrand48(void) { return nrand48(own); }
long mrand48(void) { return jrand48(own); }

static void reset(void) {
  factor = 0x5deece66dUL;
  addend = 0xb;
}

void srand48(long seed) {
  reset();
  own[0] = 0x330e;
  own[1] = (unsigned short)seed;
  own[2] = (unsigned short)(seed >> 16);
}

unsigned short *seed48(unsigned short state[3]) {
  reset();
  for (int i = 0; i < 3; i++) before[i] = own[i], own[i] = state[i];
  return before;
}

void lcong48(unsigned short parameters[7]) {
  for (int i = 0; i < 3; i++) own[i] = parameters[i];
  factor = (unsigned long)parameters[5] << 32 | (unsigned long)parameters[4] << 16 | parameters[3];
  addend = parameters[6];
}
