/* string.h: C11 7.24, and what POSIX and Linux add. */
#ifndef _STRING_H
#define _STRING_H
#include <stddef.h>
#include <strings.h>
void *memcpy(void *restrict to, const void *restrict from, size_t size);
void *mempcpy(void *restrict to, const void *restrict from, size_t size);
void *memmove(void *to, const void *from, size_t size);
void *memset(void *to, int byte, size_t size);
int memcmp(const void *left, const void *right, size_t size);
void *memchr(const void *in, int byte, size_t size);
void *memrchr(const void *in, int byte, size_t size);
void *memmem(const void *in, size_t size, const void *what, size_t what_size);
size_t strlen(const char *text);
size_t strnlen(const char *text, size_t limit);
char *strcpy(char *restrict to, const char *restrict from);
char *stpcpy(char *restrict to, const char *restrict from);
char *strncpy(char *restrict to, const char *restrict from, size_t size);
char *stpncpy(char *restrict to, const char *restrict from, size_t size);
char *strcat(char *restrict to, const char *restrict from);
char *strncat(char *restrict to, const char *restrict from, size_t size);
size_t strlcpy(char *restrict to, const char *restrict from, size_t size);
size_t strlcat(char *restrict to, const char *restrict from, size_t size);
int strcmp(const char *left, const char *right);
int strncmp(const char *left, const char *right, size_t size);
int strcoll(const char *left, const char *right);
size_t strxfrm(char *restrict to, const char *restrict from, size_t size);
char *strchr(const char *text, int c);
char *strchrnul(const char *text, int c);
char *strrchr(const char *text, int c);
char *strstr(const char *text, const char *what);
char *strcasestr(const char *text, const char *what);
char *strpbrk(const char *text, const char *accept);
size_t strspn(const char *text, const char *accept);
size_t strcspn(const char *text, const char *reject);
char *strtok(char *restrict text, const char *restrict separators);
char *strtok_r(char *restrict text, const char *restrict separators, char **restrict rest);
char *strsep(char **restrict text, const char *restrict separators);
char *strdup(const char *text);
char *strndup(const char *text, size_t limit);
/* "ENOENT"; null for a number that no error has. */
const char *strerrorname_np(int error);
char *strerror(int error);
int strerror_r(int error, char *buffer, size_t size);
/* "INT"; null for a number that has no name. */
const char *sigabbrev_np(int signal);
char *strsignal(int signal);
void *memccpy(void *restrict to, const void *restrict from, int last, size_t size);
void *rawmemchr(const void *in, int byte);
void explicit_bzero(void *to, size_t size);
int strverscmp(const char *left, const char *right);
char *basename(const char *path);
/* On the stack of the function that says it. */
#define strdupa(text) \
  (__extension__({ \
    const char *__from = (text); \
    size_t __size = strlen(__from) + 1; \
    (char *)memcpy(__builtin_alloca(__size), __from, __size); \
  }))
#define strndupa(text, limit) \
  (__extension__({ \
    const char *__from = (text); \
    size_t __size = strnlen(__from, (limit)); \
    char *__to = memcpy(__builtin_alloca(__size + 1), __from, __size); \
    __to[__size] = 0; \
    __to; \
  }))
#endif
