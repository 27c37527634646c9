/* byteswap.h: bytes in the other order. */
#ifndef _BYTESWAP_H
#define _BYTESWAP_H
#include <endian.h>
#define bswap_16(x) __swap16(x)
#define bswap_32(x) __swap32(x)
#define bswap_64(x) __swap64(x)
#endif
