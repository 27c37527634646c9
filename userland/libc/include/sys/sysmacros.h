/* sys/sysmacros.h: the parts of a device number. */
#ifndef _SYS_SYSMACROS_H
#define _SYS_SYSMACROS_H
#include <bits/types.h>
#define major(device) ((unsigned)((((device) >> 8) & 0xfff) | (((device) >> 32) & ~0xfffUL)))
#define minor(device) ((unsigned)(((device) & 0xff) | (((device) >> 12) & ~0xffUL)))
#define makedev(major, minor)                                             \
  ((((dev_t)(major) & 0xfff) << 8) | (((dev_t)(major) & ~0xfffUL) << 32) | \
   ((dev_t)(minor) & 0xff) | (((dev_t)(minor) & ~0xffUL) << 12))
#endif
