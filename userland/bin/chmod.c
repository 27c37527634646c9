/* chmod: sets permissions, in octal or as [ugoa][+-=][rwx]. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include "tools/tool.h"

/* The mode after applying `change` to `mode`; ends the program when it is no mode. */
static mode_t changed(mode_t mode, const char *change) {
  if (*change >= '0' && *change <= '7') return (mode_t)tool_number(change, 8, 07777, "mode");
  for (const char *at = change; *at; at += *at == ',') {
    mode_t who = 0, bits = 0;
    for (; *at && strchr("ugoa", *at); at++)
      who |= *at == 'u' ? 0700 : *at == 'g' ? 0070 : *at == 'o' ? 0007 : 0777;
    if (!who) who = 0777;
    char sign = *at ? *at++ : 0;
    for (; *at && strchr("rwx", *at); at++) bits |= *at == 'r' ? 0444 : *at == 'w' ? 0222 : 0111;
    if (!sign || !strchr("+-=", sign) || (*at && *at != ',')) {
      tool_complain("invalid mode: '%s'", change);
      exit(1);
    }
    if (sign == '=') mode &= ~who;
    if (sign == '-') mode &= ~(who & bits);
    else mode |= who & bits;
  }
  return mode;
}

int main(int argc, char **argv) {
  int status = 0;
  tool_start(argc, argv, "chmod MODE FILE...\nMODE is octal, or like u+x, go-w, a=r.\n");
  if (argc < 3) {
    tool_complain("missing operand");
    tool_bad_usage(1);
  }
  for (int i = 2; i < argc; i++) {
    struct stat s;
    if (stat(argv[i], &s) < 0 || chmod(argv[i], changed(s.st_mode & 07777, argv[1])) < 0)
      status = tool_failed(argv[i]);
  }
  return status;
}
