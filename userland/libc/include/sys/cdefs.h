/* sys/cdefs.h: what headers of the BSDs use. */
#ifndef _SYS_CDEFS_H
#define _SYS_CDEFS_H
#define __BEGIN_DECLS
#define __END_DECLS
#define __P(arguments) arguments
#define __CONCAT(a, b) a##b
#define __STRING(x) #x
#define __THROW
#define __nonnull(arguments)
#endif
