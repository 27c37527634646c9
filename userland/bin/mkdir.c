/* mkdir: makes directories; -p parents too, -m with a mode. */
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include "tools/copy.h"
#include "tools/mode.h"
#include "tools/tool.h"

static int parents, says;

static void made(const char *path) {
  if (says) printf("mkdir: created directory '%s'\n", path);
}

static int make_parents(char *path) {
  for (char *slash = path + 1; *path && (slash = strchr(slash, '/')); *slash++ = '/') {
    if (slash[1] == 0 || slash[1] == '/') continue;
    *slash = 0;
    struct stat s;
    if (mkdir(path, 0777) == 0) {
      made(path);
      continue;
    }
    if (errno == EEXIST && stat(path, &s) == 0 && !S_ISDIR(s.st_mode)) errno = ENOTDIR;
    if (errno != EEXIST) return copy_failed("create directory", path);
  }
  return 0;
}

int main(int argc, char **argv) {
  int status = 0;
  const char *spelled = 0;
  mode_t mode = 0777, mask = umask(0);
  umask(mask);
  tool_start(argc, argv, "mkdir [-pv] [-m MODE] DIRECTORY...\nMakes directories; -p their parents too, and no complaint if they exist; -m with a mode, as chmod's; -v says which.\n");
  for (int option; (option = tool_option(argc, argv, "p(parents)m:(mode)v(verbose)")) != -1;) {
    if (option == 'p') parents = 1;
    else if (option == 'v') says = 1;
    else if (option == 'm') spelled = optarg;

  }
  if (optind == argc) {
    tool_complain("missing operand");
    tool_bad_usage();
  }
  if (spelled && mode_change(spelled, S_IFDIR | 0777, mask, &mode) < 0) return tool_complain("invalid mode '%s'", spelled);
  for (; optind < argc; optind++) {
    struct stat s;
    char *path = argv[optind];
    if (parents && make_parents(path)) status = 1;
    else if (mkdir(path, mode) == 0) {
      if (spelled) chmod(path, mode);
      made(path);
    } else if (!(parents && errno == EEXIST && stat(path, &s) == 0 && S_ISDIR(s.st_mode)))
      status = copy_failed("create directory", path);
  }
  return tool_finish(status);
}
