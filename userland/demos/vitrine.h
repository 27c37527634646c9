/* What the demos share: looking up the physical frame behind an address. */
#include <fcntl.h>
#include <stdint.h>
#include <unistd.h>

/* The number of the frame that this process sees at `address`; -1 when none is there. Each page has 8 bytes in
   /proc/self/pagemap: bit 63 says "present", bits 0 to 54 are the frame (proc(5)). */
static long frame_of(volatile void *address) {
  uint64_t entry = 0;
  int pagemap = open("/proc/self/pagemap", O_RDONLY);
  pread(pagemap, &entry, sizeof entry, (off_t)((uintptr_t)address / 4096 * sizeof entry));
  close(pagemap);
  return entry >> 63 ? (long)(entry & ((1UL << 55) - 1)) : -1;
}
