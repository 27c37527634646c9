/* rm: removes files, and directories with what is in them. */
#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include "tools/copy.h"
#include "tools/tool.h"

static const char usage[] =
    "rm [-dfiIrv] FILE...\n"
    "Removes files.\n"
    "  -r  directories with what is in them    -d  empty directories\n"
    "  -f  no questions, and missing files are no error\n"
    "  -i  ask before each    -I  ask once before many or a tree    -v  say what is removed\n";


static int force, recursive, asks, empty_ones, says, at_terminal;

static const char *kind(const struct stat *s) {
  switch (s->st_mode & S_IFMT) {
    case S_IFDIR: return "directory";
    case S_IFLNK: return "symbolic link";
    case S_IFIFO: return "fifo";
    case S_IFCHR: return "character special file";
    case S_IFBLK: return "block special file";
    case S_IFSOCK: return "socket";
    default: return s->st_size == 0 ? "regular empty file" : "regular file";
  }
}

/* Also without -i, what may not be written is asked about when somebody is there to answer. */
static int agreed(const char *path, const struct stat *s, const char *verb) {
  int guarded = !force && at_terminal && !S_ISLNK(s->st_mode) && access(path, W_OK) < 0;
  if (!asks && !guarded) return 1;
  return copy_asks("%s %s%s '%s'?", verb, guarded ? "write-protected " : "", kind(s), path);
}

static int is_empty(const char *path) {
  int count = 0;
  DIR *directory = opendir(path);
  while (directory && count <= 2 && readdir(directory)) count++;
  if (directory) closedir(directory);
  return count == 2;
}

static int remove_path(const char *path);

/* What could not be removed, or was not to be, stays: each name is tried once. */
static int empty(const char *path) {
  int status = 0;
  struct dirent **names;
  int count = scandir(path, &names, 0, 0);
  if (count < 0) return copy_failed("remove", path);
  for (int at = 0; at < count; at++) {
    char below[4096];
    const char *name = names[at]->d_name;
    if (strcmp(name, ".") == 0 || strcmp(name, "..") == 0) continue;
    snprintf(below, sizeof below, "%s/%s", path, name);
    status |= remove_path(below);
  }
  return status;
}

static int remove_path(const char *path) {
  struct stat s;
  if (lstat(path, &s) < 0) return force && (errno == ENOENT || errno == ENOTDIR) ? 0 : copy_failed("remove", path);
  if (!S_ISDIR(s.st_mode)) {
    if (!agreed(path, &s, "remove")) return 0;
    if (unlink(path) < 0) return copy_failed("remove", path);
    if (says) printf("removed '%s'\n", path);
    return 0;
  }
  int has_nothing = is_empty(path);
  if (!recursive && !(empty_ones && has_nothing)) {
    errno = empty_ones ? ENOTEMPTY : EISDIR;
    return copy_failed("remove", path);
  }
  if (!has_nothing) {
    if (!agreed(path, &s, "descend into")) return 0;
    if (empty(path)) return 1;
  }
  if (!agreed(path, &s, "remove")) return 0;
  if (rmdir(path) < 0) return copy_failed("remove", path);
  if (says) printf("removed directory '%s'\n", path);
  return 0;
}

int main(int argc, char **argv) {
  int status = 0, once = 0, keeps_root = 1;
  tool_start(argc, argv, usage);
  for (int option; (option = tool_option(argc, argv, "d(dir)f(force)iI\1::(interactive)\2(one-file-system)\2(preserve-root)\3(no-preserve-root)r(recursive)Rv(verbose)")) != -1;) {
    switch (option) {
      case 'd': empty_ones = 1; break;
      case 'f': force = 1, asks = once = 0; break;
      case 3: keeps_root = 0; break;
      case 1:
        if (optarg && strcmp(optarg, "never") == 0) {
          asks = once = 0;
          break;
        }
        if (optarg && strcmp(optarg, "always") && strcmp(optarg, "once")) {
          tool_complain("invalid argument '%s' for '--interactive'", optarg);
          fputs("Valid arguments are:\n  - 'never', 'no', 'none'\n  - 'once'\n  - 'always', 'yes'\n", stderr);
          tool_bad_usage();
        } /* fallthrough */
      case 'i':
        asks = !optarg || strcmp(optarg, "always") == 0;
        once = optarg && strcmp(optarg, "once") == 0;
        force = 0;
        break;
      case 'I': once = 1, asks = force = 0; break;
      case 'r':
      case 'R': recursive = 1; break;
      case 'v': says = 1; break;
    }
  }
  if (optind == argc) {
    if (force) return 0;
    tool_complain("missing operand");
    tool_bad_usage();
  }
  at_terminal = isatty(0);
  int count = argc - optind;
  if (once && (count > 3 || recursive) &&
      !copy_asks("remove %d argument%s%s?", count, count == 1 ? "" : "s", recursive ? " recursively" : ""))
    return 0;
  for (; optind < argc; optind++) {
    char *path = argv[optind];
    char *name = basename(path);
    if (recursive && (strcmp(name, ".") == 0 || strcmp(name, "..") == 0))
      status = tool_complain("refusing to remove '.' or '..' directory: skipping '%s'", path);
    else if (recursive && keeps_root && strcmp(path, "/") == 0) {
      status = tool_complain("it is dangerous to operate recursively on '/'");
      tool_complain("use --no-preserve-root to override this failsafe");
    }
    else
      status |= remove_path(path);
  }
  return tool_finish(status);
}
