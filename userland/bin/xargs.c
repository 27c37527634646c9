/* xargs: runs a program with the words of standard input as arguments. */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>
#include "tools/tool.h"
#include "tools/xargs-input.h"

static char **arguments;
static int fixed, count, room, status, trace, asks, opens_terminal, most_running = 1, running;
static unsigned long most_bytes = 1 << 17, bytes, fixed_bytes; /* of a command line, with a NUL behind each word */
static const char *place;                                      /* -I: what each line goes in place of */

static const char usage[] =
    "xargs [-0oprtx] [-a FILE] [-d C] [-E WORD] [-n COUNT | -L LINES | -I TEXT] [-s BYTES] [-P MOST] [PROGRAM [ARGUMENT]...]\n"
    "Runs PROGRAM (echo) with the words of standard input, at most COUNT at a time, or those of so many lines; -r not at all\n"
    "without any; -t says what it runs, -p asks before; -0, -d: words end with NUL, with C; -I: once for each line, which\n"
    "replaces TEXT in the arguments; -P: as many at once (0: all); -x ends when a command line is too long.\n";

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

/* -p: the answer comes from the terminal, because standard input is used up. */
static int is_allowed(FILE *terminal) {
  if (!terminal) exit(tool_complain("failed to open /dev/tty for reading: %s", strerror(errno)));
  fputs(" ?...", stderr);
  int first = getc(terminal);
  for (int c = first; c != EOF && c != '\n';) c = getc(terminal);
  fclose(terminal);
  return first == 'y' || first == 'Y';
}

static void run(char **command) {
  fflush(stdout);
  FILE *terminal = asks ? fopen("/dev/tty", "r") : 0;
  for (char **word = command; trace && (!asks || terminal) && *word; word++) fprintf(stderr, word == command ? "%s" : " %s", *word);
  if (trace && !asks) fputc('\n', stderr);
  if (asks && !is_allowed(terminal)) return;
  if (most_running > 0) await(most_running - 1);
  pid_t pid = fork();
  if (pid == 0) {
    /* The words are not for the program to read. */
    int input = xargs_input.file == stdin || opens_terminal ? open(opens_terminal ? "/dev/tty" : "/dev/null", O_RDONLY) : -1;
    if (input > 0) dup2(input, 0), close(input);
    tool_become(command);
  }
  if (pid < 0) exit(tool_failed("fork"));
  running++;
  if (most_running == 1) await(0);
}

static void run_all(void) {
  arguments[count] = 0;
  run(arguments);
  while (count > fixed) free(arguments[--count]);
  bytes = fixed_bytes;
}

static void add(char *word) {
  if (count + 2 > room) {
    room = room ? room * 2 : 64;
    arguments = realloc(arguments, (size_t)room * sizeof *arguments);
    if (!arguments) exit(tool_failed("malloc"));
  }
  arguments[count++] = word;
  bytes += strlen(word) + 1;
}

/* Runs the program with `line` in place of what -I says. */
static void run_with(const char *line) {
  char **command = calloc((size_t)fixed + 1, sizeof *command);
  unsigned long size = 0;
  if (!command) exit(tool_failed("malloc"));
  for (int i = 0; i < fixed; i++) {
    char *text = strdup("");
    const char *from = arguments[i];
    for (const char *found; (found = strstr(from, place)) && *place; from = found + strlen(place)) {
      char *longer;
      if (asprintf(&longer, "%s%.*s%s", text, (int)(found - from), from, line) < 0) exit(tool_failed("malloc"));
      free(text);
      text = longer;
    }
    if (asprintf(&command[i], "%s%s", text, from) < 0) exit(tool_failed("malloc"));
    free(text);
    size += strlen(command[i]) + 1;
  }
  if (size > most_bytes) exit(tool_complain("argument list too long"));
  run(command);
  for (int i = 0; i < fixed; i++) free(command[i]);
  free(command);
}

int main(int argc, char **argv) {
  int most = 0, most_lines = 0, run_empty = 1, ran = 0, is_strict = 0, lines = 0, line_ended;
  tool_start(argc, argv, usage);
  xargs_input.file = stdin;
  for (int option; (option = tool_option(argc, argv, "+0(null)d:(delimiter)n:(max-args)r(no-run-if-empty)t(verbose)I:i::(replace)L:l::(max-lines)P:(max-procs)a:(arg-file)E:e::(eof)s:(max-chars)x(exit)p(interactive)o(open-tty)")) != -1;) {
    switch (option) {
      case '0': xargs_input.separator = 0; break;
      case 'd': xargs_input.separator = xargs_separator(optarg); break;
      case 'n':
        most = (int)tool_number(optarg, 10, 1 << 30, "number");
        if (most == 0) {
          tool_complain("value 0 for -n option should be >= 1");
          tool_bad_usage();
        }
        if (most > 1 || !place) place = 0, most_lines = 0;
        else most = 0; /* as -I has it anyway */
        break;
      case 'l':
      case 'L':
        most_lines = optarg ? (int)tool_number(optarg, 10, 1 << 30, "number") : 1;
        if (most_lines == 0) {
          tool_complain("value 0 for -%c option should be >= 1", option);
          tool_bad_usage();
        }
        most = 0, place = 0, is_strict = 1;
        break;
      case 'P': most_running = (int)tool_number(optarg, 10, 1000, "number"); break;
      case 'r': run_empty = 0; break;
      case 'p': asks = 1; /* fallthrough */
      case 't': trace = 1; break;
      case 'x': is_strict = 1; break;
      case 'o': opens_terminal = 1; break;
      case 'i':
      case 'I':
        place = optarg ? optarg : "{}";
        most = most_lines = 0;
        break;
      case 'e':
      case 'E': xargs_input.end_word = optarg && *optarg ? optarg : 0; break;
      case 's': most_bytes = tool_number(optarg, 10, 1 << 21, "number"); break;
      case 'a':
        xargs_input.file = fopen(optarg, "r");
        if (!xargs_input.file) return tool_complain("Cannot open input file '%s': %s", optarg, strerror(errno));
        break;
    }
  }
  xargs_input.by_lines = place != 0;
  if (optind == argc) add("echo");
  while (optind < argc) add(argv[optind++]);
  fixed = count;
  fixed_bytes = bytes;
  for (char *word; (word = xargs_next(&line_ended));) {
    if (place) {
      run_with(word);
      free(word);
      continue;
    }
    unsigned long size = strlen(word) + 1;
    if (fixed_bytes + size > most_bytes) exit(tool_complain("argument line too long"));
    if (bytes + size > most_bytes) {
      if (is_strict) exit(tool_complain("argument list too long"));
      run_all();
      ran = 1;
    }
    add(word);
    lines += line_ended;
    if (count - fixed == most || (most_lines && lines == most_lines)) {
      run_all();
      ran = 1;
      lines = 0;
    }
  }
  if (!place && (count > fixed || (!ran && run_empty))) run_all();
  await(0);
  return status;
}
