/* sys/auxv.h: what the kernel told the program at its start. */
#ifndef _SYS_AUXV_H
#define _SYS_AUXV_H
#include <bits/auxv.h>
unsigned long getauxval(unsigned long type);
#endif
