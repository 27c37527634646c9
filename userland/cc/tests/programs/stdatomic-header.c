// C11's <stdatomic.h>.
#include <stdatomic.h>
#include <stdio.h>

static atomic_int counter = ATOMIC_VAR_INIT(5);
static atomic_ulong wide;
static atomic_flag flag = ATOMIC_FLAG_INIT;
static _Atomic(unsigned) other;

int main(void) {
  atomic_init(&other, 7);
  printf("%d ", atomic_fetch_add(&counter, 10));
  printf("%d ", atomic_load(&counter));
  atomic_store(&counter, 1);
  printf("%d ", atomic_exchange(&counter, 2));
  int expected = 3;
  printf("%d %d ", atomic_compare_exchange_strong(&counter, &expected, 9), counter);
  printf("%d ", expected);
  printf("%d %d\n", atomic_compare_exchange_strong(&counter, &expected, 9), 1);
  wide += 1ul << 33;
  printf("%lu ", atomic_fetch_or_explicit(&wide, 3, memory_order_relaxed));
  printf("%lu ", atomic_load_explicit(&wide, memory_order_acquire));
  printf("%d ", atomic_flag_test_and_set(&flag));
  printf("%d ", atomic_flag_test_and_set(&flag));
  atomic_flag_clear(&flag);
  atomic_thread_fence(memory_order_seq_cst);
  printf("%u %u\n", other, atomic_fetch_sub(&other, 3));
  return 0;
}
