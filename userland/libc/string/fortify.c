/* What the compiler calls for __builtin___memcpy_chk and its kin: the plain functions, which end the program before they write
   beyond an object whose size is known (Linux Standard Base, "Interface Definitions for libc", __memcpy_chk and so on). The
   flag asks for checks of formats, which there are in any case. */
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

__attribute__((noreturn, noinline)) void __chk_fail(void) {
  static const char message[] = "*** buffer overflow detected ***: terminated\n";
  write(2, message, sizeof message - 1);
  abort();
}

void *__memcpy_chk(void *to, const void *from, size_t count, size_t size) {
  if (count > size) __chk_fail();
  return memcpy(to, from, count);
}

void *__memmove_chk(void *to, const void *from, size_t count, size_t size) {
  if (count > size) __chk_fail();
  return memmove(to, from, count);
}

void *__mempcpy_chk(void *to, const void *from, size_t count, size_t size) {
  return (char *)__memcpy_chk(to, from, count, size) + count;
}

void *__memset_chk(void *to, int byte, size_t count, size_t size) {
  if (count > size) __chk_fail();
  return memset(to, byte, count);
}

char *__stpcpy_chk(char *to, const char *from, size_t size) {
  size_t length = strlen(from);
  if (length >= size) __chk_fail();
  memcpy(to, from, length + 1);
  return to + length;
}

char *__strcpy_chk(char *to, const char *from, size_t size) {
  __stpcpy_chk(to, from, size);
  return to;
}

char *__strncpy_chk(char *to, const char *from, size_t count, size_t size) {
  if (count > size) __chk_fail();
  return strncpy(to, from, count);
}

char *__stpncpy_chk(char *to, const char *from, size_t count, size_t size) {
  if (count > size) __chk_fail();
  return stpncpy(to, from, count);
}

char *__strncat_chk(char *to, const char *from, size_t count, size_t size) {
  size_t begin = strnlen(to, size), length = strnlen(from, count);
  if (begin == size || length >= size - begin) __chk_fail();
  memcpy(to + begin, from, length);
  to[begin + length] = 0;
  return to;
}

char *__strcat_chk(char *to, const char *from, size_t size) {
  return __strncat_chk(to, from, (size_t)-1, size);
}

int __vsnprintf_chk(char *to, size_t room, int flag, size_t size, const char *format, va_list list) {
  (void)flag;
  if (room > size) __chk_fail();
  return vsnprintf(to, room, format, list);
}

int __snprintf_chk(char *to, size_t room, int flag, size_t size, const char *format, ...) {
  va_list list;
  va_start(list, format);
  int length = __vsnprintf_chk(to, room, flag, size, format, list);
  va_end(list);
  return length;
}

int __vsprintf_chk(char *to, int flag, size_t size, const char *format, va_list list) {
  (void)flag;
  if (size > 0x7fffffff) return vsprintf(to, format, list);
  int length = size == 0 ? 0 : vsnprintf(to, size, format, list);
  if (length >= 0 && (size_t)length >= size) __chk_fail();
  return length;
}

int __sprintf_chk(char *to, int flag, size_t size, const char *format, ...) {
  va_list list;
  va_start(list, format);
  int length = __vsprintf_chk(to, flag, size, format, list);
  va_end(list);
  return length;
}

int __vfprintf_chk(FILE *file, int flag, const char *format, va_list list) {
  (void)flag;
  return vfprintf(file, format, list);
}

int __fprintf_chk(FILE *file, int flag, const char *format, ...) {
  va_list list;
  va_start(list, format);
  int length = __vfprintf_chk(file, flag, format, list);
  va_end(list);
  return length;
}

int __vprintf_chk(int flag, const char *format, va_list list) {
  return __vfprintf_chk(stdout, flag, format, list);
}

int __printf_chk(int flag, const char *format, ...) {
  va_list list;
  va_start(list, format);
  int length = __vprintf_chk(flag, format, list);
  va_end(list);
  return length;
}
