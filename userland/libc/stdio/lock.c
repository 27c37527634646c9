/* flockfile(3): a FILE belongs to one thread at a time, as often as that takes it. Without threads nothing is taken. */
#include "file.h"
#include "../thread/thread.h"

void flockfile(FILE *file) {
  if (!__threaded) return;
  int me = __own_tid();
  if (file->owner != me) {
    __lock(&file->lock);
    file->owner = me;
  }
  file->depth++;
}

int ftrylockfile(FILE *file) {
  if (!__threaded) return 0;
  int me = __own_tid(), expected = 0;
  if (file->owner != me) {
    if (!__atomic_compare_exchange_n(&file->lock, &expected, 1, 0, __ATOMIC_ACQUIRE, __ATOMIC_RELAXED)) return -1;
    file->owner = me;
  }
  file->depth++;
  return 0;
}

void funlockfile(FILE *file) {
  if (!__threaded || file->depth == 0 || --file->depth > 0) return;
  file->owner = 0;
  __unlock(&file->lock);
}
