/* endian.h: this machine keeps the least significant byte first. */
#ifndef _ENDIAN_H
#define _ENDIAN_H
#include <stdint.h>
#define LITTLE_ENDIAN 1234
#define BIG_ENDIAN 4321
#define BYTE_ORDER LITTLE_ENDIAN
static inline uint16_t __swap16(uint16_t x) { return (uint16_t)(x << 8 | x >> 8); }
static inline uint32_t __swap32(uint32_t x) { return (uint32_t)__swap16((uint16_t)x) << 16 | __swap16((uint16_t)(x >> 16)); }
static inline uint64_t __swap64(uint64_t x) { return (uint64_t)__swap32((uint32_t)x) << 32 | __swap32((uint32_t)(x >> 32)); }
#define htobe16(x) __swap16(x)
#define htobe32(x) __swap32(x)
#define htobe64(x) __swap64(x)
#define be16toh(x) __swap16(x)
#define be32toh(x) __swap32(x)
#define be64toh(x) __swap64(x)
#define htole16(x) ((uint16_t)(x))
#define htole32(x) ((uint32_t)(x))
#define htole64(x) ((uint64_t)(x))
#define le16toh(x) ((uint16_t)(x))
#define le32toh(x) ((uint32_t)(x))
#define le64toh(x) ((uint64_t)(x))
#endif
