/*
 * Memory that is mapped only to write can be read as well, by the program and by the kernel, because RISC-V reserves the
 * page-table entry that can be written but not read; the list of mappings shows what was asked. mmap(2), mprotect(2).
 */
/* native-only: qemu-user lets the kernel read only what was mapped to be read */
#include "memory.h"

/* The rights of the mapping that begins at the address, as /proc/self/maps has them. */
static const char *rights(const void *address) {
  static char text[65536], found[5];
  char begin[24];
  int maps = open("/proc/self/maps", O_RDONLY);
  long length = 0, got;
  while ((got = read(maps, text + length, sizeof text - 1 - (size_t)length)) > 0) length += got;
  text[length] = 0;
  close(maps);
  snprintf(begin, sizeof begin, "%lx-", (unsigned long)address);
  char *line = strstr(text, begin);
  if (!line) return "none";
  memcpy(found, strchr(line, ' ') + 1, 4);
  return found;
}

static void show(const char *what, char *at) {
  say("%s: %s, load: %s", what, rights(at), reads_at(at));
  say(", store: %s", writes_at(at, 'w'));
  say(", kernel %s", readable(at) ? "r" : "-");
  say("%s\n", writable(at) ? "w" : "-");
}

int main(void) {
  catch_accesses();
  char *area = mmap(NULL, 3 * PAGE, PROT_NONE, ANON, -1, 0) + PAGE;
  show("no rights", area);
  outcome("only to write", mprotect(area, PAGE, PROT_WRITE));
  show("changed", area);
  outcome("only to read", mprotect(area, PAGE, PROT_READ));
  show("changed back", area);

  char *fresh = mmap(area - PAGE, PAGE, PROT_WRITE, ANON | MAP_FIXED, -1, 0);
  show("mapped only to write", fresh);
  int file = open("letters", O_RDWR | O_CREAT, 0600);
  make_letters(file, PAGE);
  show("a shared file", mmap(NULL, PAGE, PROT_WRITE, MAP_SHARED, file, 0));
  show("a private file", mmap(NULL, PAGE, PROT_WRITE, MAP_PRIVATE, file, 0));
  pid_t child = fork();
  if (child == 0) {
    show("in a child", fresh);
    _exit(0);
  }
  reap("child", child);
  return 0;
}
