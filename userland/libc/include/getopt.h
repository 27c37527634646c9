/* getopt.h: GNU's long options; the short ones are in unistd.h. */
#ifndef _GETOPT_H
#define _GETOPT_H
#include <unistd.h>
#define no_argument 0
#define required_argument 1
#define optional_argument 2
struct option {
  const char *name;
  int has_arg;
  int *flag;
  int val;
};
int getopt_long(int count, char *const arguments[], const char *options, const struct option *longs, int *index);
int getopt_long_only(int count, char *const arguments[], const char *options, const struct option *longs, int *index);
#endif
