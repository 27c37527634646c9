// __atomic_ builtins at 1, 2, 4 and 8 bytes.
#include <stdio.h>

#define TEST(type, format)                                                                                    \
  do {                                                                                                        \
    struct { type before, v, after; } s = {(type)-1, 5, (type)-1};                                             \
    type *p = &s.v, e, d;                                                                                     \
    printf(#type ": " format, __atomic_load_n(p, __ATOMIC_ACQUIRE));                                          \
    __atomic_store_n(p, 100, __ATOMIC_RELEASE);                                                               \
    printf(" " format, __atomic_fetch_add(p, 7, __ATOMIC_SEQ_CST));                                           \
    printf(" " format, __atomic_fetch_sub(p, 100, __ATOMIC_RELAXED));                                         \
    printf(" " format, __atomic_add_fetch(p, 3, __ATOMIC_SEQ_CST));                                           \
    printf(" " format, __atomic_sub_fetch(p, 20, __ATOMIC_SEQ_CST));                                          \
    printf(" " format, __atomic_fetch_or(p, 0x41, __ATOMIC_SEQ_CST));                                         \
    printf(" " format, __atomic_and_fetch(p, 0x7e, __ATOMIC_SEQ_CST));                                        \
    printf(" " format, __atomic_xor_fetch(p, 0x3c, __ATOMIC_SEQ_CST));                                        \
    printf(" " format, __atomic_exchange_n(p, 9, __ATOMIC_ACQ_REL));                                          \
    e = 8;                                                                                                    \
    printf(" %d", __atomic_compare_exchange_n(p, &e, 50, 0, __ATOMIC_SEQ_CST, __ATOMIC_SEQ_CST));             \
    printf(" " format, e);                                                                                    \
    printf(" %d", __atomic_compare_exchange_n(p, &e, 50, 0, __ATOMIC_SEQ_CST, __ATOMIC_RELAXED));             \
    d = 60;                                                                                                   \
    e = 50;                                                                                                   \
    printf(" %d", __atomic_compare_exchange(p, &e, &d, 0, __ATOMIC_SEQ_CST, __ATOMIC_SEQ_CST));               \
    __atomic_load(p, &e, __ATOMIC_SEQ_CST);                                                                   \
    printf(" " format, e);                                                                                    \
    d = 70;                                                                                                   \
    __atomic_store(p, &d, __ATOMIC_SEQ_CST);                                                                  \
    __atomic_exchange(p, &e, &d, __ATOMIC_SEQ_CST);                                                           \
    printf(" " format " " format " %d %d\n", s.v, d, s.before == (type)-1, s.after == (type)-1);              \
  } while (0)

int main(void) {
  TEST(signed char, "%d");
  TEST(unsigned char, "%d");
  TEST(short, "%d");
  TEST(unsigned short, "%d");
  TEST(int, "%d");
  TEST(unsigned, "%u");
  TEST(long, "%ld");
  TEST(unsigned long, "%lu");
  __atomic_thread_fence(__ATOMIC_SEQ_CST);
  __atomic_signal_fence(__ATOMIC_SEQ_CST);
  _Bool flag = 0;
  printf("%d ", __atomic_test_and_set(&flag, __ATOMIC_SEQ_CST));
  printf("%d ", __atomic_test_and_set(&flag, __ATOMIC_SEQ_CST));
  __atomic_clear(&flag, __ATOMIC_SEQ_CST);
  printf("%d\n", flag);
  int array[2] = {1, 2}, *q = array;
  __atomic_fetch_add(&q, sizeof(int), __ATOMIC_SEQ_CST);
  printf("%d\n", *q);
  return 0;
}
