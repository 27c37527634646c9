/* help: a line for each builtin. The line begins with the builtin's name. */
#include "sh.h"

#include <string.h>

static const char *const lines[] = {
    ". FILE: runs FILE's commands in this shell",
    ":: does nothing, successfully",
    "[ EXPRESSION ]: see test",
    "alias [NAME[=VALUE]...]: sets or shows abbreviations",
    "bg [%JOB...]: lets stopped jobs go on in the background",
    "break [N]: leaves N loops",
    "cd [-L|-P] [DIRECTORY|-]: changes the current directory",
    "command [-v|-V] NAME [ARGUMENT...]: runs NAME, not a function",
    "continue [N]: begins the next turn of a loop",
    "echo [-neE] [STRING...]: prints its arguments",
    "eval [STRING...]: runs its arguments as commands",
    "exec [COMMAND...]: replaces the shell; alone, keeps redirections",
    "exit [N]: ends the shell with status N",
    "export [-p] [NAME[=VALUE]...]: hands variables to programs",
    "false: fails",
    "fg [%JOB]: brings a job to the foreground",
    "getopts OPTIONS NAME [ARGUMENT...]: parses options",
    "hash [-r] [NAME...]: the programs that were found before",
    "help [NAME]: this list",
    "history [N]: the commands of this session",
    "jobs [-l|-p] [%JOB...]: shows jobs",
    "kill [-SIGNAL] PID|%JOB...; kill -l: sends signals",
    "local NAME[=VALUE]...: variables of the running function",
    "printf FORMAT [ARGUMENT...]: prints formatted text",
    "pwd [-L|-P]: prints the current directory",
    "read [-r] [-p PROMPT] NAME...: reads a line into variables",
    "readonly [-p] [NAME[=VALUE]...]: makes variables constant",
    "return [N]: leaves a function or a dot script",
    "set [-aefmnuvxC] [-o OPTION] [--] [ARGUMENT...]: options, parameters",
    "shift [N]: drops the first N parameters",
    "test EXPRESSION: files, strings and numbers",
    "times: processor time of the shell and of its children",
    "trap [ACTION SIGNAL...]: what to do when a signal comes",
    "true: succeeds",
    "type NAME...: what a command name means",
    "ulimit [-HSa] [-tfdscmlunv] [LIMIT]: what the shell and its children may use",
    "umask [MASK]: permissions that new files lack",
    "unalias -a | NAME...: forgets abbreviations",
    "unset [-f|-v] NAME...: forgets variables or functions",
    "wait [PID|%JOB...]: waits for background jobs",
};
enum { LINES = sizeof lines / sizeof *lines };

/* Its line, or NULL. */
static const char *line_of(const char *name) {
  size_t n = strlen(name);
  for (int i = 0; i < LINES; i++)
    if (strncmp(lines[i], name, n) == 0 && strchr(" :", lines[i][n])) return lines[i];
  return NULL;
}

int builtin_help(int argc, char **argv) {
  int status = 0;
  for (int i = 1; i < argc; i++) {
    const char *line = builtin_find(argv[i]) ? line_of(argv[i]) : NULL;
    if (line) out_fmt("%s\n", line);
    else warn("help: %s: not a builtin", argv[i]), status = 1;
  }
  if (argc > 1) return status;
  out_str("Builtin commands (programs are in /bin; `help NAME` for one of these):\n");
  for (int i = 0; i < LINES; i++) out_fmt("  %s\n", lines[i]);
  return 0;
}
