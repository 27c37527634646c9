/* dirent.h: directories, by getdents64(2). */
#ifndef _DIRENT_H
#define _DIRENT_H
#include <bits/dirent.h>
#include <bits/types.h>
struct dirent {
  ino_t d_ino;
  off_t d_off;
  unsigned short d_reclen;
  unsigned char d_type;
  char d_name[256];
};
#define IFTODT(mode) (((mode) & 0170000) >> 12)
#define DTTOIF(type) ((type) << 12)
typedef struct __directory DIR;
DIR *opendir(const char *path);
DIR *fdopendir(int fd);
struct dirent *readdir(DIR *directory);
int readdir_r(DIR *restrict directory, struct dirent *restrict entry, struct dirent **restrict result);
void rewinddir(DIR *directory);
int closedir(DIR *directory);
long telldir(DIR *directory);
void seekdir(DIR *directory, long place);
int versionsort(const struct dirent **left, const struct dirent **right);
int dirfd(DIR *directory);
int alphasort(const struct dirent **left, const struct dirent **right);
int scandir(const char *path, struct dirent ***list, int (*select)(const struct dirent *),
            int (*compare)(const struct dirent **, const struct dirent **));
#endif
