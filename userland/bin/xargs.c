/* xargs: runs a program with the words of standard input as arguments. */
#include <ctype.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>
#include "tools/tool.h"

#define ARGUMENTS_MAX 1000

static char *arguments[ARGUMENTS_MAX + 1];
static int fixed, count, status;

static void run(void) {
  int result;
  fflush(stdout);
  arguments[count] = 0;
  pid_t pid = fork();
  if (pid == 0) {
    execvp(arguments[0], arguments);
    int code = errno == ENOENT ? 127 : 126;
    tool_failed(arguments[0]);
    _exit(code);
  }
  if (pid < 0 || waitpid(pid, &result, 0) < 0) exit(tool_failed("fork"));
  if (WIFSIGNALED(result)) exit(125);
  int code = WEXITSTATUS(result);
  if (code == 126 || code == 127) exit(code);
  if (code != 0) status = 123;
  while (count > fixed) free(arguments[--count]);
}

/* The next word, with '…', "…" and \ as the shell knows them; null at the end. */
static char *next_word(void) {
  static char word[4096];
  size_t size = 0;
  int c, quote = 0, any = 0;
  while ((c = getchar()) != EOF && isspace(c)) {
  }
  for (; c != EOF; c = getchar()) {
    if (!quote && isspace(c)) break;
    any = 1;
    if (quote ? c == quote : c == '\'' || c == '"') {
      quote = quote ? 0 : c;
      continue;
    }
    if (!quote && c == '\\' && (c = getchar()) == EOF) break;
    if (size < sizeof word - 1) word[size++] = (char)c;
  }
  word[size] = 0;
  return any ? strdup(word) : 0;
}

int main(int argc, char **argv) {
  int most = ARGUMENTS_MAX, run_empty = 1, ran = 0;
  tool_start(argc, argv, "xargs [-r] [-n COUNT] [PROGRAM [ARGUMENT]...]\nRuns PROGRAM (echo) with the words of standard input, at most COUNT at a time; -r not at all without any.\n");
  for (int option; (option = getopt(argc, argv, "+n:r")) != -1;) {
    if (option == 'n') most = (int)tool_number(optarg, 10, ARGUMENTS_MAX, "number");
    else if (option == 'r') run_empty = 0;
    else tool_bad_usage(1);
  }
  if (optind == argc) arguments[count++] = "echo";
  for (; optind < argc && count < ARGUMENTS_MAX / 2; optind++) arguments[count++] = argv[optind];
  fixed = count;
  for (char *word; (word = next_word());) {
    arguments[count++] = word;
    if (count - fixed == most || count == ARGUMENTS_MAX) {
      run();
      ran = 1;
    }
  }
  if (count > fixed || (!ran && run_empty)) run();
  return status;
}
