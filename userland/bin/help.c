/* help: a line for each command that the shell itself runs (userland/sh); it is no part of the shell, which loads first. */
#include <stdio.h>
#include <string.h>
#include "tools/tool.h"

static const char usage[] =
    "[NAME]...\n"
    "Says in a line what each NAME does that is built into the shell; without a NAME, what all of them do.\n";

/* Each begins with the name. */
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
    "fc [-r] [-e EDITOR] [FIRST [LAST]]; fc -l [-nr] [FIRST [LAST]]; fc -s [OLD=NEW] [FIRST]: runs or lists past commands",
    "fg [%JOB]: brings a job to the foreground",
    "getopts OPTIONS NAME [ARGUMENT...]: parses options",
    "hash [-r] [NAME...]: the programs that were found before",
    "history [-c] [N]: the commands that were typed",
    "jobs [-l|-p] [%JOB...]: shows jobs",
    "kill [-SIGNAL] PID|%JOB...; kill -l: sends signals",
    "local NAME[=VALUE]...: variables of the running function",
    "printf FORMAT [ARGUMENT...]: prints formatted text",
    "pwd [-L|-P]: prints the current directory",
    "read [-r] [-p PROMPT] NAME...: reads a line into variables",
    "readonly [-p] [NAME[=VALUE]...]: makes variables constant",
    "return [N]: leaves a function or a dot script",
    "set [-abefhmnuvxC] [-o OPTION] [--] [ARGUMENT...]: options, parameters",
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

static int show(const char *name) {
  size_t n = strlen(name);
  for (int i = 0; i < LINES; i++)
    if (n && strncmp(lines[i], name, n) == 0 && strchr(" :", lines[i][n])) return puts(lines[i]), 0;
  return tool_complain("%s: not a builtin of the shell", name);
}

int main(int argc, char **argv) {
  int status = 0;
  tool_start(argc, argv, usage);
  for (int i = 1; i < argc; i++) status |= show(argv[i]);
  if (argc > 1) return tool_finish(status);
  puts("Builtin commands (programs are in /bin; `help NAME` for one of these):");
  for (int i = 0; i < LINES; i++) printf("  %s\n", lines[i]);
  return tool_finish(0);
}
