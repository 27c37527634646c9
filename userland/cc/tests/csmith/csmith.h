/* What programs that csmith makes expect of its runtime, for a compiler without floating point. What would be undefined has
   a result that is as good as any other, since all compilers are given the same. */
#include <limits.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

static uint32_t crc32_context = 0xffffffff;

static void crc32_gentab(void) {}

static void crc_byte(unsigned char byte) {
  crc32_context ^= byte;
  for (int bit = 0; bit < 8; bit++) crc32_context = crc32_context >> 1 ^ (crc32_context & 1 ? 0xedb88320 : 0);
}

static void transparent_crc(uint64_t value, const char *name, int show) {
  for (int i = 0; i < 64; i += 8) crc_byte((unsigned char)(value >> i));
  if (show) printf("...checksum after hashing %s : %X\n", name, crc32_context ^ 0xffffffff);
}

static void transparent_crc_bytes(const char *bytes, int count, const char *name, int show) {
  for (int i = 0; i < count; i++) crc_byte((unsigned char)bytes[i]);
  if (show) printf("...checksum after hashing %s : %X\n", name, crc32_context ^ 0xffffffff);
}

static void platform_main_begin(void) {}
static void platform_main_end(uint32_t crc, int show) {
  (void)show;
  printf("checksum = %X\n", crc);
}

#define _CSMITH_BITFIELD(x) ((x) > 32 ? (x) % 32 : (x))

#define ARITHMETIC(type, kinds, is_bad)                                                                        \
  static inline type safe_add_func_##type##_##kinds(type a, type b) { return (type)((uint64_t)a + (uint64_t)b); } \
  static inline type safe_sub_func_##type##_##kinds(type a, type b) { return (type)((uint64_t)a - (uint64_t)b); } \
  static inline type safe_mul_func_##type##_##kinds(type a, type b) { return (type)((uint64_t)a * (uint64_t)b); } \
  static inline type safe_div_func_##type##_##kinds(type a, type b) { return is_bad ? a : a / b; }              \
  static inline type safe_mod_func_##type##_##kinds(type a, type b) { return is_bad ? a : a % b; }
#define SHIFTS(type, kind, right_kind, right_type, wide)                                              \
  static inline type safe_lshift_func_##type##_##kind##_##right_kind(wide a, right_type b) {          \
    return (uint64_t)b >= sizeof(type) * 8 ? (type)a : (type)((uint64_t)a << b);                      \
  }                                                                                                   \
  static inline type safe_rshift_func_##type##_##kind##_##right_kind(wide a, right_type b) {          \
    return (uint64_t)b >= sizeof(type) * 8 ? (type)a : (type)(a >> b);                                \
  }
#define SIGNED(type, least, wide)                                                                       \
  static inline type safe_unary_minus_func_##type##_s(type a) { return (type)(0 - (uint64_t)a); }       \
  ARITHMETIC(type, s_s, b == 0 || (a == least && b == -1))                                              \
  SHIFTS(type, s, s, int, wide)                                                                         \
  SHIFTS(type, s, u, unsigned, wide)
#define UNSIGNED(type, wide)                                                                            \
  static inline type safe_unary_minus_func_##type##_u(type a) { return (type)(0 - (uint64_t)a); }       \
  ARITHMETIC(type, u_u, b == 0)                                                                         \
  SHIFTS(type, u, s, int, wide)                                                                         \
  SHIFTS(type, u, u, unsigned, wide)

SIGNED(int8_t, INT8_MIN, int)
SIGNED(int16_t, INT16_MIN, int)
SIGNED(int32_t, INT32_MIN, int)
SIGNED(int64_t, INT64_MIN, int64_t)
UNSIGNED(uint8_t, unsigned)
UNSIGNED(uint16_t, unsigned)
UNSIGNED(uint32_t, unsigned)
UNSIGNED(uint64_t, uint64_t)
