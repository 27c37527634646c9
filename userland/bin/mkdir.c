/* mkdir: makes directories; -p parents too, -m with a mode. */
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include "tools/tool.h"

static int fail(const char *path) {
  char text[300];
  snprintf(text, sizeof text, "cannot create directory '%.256s'", path);
  return tool_failed(text);
}

static int make_parents(char *path) {
  for (char *slash = path + 1; (slash = strchr(slash, '/')); *slash++ = '/') {
    *slash = 0;
    struct stat s;
    if (mkdir(path, 0777) == 0) continue;
    if (errno == EEXIST && stat(path, &s) == 0 && !S_ISDIR(s.st_mode)) errno = ENOTDIR;
    if (errno != EEXIST) return fail(path);
  }
  return 0;
}

int main(int argc, char **argv) {
  int parents = 0, status = 0;
  mode_t mode = 0777;
  tool_start(argc, argv, "mkdir [-p] [-m MODE] DIRECTORY...\nMakes directories; -p their parents too, and no complaint if they exist.\n");
  for (int option; (option = getopt(argc, argv, "pm:")) != -1;) {
    if (option == 'p') parents = 1;
    else if (option == 'm') mode = (mode_t)tool_number(optarg, 8, 07777, "mode");
    else tool_bad_usage(1);
  }
  if (optind == argc) {
    tool_complain("missing operand");
    tool_bad_usage(1);
  }
  for (; optind < argc; optind++) {
    struct stat s;
    char *path = argv[optind];
    if (parents && make_parents(path)) status = 1;
    else if (mkdir(path, mode) < 0 &&
             !(parents && errno == EEXIST && stat(path, &s) == 0 && S_ISDIR(s.st_mode)))
      status = fail(path);
  }
  return status;
}
