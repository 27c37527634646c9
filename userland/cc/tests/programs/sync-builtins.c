// The older __sync_ builtins.
#include <stdio.h>

int main(void) {
  int i = 10;
  long l = 10;
  printf("%d ", __sync_fetch_and_add(&i, 5));
  printf("%d ", __sync_add_and_fetch(&i, 5));
  printf("%d ", __sync_fetch_and_sub(&i, 1));
  printf("%ld ", __sync_fetch_and_or(&l, 0xf0));
  printf("%ld ", __sync_and_and_fetch(&l, 0x0f));
  printf("%ld\n", __sync_xor_and_fetch(&l, 0xff));
  printf("%d ", __sync_bool_compare_and_swap(&i, 19, 100));
  printf("%d ", __sync_bool_compare_and_swap(&i, 19, 200));
  printf("%d ", __sync_val_compare_and_swap(&i, 100, 300));
  printf("%d\n", i);
  __sync_synchronize();
  printf("%d ", __sync_lock_test_and_set(&i, 1));
  __sync_lock_release(&i);
  printf("%d\n", i);
  return 0;
}
