/* The environment (POSIX): `environ` is the kernel's array until the first change, then one of ours. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static char **owned; /* the array that we allocated, or null */
static size_t room;  /* its slots, the closing null included */

/* The slot of environ that defines `name`, or the closing null's. */
static char **slot_of(const char *name, size_t length) {
  char **slot = environ;
  for (; slot && *slot; slot++)
    if (strncmp(*slot, name, length) == 0 && (*slot)[length] == '=') break;
  return slot;
}

char *getenv(const char *name) {
  size_t length = strlen(name);
  if (!environ || length == 0) return 0;
  char *found = *slot_of(name, length);
  return found ? found + length + 1 : 0;
}

int putenv(char *assignment) {
  char *equals = strchr(assignment, '=');
  if (!equals) return unsetenv(assignment);
  size_t length = (size_t)(equals - assignment), count = 0;
  if (environ) {
    char **slot = slot_of(assignment, length);
    if (*slot) {
      *slot = assignment;
      return 0;
    }
    count = (size_t)(slot - environ);
  }
  if (environ != owned || count + 2 > room) {
    size_t wanted = count + 16;
    char **bigger = malloc(wanted * sizeof *bigger);
    if (!bigger) return -1;
    if (count) memcpy(bigger, environ, count * sizeof *bigger);
    if (environ == owned) free(owned);
    environ = owned = bigger;
    room = wanted;
  }
  environ[count] = assignment;
  environ[count + 1] = 0;
  return 0;
}

int setenv(const char *name, const char *value, int overwrite) {
  size_t length = strlen(name);
  if (length == 0 || strchr(name, '=')) {
    errno = EINVAL;
    return -1;
  }
  if (!overwrite && getenv(name)) return 0;
  char *assignment = malloc(length + strlen(value) + 2);
  if (!assignment) return -1;
  memcpy(assignment, name, length);
  assignment[length] = '=';
  strcpy(assignment + length + 1, value);
  return putenv(assignment); /* the replaced text may be in use, so it is never freed */
}

int unsetenv(const char *name) {
  size_t length = strlen(name);
  if (length == 0 || strchr(name, '=')) {
    errno = EINVAL;
    return -1;
  }
  if (!environ) return 0;
  for (char **slot = slot_of(name, length); *slot; slot = slot_of(name, length))
    for (; *slot; slot++) slot[0] = slot[1];
  return 0;
}

int clearenv(void) {
  environ = 0;
  return 0;
}
