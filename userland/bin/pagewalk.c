/* pagewalk: the walk of the MMU from an address to its frame, level by level (RISC-V privileged manual, Sv39). The
   entries come from /proc/PID/pagewalk/ADDRESS, where the kernel follows the real tables in RAM; this is Vitrine's
   own file, there is none like it on Linux. */
#include <errno.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include "tools/colour.h"
#include "tools/tool.h"

static const char usage[] =
    "pagewalk [--color=WHEN] PID ADDRESS\n"
    "Follows the page tables of a process from the root to the frame behind ADDRESS (hexadecimal with 0x): at each level\n"
    "the table's frame, the index in it, and the entry there.\n";

/* A page-table entry:  63 .. 54 reserved | 53 .. 10 frame | 9 8 software | D A G U X W R V */
static void put_bits(uint64_t pte) {
  static const char letters[] = "DAGUXWRV";
  for (int bit = 7; bit >= 0; bit--) putchar(pte >> bit & 1 ? letters[7 - bit] : '-');
}

int main(int argc, char **argv) {
  tool_start(argc, argv, usage);
  const char *when = 0;
  if (argc > 1 && strncmp(argv[1], "--color", 7) == 0 && (argv[1][7] == '=' || !argv[1][7])) {
    when = argv[1][7] ? argv[1] + 8 : "always";
    argc--, argv++;
  }
  int colours = colour_wanted(when);
  if (argc != 3) {
    tool_complain("expected a process number and an address");
    tool_bad_usage();
  }
  unsigned long pid = tool_number(argv[1], 10, 1 << 22, "process number");
  unsigned long address = tool_number(argv[2], 0, ~0UL, "address");
  char path[64];
  snprintf(path, sizeof path, "/proc/%lu/pagewalk/0x%lx", pid, address);
  char *text = tool_read_file(path, 0);
  if (!text) return tool_failed(path);

  printf("address 0x%010lx = ", address);
  for (int level = 2; level >= 0; level--) printf("%lu . ", address >> (12 + 9 * level) & 511);
  printf("0x%03lx\n(three indexes of 9 bits, an offset of 12)\n\n", address & 4095);
  colour_put(colours, COLOUR_HEADING, 0, "LEVEL  TABLE  INDEX  PAGE-TABLE ENTRY    FLAGS     LEADS TO");
  putchar('\n');
  for (char *rest = text, *line; (line = strsep(&rest, "\n")) && *line;) {
    char *at;
    unsigned long level = strtoul(line, &at, 10), table = strtoul(at, &at, 10);
    unsigned long index = strtoul(at, &at, 10), pte = strtoul(at, &at, 16);
    unsigned long next = pte >> 10 & ((1UL << 44) - 1), below = (1UL << (12 + 9 * level)) - 1;
    printf("%5lu %6lu  %5lu  0x%016lx  ", level, table, index, pte);
    put_bits(pte);
    if (!(pte & 1))
      colour_put(colours, COLOUR_BAD, 0, pte == 0 ? "  nothing here: a fault\n" : "  not present: a fault\n");
    else if (!(pte & 0xe))
      printf("  next table in frame %lu\n", next);
    else
      printf(colours ? "  \033[" COLOUR_GOOD "mframe %lu\033[0m\n\nphysical address 0x%lx\n" : "  frame %lu\n\nphysical address 0x%lx\n", next,
             (next << 12 & ~below) | (address & below));
  }
  free(text);
  return tool_finish(0);
}
