/* Memory from the kernel: brk(2), mmap(2) and their kin. */
#include <errno.h>
#include <stdarg.h>
#include <sys/mman.h>
#include <sys/swap.h>
#include <unistd.h>
#include "../start/syscall.h"

static char *current_break;

int brk(void *end) {
  current_break = (char *)__syscall1((long)end, SYS_brk);
  if (current_break == end) return 0;
  errno = ENOMEM;
  return -1;
}

void *sbrk(intptr_t increment) {
  if (!current_break) current_break = (char *)__syscall1(0, SYS_brk);
  char *before = current_break;
  if (increment != 0) {
    char *now = (char *)__syscall1((long)(before + increment), SYS_brk);
    if (now != before + increment) { /* the kernel answers the old break when it refuses */
      errno = ENOMEM;
      return (void *)-1;
    }
    current_break = now;
  }
  return before;
}

void *mmap(void *address, size_t size, int protection, int flags, int fd, off_t offset) {
  return (void *)__result(
      __syscall6((long)address, (long)size, protection, flags, fd, offset, SYS_mmap));
}
int munmap(void *address, size_t size) {
  return (int)__result(__syscall2((long)address, (long)size, SYS_munmap));
}
int mprotect(void *address, size_t size, int protection) {
  return (int)__result(__syscall3((long)address, (long)size, protection, SYS_mprotect));
}
void *mremap(void *old, size_t old_size, size_t size, int flags, ...) {
  va_list arguments;
  va_start(arguments, flags);
  long address = va_arg(arguments, long); /* only read by the kernel with MREMAP_FIXED */
  va_end(arguments);
  return (void *)__result(
      __syscall5((long)old, (long)old_size, (long)size, flags, address, SYS_mremap));
}
int msync(void *address, size_t size, int flags) {
  return (int)__result(__cancellable((long)address, (long)size, flags, 0, 0, 0, SYS_msync));
}
int madvise(void *address, size_t size, int advice) {
  return (int)__result(__syscall3((long)address, (long)size, advice, SYS_madvise));
}
int mincore(void *address, size_t size, unsigned char *resident) {
  return (int)__result(__syscall3((long)address, (long)size, (long)resident, SYS_mincore));
}
int mlock(const void *address, size_t size) {
  return (int)__result(__syscall2((long)address, (long)size, SYS_mlock));
}
int munlock(const void *address, size_t size) {
  return (int)__result(__syscall2((long)address, (long)size, SYS_munlock));
}
int mlockall(int flags) { return (int)__result(__syscall1(flags, SYS_mlockall)); }
int munlockall(void) { return (int)__result(__syscall0(SYS_munlockall)); }
/* Unlike the kernel's, the last of these advices must not throw data away. */
int posix_madvise(void *address, size_t size, int advice) {
  if (advice == POSIX_MADV_DONTNEED) return 0;
  if (advice < 0 || advice > POSIX_MADV_DONTNEED) return EINVAL;
  return (int)-__syscall3((long)address, (long)size, advice, SYS_madvise);
}
int memfd_create(const char *name, unsigned flags) {
  return (int)__result(__syscall2((long)name, flags, SYS_memfd_create));
}

int swapon(const char *path, int flags) {
  return (int)__result(__syscall2((long)path, flags, SYS_swapon));
}
int klogctl(int type, char *buffer, int size) {
  return (int)__result(__syscall3(type, (long)buffer, size, SYS_syslog));
}
int swapoff(const char *path) { return (int)__result(__syscall1((long)path, SYS_swapoff)); }
