/* Constants for <prctl>.
   Generated from kernel/abi/process.ts by userland/libc/generate-headers.mjs: change it there. */
#ifndef _BITS_PRCTL_H
#define _BITS_PRCTL_H
#define PR_SET_PDEATHSIG 1
#define PR_SET_NAME 15
#define PR_GET_NAME 16
#endif
