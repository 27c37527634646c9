// #include of files beside the program: guards, once, tables that are included twice, __FILE__'s neighbours.
#include "include-files.h"
#include "include-files.h"
#include <stdio.h>

#define ROW(name, value) name = value,
enum {
#define TABLE
#include "include-files.h"
#undef TABLE
};
#undef ROW
#define ROW(name, value) #name "=" #value " "

int main(void) {
  const char *text =
#define TABLE
#include "include-files.h"
#undef TABLE
      "";
  printf("%s%d %d\n", text, first + second + third, from_header(4));
#if __INCLUDE_LEVEL__ == 0 && defined INCLUDE_FILES_H
  printf("%d\n", included_line);
#endif
  return 0;
}
