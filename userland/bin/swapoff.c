/* swapoff: brings every page of a swap device back into memory and lets go of the device; see swapoff(2). */
#include <errno.h>
#include <sys/swap.h>
#include <unistd.h>
#include "tools/swap.h"
#include "tools/tool.h"

static const char usage[] =
    "swapoff [-a] [DEVICE]\n"
    "Brings back into memory what is on a swap device, " SWAP_DEVICE " if none is named, and uses it no longer.\n"
    "  -a  no complaint if it is not in use\n";

static const struct meaning meanings[] = {
    {EINVAL, "it is not in use"},
    {ENOMEM, "what is swapped out does not fit into memory"},
    {EPERM, "only root may do this"},
    {0, 0}};

int main(int argc, char **argv) {
  int calm = 0;
  tool_start(argc, argv, usage);
  for (int option; (option = tool_option(argc, argv, "a")) != -1;) {
    calm = 1;
  }
  const char *device = optind < argc ? argv[optind] : SWAP_DEVICE;
  if (swapoff(device) == 0 || (calm && errno == EINVAL)) return 0;
  return swap_failed(device, meanings);
}
