/* Parameters by name (XCU 2.5), special ones included, and the trimming of ${x%p} and its kin. */
#include "sh.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

const char *param_value(const char *name, char *buf) {
  switch (name[0]) {
    case '#': snprintf(buf, 24, "%d", sh.nparams); return buf;
    case '?': snprintf(buf, 24, "%d", sh.status); return buf;
    case '$': snprintf(buf, 24, "%d", (int)sh.pid); return buf;
    case '!':
      if (!sh.last_pid) return NULL;
      snprintf(buf, 24, "%d", (int)sh.last_pid);
      return buf;
    case '-': return option_letters(buf);
    case '0':
      if (!name[1]) return sh.name;
      break;
    default: break;
  }
  if (isdigit((unsigned char)name[0])) {
    long n = strtol(name, NULL, 10);
    return n == 0 ? sh.name : n <= sh.nparams ? sh.params[n - 1] : NULL;
  }
  return var_get(name);
}

static bool match_slice(const char *pattern, char *s, size_t from, size_t to) {
  /* Only between characters, never inside one. */
  if ((s[from] & 0xc0) == 0x80 || (s[to] & 0xc0) == 0x80) return false;
  char saved = s[to];
  s[to] = 0;
  bool yes = pattern_match(pattern, s + from);
  s[to] = saved;
  return yes;
}

char *param_trim(const char *value, const char *pattern, enum param_op op) {
  char *s = arena_strdup(&sh.scratch, value);
  size_t n = strlen(s);
  for (size_t i = 0; i <= n; i++) {
    switch (op) {
      case OP_PREFIX:
        if (match_slice(pattern, s, 0, i)) return s + i;
        break;
      case OP_PREFIX_LONG:
        if (match_slice(pattern, s, 0, n - i)) return s + n - i;
        break;
      case OP_SUFFIX:
        if (match_slice(pattern, s, n - i, n)) return s[n - i] = 0, s;
        break;
      default:
        if (match_slice(pattern, s, i, n)) return s[i] = 0, s;
        break;
    }
  }
  return s;
}
