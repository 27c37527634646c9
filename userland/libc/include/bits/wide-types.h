/* The types that wchar.h and wctype.h share. */
#ifndef _BITS_WIDE_TYPES_H
#define _BITS_WIDE_TYPES_H
#include <stddef.h>
typedef unsigned wint_t;
typedef int (*wctype_t)(wint_t c);
#define WEOF ((wint_t)-1)
#endif
