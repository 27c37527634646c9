// Indices of all types, negative ones, unsigned ones that wrap.
#include <stdio.h>

int main(void) {
  int array[300];
  for (int i = 0; i < 300; i++) array[i] = i * 2;
  int *middle = array + 128;
  volatile signed char sc = -100;
  volatile unsigned char uc = 150;
  volatile short s = -128;
  volatile unsigned short us = 171;
  volatile int i = -1;
  volatile unsigned u = 3;
  volatile long l = -5;
  volatile unsigned long ul = -7ul;
  printf("%d %d %d %d\n", middle[sc], middle[uc], middle[s], middle[us]);
  printf("%d %d %d %d\n", middle[i], middle[u], middle[l], middle[ul]);
  printf("%d %d\n", middle[u - 2], middle[(int)(u - 10)]);
  printf("%d %d\n", middle[uc + sc], array[uc * 1 + 1]);
  array[uc++] = 1000;
  printf("%d %d\n", array[150], uc);
  char small[4] = {1, 2, 3, 4};
  printf("%d\n", array[small[2]] + small[small[0]]);
  return 0;
}
