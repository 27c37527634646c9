/* sys/swap.h: swapon(2) and swapoff(2). */
#ifndef _SYS_SWAP_H
#define _SYS_SWAP_H
#include <bits/swap.h>
int swapon(const char *path, int flags);
int swapoff(const char *path);
#endif
