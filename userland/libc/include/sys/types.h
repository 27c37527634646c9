/* sys/types.h: POSIX's type names. */
#ifndef _SYS_TYPES_H
#define _SYS_TYPES_H
#include <bits/pthread-types.h>
#include <bits/types.h>
#include <endian.h>
#include <sys/select.h>
#endif
