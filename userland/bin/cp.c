/* cp: copies files, and directories with what is in them. */
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
    "  -l -s  links instead of copies  -d -P  links as links      -L  what they point at\n";


int main(int argc, char **argv) {
  struct copying how = {.keeps_links = -1};
  const char *directory = 0;
  int whole = 0, status = 0;
  tool_start(argc, argv, usage);
  for (int option; (option = tool_option(argc, argv, "r(recursive)Rp\1::(preserve)\2:(no-preserve)\3(remove-destination)\4:(reflink)\4:(sparse)a(archive)i(interactive)n(no-clobber)u(update)f(force)v(verbose)l(link)s(symbolic-link)t:(target-directory)T(no-target-directory)dP(no-dereference)L(dereference)H")) != -1;) {
    switch (option) {
      case 'a': how.recursive = how.keep = how.keeps_links = 1; break;
      case 'r':
      case 'R': how.recursive = 1; break;
      case 1:
      case 'p': how.keep = 1; break;
      case 2: how.keep = 0; break;
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
  for (int at = optind; at < optind + count; at++) {
    char room[4096];
    status |= copy_path(argv[at], whole ? to : copy_target(argv[at], to, room), &how);
  }
  return tool_finish(status);
}
