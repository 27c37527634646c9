/* sys/param.h: BSD's MIN and MAX. */
#ifndef _SYS_PARAM_H
#define _SYS_PARAM_H
#include <limits.h>
#define MIN(a, b) ((a) < (b) ? (a) : (b))
#define MAX(a, b) ((a) > (b) ? (a) : (b))
#define MAXPATHLEN PATH_MAX
#endif
