/* What headers have beside functions that everybody calls: scheduling, UTF-16, copies on the stack, times' macros, formats. */
#include <dirent.h>
#include <errno.h>
#include <inttypes.h>
#include <limits.h>
#include <locale.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/param.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/time.h>
#include <uchar.h>
#include <unistd.h>
#include <wait.h>

static void processors(void) {
  cpu_set_t left, right, both;
  CPU_ZERO(&left);
  CPU_ZERO(&right);
  CPU_SET(1, &left);
  CPU_SET(70, &left);
  CPU_SET(70, &right);
  CPU_AND(&both, &left, &right);
  printf("%d %d", CPU_COUNT(&both), CPU_EQUAL(&both, &right));
  CPU_OR(&both, &left, &right);
  CPU_XOR(&both, &both, &left);
  printf(" %d\n", CPU_COUNT(&both));
}

static void policies(void) {
  static const int all[] = {SCHED_OTHER, SCHED_FIFO, SCHED_RR, SCHED_BATCH, SCHED_IDLE, 77};
  for (int at = 0; at < 6; at++) {
    errno = 0;
    printf("%d..%d %d, ", sched_get_priority_min(all[at]), sched_get_priority_max(all[at]), errno);
  }
  struct sched_param parameters = {5};
  printf("\n%d %d %d\n", sched_getscheduler(0), sched_getparam(0, &parameters), parameters.sched_priority);
  printf("%d %d", sched_setscheduler(0, SCHED_OTHER, &parameters), sched_setparam(getpid(), &parameters));
  parameters.sched_priority = 3;
  printf(" %d %d", sched_setscheduler(0, SCHED_OTHER, &parameters), errno);
  printf(" %d %d\n", sched_setscheduler(0, 77, &parameters), errno);
  printf("%d %d", sched_getscheduler(-1), errno);
  printf(" %d %d\n", sched_getscheduler(0x3ffffff), errno);
}

static void niceness(void) {
  errno = 0;
  printf("nice %d", getpriority(PRIO_PROCESS, 0));
  printf(" %d", nice(3));
  printf(" %d %d", setpriority(PRIO_PROCESS, getpid(), 7), getpriority(PRIO_PROCESS, getpid()));
  pid_t child = fork();
  if (child == 0) _exit(getpriority(PRIO_PROCESS, 0) == 7 ? nice(100) : 99);
  int status;
  waitpid(child, &status, 0);
  printf(" %d %d", WEXITSTATUS(status), getpriority(PRIO_PGRP, 0) <= 7);
  printf(" %d %d", getpriority(9, 0), errno);
  printf(" %d %d\n", setpriority(PRIO_PROCESS, 0x3ffffff, 1), errno);
}

static void utf16(const char *text) {
  mbstate_t state = {0};
  char16_t c = 0;
  size_t left = strlen(text), used;
  while (left > 0 && (used = mbrtoc16(&c, text, left, &state)) != 0) {
    printf(" %d:%x", (int)used, used == (size_t)-1 || used == (size_t)-2 ? 0 : c);
    if (used == (size_t)-1 || used == (size_t)-2) break;
    if (used == (size_t)-3) continue;
    text += used;
    left -= used;
  }
  printf(" %d\n", left == 0 && !mbsinit(&state) ? (int)mbrtoc16(&c, text, 1, &state) : 0);
}

static void characters(void) {
  setlocale(LC_ALL, "C.UTF-8");
  utf16("a\xc3\xa9\xe2\x82\xac");
  utf16("\xf0\x9f\x98\x80z");
  utf16("\xf0\x9f\x98");
  utf16("\xff");
  static const char16_t units[] = {0x41, 0xe9, 0x20ac, 0xd83d, 0xde00, 0x7a};
  char bytes[8];
  mbstate_t state = {0};
  for (int at = 0; at < 6; at++) {
    size_t size = c16rtomb(bytes, units[at], &state);
    printf(" %zu:", size);
    for (size_t byte = 0; byte < size; byte++) printf("%02x", (unsigned char)bytes[byte]);
  }
  char32_t wide;
  size_t used = mbrtoc32(&wide, "\xf0\x9f\x98\x80", 4, 0);
  printf(" %zu %x %zu\n", used, wide, c32rtomb(bytes, wide, 0));
  setlocale(LC_ALL, "C");
}

int main(void) {
  processors();
  policies();
  niceness();
  characters();
  char *copy = strdupa("on the stack"), *part = strndupa("on the stack", 2);
  copy[0] = 'O';
  printf("%s %s\n", copy, part);
  struct timeval value = {3, 500};
  struct timespec spec;
  struct timezone zone = {1, 1};
  TIMEVAL_TO_TIMESPEC(&value, &spec);
  printf("%ld %ld %d", (long)spec.tv_sec, spec.tv_nsec, gettimeofday(&value, &zone));
  printf(" %d\n", zone.tz_minuteswest);
  printf("%" PRIdFAST16 " %" PRIuLEAST8 " %" PRIXFAST64 "\n", (int_fast16_t)-5, (uint_least8_t)200, (uint_fast64_t)0xabcdef);
  int_fast32_t number;
  printf("%d", sscanf("-77", "%" SCNdFAST32, &number));
  printf(" %" PRIdFAST32 " %jd %ju\n", number, wcstoimax(L"-99", 0, 10), wcstoumax(L"ff", 0, 16));
  printf("%d %d %d %d\n", howmany(10, 4), roundup(10, 4), powerof2(8), powerof2(9));
  printf("%d %d %d\n", IFTODT(S_IFDIR) == DT_DIR, DTTOIF(DT_REG) == S_IFREG, LINE_MAX);
  struct dirent entry, *found;
  DIR *here = opendir(".");
  int count = 0;
  while (readdir_r(here, &entry, &found) == 0 && found) count++;
  printf("%d %d\n", count, closedir(here));
  struct rusage usage;
  printf("%d %d\n", getrusage(RUSAGE_THREAD, &usage), getrusage(99, &usage));
  return 0;
}
