/* nl_types.h: the type of nl_langinfo's argument. There are no message catalogues. */
#ifndef _NL_TYPES_H
#define _NL_TYPES_H
typedef int nl_item;
#endif
