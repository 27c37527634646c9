/* Constants for <random>.
   Generated from kernel/abi/process.ts by userland/libc/generate-headers.mjs: change it there. */
#ifndef _BITS_RANDOM_H
#define _BITS_RANDOM_H
#define GRND_NONBLOCK 1
#define GRND_RANDOM 2
#define GRND_INSECURE 4
#endif
