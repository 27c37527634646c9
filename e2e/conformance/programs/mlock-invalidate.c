/*
 * Memory that is locked cannot be invalidated. msync(2), EBUSY: MS_INVALIDATE was asked for, and a page is locked.
 */
#include "expect.h"
#include <sys/mman.h>

int main(void) {
  char *area = mmap(NULL, 3 * PAGE, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
  outcome("not locked", msync(area, 3 * PAGE, MS_SYNC | MS_INVALIDATE));
  outcome("locked in the middle", mlock(area + PAGE, PAGE));
  outcome("before it", msync(area, PAGE, MS_SYNC | MS_INVALIDATE));
  outcome("across it", msync(area, 3 * PAGE, MS_SYNC | MS_INVALIDATE));
  outcome("without invalidating", msync(area, 3 * PAGE, MS_SYNC));
  outcome("unlocked", munlock(area + PAGE, PAGE));
  outcome("again", msync(area, 3 * PAGE, MS_ASYNC | MS_INVALIDATE));
  return 0;
}
