// __builtin___memcpy_chk and its kin: plain when the size is unknown or fits, a child that is ended when not.
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

static char room[8];
static volatile int count = 4;
static const char *volatile text = "abc";

#define SIZE(object) __builtin_object_size(object, 0)

static int formatted(char *to, size_t size, const char *format, ...) {
  va_list list;
  va_start(list, format);
  int length = __builtin___vsprintf_chk(to, 1, size, format, list);
  va_end(list);
  return length;
}

static void try(int what) {
  char *unknown = (char *)text;
  switch (what) {
    case 0: __builtin___memcpy_chk(room, unknown, count, SIZE(room)); break;
    case 1: __builtin___memcpy_chk(room, "0123456789", count + 5, SIZE(room)); break;
    case 2: __builtin___memset_chk(room, 'x', count + 5, SIZE(room)); break;
    case 3: __builtin___strcpy_chk(room, count > 0 ? "12345678" : text, SIZE(room)); break;
    case 4: __builtin___strcpy_chk(room, count > 0 ? "1234567" : text, SIZE(room)); break;
    case 5:
      strcpy(room, "1234");
      __builtin___strcat_chk(room, "567", SIZE(room));
      break;
    case 6:
      strcpy(room, "12345");
      __builtin___strncat_chk(room, text, count, SIZE(room));
      break;
    case 7: __builtin___sprintf_chk(room, 0, SIZE(room), "%d", count + 9999); break;
    case 8: __builtin___sprintf_chk(room, 1, SIZE(room), "%d-%d", 10000, 20000); break;
    case 9: __builtin___snprintf_chk(room, 8, 0, SIZE(room), "%d-%d", 10000, 20000); break;
    case 10: __builtin___snprintf_chk(room, count + 8, 0, SIZE(room), "%d", 1); break;
    case 11: formatted(room, sizeof room, "%s", "1234567"); break;
    case 12: formatted(room, sizeof room, "%s", "12345678"); break;
    case 13: *(char *)__builtin___mempcpy_chk(room, "12345", 5, SIZE(room)) = 0; break;
    case 14: *__builtin___stpcpy_chk(room, "12345", SIZE(room)) = '!'; break;
    case 15: __builtin___strncpy_chk(room, "12", count + 4, SIZE(room)); break;
    default: __builtin___printf_chk(1, "printed %d\n", count); break;
  }
  room[7] = 0;
  printf("%d: %s\n", what, room);
}

int main(void) {
  for (int what = 0; what < 17; what++) {
    fflush(stdout);
    if (fork() == 0) {
      close(2);
      try(what);
      fflush(stdout);
      _exit(0);
    }
    int status;
    wait(&status);
    if (WIFSIGNALED(status)) printf("%d: %s\n", what, WTERMSIG(status) == SIGABRT ? "aborted" : "killed");
  }
  return 0;
}
