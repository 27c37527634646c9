/* getopt(3) and getopt_long(3) as GNU has them: arguments that are no options are moved behind those that are, unless the list
   of options begins with a plus sign. */
#include <getopt.h>
#include <stdio.h>
#include <string.h>

char *optarg;
int optind = 1, opterr = 1, optopt;
static int within; /* position inside a group such as -la */

struct request {
  int count;
  char **arguments;
  const char *options; /* without the leading + */
  const struct option *longs;
  int *index;
};

static int quiet(const struct request *r) { return !opterr || *r->options == ':'; }

static int lacks_argument(const struct request *r) { return *r->options == ':' ? ':' : '?'; }

/* The next argument, as the value of an option; null at the end. */
static int take_value(const struct request *r) {
  optarg = optind < r->count ? r->arguments[optind++] : 0;
  return optarg != 0;
}

static const struct option *find_long(const struct request *r, const char *name, size_t size) {
  const struct option *found = 0, *o;
  int several = 0;
  for (o = r->longs; o->name; o++) {
    if (strncmp(o->name, name, size)) continue;
    if (!o->name[size]) return o;
    if (found && (found->val != o->val || found->flag != o->flag)) several = 1;
    if (!found) found = o;
  }
  if (several && !quiet(r)) {
    fprintf(stderr, "%s: option '--%s' is ambiguous; possibilities:", r->arguments[0], name);
    for (o = r->longs; o->name; o++)
      if (!strncmp(o->name, name, size)) fprintf(stderr, " '--%s'", o->name);
    fputs("\n", stderr);
  } else if (!found && !quiet(r)) {
    fprintf(stderr, "%s: unrecognized option '--%s'\n", r->arguments[0], name);
  }
  return several ? 0 : found;
}

static int long_option(const struct request *r) {
  const char *name = r->arguments[optind++] + 2;
  size_t size = strcspn(name, "=");
  const struct option *o = find_long(r, name, size);
  optopt = 0;
  if (!o) return '?';
  if (name[size] && o->has_arg == no_argument) {
    if (!quiet(r)) fprintf(stderr, "%s: option '--%s' doesn't allow an argument\n", r->arguments[0], o->name);
    optopt = o->val;
    return '?';
  }
  if (name[size]) {
    optarg = (char *)name + size + 1;
  } else if (o->has_arg == required_argument && !take_value(r)) {
    if (!quiet(r)) fprintf(stderr, "%s: option '--%s' requires an argument\n", r->arguments[0], o->name);
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
    if (r->longs && argument[1] == '-') return long_option(r);
    within = 1;
  }
  return short_option(r);
}

int getopt_long(int count, char *const arguments[], const char *options, const struct option *longs, int *index) {
  int keep_order = *options == '+';
  struct request r = {count, (char **)arguments, options + keep_order, longs, index};
  int first = optind, at = optind;
  if (optind == 0) first = at = optind = 1, within = 0; /* GNU's way to begin anew */
  while (!keep_order && at < count && !is_option(arguments[at])) at++;
  if (at >= count || !is_option(arguments[at])) return -1;
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

int getopt(int count, char *const arguments[], const char *options) {
  return getopt_long(count, arguments, options, 0, 0);
}
