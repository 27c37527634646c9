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
static int fixed, count, status, trace, most_running = 1, running, separator = -1; /* -1: blanks and newlines, with quotes */
static const char *end_word; /* -E */
static unsigned long most_bytes = 1 << 17; /* of a command line */
static FILE *input;
static const char *place; /* -I: what each line goes in place of */

static const char usage[] =
    "xargs [-0rtx] [-a FILE] [-d C] [-E WORD] [-n COUNT] [-s BYTES] [-I TEXT] [-P MOST] [PROGRAM [ARGUMENT]...]\n"
    "Runs PROGRAM (echo) with the words of standard input, at most COUNT at a time; -r not at all without any; -t says what it\n"
    "runs; -0, -d: words end with NUL, with C; -I: once for each line, which replaces TEXT in the arguments; -P: as many at\n"
    "once (0: all).\n";

/* Waits until at most `left` of them run. What ends with 255, or cannot be run, ends xargs when all have ended. */
static void await(int left) {
  static int fatal;
  int result;
  for (; running > left; running--) {
    pid_t pid = waitpid(-1, &result, 0);
    if (pid < 0) exit(tool_failed("wait"));
    int code = WIFSIGNALED(result) ? 125 : WEXITSTATUS(result);
    if (WIFSIGNALED(result)) tool_complain("%s: terminated by signal %d", arguments[0], WTERMSIG(result));
    if (code == 255) tool_complain("%s: exited with status 255; aborting", arguments[0]), code = 124;
    else if (code != 0 && code < 125) status = 123, code = 0;
    if (code != 0 && !fatal) fatal = code, left = 0;
  }
  if (fatal) exit(fatal);
}

static void run(void) {
  fflush(stdout);
  if (most_running > 0) await(most_running - 1);
  arguments[count] = 0;
  for (int i = 0; trace && i < count; i++) fprintf(stderr, i + 1 < count ? "%s " : "%s\n", arguments[i]);
  pid_t pid = fork();
  if (pid == 0) tool_become(arguments);
  if (pid < 0) exit(tool_failed("fork"));
  running++;
  if (most_running == 1) await(0);
  while (count > fixed) free(arguments[--count]);
}

/* Runs the program with `line` in place of what -I says. */
static void run_with(const char *line) {
  char *given[ARGUMENTS_MAX];
  memcpy(given, arguments, (size_t)fixed * sizeof *given);
  for (int i = 0; i < fixed; i++) {
    char *text = strdup("");
    const char *from = given[i];
    for (const char *found; (found = strstr(from, place)) && *place; from = found + strlen(place)) {
      char *longer;
      if (asprintf(&longer, "%s%.*s%s", text, (int)(found - from), from, line) < 0) exit(tool_failed("malloc"));
      free(text);
      text = longer;
    }
    if (asprintf(&arguments[i], "%s%s", text, from) < 0) exit(tool_failed("malloc"));
    free(text);
  }
  run();
  for (int i = 0; i < fixed; i++) {
    free(arguments[i]);
    arguments[i] = given[i];
  }
}

/* What ends with the separator, all of it as it is; null at the end. */
static char *next_piece(void) {
  char *piece = 0;
  size_t room = 0;
  ssize_t length = getdelim(&piece, &room, separator, stdin);
  if (length <= 0) return 0;
  if ((unsigned char)piece[length - 1] == separator) piece[length - 1] = 0;
  return piece;
}

/* The next word, with '…', "…" and \ as the shell knows them; null at the end. */
static char *next_word(void) {
  static char word[4096];
  size_t size = 0;
  int c, quote = 0, any = 0;
  while ((c = getc(input)) != EOF && isspace(c)) {
  }
  for (; c != EOF; c = getc(input)) {
    if (!quote && isspace(c)) break;
    any = 1;
    if (quote ? c == quote : c == '\'' || c == '"') {
      quote = quote ? 0 : c;
      continue;
    }
    if (!quote && c == '\\' && (c = getc(input)) == EOF) break;
    if (size < sizeof word - 1) word[size++] = (char)c;
  }
  word[size] = 0;
  if (quote) {
    tool_complain("unmatched %s quote; by default quotes are special to xargs unless you use the -0 option", quote == '"' ? "double" : "single");
    exit(1);
  }
  return any && !(end_word && strcmp(word, end_word) == 0) ? strdup(word) : 0;
}

int main(int argc, char **argv) {
  int most = ARGUMENTS_MAX, run_empty = 1, ran = 0;
  tool_start(argc, argv, usage);
  input = stdin;
  for (int option; (option = tool_option(argc, argv, "+0(null)d:(delimiter)n:(max-args)r(no-run-if-empty)t(verbose)I:i::(replace)L:(max-lines)P:(max-procs)a:(arg-file)E:s:(max-chars)x(exit)")) != -1;) {
    switch (option) {
      case '0': separator = 0; break;
      case 'd': separator = strcmp(optarg, "\\n") == 0 ? '\n' : strcmp(optarg, "\\0") == 0 ? 0 : (unsigned char)*optarg; break;
      case 'n': most = (int)tool_number(optarg, 10, ARGUMENTS_MAX, "number"); break;
      case 'L':
        most = (int)tool_number(optarg, 10, ARGUMENTS_MAX, "number");
        separator = '\n';
        break;
      case 'P': most_running = (int)tool_number(optarg, 10, 1000, "number"); break;
      case 'r': run_empty = 0; break;
      case 't': trace = 1; break;
      case 'i': place = optarg ? optarg : "{}"; break;
      case 'I': place = optarg; break;
      case 'E': end_word = optarg; break;
      case 's': most_bytes = tool_number(optarg, 10, 1 << 20, "number"); break;
      case 'a':
        input = fopen(optarg, "r");
        if (!input) return tool_complain("Cannot open input file '%s': %s", optarg, strerror(errno));
        break;
    }
  }
  if (optind == argc) arguments[count++] = "echo";
  for (; optind < argc && count < ARGUMENTS_MAX / 2; optind++) arguments[count++] = argv[optind];
  fixed = count;
  if (place && separator < 0) separator = '\n';
  for (char *word; (word = separator < 0 ? next_word() : next_piece());) {
    if (place) {
      char *line = word + strspn(word, " \t");
      if (*line) run_with(line);
      free(word);
      continue;
    }
    arguments[count++] = word;
    if (count - fixed == most || count == ARGUMENTS_MAX) {
      run();
      ran = 1;
    }
  }
  if (!place && (count > fixed || (!ran && run_empty))) run();
  await(0);
  return status;
}
