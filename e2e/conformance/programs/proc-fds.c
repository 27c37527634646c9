/*
 * /proc/self/fd has one link for each open descriptor, which names its file and can be opened again.
 * proc_pid_fd(5).
 */
#include "expect.h"
#include <fcntl.h>
#include <sys/stat.h>
#include <sys/syscall.h>

static int listed(int wanted) {
  char buffer[2048];
  int directory = open("/proc/self/fd", O_RDONLY | O_DIRECTORY), found = 0;
  long got;
  while ((got = syscall(SYS_getdents64, directory, buffer, sizeof buffer)) > 0)
    for (long at = 0; at < got; at += *(unsigned short *)(buffer + at + 16)) {
      const char *name = buffer + at + 19;
      if (name[0] != '.') found += atoi(name) == wanted;
    }
  close(directory);
  return found;
}

int main(void) {
  char start[400], target[500], expected[500];
  if (getcwd(start, sizeof start) == NULL) return 1;
  int file = open("file", O_RDWR | O_CREAT, 0600);
  if (write(file, "contents", 8) != 8 || dup2(file, 40) != 40) return 1;
  number("40 listed", listed(40));
  number("41 listed", listed(41));
  long length = readlink("/proc/self/fd/40", target, sizeof target - 1);
  if (length < 0) length = 0;
  target[length] = 0;
  snprintf(expected, sizeof expected, "%s/file", start);
  truth("names the file", strcmp(target, expected) == 0);
  outcome("of a closed one", readlink("/proc/self/fd/41", target, 10));
  rename("file", "moved");
  length = readlink("/proc/self/fd/40", target, sizeof target - 1);
  truth("follows a rename", length > 5 && strncmp(target + length - 5, "moved", 5) == 0);
  int again = open("/proc/self/fd/40", O_RDONLY);
  number("opened again, with an offset of its own", lseek(again, 0, SEEK_CUR));
  number("reads", read(again, target, 8));
  unlink("moved");
  length = readlink("/proc/self/fd/40", target, sizeof target - 1);
  truth("says when it is deleted", length > 10 && strncmp(target + length - 10, " (deleted)", 10) == 0);
  int ends[2];
  if (pipe(ends) != 0) return 1;
  dup2(ends[0], 42);
  length = readlink("/proc/self/fd/42", target, sizeof target - 1);
  truth("a pipe has a name of its own", length > 6 && strncmp(target, "pipe:[", 6) == 0);
  close(40);
  number("40 listed", listed(40));
  return 0;
}
