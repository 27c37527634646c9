/* cp: copies files, and directories with what is in them. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include "tools/copy.h"
#include "tools/tool.h"

static const char usage[] =
    "cp [OPTION]... FILE... TARGET\n"
    "       cp [OPTION]... -t DIRECTORY FILE...\n"
    "Copies files, into TARGET if that is a directory.\n"
    "  -r  directories too        -p  keep mode, owner and times  -a  both, and links as links\n"
    "  -i  ask before overwriting -n  never overwrite             -u  only what is newer\n"
    "  -f  remove what is in the way   -v  say what is copied     -T  TARGET is no directory to copy into\n"
    "  -l -s  links instead of copies  -d -P  links as links      -L  what they point at\n"
    "  --parents  with the folders before FILE, below TARGET     --preserve=mode,timestamps,…  --attributes-only\n";

/* The words of --preserve and --no-preserve; modes, times and owners are kept together. */
static int is_kept(const char *option, const char *list) {
  static const char *const words[] = {"mode", "timestamps", "ownership", "links", "context", "xattr", "all"};
  int kept = 0;
  for (const char *at = list; *at || at == list;) {
    size_t size = strcspn(at, ","), which = 0;
    while (which < 7 && (strlen(words[which]) != size || strncmp(words[which], at, size))) which++;
    if (which == 7) {
      tool_complain("invalid argument '%.*s' for '--%s'", (int)size, at, option);
      fputs("Valid arguments are:\n", stderr);
      for (int i = 0; i < 7; i++) fprintf(stderr, "  - '%s'\n", words[i]);
      tool_bad_usage();
    }
    kept |= which < 3 || which == 6;
    at += size;
    if (*at) at++;
  }
  return kept;
}

/* --parents: the folders before a file, made below `to` as they are here; the path that it goes to, or null. */
static const char *with_parents(const char *from, const char *to, const struct copying *how, char room[4096]) {
  const char *name = from + strspn(from, "/");
  int start = snprintf(room, 4096, "%s/", to);
  if (start + (int)strlen(name) >= 4096) return copy_failed("create", from), (const char *)0;
  strcpy(room + start, name);
  for (char *end = room + start + strlen(name); end > room + start && end[-1] == '/';) *--end = 0;
  for (char *slash = room + start; (slash = strchr(slash, '/')); slash++) {
    struct stat here, there;
    int size = (int)(slash - room) - start + (int)(name - from);
    char text[320], *source = strndup(from, (size_t)size);
    if (!source || stat(source, &here) < 0 || (!S_ISDIR(here.st_mode) && (errno = ENOTDIR))) {
      snprintf(text, sizeof text, "failed to get attributes of '%.256s'", source ? source : from);
      free(source);
      return tool_failed(text), (const char *)0;
    }
    *slash = 0;
    int is_there = stat(room, &there) == 0, failed = 0;
    if (is_there && !S_ISDIR(there.st_mode)) failed = tool_complain("'%s' exists but is not a directory", room);
    else if (!is_there && mkdir(room, here.st_mode & 07777) < 0) failed = copy_failed("make directory", room);
    else if (!is_there && how->says) printf("%s -> %s\n", source, room);
    free(source);
    if (failed) return 0;
    *slash = '/';
  }
  return room;
}

int main(int argc, char **argv) {
  struct copying how = {.keeps_links = -1};
  const char *directory = 0;
  int whole = 0, status = 0, parents = 0, strips = 0;
  tool_start(argc, argv, usage);
  for (int option; (option = tool_option(argc, argv, "r(recursive)Rp\1::(preserve)\2:(no-preserve)\5(parents)\6(attributes-only)\7(strip-trailing-slashes)\10(copy-contents)x(one-file-system)Z\3(remove-destination)\4:(reflink)\4:(sparse)a(archive)i(interactive)n(no-clobber)u(update)f(force)v(verbose)l(link)s(symbolic-link)t:(target-directory)T(no-target-directory)dP(no-dereference)L(dereference)H")) != -1;) {
    switch (option) {
      case 'a': how.recursive = how.keep = how.keeps_links = 1; break;
      case 'r':
      case 'R': how.recursive = 1; break;
      case 1:
      case 'p': how.keep |= !optarg || is_kept("preserve", optarg); break;
      case 2: how.keep &= !is_kept("no-preserve", optarg); break;
      case 5: parents = 1; break;
      case 6: how.attributes_only = 1; break;
      case 7: strips = 1; break;
      case 3: how.removes = 2; break;
      case 'i':
      case 'n':
        how.asks = option == 'i';
        how.refuses = option == 'n';
        break;
      case 'u': how.newer_only = 1; break;
      case 'f': how.removes = 1; break;
      case 'v': how.says = 1; break;
      case 'l':
      case 's': how.link = option; break;
      case 't': directory = optarg; break;
      case 'T': whole = 1; break;
      case 'd':
      case 'P': how.keeps_links = 1; break;
      case 'L':
      case 'H': how.keeps_links = 0; break;
    }
  }
  int count;
  const char *to = copy_operands(argc, argv, directory, whole, &count);
  struct stat s;
  if (parents && (stat(to, &s) < 0 || !S_ISDIR(s.st_mode))) {
    tool_complain("with --parents, the destination must be a directory");
    tool_bad_usage();
  }
  for (int at = optind; at < optind + count; at++) {
    char room[4096];
    for (size_t size = strlen(argv[at]); strips && size > 1 && argv[at][size - 1] == '/';) argv[at][--size] = 0;
    const char *target = whole ? to : parents ? with_parents(argv[at], to, &how, room) : copy_target(argv[at], to, room);
    status |= target ? copy_path(argv[at], target, &how) : 1;
  }
  return tool_finish(status);
}
