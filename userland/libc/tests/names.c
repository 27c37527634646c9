// fnmatch, glob, getopt and getopt_long, err, select: run in an empty folder.
#define _GNU_SOURCE
#include <err.h>
#include <errno.h>
#include <fcntl.h>
#include <fnmatch.h>
#include <getopt.h>
#include <glob.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/select.h>
#include <sys/stat.h>
#include <unistd.h>

static void patterns(void) {
  static const char *const patterns[] = {"*", "a*", "*b*", "?", "[a-c]*", "[!a]*", "[^a]?", "[]x]", "a\\*b", "*.c", "a/*", "*/b", "*a*b*c", "[[:digit:]]*",
                                         "[a", "a**b", ".*", "[.]*", "?x", "*/", "[A-C]?", "a[/]b", "**/b", "\\", "[a\\]]", "[a-\\c]"};
  static const char *const texts[] = {"", "a", "ab", "a*b", "x.c", ".x", "a/b", "a/.b", "aXbXc", "9lives", "[a", "]", "\\", "Ab", "a/b/c", "a.c"};
  static const int flags[] = {0, FNM_PATHNAME, FNM_PERIOD, FNM_PATHNAME | FNM_PERIOD, FNM_NOESCAPE, FNM_CASEFOLD};
  for (size_t f = 0; f < sizeof flags / sizeof *flags; f++)
    for (size_t p = 0; p < sizeof patterns / sizeof *patterns; p++) {
      printf("%d %s:", flags[f], patterns[p]);
      for (size_t t = 0; t < sizeof texts / sizeof *texts; t++) printf("%d", !fnmatch(patterns[p], texts[t], flags[f]));
      puts("");
    }
  char text[2000];
  memset(text, 'a', 1999);
  text[1999] = 0;
  printf("%d\n", fnmatch("*a*a*a*a*a*a*a*a*a*a*b", text, 0));
}

static void paths(void) {
  static const char *const patterns[] = {"*", "*.c", "d/*", "*/*", "?", "nothing*", "[ab]*", "d*/x*", ".*c", "./*.c", "d/", "a\\*", "/dev/nul[l]", "d//x", "nofile"};
  mkdir("d", 0755);
  mkdir("d2", 0755);
  for (const char *const *name = (const char *const[]){"a.c", "b.c", ".hidden.c", "a*", "d/x", "d/.y", "d2/x1", 0}; *name; name++)
    close(open(*name, O_CREAT | O_WRONLY, 0644));
  for (size_t p = 0; p < sizeof patterns / sizeof *patterns; p++) {
    glob_t found;
    int result = glob(patterns[p], p % 2 ? GLOB_MARK : 0, 0, &found);
    printf("%s: %d", patterns[p], result);
    if (result == 0) {
      for (size_t i = 0; i < found.gl_pathc; i++) printf(" %s", found.gl_pathv[i]);
      globfree(&found);
    }
    puts("");
  }
  glob_t both = {.gl_offs = 1};
  glob("*.c", GLOB_DOOFFS, 0, &both);
  glob("nothing*", GLOB_DOOFFS | GLOB_APPEND | GLOB_NOCHECK, 0, &both);
  printf("%zu %d", both.gl_pathc, both.gl_pathv[0] == 0);
  for (size_t i = 1; both.gl_pathv[i]; i++) printf(" %s", both.gl_pathv[i]);
  puts("");
  globfree(&both);
}

static void options(const char *list, int use_longs, ...) {
  static int flag;
  static const struct option longs[] = {{"all", no_argument, 0, 'a'}, {"almost", no_argument, 0, 'A'}, {"width", required_argument, 0, 'w'},
                                        {"color", optional_argument, 0, 'c'}, {"flag", no_argument, &flag, 7}, {0, 0, 0, 0}};
  char *arguments[12] = {"program"};
  int count = 1, option, index = -1;
  __builtin_va_list rest;
  __builtin_va_start(rest, use_longs);
  for (char *one; (one = __builtin_va_arg(rest, char *));) arguments[count++] = one;
  __builtin_va_end(rest);
  optind = 0;
  while ((option = use_longs ? getopt_long(count, arguments, list, longs, &index) : getopt(count, arguments, list)) != -1) {
    printf("%c", option ? option : '0');
    if (optarg) printf("=%s", optarg);
    if (option == '?' || option == ':') printf("(%d)", optopt);
    printf(" ");
    fflush(stdout);
  }
  printf("index %d flag %d, rest:", index, flag);
  for (int i = optind; i < count; i++) printf(" %s", arguments[i]);
  puts("");
  fflush(stdout);
}

int main(void) {
  program_invocation_short_name = "names";
  setvbuf(stdout, 0, _IOLBF, 0);
  setvbuf(stderr, 0, _IOLBF, 0);
  patterns();
  paths();
  options("ab:", 0, "x", "-a", "y", "-b", "v", "z", NULL);
  options("+ab:", 0, "-a", "y", "-b", "v", NULL);
  options("ab:c::", 0, "x", "-ab", "v", "-cq", "-c", "z", "--", "-a", NULL);
  options("ab:", 0, "-", "-x", "-b", NULL);
  options(":ab:", 0, "-x", "-b", NULL);
  options("abc", 0, "x", "y", "-abc", "z", NULL);
  options("aw:c::", 1, "x", "--all", "--width=5", "y", "--width", "6", "--color", "--color=on", "--flag", NULL);
  options("aw:", 1, "--al", "--wid", "3", "--alm", "--bogus", "--all=x", "--width", NULL);
  options(":aw:", 1, "--width", NULL);
  errno = ENOENT;
  warn("file %d", 3);
  warnx("plain %s", "text");
  fd_set set;
  int ends[2];
  struct timeval none = {0, 1000};
  pipe(ends);
  FD_ZERO(&set);
  FD_SET(ends[0], &set);
  printf("%d\n", select(ends[1] + 1, &set, 0, 0, &none));
  write(ends[1], "x", 1);
  FD_SET(ends[0], &set);
  printf("%d %d\n", select(ends[1] + 1, &set, 0, 0, 0), FD_ISSET(ends[0], &set) != 0);
  errx(0, "%s", "the end");
}
