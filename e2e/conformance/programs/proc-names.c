/*
 * In /proc a name that is not there cannot be made, and saying so comes before anything else that is wrong; names that are
 * there cannot be removed or moved. proc(5), open(2), mkdir(2), link(2), rename(2): ERRORS.
 */
#include "expect.h"
#include <fcntl.h>
#include <stdio.h>
#include <sys/stat.h>

int main(void) {
  outcome("open to create", open("/proc/nothere", O_CREAT | O_WRONLY, 0644));
  outcome("in a process's directory", open("/proc/self/nothere", O_CREAT | O_RDWR, 0644));
  outcome("open to create what is there", open("/proc/meminfo", O_CREAT | O_RDONLY, 0644) < 0 ? -1 : 0);
  outcome("mkdir", mkdir("/proc/nothere", 0755));
  outcome("symlink", symlink("a", "/proc/nothere"));
  outcome("mknod", mknod("/proc/nothere", S_IFIFO | 0644, 0));
  outcome("link from elsewhere", link("/etc/passwd", "/proc/nothere"));
  outcome("rename within", rename("/proc/meminfo", "/proc/nothere"));
  outcome("rename from elsewhere", rename("/etc/passwd", "/proc/nothere"));
  outcome("unlink", unlink("/proc/nothere"));
  outcome("mkdir on a file", mkdir("/proc/meminfo", 0755));
  outcome("below a file", open("/proc/meminfo/x", O_CREAT | O_RDWR, 0644));
  return 0;
}
