/* sed: edits text line by line, by a script (tools/sed-script.c). Here are the options and the cycle, which carries out commands;
   input, output, addresses and s are in files of their own, over the state that sed-run.h has. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "tools/sed-run.h"
#include "tools/tool.h"

static const char usage[] =
    "sed [-nEsuz] [-i[SUFFIX]] [-l N] SCRIPT [FILE]...\n"
    "Edits the text of the files by the commands of SCRIPT and prints the result.\n"
    "  -e SCRIPT, -f FILE  more commands         -n  prints only what p says\n"
    "  -E, -r  extended regular expressions      -s  every file on its own\n"
    "  -i[SUFFIX]  changes the files themselves; with SUFFIX keeps the old ones under such names\n"
    "  -u  line by line, at once                 -z  lines end with NUL   -l N  where l wraps\n"
    "Commands: [ADDRESS[,ADDRESS]][!] s/REGEX/WITH/gpiemNw d p q Q n a i c y { } = b t T : h H g G x N D P r R w W l z e F\n"
    "Addresses: a line's number, $ (the last), /REGEX/, N~STEP, and after a comma +N, ~N.\n";

struct run sed_run = {.width = 70, .end_of_line = '\n', .suffix = "", .has_newline = 1, .out = &sed_stdout};

/* At the end of a cycle, and where n and N begin a new line. */
static void end_line(void) {
  if (!sed_run.quiet) sed_put_pattern(sed_run.out);
  sed_flush_queue();
  if (sed_run.separate && sed_run.in && sed_input_at_end()) sed_run.out->unfinished = 0;
}

static _Noreturn void end(int with) {
  if (sed_run.in == stdin) fflush(stdin); /* what was not used is for whoever reads on */
  sed_close_input();
  errno = 0;
  if (fflush(stdout) || ferror(stdout)) sed_trouble("couldn't flush %s", "stdout");
  exit(with ? with : sed_run.status);
}

/* What a command of the shell says, in `to`; a newline at its end is not counted. */
static void run(const char *command, struct space *to) {
  fflush(stdout);
  FILE *from = popen(command, "r");
  if (!from) sed_trouble("error running %.256s", command);
  to->size = 0;
  for (int b; (b = getc(from)) != EOF;) space_append(to, (char[]){(char)b}, 1);
  pclose(from);
}

static void run_pattern(void) {
  space_append(&sed_run.pattern, "", 1);
  run(sed_run.pattern.text, &sed_run.result);
  if (sed_run.result.size > 0 && sed_run.result.text[sed_run.result.size - 1] == sed_run.end_of_line) sed_run.result.size--;
  space_assign(&sed_run.pattern, &sed_run.result);
}

/* Up to the pattern space's first newline. */
static size_t first_line(void) {
  const char *newline = sed_run.pattern.size ? memchr(sed_run.pattern.text, sed_run.end_of_line, sed_run.pattern.size) : 0;
  return newline ? (size_t)(newline - sed_run.pattern.text) : sed_run.pattern.size;
}

