/* How a bench program says its result, hosted (native, qemu) or freestanding (riscv64 without a libc). */
#ifndef BENCH_H
#define BENCH_H
typedef unsigned long u64;
typedef unsigned int u32;
typedef unsigned char u8;

#if defined(__riscv) && !defined(HOSTED)
static long system_call(long number, long a, long b, long c) {
  register long a0 __asm__("a0") = a, a1 __asm__("a1") = b, a2 __asm__("a2") = c, a7 __asm__("a7") = number;
  __asm__ volatile("ecall" : "+r"(a0) : "r"(a1), "r"(a2), "r"(a7) : "memory");
  return a0;
}
int main(void);
void _start(void) {
  system_call(93, main(), 0, 0);
  for (;;) {
  }
}
void *memcpy(void *to, const void *from, u64 n) {
  char *d = to;
  const char *s = from;
  if ((((u64)d | (u64)s) & 7) == 0)
    for (; n >= 8; n -= 8, d += 8, s += 8) *(u64 *)d = *(const u64 *)s;
  for (; n; n--) *d++ = *s++;
  return to;
}
void *memset(void *to, int c, u64 n) {
  char *d = to;
  u64 word = 0x0101010101010101ul * (u8)c;
  if (((u64)d & 7) == 0)
    for (; n >= 8; n -= 8, d += 8) *(u64 *)d = word;
  for (; n; n--) *d++ = c;
  return to;
}
static void put(const char *text, u64 length) { system_call(64, 1, (long)text, length); }
#else
#include <string.h>
#include <unistd.h>
static void put(const char *text, u64 length) {
  if (write(1, text, length) < 0) _exit(1);
}
#endif

static void report(u64 value) {
  char out[17];
  for (int i = 15; i >= 0; i--, value >>= 4) out[i] = "0123456789abcdef"[value & 15];
  out[16] = '\n';
  put(out, 17);
}
#endif
