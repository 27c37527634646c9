/* swapon: lets the kernel move pages from memory to a swap device; see swapon(2). */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/swap.h>
#include <unistd.h>
#include "tools/swap.h"
#include "tools/tool.h"

static const char usage[] =
    "swapon [-a] [-s] [DEVICE]\n"
    "Lets the kernel use a device, " SWAP_DEVICE " if none is named, for pages that do not fit into memory.\n"
    "  -a  no complaint if it is in use already\n"
    "  -s  only shows what is in use, how large it is and how much of it is taken, in KiB\n";

static const struct meaning meanings[] = {
    {EBUSY, "it is in use already"},
    {EINVAL, "it is no swap device"},
    {ENOTBLK, "it is no block device"},
    {EPERM, "only root may do this"},
    {0, 0}};

int main(int argc, char **argv) {
  int calm = 0, show = 0;
  tool_start(argc, argv, usage);
  for (int option; (option = tool_option(argc, argv, "as")) != -1;) {
    switch (option) {
      case 'a': calm = 1; break;
      case 's': show = 1; break;
    }
  }
  if (show) {
    char *text = tool_read_file("/proc/swaps", 0);
    if (!text) return tool_failed("/proc/swaps");
    fputs(text, stdout);
    free(text);
    return tool_finish(0);
  }
  const char *device = optind < argc ? argv[optind] : SWAP_DEVICE;
  if (swapon(device, 0) == 0 || (calm && errno == EBUSY)) return 0;
  return swap_failed(device, meanings);
}
