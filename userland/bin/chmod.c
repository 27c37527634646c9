/* chmod: sets permissions. */
#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include "tools/mode.h"
#include "tools/tool.h"

static const char usage[] =
    "chmod [-Rcfv] MODE FILE...\n"
    "       chmod [-Rcfv] --reference=FILE FILE...\n"
    "Sets permissions. MODE is octal, or like u+x,go-w,a=rX,g=u,+t.\n"
    "  -R  directories with what is in them   -v  say what is done   -c  only what changes   -f  no complaints\n";

static const char *change;
static mode_t mask, reference;
static int has_reference, is_dashed, recursive, says, says_changes, quiet;

static void spell(mode_t mode, char to[10]) {
  for (int bit = 0; bit < 9; bit++) to[bit] = "rwxrwxrwx"[bit];
  for (int bit = 0; bit < 9; bit++)
    if (!(mode & (0400U >> bit))) to[bit] = '-';
  if (mode & S_ISUID) to[2] = to[2] == 'x' ? 's' : 'S';
  if (mode & S_ISGID) to[5] = to[5] == 'x' ? 's' : 'S';
  if (mode & S_ISVTX) to[8] = to[8] == 'x' ? 't' : 'T';
  to[9] = 0;
}

static int apply(const char *path, int is_below) {
  struct stat s;
  char text[300], before[10], after[10];
  if (is_below && lstat(path, &s) == 0 && S_ISLNK(s.st_mode)) return 0;
  if (stat(path, &s) < 0) {
    struct stat link;
    if (lstat(path, &link) == 0 && S_ISLNK(link.st_mode)) return quiet ? 1 : tool_complain("cannot operate on dangling symlink '%s'", path);
    snprintf(text, sizeof text, "cannot access '%.256s'", path);
    return quiet ? 1 : tool_failed(text);
  }
  mode_t mode = reference;
  if (!has_reference) mode_change(change, s.st_mode, mask, &mode);
  int status = 0;
  if (chmod(path, mode) < 0) {
    snprintf(text, sizeof text, "changing permissions of '%.256s'", path);
    status = quiet ? 1 : tool_failed(text);
  } else {
    mode_t old = s.st_mode & 07777;
    spell(old, before);
    spell(mode, after);
    if (old != mode && (says || says_changes))
      printf("mode of '%s' changed from %04o (%s) to %04o (%s)\n", path, old, before, mode, after);
    else if (says) printf("mode of '%s' retained as %04o (%s)\n", path, mode, after);
  }
  mode_t naive;
  /* "-w" takes away less than it seems to when the umask says so. */
  if (is_dashed && mode_change(change, s.st_mode, 0, &naive) == 0 && (mode & ~naive)) {
    char expected[10];
    spell(mode, after);
    spell(naive, expected);
    status = tool_complain("%s: new permissions are %s, not %s", path, after, expected);
  }
  if (!recursive || !S_ISDIR(s.st_mode)) return status;
  struct dirent **names;
  int count = scandir(path, &names, 0, 0);
  if (count < 0) {
    snprintf(text, sizeof text, "cannot read directory '%.256s'", path);
    return tool_failed(text);
  }
  for (int at = 0; at < count; at++) {
    char below[4096];
    if (strcmp(names[at]->d_name, ".") == 0 || strcmp(names[at]->d_name, "..") == 0) continue;
    snprintf(below, sizeof below, "%s/%s", path, names[at]->d_name);
    status |= apply(below, 1);
  }
  return status;
}

int main(int argc, char **argv) {
  int status = 0, at = 1;
  tool_start(argc, argv, usage);
  /* -x and -w,o+r are modes: getopt would take them for options. */
  for (; at < argc && argv[at][0] == '-' && argv[at][1]; at++) {
    struct stat s;
    if (strcmp(argv[at], "--") == 0) {
      at++;
      break;
    }
    if (strncmp(argv[at], "--reference=", 12) == 0) {
      if (stat(argv[at] + 12, &s) < 0) {
        char text[300];
        snprintf(text, sizeof text, "failed to get attributes of '%.256s'", argv[at] + 12);
        return tool_failed(text);
      }
      reference = s.st_mode & 07777;
      has_reference = 1;
      continue;
    }
    static const char *const longs[] = {"R--recursive", "v--verbose", "c--changes", "f--silent", "f--quiet", "p--preserve-root", "p--no-preserve-root"};
    const char *letters = argv[at] + 1;
    char letter[2] = "";
    for (size_t i = 0; i < sizeof longs / sizeof *longs; i++)
      if (strcmp(longs[i] + 1, argv[at]) == 0) *letter = longs[i][0];
    if (*letter) letters = letter;
    if (letters[0] == '-') {
      tool_complain("unrecognized option '%s'", argv[at]);
      tool_bad_usage();
    }
    if (letters[strspn(letters, "Rvcfp")]) {
      if (strchr("rwxXstugoa", letters[0])) {
        is_dashed = 1;
        break;
      }
      tool_complain("invalid option -- '%c'", letters[strspn(letters, "Rvcf")]);
      tool_bad_usage();
    }
    recursive |= strchr(letters, 'R') != 0;
    says |= strchr(letters, 'v') != 0;
    says_changes |= strchr(letters, 'c') != 0;
    quiet |= strchr(letters, 'f') != 0;
  }
  if (!has_reference && at < argc) change = argv[at++];
  if (at >= argc) {
    if (change) tool_complain("missing operand after '%s'", change);
    else tool_complain("missing operand");
    tool_bad_usage();
  }
  mask = umask(0);
  umask(mask);
  mode_t ignored;
  if (!has_reference && mode_change(change, 0, mask, &ignored) < 0) {
    tool_complain("invalid mode: '%s'", change);
    tool_bad_usage();
  }
  for (; at < argc; at++) status |= apply(argv[at], 0);
  return tool_finish(status);
}