/* One cycle; 0 when the pattern space is to be kept for the next (D). */
static int cycle(void) {
  int replaced = 0;
  for (long i = 0; i < sed_run.script.count; i++) {
    struct command *c = &sed_run.script.commands[i];
    if (sed_chosen(c) == c->inverted) {
      if (c->name == '{') i = c->target;
      continue;
    }
    switch (c->name) {
      case '=':
        sed_finish_line(sed_run.out);
        fprintf(sed_run.out->file, "%lu\n", sed_run.line_number);
        break;
      case 'F':
        sed_finish_line(sed_run.out);
        fprintf(sed_run.out->file, "%s\n", sed_run.in_name);
        break;
      case 'a':
      case 'R':
      case 'r': sed_queue(c); break;
      case 'i': sed_put_text(c); break;
      case 'e':
        if (!c->text) {
          run_pattern();
          break;
        }
        run(c->text, &sed_run.result);
        sed_finish_line(sed_run.out);
        fwrite(sed_run.result.text, 1, sed_run.result.size, sed_run.out->file);
        break;
      case 'c':
        if (c->to.kind == NO_ADDRESS || c->inverted || !c->active) sed_put_text(c);
        sed_flush_queue();
        return 1;
      case 'd': sed_flush_queue(); return 1;
      case 'D': {
        size_t size = first_line();
        if (size == sed_run.pattern.size) {
          sed_flush_queue();
          return 1;
        }
        sed_flush_queue();
        sed_run.pattern.size -= size + 1;
        memmove(sed_run.pattern.text, sed_run.pattern.text + size + 1, sed_run.pattern.size);
        return 0;
      }
      case 'g': space_assign(&sed_run.pattern, &sed_run.held); break;
      case 'G':
        space_append(&sed_run.pattern, &sed_run.end_of_line, 1);
        space_append(&sed_run.pattern, sed_run.held.text, sed_run.held.size);
        break;
      case 'h': space_assign(&sed_run.held, &sed_run.pattern); break;
      case 'H':
        space_append(&sed_run.held, &sed_run.end_of_line, 1);
        space_append(&sed_run.held, sed_run.pattern.text, sed_run.pattern.size);
        break;
      case 'x': {
        struct space swap = sed_run.pattern;
        sed_run.pattern = sed_run.held;
        sed_run.held = swap;
        break;
      }
      case 'l': sed_put_visibly(c->number >= 0 ? c->number : sed_run.width); break;
      case 'n':
        if (sed_is_last()) {
          end_line();
          end(0);
        }
        end_line();
        sed_run.pattern.size = 0;
        sed_read_line();
        break;
      case 'N':
        if (sed_is_last()) {
          if (getenv("POSIXLY_CORRECT")) sed_run.pattern.size = 0, sed_run.quiet = 1;
          end_line();
          end(0);
        }
        sed_flush_queue();
        space_append(&sed_run.pattern, &sed_run.end_of_line, 1);
        sed_read_line();
        break;
      case 'p': sed_put_pattern(sed_run.out); break;
      case 'P': sed_put(sed_run.out, sed_run.pattern.text, first_line(), 1); break;
      case 'q':
        end_line();
        sed_finish_line(sed_run.out);
        end(c->number);
      case 'Q': end(c->number);
      case 's':
        if (!sed_replace(c)) break;
        replaced = 1;
        if (c->runs) run_pattern();
        if (c->print) sed_put_pattern(sed_run.out);
        if (c->output) sed_put_pattern(c->output);
        break;
      case 'w': sed_put_pattern(c->output); break;
      case 'W': sed_put(c->output, sed_run.pattern.text, first_line(), 1); break;
      case 'y':
        for (size_t b = 0; b < sed_run.pattern.size; b++) sed_run.pattern.text[b] = (char)c->map[(unsigned char)sed_run.pattern.text[b]];
        break;
      case 'z': sed_run.pattern.size = 0; break;
      case 't':
      case 'T': {
        int goes = replaced == (c->name == 't');
        replaced = 0;
        if (!goes) break;
      } /* fallthrough */
      case 'b': i = c->target; break;
    }
  }
  end_line();
  return 1;
}

/* ---- the start ---- */

static void add_file(const char *path) {
  size_t size;
  char *read = tool_read_file(strcmp(path, "-") == 0 ? "/dev/stdin" : path, &size);
  if (!read) sed_trouble("couldn't open file %.256s", path);
  if (size > 0 && read[size - 1] == '\n') size--;
  sed_add(read, size, path);
  free(read);
}

/* 0r: before the first line. */
static void put_first(void) {
  for (long i = 0; i < sed_run.script.count; i++)
    if (sed_run.script.commands[i].name == 'r' && sed_run.script.commands[i].from.kind == AT_ZERO) sed_copy_file(fopen(sed_run.script.commands[i].text, "r"));
}

int main(int argc, char **argv) {
  int extended = 0, given = 0;
  tool_summary = "Usage: sed [OPTION]... {script-only-if-no-other-script} [input-file]...\n";
  tool_start(argc, argv, usage);
  for (int option; (option = tool_option(argc, argv, "bn(quiet)(silent)e:(expression)f:(file)E(regexp-extended)ri::(in-place)l:(line-length)s(separate)u(unbuffered)z(null-data)(zero-terminated)\1(posix)")) != -1;) {
    switch (option) {
      case 'n': sed_run.quiet = 1; break;
      case 's': sed_run.separate = 1; break;
      case 'E':
      case 'r': extended = 1; break;
      case 'u': sed_run.unbuffered = 1; break;
      case 'z': sed_run.end_of_line = 0; break;
      case 'l': sed_run.width = atoi(optarg); break;
      case 'i':
        sed_run.in_place = sed_run.separate = 1;
        if (optarg) sed_run.suffix = optarg;
        break;
      case 'e':
        given = 1;
        sed_add(optarg, strlen(optarg), 0);
        break;
      case 'f':
        given = 1;
        add_file(optarg);
        break;
    }
  }
  if (!given) {
    if (optind == argc) tool_bad_usage();
    sed_add(argv[optind], strlen(argv[optind]), 0);
    optind++;
  }
  sed_stdout.file = stdout;
  sed_parse(&sed_run.script, extended);
  sed_run.quiet |= sed_run.script.no_print;
  static char *standard_input[] = {"-", 0};
  if (sed_run.in_place && optind == argc) {
    tool_complain("no input files");
    return 1;
  }
  sed_run.files = optind < argc ? argv + optind : standard_input;
  space_reserve(&sed_run.pattern, 0);
  space_reserve(&sed_run.held, 0);
  space_reserve(&sed_run.result, 0);
  put_first();
  for (int fresh = 1; !fresh || sed_read_line();) {
    fresh = cycle();
    if (fresh) sed_run.pattern.size = 0;
  }
  end(0);
}
