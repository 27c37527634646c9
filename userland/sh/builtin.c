/* The table of builtins (XCU 2.14 and 1.6), found before programs in PATH; and `help`. */
#include "sh.h"

#include <string.h>

const struct builtin builtins[] = {
    {".", builtin_dot, true, ". FILE: runs FILE's commands in this shell"},
    {":", builtin_colon, true, ":: does nothing, successfully"},
    {"[", builtin_test, false, "[ EXPRESSION ]: see test"},
    {"alias", builtin_alias, false, "alias [NAME[=VALUE]...]: sets or shows abbreviations"},
    {"bg", builtin_bg, false, "bg [%JOB...]: lets stopped jobs go on in the background"},
    {"break", builtin_break, true, "break [N]: leaves N loops"},
    {"cd", builtin_cd, false, "cd [-L|-P] [DIRECTORY|-]: changes the current directory"},
    {"command", builtin_command, false, "command [-v|-V] NAME [ARGUMENT...]: runs NAME, not a function"},
    {"continue", builtin_continue, true, "continue [N]: begins the next turn of a loop"},
    {"echo", builtin_echo, false, "echo [-neE] [STRING...]: prints its arguments"},
    {"eval", builtin_eval, true, "eval [STRING...]: runs its arguments as commands"},
    {"exec", builtin_exec, true, "exec [COMMAND...]: replaces the shell; alone, keeps redirections"},
    {"exit", builtin_exit, true, "exit [N]: ends the shell with status N"},
    {"export", builtin_export, true, "export [-p] [NAME[=VALUE]...]: hands variables to programs"},
    {"false", builtin_false, false, "false: fails"},
    {"fg", builtin_fg, false, "fg [%JOB]: brings a job to the foreground"},
    {"getopts", builtin_getopts, false, "getopts OPTIONS NAME [ARGUMENT...]: parses options"},
    {"hash", builtin_hash, false, "hash [-r] [NAME...]: the programs that were found before"},
    {"help", builtin_help, false, "help [NAME]: this list"},
    {"history", builtin_history, false, "history [N]: the commands of this session"},
    {"jobs", builtin_jobs, false, "jobs [-l|-p] [%JOB...]: shows jobs"},
    {"kill", builtin_kill, false, "kill [-SIGNAL] PID|%JOB...; kill -l: sends signals"},
    {"local", builtin_local, true, "local NAME[=VALUE]...: variables of the running function"},
    {"printf", builtin_printf, false, "printf FORMAT [ARGUMENT...]: prints formatted text"},
    {"pwd", builtin_pwd, false, "pwd [-L|-P]: prints the current directory"},
    {"read", builtin_read, false, "read [-r] [-p PROMPT] NAME...: reads a line into variables"},
    {"readonly", builtin_readonly, true, "readonly [-p] [NAME[=VALUE]...]: makes variables constant"},
    {"return", builtin_return, true, "return [N]: leaves a function or a dot script"},
    {"set", builtin_set, true, "set [-abefmnuvxC] [-o OPTION] [--] [ARGUMENT...]: options, parameters"},
    {"shift", builtin_shift, true, "shift [N]: drops the first N parameters"},
    {"test", builtin_test, false, "test EXPRESSION: files, strings and numbers"},
    {"times", builtin_times, true, "times: processor time of the shell and of its children"},
    {"trap", builtin_trap, true, "trap [ACTION SIGNAL...]: what to do when a signal comes"},
    {"true", builtin_colon, false, "true: succeeds"},
    {"type", builtin_type, false, "type NAME...: what a command name means"},
    {"ulimit", builtin_ulimit, false, "ulimit [-HSa] [-tfdscmlunv] [LIMIT]: what the shell and its children may use"},
    {"umask", builtin_umask, false, "umask [MASK]: permissions that new files lack"},
    {"unalias", builtin_unalias, false, "unalias -a | NAME...: forgets abbreviations"},
    {"unset", builtin_unset, true, "unset [-f|-v] NAME...: forgets variables or functions"},
    {"wait", builtin_wait, false, "wait [PID|%JOB...]: waits for background jobs"},
    {NULL, NULL, false, NULL}};

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

int builtin_help(int argc, char **argv) {
  int status = 0;
  if (argc > 1) {
    for (int i = 1; i < argc; i++) {
      const struct builtin *b = builtin_find(argv[i]);
      if (b) out_fmt("%s\n", b->help);
      else warn("help: %s: not a builtin", argv[i]), status = 1;
    }
    return status;
  }
  out_str("Builtin commands (programs are in /bin; `help NAME` for one of these):\n");
  for (const struct builtin *b = builtins; b->name; b++) out_fmt("  %s\n", b->help);
  return 0;
}
