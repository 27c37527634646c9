/* sys/mman.h: mmap(2) and its kin. */
#ifndef _SYS_MMAN_H
#define _SYS_MMAN_H
#include <bits/mman.h>
#include <bits/types.h>
#define MAP_ANON MAP_ANONYMOUS
#define POSIX_MADV_NORMAL 0
#define POSIX_MADV_RANDOM 1
#define POSIX_MADV_SEQUENTIAL 2
#define POSIX_MADV_WILLNEED 3
#define POSIX_MADV_DONTNEED 4
#define MAP_FAILED ((void *)-1)
void *mmap(void *address, size_t size, int protection, int flags, int fd, off_t offset);
int munmap(void *address, size_t size);
int mprotect(void *address, size_t size, int protection);
void *mremap(void *old, size_t old_size, size_t size, int flags, ...);
int msync(void *address, size_t size, int flags);
int madvise(void *address, size_t size, int advice);
int mincore(void *address, size_t size, unsigned char *resident);
int shm_open(const char *name, int flags, mode_t mode);
int shm_unlink(const char *name);
int mlockall(int flags);
int munlockall(void);
int posix_madvise(void *address, size_t size, int advice);
int mlock(const void *address, size_t size);
int munlock(const void *address, size_t size);
int memfd_create(const char *name, unsigned flags);
#endif
