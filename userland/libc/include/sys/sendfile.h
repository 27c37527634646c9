/* sys/sendfile.h: sendfile(2). */
#ifndef _SYS_SENDFILE_H
#define _SYS_SENDFILE_H
#include <bits/types.h>
ssize_t sendfile(int to, int from, off_t *offset, size_t count);
#endif
