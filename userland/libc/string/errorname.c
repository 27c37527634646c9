/* strerrorname_np(3): the name of an error, from kernel/abi. */
#include <string.h>

static const struct {
  short number;
  char name[18];
} names[] = {
#define ERROR(number, name) {number, #name},
#include <bits/errno-names.h>
#undef ERROR
};

const char *strerrorname_np(int error) {
  if (error == 0) return "0";
  for (size_t at = 0; at < sizeof names / sizeof *names; at++)
    if (names[at].number == error) return names[at].name;
  return 0;
}
