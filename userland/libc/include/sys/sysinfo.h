/* sys/sysinfo.h: sysinfo(2). */
#ifndef _SYS_SYSINFO_H
#define _SYS_SYSINFO_H
#include <bits/struct-sysinfo.h>
int sysinfo(struct sysinfo *to);
#endif
