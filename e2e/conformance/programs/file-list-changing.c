/*
 * Removing each entry while a directory is read with a small buffer, as `rm -r` does, misses none and sees
 * none twice. getdents(2); readdir(3).
 */
#include "expect.h"
#include <dirent.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <sys/syscall.h>

static int count(void) {
  DIR *directory = opendir("many");
  int entries = 0;
  while (readdir(directory)) entries++;
  closedir(directory);
  return entries;
}

int main(void) {
  char path[32], buffer[160];
  static int seen[200];
  mkdir("many", 0700);
  for (int i = 0; i < 200; i++) {
    snprintf(path, sizeof path, "many/n%03d", i);
    close(open(path, O_CREAT | O_WRONLY, 0600));
  }
  number("entries", count());
  int directory = open("many", O_RDONLY | O_DIRECTORY), twice = 0, failed = 0;
  long got;
  while ((got = syscall(SYS_getdents64, directory, buffer, sizeof buffer)) > 0)
    for (long at = 0; at < got; at += *(unsigned short *)(buffer + at + 16)) {
      const char *name = buffer + at + 19;
      if (name[0] == '.') continue;
      twice += seen[atoi(name + 1)]++;
      failed += unlinkat(directory, name, 0) != 0;
    }
  int missed = 0;
  for (int i = 0; i < 200; i++) missed += !seen[i];
  say("missed %d, twice %d, not removed %d\n", missed, twice, failed);
  number("entries", count());
  outcome("rmdir", rmdir("many"));

  /* What stays from beginning to end is seen exactly once, whatever comes and goes beside it. */
  mkdir("many", 0700);
  for (int i = 0; i < 60; i++) {
    snprintf(path, sizeof path, "many/n%03d", i);
    close(open(path, O_CREAT | O_WRONLY, 0600));
  }
  memset(seen, 0, sizeof seen);
  directory = open("many", O_RDONLY | O_DIRECTORY);
  int step = 0;
  while ((got = syscall(SYS_getdents64, directory, buffer, sizeof buffer)) > 0 && step < 500) {
    for (long at = 0; at < got; at += *(unsigned short *)(buffer + at + 16)) {
      const char *name = buffer + at + 19;
      if (name[0] == 'n') seen[atoi(name + 1)]++;
    }
    if (step < 20) {
      snprintf(path, sizeof path, "many/n%03d", step * 3); /* every third goes */
      unlink(path);
      snprintf(path, sizeof path, "many/x%03d", step); /* and others come */
      close(open(path, O_CREAT | O_WRONLY, 0600));
    }
    step++;
  }
  int once = 0;
  for (int i = 0; i < 60; i++) once += i % 3 != 0 && seen[i] == 1;
  number("stayed and seen once", once);
  truth("came to an end", step < 500);
  return 0;
}
