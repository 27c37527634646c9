/* The options of ls (ls.h). */
#include <fnmatch.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>
#include "colour.h"
#include "ls.h"
#include "tool.h"

struct ls_options ls = {.width = 80, .tab = 8, .which_time = 'm', .end_of_name = '\n'};

static struct hidden {
  const char *glob;
  int even_with_all;
} hidden[32];
static int hidden_count;

enum { COLOR = 1, FOLDERS_FIRST, FULL_TIME, TIME_STYLE, SORT, QUOTING, HIDE, FILE_TYPE, SI, TIME, INDICATOR, AUTHOR, CONTROLS, ZERO, CLASSIFY };

/* Which of the words it is; another ends the program. */
static int choose(const char *option, const char *word, const char *const *words) {
  for (int i = 0; words[i]; i++)
    if (strcmp(words[i], word) == 0) return i;
  tool_complain("invalid argument '%s' for '--%s'", word, option);
  fputs("Valid arguments are:\n", stderr);
  for (; *words; words++) fprintf(stderr, "  - '%s'\n", *words);
  tool_trouble = 1;
  tool_bad_usage();
}

static void sort_by(int letter) {
  ls.by_size = letter == 'S';
  ls.by_time = letter == 't';
  ls.by_extension = letter == 'X';
  ls.by_version = letter == 'v';
  ls.by_width = letter == 'W';
  ls.unsorted = letter == 'U';
}

static void choose_quoting(const char *word) {
  static const char *const words[] = {"literal", "shell", "shell-always", "shell-escape", "c", "escape", 0};
  ls.style = (enum quote_style)choose("quoting-style", word, words);
  ls.aligned = ls.style == QUOTE_SHELL || ls.style == QUOTE_SHELL_ESCAPE;
}

static void choose_time(const char *word) {
  static const char *const words[] = {"full-iso", "long-iso", "iso", "locale", 0};
  ls.time_style = word;
  if (*word != '+') choose("time-style", word, words);
}

static void hide(const char *glob, int even_with_all) {
  if (hidden_count < (int)(sizeof hidden / sizeof *hidden)) hidden[hidden_count++] = (struct hidden){glob, even_with_all};
}

int ls_is_hidden(const char *name) {
  for (int i = 0; i < hidden_count; i++)
    if ((hidden[i].even_with_all || (!ls.all && !ls.almost_all)) && fnmatch(hidden[i].glob, name, FNM_PERIOD) == 0) return 1;
  return 0;
}

void ls_take_options(int argc, char **argv) {
  static const char *const sorts[] = {"none", "time", "size", "extension", "version", "name", "width", 0};
  static const char *const times[] = {"atime", "access", "use", "ctime", "status", "mtime", "modification", 0};
  static const char *const indicators[] = {"none", "slash", "file-type", "classify", 0};
  struct winsize size;
  int at_terminal = isatty(1);
  ls.colours = colour_wanted(0);
  ls.one_column = !at_terminal;
  if (at_terminal) ls.style = QUOTE_SHELL_ESCAPE, ls.aligned = 1;
  if (at_terminal && ioctl(1, TIOCGWINSZ, &size) == 0 && size.ws_col > 0) ls.width = size.ws_col;
  for (int option; (option = tool_option(argc, argv, "1A(almost-all)a(all)bB(ignore-backups)CcD(dired)d(directory)FfGgHh(human-readable)I:(ignore)i(inode)kLlmnNopq(hide-control-chars)Q(quote-name)"
       "R(recursive)r(reverse)Ss(size)T:(tabsize)tUuvw:(width)Xx\1::(color)(colour)\2(group-directories-first)\3(full-time)\4:(time-style)\5:(sort)\6:(quoting-style)\7:(hide)\10(file-type)\11(si)\12:(time)"
       "\13:(indicator-style)\14(author)\15(show-control-chars)\16(zero)\17::(classify)G(no-group)L(dereference)H(dereference-command-line)k(kibibytes)n(numeric-uid-gid)b(escape)N(literal)p")) != -1;) {
    switch (option) {
      case '1': ls.one_column = 1, ls.commas = ls.rows_first = 0; break;
      case 'a': ls.all = 1, ls.almost_all = 0; break;
      case 'A': ls.almost_all = 1, ls.all = 0; break;
      case 'B': hide("*~", 1), hide(".*~", 1); break;
      case 'b': choose_quoting("escape"); break;
      case 'C': ls.one_column = ls.long_format = ls.commas = ls.rows_first = 0; break;
      case 'c': ls.which_time = 'c'; break;
      case 'd': ls.directories = 1; break;
      case 'F':
      case CLASSIFY:
        ls.classify = !optarg || strcmp(optarg, "always") == 0 || (strcmp(optarg, "auto") == 0 && at_terminal);
        break;
      case FILE_TYPE: ls.classify = 't'; break;
      case INDICATOR: {
        int which = choose("indicator-style", optarg, indicators);
        ls.slashes = which == 1;
        ls.classify = which == 2 ? 't' : which == 3;
        break;
      }
      case 'f':
        ls.all = 1;
        sort_by('U');
        break;
      case 'g': ls.long_format = ls.no_owner = 1; break;
      case 'G': ls.no_group = 1; break;
      case 'H': ls.named_links = 1; break;
      case 'h': ls.human = 1; break;
      case SI: ls.human = ls.by_thousands = 1; break;
      case 'I': hide(optarg, 1); break;
      case HIDE: hide(optarg, 0); break;
      case 'i': ls.inodes = 1; break;
      case 'L': ls.dereference = 1; break;
      case 'l': ls.long_format = 1; break;
      case 'm': ls.commas = 1, ls.one_column = ls.long_format = 0; break;
      case 'n': ls.long_format = ls.numeric = 1; break;
      case 'N': choose_quoting("literal"); break;
      case CONTROLS: ls.questions = 0; break;
      case 'o': ls.long_format = ls.no_group = 1; break;
      case 'p': ls.slashes = 1; break;
      case 'Q': choose_quoting("c"); break;
      case QUOTING: choose_quoting(optarg); break;
      case 'q': ls.questions = 1; break;
      case 'R': ls.recursive = 1; break;
      case 'r': ls.reverse = 1; break;
      case 's': ls.blocks_shown = 1; break;
      case 'S':
      case 't':
      case 'U':
      case 'v':
      case 'X': sort_by(option); break;
      case SORT: sort_by("UtSXv\0W"[choose("sort", optarg, sorts)]); break;
      case TIME: ls.which_time = "aaaccmm"[choose("time", optarg, times)]; break;
      case 'u': ls.which_time = 'a'; break;
      case 'T': ls.tab = (int)tool_number(optarg, 0, 10000, "tab size"); break;
      case 'w': ls.width = (int)tool_number(optarg, 10, 10000, "line width"); break;
      case 'x': ls.rows_first = 1, ls.one_column = ls.long_format = ls.commas = 0; break;
      case COLOR: ls.colours = colour_wanted(optarg ? optarg : "always"); break;
      case FOLDERS_FIRST: ls.folders_first = 1; break;
      case FULL_TIME: ls.long_format = 1, ls.time_style = "full-iso"; break;
      case TIME_STYLE: choose_time(optarg); break;
      case AUTHOR: ls.author = 1; break;
      case ZERO:
        ls.end_of_name = 0;
        ls.one_column = 1;
        ls.colours = 0;
        choose_quoting("literal");
        break;
    }
  }
}
