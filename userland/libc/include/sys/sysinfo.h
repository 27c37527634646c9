/* sys/sysinfo.h: sysinfo(2). */
#ifndef _SYS_SYSINFO_H
#define _SYS_SYSINFO_H
#include <bits/struct-sysinfo.h>
int get_nprocs(void);
int get_nprocs_conf(void);
long get_phys_pages(void);
long get_avphys_pages(void);
int sysinfo(struct sysinfo *to);
#endif
