/* What a course meets of POSIX beside files and processes: searching, times by format, sets of signals, directories. */
#define _GNU_SOURCE
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <search.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/stat.h>
#include <sys/time.h>
#include <time.h>
#include <unistd.h>
#include <utime.h>

static int by_value(const void *a, const void *b) { return *(const int *)a - *(const int *)b; }
static int scaled(const void *a, const void *b, void *with) { return (*(const int *)a - *(const int *)b) * *(int *)with; }
static void visit(const void *node, VISIT when, int depth) {
  if (when == postorder || when == leaf) printf("%d ", **(int *const *)node);
  (void)depth;
}
static void caught(int number) { printf("caught %d\n", number); }

static void parse(const char *text, const char *format) {
  struct tm tm = {0};
  char shown[64];
  const char *rest = strptime(text, format, &tm);
  if (!rest) printf("%s: no\n", text);
  else printf("%s: %.*s rest '%s'\n", text, (int)strftime(shown, sizeof shown, "%F %T %a %j", &tm), shown, rest);
}

int main(void) {
  int numbers[] = {5, 3, 9, 1, 7, 3}, minus = -1, key = 9, absent = 4;
  size_t count = 6;
  qsort_r(numbers, 6, sizeof *numbers, scaled, &minus);
  for (int i = 0; i < 6; i++) printf("%d ", numbers[i]);
  printf("\n%d %d\n", lfind(&key, numbers, &count, sizeof key, by_value) != 0, lfind(&absent, numbers, &count, sizeof key, by_value) != 0);
  void *root = 0;
  for (int i = 0; i < 6; i++) tsearch(&numbers[i], &root, by_value);
  twalk(root, visit);
  tdelete(&key, &root, by_value);
  printf("\n%d %d ", tfind(&key, &root, by_value) != 0, tfind(&numbers[5], &root, by_value) != 0);
  twalk(root, visit);
  puts("");

  srand48(42);
  printf("%ld %ld %ld %ld\n", lrand48(), mrand48(), lrand48(), mrand48());
  unsigned short state[3] = {1, 2, 3};
  printf("%ld %ld\n", nrand48(state), jrand48(state));
  printf("%" PRIdMAX " %" PRIdMAX "\n", imaxabs(-5), imaxdiv(17, 5).rem);
  char options[] = "ro,size=12,what,x=y", *at = options, *value;
  char *const names[] = {"size", "ro", 0};
  while (*at) {
    int found = getsubopt(&at, names, &value);
    printf("%d=%s ", found, value ? value : "-");
  }
  puts("");

  const char *pairs[][2] = {{"a", "b"}, {"file9", "file10"}, {"file01", "file1"}, {"a001", "a01"}, {"x", "x1"}, {"1.2", "1.10"}, {"same", "same"}, {"000", "00"}, {"09", "0"}};
  for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++) {
    int order = strverscmp(pairs[i][0], pairs[i][1]);
    printf("%d ", (order > 0) - (order < 0));
  }
  char buffer[16] = "";
  printf("\n%s %d\n", (char *)memccpy(buffer, "path:rest", ':', 16) - 1, ffsl(0x100000000));
  swab("badc", buffer, 4);
  printf("%.4s %s\n", buffer, rindex("a/b/c", '/'));

  parse("2024-02-29 13:14:15 tail", "%Y-%m-%d %H:%M:%S");
  parse("Mar 7, 99", "%b %d, %y");
  parse("11:05 pm", "%I:%M %p");
  parse("06/07/2008", "%D");
  parse("wednesday 5", "%A %e");
  parse("@ 1700000000", "@ %s");
  parse("25:00", "%H:%M");
  parse("x", "y");
  struct tm tm = {.tm_year = 124, .tm_mon = 1, .tm_mday = 29, .tm_wday = 4};
  char text[32];
  time_t zero = 0;
  printf("%s%s", asctime_r(&tm, text), ctime_r(&zero, (char[32]){0}));

  sigset_t set, other;
  sigemptyset(&set);
  printf("%d ", sigisemptyset(&set));
  sigaddset(&set, SIGUSR1);
  sigfillset(&other);
  sigandset(&other, &other, &set);
  printf("%d %d\n", sigismember(&other, SIGUSR1), sigismember(&other, SIGUSR2));
  sigset(SIGUSR1, caught);
  sighold(SIGUSR1);
  raise(SIGUSR1);
  puts("held");
  sigrelse(SIGUSR1);
  sigignore(SIGUSR1);
  raise(SIGUSR1);

  mkdir("folder", 0700);
  for (int i = 0; i < 5; i++) {
    char path[32];
    snprintf(path, sizeof path, "folder/v%d", i * 7);
    close(open(path, O_CREAT | O_WRONLY, 0600));
  }
  struct dirent **list;
  int entries = scandir("folder", &list, 0, versionsort);
  for (int i = 0; i < entries; i++) printf("%s ", list[i]->d_name);
  DIR *directory = opendir("folder");
  readdir(directory);
  readdir(directory);
  long place = telldir(directory);
  char third[32];
  strcpy(third, readdir(directory)->d_name);
  while (readdir(directory)) continue;
  seekdir(directory, place);
  printf("\nagain %d\n", strcmp(readdir(directory)->d_name, third) == 0);
  closedir(directory);
  struct utimbuf times = {5, 6};
  struct stat s;
  utime("folder", &times);
  stat("folder", &s);
  printf("%ld %ld\n", (long)s.st_atime, (long)s.st_mtime);
  char template[] = "tmpXXXXXX.txt";
  int fd = mkstemps(template, 4);
  printf("%d %s\n", fd >= 0, strchr(template, '.'));
  printf("%ld %ld\n", pathconf(".", _PC_NAME_MAX), pathconf(".", _PC_PATH_MAX));
  return 0;
}
