// Pointers become integers and come back.
#include <stdint.h>
#include <stdio.h>

int main(void) {
  int array[4] = {1, 2, 3, 4};
  uintptr_t at = (uintptr_t)&array[1];
  int *back = (int *)at;
  printf("%d %d\n", *back, *(int *)(at + 4));
  printf("%lu\n", (uintptr_t)&array[3] - (uintptr_t)array);
  printf("%d\n", (int)((uintptr_t)array & 3));
  void *tagged = (void *)((uintptr_t)array | 1);
  printf("%d %d\n", (int)((uintptr_t)tagged & 1), *(int *)((uintptr_t)tagged & ~1ul));
  void *small = (void *)-1L;
  printf("%lx %d\n", (unsigned long)small, (int)(long)small);
  int *null = 0;
  printf("%d %d\n", (intptr_t)null == 0, !null);
  char *from_int = (char *)(long)-5;
  printf("%ld\n", (long)from_int);
  return 0;
}
