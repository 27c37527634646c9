/* The table of builtins (XCU 2.14 and 1.6), found before programs in PATH, and how they read their options. */
#include "sh.h"

#include <string.h>

const struct builtin builtins[] = {
    {".", builtin_dot, true},
    {":", builtin_colon, true},
    {"[", builtin_test, false},
    {"alias", builtin_alias, false},
    {"bg", builtin_bg, false},
    {"break", builtin_break, true},
    {"cd", builtin_cd, false},
    {"command", builtin_command, false},
    {"continue", builtin_continue, true},
    {"echo", builtin_echo, false},
    {"eval", builtin_eval, true},
    {"exec", builtin_exec, true},
    {"exit", builtin_exit, true},
    {"export", builtin_export, true},
    {"false", builtin_false, false},
    {"fc", builtin_fc, false},
    {"fg", builtin_fg, false},
    {"getopts", builtin_getopts, false},
    {"hash", builtin_hash, false},
    {"history", builtin_history, false},
    {"jobs", builtin_jobs, false},
    {"kill", builtin_kill, false},
    {"local", builtin_local, true},
    {"printf", builtin_printf, false},
    {"pwd", builtin_pwd, false},
    {"read", builtin_read, false},
    {"readonly", builtin_readonly, true},
    {"return", builtin_return, true},
    {"set", builtin_set, true},
    {"shift", builtin_shift, true},
    {"test", builtin_test, false},
    {"times", builtin_times, true},
    {"trap", builtin_trap, true},
    {"true", builtin_colon, false},
    {"type", builtin_type, false},
    {"ulimit", builtin_ulimit, false},
    {"umask", builtin_umask, false},
    {"unalias", builtin_unalias, false},
    {"unset", builtin_unset, true},
    {"wait", builtin_wait, false},
    {NULL, NULL, false}};

const struct builtin *builtin_find(const char *name) {
  for (const struct builtin *b = builtins; b->name; b++)
    if (b->name[0] == name[0] && strcmp(b->name, name) == 0) return b;
  return NULL;
}

/*
 * Reads the leading options: `seen` (as long as `allowed`) gets a letter at its place in `allowed`.
 * Returns the index of the first operand, or -1 after a message.
 */
int options(int argc, char **argv, const char *allowed, char *seen) {
  int i = 1;
  memset(seen, 0, strlen(allowed));
  for (; i < argc && argv[i][0] == '-' && argv[i][1]; i++) {
    if (strcmp(argv[i], "--") == 0) return i + 1;
    for (const char *s = argv[i] + 1; *s; s++) {
      const char *place = strchr(allowed, *s);
      if (!place) {
        warn("%s: -%c: no such option", argv[0], *s);
        return -1;
      }
      seen[place - allowed] = *s;
    }
  }
  return i;
}
