/* getopt(3), POSIX: short options; arguments are not reordered. */
#include <stdio.h>
#include <string.h>
#include <unistd.h>

char *optarg;
int optind = 1, opterr = 1, optopt;
static int within; /* position inside a group such as -la */

int getopt(int count, char *const arguments[], const char *options) {
  if (within == 0) {
    if (optind >= count || arguments[optind][0] != '-' || arguments[optind][1] == 0) return -1;
    if (strcmp(arguments[optind], "--") == 0) {
      optind++;
      return -1;
    }
    within = 1;
  }
  const char *group = arguments[optind];
  int option = (unsigned char)group[within++];
  const char *known = option == ':' ? 0 : strchr(options, option);
  if (known && known[1] == ':') {
    if (group[within]) {
      optarg = (char *)group + within;
    } else if (optind + 1 < count) {
      optarg = arguments[++optind];
    } else {
      optopt = option;
      within = 0;
      optind++;
      if (*options == ':') return ':';
      if (opterr) fprintf(stderr, "%s: option requires an argument -- '%c'\n", arguments[0], option);
      return '?';
    }
    within = 0;
    optind++;
    return option;
  }
  if (!group[within]) {
    within = 0;
    optind++;
  }
  if (known) return option;
  optopt = option;
  if (opterr && *options != ':')
    fprintf(stderr, "%s: invalid option -- '%c'\n", arguments[0], option);
  return '?';
}
