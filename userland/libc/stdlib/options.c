/* getsubopt(3): "name=value,name" taken apart; secure_getenv(3): nothing here runs with another user's rights. */
#include <stdlib.h>
#include <string.h>

char *secure_getenv(const char *name) { return getenv(name); }

int getsubopt(char **options, char *const *names, char **value) {
  char *text = *options;
  *value = 0;
  if (!*text) return -1;
  size_t size = strcspn(text, ",");
  *options = text + size + (text[size] == ',');
  text[size] = 0;
  size_t name = strcspn(text, "=");
  for (int at = 0; names[at]; at++)
    if (strlen(names[at]) == name && strncmp(names[at], text, name) == 0) {
      if (text[name] == '=') *value = text + name + 1;
      return at;
    }
  *value = text;
  return -1;
}
