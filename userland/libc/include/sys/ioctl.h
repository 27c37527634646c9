/* sys/ioctl.h: ioctl(2) on terminals. */
#ifndef _SYS_IOCTL_H
#define _SYS_IOCTL_H
#include <bits/ioctl.h>
#include <bits/struct-winsize.h>
int ioctl(int fd, unsigned long request, ...);
#endif
