/* getopt(3), getopt_long(3) and getopt_long_only(3) as GNU has them: arguments that are no options are moved behind those that
   are, unless the list of options begins with a plus sign; with a minus sign they are options of the number 1. */
#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

char *optarg;
int optind = 1, opterr = 1, optopt;
static int within; /* position inside a group such as -la */

struct request {
  int count;
  char **arguments;
  const char *options; /* without the leading + or - */
  const struct option *longs;
  int *index;
  int long_only; /* one dash will do for a long name */
};

enum { PERMUTE, KEEP_ORDER, IN_ORDER };

static int quiet(const struct request *r) { return !opterr || *r->options == ':'; }

static int lacks_argument(const struct request *r) { return *r->options == ':' ? ':' : '?'; }

/* The next argument, as the value of an option; null at the end. */
static int take_value(const struct request *r) {
  optarg = optind < r->count ? r->arguments[optind++] : 0;
  return optarg != 0;
}

static int is_short(const struct request *r, int option) { return option != ':' && option && strchr(r->options, option); }

/* Behind one dash: a group of short options, then, if the first is one. */
static int may_be_short(const struct request *r, const char *dashes, const char *name) {
  return !dashes[1] && is_short(r, (unsigned char)*name);
}

static const struct option *find_long(const struct request *r, const char *dashes, const char *name, size_t size,
                                      int *is_several) {
  const struct option *found = 0, *o;
  int several = 0;
  for (o = r->longs; o->name; o++) {
    if (strncmp(o->name, name, size)) continue;
    if (!o->name[size]) return o;
    if (found && (found->val != o->val || found->flag != o->flag)) several = 1;
    if (!found) found = o;
  }
  if (several && !quiet(r)) {
    fprintf(stderr, "%s: option '%s%s' is ambiguous; possibilities:", r->arguments[0], dashes, name);
    for (o = r->longs; o->name; o++)
      if (!strncmp(o->name, name, size)) fprintf(stderr, " '%s%s'", dashes, o->name);
    fputs("\n", stderr);
  } else if (!found && !quiet(r) && !may_be_short(r, dashes, name)) {
    fprintf(stderr, "%s: unrecognized option '%s%s'\n", r->arguments[0], dashes, name);
  }
  *is_several = several;
  return several ? 0 : found;
}

/* -1 when it is none. */
static int long_option(const struct request *r, const char *dashes) {
  const char *name = r->arguments[optind] + strlen(dashes);
  size_t size = strcspn(name, "=");
  int several = 0;
  const struct option *o = find_long(r, dashes, name, size, &several);
  if (!o && !several && may_be_short(r, dashes, name)) return -1;
  optind++;
  if (!o) {
    optopt = 0;
    return '?';
  }
  if (name[size] && o->has_arg == no_argument) {
    if (!quiet(r)) fprintf(stderr, "%s: option '%s%s' doesn't allow an argument\n", r->arguments[0], dashes, o->name);
    optopt = o->val;
    return '?';
  }
  if (name[size]) {
    optarg = (char *)name + size + 1;
  } else if (o->has_arg == required_argument && !take_value(r)) {
    if (!quiet(r)) fprintf(stderr, "%s: option '%s%s' requires an argument\n", r->arguments[0], dashes, o->name);
    optopt = o->val;
    return lacks_argument(r);
  }
  if (r->index) *r->index = (int)(o - r->longs);
  if (!o->flag) return o->val;
  *o->flag = o->val;
  return 0;
}

static int short_option(const struct request *r) {
  const char *group = r->arguments[optind];
  int option = (unsigned char)group[within++];
  const char *known = option == ':' ? 0 : strchr(r->options, option);
  int last = !group[within], takes = known && known[1] == ':';
  const char *rest = group + within;
  if (last || takes) {
    within = 0;
    optind++;
  }
  if (!known) {
    optopt = option;
    if (!quiet(r)) fprintf(stderr, "%s: invalid option -- '%c'\n", r->arguments[0], option);
    return '?';
  }
  if (takes && !last) {
    optarg = (char *)rest;
  } else if (takes && known[2] != ':' && !take_value(r)) {
    optopt = option;
    if (!quiet(r)) fprintf(stderr, "%s: option requires an argument -- '%c'\n", r->arguments[0], option);
    return lacks_argument(r);
  }
  return option;
}

static int is_option(const char *argument) { return argument[0] == '-' && argument[1]; }

/* The option at optind. */
static int option_here(const struct request *r) {
  const char *argument = r->arguments[optind];
  optarg = 0;
  if (within == 0) {
    if (strcmp(argument, "--") == 0) {
      optind++;
      return -1;
    }
    if (r->longs && argument[1] == '-') return long_option(r, "--");
    if (r->long_only && (argument[2] || !is_short(r, (unsigned char)argument[1]))) {
      int option = long_option(r, "-");
      if (option >= 0) return option;
    }
    within = 1;
  }
  return short_option(r);
}

static int next_option(int count, char *const arguments[], const char *options, const struct option *longs, int *index,
                       int long_only) {
  int order = *options == '-' ? IN_ORDER : *options == '+' || getenv("POSIXLY_CORRECT") ? KEEP_ORDER : PERMUTE;
  struct request r = {count, (char **)arguments, options + (*options == '+' || *options == '-'), longs, index,
                      longs && long_only};
  if (optind == 0) optind = 1, within = 0; /* GNU's way to begin anew */
  int first = optind, at = optind;
  while (order == PERMUTE && at < count && !is_option(arguments[at])) at++;
  if (at >= count) return -1;
  if (!is_option(arguments[at])) {
    if (order == KEEP_ORDER) return -1;
    optarg = arguments[optind++];
    return 1;
  }
  optind = at;
  int option = option_here(&r), used = optind - at;
  /* What was used up goes in front of what was skipped; inside a group that is nothing yet. */
  for (int i = 0; at > first && i < used; i++) {
    char *moved = r.arguments[at + i];
    memmove(r.arguments + first + i + 1, r.arguments + first + i, (size_t)(at - first) * sizeof moved);
    r.arguments[first + i] = moved;
  }
  optind = first + used;
  return option;
}

int getopt_long(int count, char *const arguments[], const char *options, const struct option *longs, int *index) {
  return next_option(count, arguments, options, longs, index, 0);
}

int getopt_long_only(int count, char *const arguments[], const char *options, const struct option *longs, int *index) {
  return next_option(count, arguments, options, longs, index, 1);
}

int getopt(int count, char *const arguments[], const char *options) {
  return next_option(count, arguments, options, 0, 0, 0);
}
