/* mntent.h: the lines of /proc/mounts (getmntent(3)). */
#ifndef _MNTENT_H
#define _MNTENT_H
#include <stdio.h>
#define MOUNTED "/proc/mounts"
#define MNTTAB "/etc/fstab"
struct mntent {
  char *mnt_fsname, *mnt_dir, *mnt_type, *mnt_opts;
  int mnt_freq, mnt_passno;
};
FILE *setmntent(const char *path, const char *mode);
struct mntent *getmntent(FILE *file);
int endmntent(FILE *file);
char *hasmntopt(const struct mntent *mount, const char *option);
#endif
