/* errno.h: each thread has an errno of its own. */
#ifndef _ERRNO_H
#define _ERRNO_H
#include <bits/errno.h>
int *__errno_location(void) __attribute__((const));
#define errno (*__errno_location())
extern char *program_invocation_name;
extern char *program_invocation_short_name;
#endif
