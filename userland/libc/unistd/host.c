/* gethostname(2), by uname(2). */
#include <errno.h>
#include <string.h>
#include <sys/utsname.h>
#include <unistd.h>

int gethostname(char *to, size_t size) {
  struct utsname name;
  if (uname(&name) < 0) return -1;
  if (strlcpy(to, name.nodename, size) < size) return 0;
  errno = ENAMETOOLONG;
  return -1;
}
