/*
 * getdents64 gives every entry once with its type, "." and ".." among them, in pieces as large as the
 * buffer allows. getdents(2).
 */
#include "expect.h"
#include <fcntl.h>
#include <sys/stat.h>
#include <sys/syscall.h>

#define MOST 64

static char names[MOST][40];
static int count;

static int list(int directory, long size) {
  char buffer[4096];
  long got;
  int calls = 0;
  count = 0;
  while ((got = syscall(SYS_getdents64, directory, buffer, size)) > 0) {
    calls++;
    for (long at = 0; at < got; at += *(unsigned short *)(buffer + at + 16)) {
      const char *name = buffer + at + 19;
      int type = buffer[at + 18];
      char kind = type == 4 ? '/' : type == 10 ? '@' : type == 8 ? ' ' : '?';
      if (count < MOST) snprintf(names[count++], 40, "%s%c", name, kind);
    }
  }
  if (got < 0) outcome("getdents64", -1);
  for (int i = 1; i < count; i++)
    for (int k = i; k > 0 && strcmp(names[k - 1], names[k]) > 0; k--) {
      char swap[40];
      strcpy(swap, names[k]);
      strcpy(names[k], names[k - 1]);
      strcpy(names[k - 1], swap);
    }
  return calls;
}

int main(void) {
  int here = open(".", O_RDONLY | O_DIRECTORY);
  list(here, 4096);
  say("empty:");
  for (int i = 0; i < count; i++) say(" %s", names[i]);
  say("\n");
  close(open("file", O_CREAT | O_WRONLY, 0600));
  close(open(".hidden", O_CREAT | O_WRONLY, 0600));
  if (mkdir("directory", 0700) || symlink("file", "link")) return 1;
  lseek(here, 0, SEEK_SET);
  list(here, 4096);
  say("four more:");
  for (int i = 0; i < count; i++) say(" %s", names[i]);
  say("\n");
  number("at the end", list(here, 4096));
  char name[16];
  for (int i = 0; i < 40; i++) {
    snprintf(name, sizeof name, "directory/n%02d", i);
    close(open(name, O_CREAT | O_WRONLY, 0600));
  }
  int many = open("directory", O_RDONLY);
  truth("in several pieces", list(many, 200) > 3);
  say("entries %d: %s %s %s .. %s\n", count, names[0], names[1], names[2], names[count - 1]);
  lseek(many, 0, SEEK_SET);
  char tiny[8];
  outcome("buffer too small", syscall(SYS_getdents64, many, tiny, 8));
  outcome("not a directory", syscall(SYS_getdents64, open("file", O_RDONLY), names, 4096));
  outcome("bad pointer", syscall(SYS_getdents64, many, nowhere(), 4096));
  return 0;
}
