/* sys/param.h: BSD's macros and limits. */
#ifndef _SYS_PARAM_H
#define _SYS_PARAM_H
#include <limits.h>
#define MIN(a, b) ((a) < (b) ? (a) : (b))
#define MAX(a, b) ((a) > (b) ? (a) : (b))
#define MAXPATHLEN PATH_MAX
#define MAXHOSTNAMELEN 64
#define MAXSYMLINKS 20
#define NBBY 8
#define NOFILE 256
#define howmany(count, each) (((count) + ((each) - 1)) / (each))
#define roundup(count, each) (howmany(count, each) * (each))
#define powerof2(number) ((((number) - 1) & (number)) == 0)
#define setbit(bits, at) ((bits)[(at) / NBBY] |= 1 << (at) % NBBY)
#define clrbit(bits, at) ((bits)[(at) / NBBY] &= ~(1 << (at) % NBBY))
#define isset(bits, at) ((bits)[(at) / NBBY] & 1 << (at) % NBBY)
#define isclr(bits, at) (!isset(bits, at))
#endif
