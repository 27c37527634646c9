/*
 * /proc/self/maps has one line a mapping, ordered by address, with rights, shared or private, and the
 * names of heap and stack. proc_pid_maps(5).
 */
#include "expect.h"
#include <fcntl.h>
#include <sys/mman.h>

static char text[65536];

static void load(void) {
  int file = open("/proc/self/maps", O_RDONLY);
  long length = 0, got;
  while ((got = read(file, text + length, sizeof text - 1 - (size_t)length)) > 0) length += got;
  text[length] = 0;
  close(file);
}

/* The rights of the mapping that holds the address, "none" without one. */
static void rights(const char *what, const void *address) {
  static char found[5];
  strcpy(found, "none");
  load();
  for (char *line = text; *line; line = strchr(line, '\n') + 1) {
    char *dash;
    unsigned long from = strtoul(line, &dash, 16), to = strtoul(dash + 1, &dash, 16);
    if (from <= (unsigned long)address && (unsigned long)address < to) memcpy(found, dash + 1, 4);
  }
  say("%s: %s\n", what, found);
}

int main(void) {
  static char writable_data = 'd';
  char local = 'l';
  int flags = MAP_PRIVATE | MAP_ANONYMOUS;
  char *area = mmap(NULL, 5 * PAGE, PROT_READ | PROT_WRITE, flags, -1, 0);
  char *shared = mmap(NULL, PAGE, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
  mprotect(area + PAGE, PAGE, PROT_READ);
  mprotect(area + 2 * PAGE, PAGE, PROT_NONE);
  munmap(area + 4 * PAGE, PAGE);
  rights("code", (const void *)main);
  rights("data", &writable_data);
  rights("stack", &local);
  rights("area", area);
  rights("read-only", area + PAGE);
  rights("no rights", area + 2 * PAGE);
  rights("joined again", area + 3 * PAGE);
  rights("unmapped", area + 4 * PAGE);
  rights("shared", shared);
  rights("null", NULL);
  truth("names the stack", strstr(text, "[stack]\n") != NULL);
  unsigned long last = 0;
  int ordered = 1;
  for (char *line = text; *line; line = strchr(line, '\n') + 1) {
    char *dash;
    unsigned long from = strtoul(line, &dash, 16), to = strtoul(dash + 1, NULL, 16);
    if (from < last || to <= from || from % PAGE || to % PAGE) ordered = 0;
    last = to;
  }
  truth("ordered, aligned, not overlapping", ordered);
  return 0;
}
