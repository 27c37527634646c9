/* See swap.h. */
#include "swap.h"
#include <errno.h>
#include <string.h>
#include "tool.h"

int swap_failed(const char *device, const struct meaning *meanings) {
  int error = errno;
  while (meanings->error && meanings->error != error) meanings++;
  if (!meanings->error) return tool_failed(device);
  return tool_complain("%.128s: %s (%s)", device, strerror(error), meanings->text);
}
