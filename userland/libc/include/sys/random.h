/* sys/random.h: getrandom(2). */
#ifndef _SYS_RANDOM_H
#define _SYS_RANDOM_H
#include <bits/random.h>
#include <bits/types.h>
ssize_t getrandom(void *to, size_t size, unsigned flags);
#endif
