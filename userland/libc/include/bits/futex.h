/* Constants for <futex>.
   Generated from kernel/abi/process.ts by userland/libc/generate-headers.mjs: change it there. */
#ifndef _BITS_FUTEX_H
#define _BITS_FUTEX_H
#define FUTEX_WAIT 0
#define FUTEX_WAKE 1
#define FUTEX_REQUEUE 3
#define FUTEX_CMP_REQUEUE 4
#define FUTEX_WAKE_OP 5
#define FUTEX_WAIT_BITSET 9
#define FUTEX_WAKE_BITSET 10
#define FUTEX_PRIVATE_FLAG 0x80
#define FUTEX_CLOCK_REALTIME 0x100
#define FUTEX_CMD_MASK 0x7f
#endif
