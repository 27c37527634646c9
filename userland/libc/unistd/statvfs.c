/* statvfs(3) over statfs(2), which says the same in other words. */
#include <sys/statfs.h>
#include <sys/statvfs.h>

#define ST_VALID 0x20 /* the kernel's own: f_flags says something */

static int translate(int result, const struct statfs *from, struct statvfs *to) {
  if (result < 0) return -1;
  unsigned long unit = (unsigned long)(from->f_frsize ? from->f_frsize : from->f_bsize);
  *to = (struct statvfs){(unsigned long)from->f_bsize, unit, from->f_blocks, from->f_bfree, from->f_bavail, from->f_files,
                         from->f_ffree, from->f_ffree, (unsigned)from->f_fsid[0] | (unsigned long)(unsigned)from->f_fsid[1] << 32,
                         (unsigned long)from->f_flags & ~(unsigned long)ST_VALID, (unsigned long)from->f_namelen};
  return 0;
}

int statvfs(const char *restrict path, struct statvfs *restrict to) {
  struct statfs system;
  return translate(statfs(path, &system), &system, to);
}

int fstatvfs(int fd, struct statvfs *to) {
  struct statfs system;
  return translate(fstatfs(fd, &system), &system, to);
}
