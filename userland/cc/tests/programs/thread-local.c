// Each thread has its own: initialised, zero, aligned, constant, of a block, of another object; addresses differ by thread.
#include <errno.h>
#include <pthread.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <threads.h>

_Thread_local int x = 7;
__thread char buffer[300];
static _Thread_local long long counted;
_Thread_local struct {
  int a, b;
  char c[5];
} s = {1, 2, "abcd"};
extern _Thread_local int elsewhere;
extern __thread int big[5000];
_Alignas(64) thread_local char aligned = 3;
static _Thread_local const int constant = 99;
_Thread_local int *self = 0;

/* What another object defines. */
__asm__(".section .tdata.elsewhere, \"awT\", @progbits\n.globl elsewhere\n.balign 4\n"
        ".type elsewhere, @object\n.size elsewhere, 4\nelsewhere: .word 42\n.text");

static int *address(void) { return &x; }
static int next(void) {
  static _Thread_local int n = 10;
  return n++;
}
static int at(int i) { return buffer[i] + big[i + 4000]; }
static int bump(void) {
  big[4000] += 5;
  return ++elsewhere + x + big[4000];
}

static int *first;

static void *run(void *argument) {
  int id = (int)(intptr_t)argument;
  x += id;
  counted += id;
  s.b *= id + 2;
  buffer[299] = (char)id;
  elsewhere += id;
  big[4999] = -id;
  self = &x;
  errno = id;
  int sum = next() + next() + bump();
  printf("%d: %d %lld %d %d %d %d %d %d %d %s %d %d %d\n", id, x, counted, s.b, buffer[299], elsewhere, big[4999], sum,
         *self, at(299), s.c, aligned, constant, (int)((uintptr_t)&aligned & 63));
  return (void *)(intptr_t)(errno * 100 + (address() == self) * 10 + (address() != first));
}

_Thread_local int big[5000];

int main(void) {
  first = &x;
  x = 100;
  elsewhere = 200;
  strcpy(s.c, "zz");
  for (int i = 1; i < 4; i++) {
    pthread_t thread;
    void *result;
    pthread_create(&thread, 0, run, (void *)(intptr_t)i);
    pthread_join(thread, &result);
    printf("%d\n", (int)(intptr_t)result);
  }
  printf("%d\n", (int)(intptr_t)run((void *)0));
  static char stack[65536];
  pthread_attr_t attributes;
  pthread_attr_init(&attributes);
  pthread_attr_setstack(&attributes, stack, sizeof stack);
  pthread_t thread;
  void *result;
  int created = pthread_create(&thread, &attributes, run, (void *)4);
  pthread_join(thread, &result);
  printf("%d %d\n", created, (int)(intptr_t)result);
  return 0;
}
