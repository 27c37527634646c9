/* sys/types.h: POSIX's type names. */
#ifndef _SYS_TYPES_H
#define _SYS_TYPES_H
#include <bits/pthread-types.h>
#include <bits/types.h>
#include <endian.h>
#include <sys/select.h>

/* Names of the BSDs. */
typedef unsigned char u_char;
typedef unsigned short u_short;
typedef unsigned int u_int;
typedef unsigned long u_long;
typedef uint8_t u_int8_t;
typedef uint16_t u_int16_t;
typedef uint32_t u_int32_t;
typedef uint64_t u_int64_t;
typedef char *caddr_t;
typedef long quad_t;
typedef unsigned long u_quad_t;
typedef unsigned int uint;
typedef unsigned short ushort;
typedef unsigned long ulong;
typedef long off64_t;
typedef off_t loff_t;
#endif
