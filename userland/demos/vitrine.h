/* What the demos share: asking the kernel for the frame behind an address. */
#include <fcntl.h>
#include <stdint.h>
#include <unistd.h>

/* The number of the physical frame that this process sees at `address`, or -1
   if there is none. /proc/self/pagemap has 8 bytes for each page: bit 63 says
   "present", bits 0 to 54 are the frame (proc(5)). */
static long frame_of(volatile void *address) {
  uint64_t entry = 0;
  off_t place = (off_t)((uintptr_t)address / 4096 * sizeof entry);
  int pagemap = open("/proc/self/pagemap", O_RDONLY);
  pread(pagemap, &entry, sizeof entry, place);
  close(pagemap);
  return entry >> 63 ? (long)(entry & ((1UL << 55) - 1)) : -1;
}
