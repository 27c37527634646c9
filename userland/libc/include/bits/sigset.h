/* The type of signal sets, which several headers must have. */
#ifndef _BITS_SIGSET_H
#define _BITS_SIGSET_H
typedef struct {
  unsigned long __bits;
} sigset_t;
#endif
