/* sys/prctl.h: prctl(2). */
#ifndef _SYS_PRCTL_H
#define _SYS_PRCTL_H
#include <bits/prctl.h>
int prctl(int option, ...);
#endif
