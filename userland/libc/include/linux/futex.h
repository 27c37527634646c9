/* linux/futex.h: operations of futex(2), which is called by syscall(SYS_futex, …). */
#ifndef _LINUX_FUTEX_H
#define _LINUX_FUTEX_H
#include <bits/futex.h>
#define FUTEX_WAIT_PRIVATE (FUTEX_WAIT | FUTEX_PRIVATE_FLAG)
#define FUTEX_WAKE_PRIVATE (FUTEX_WAKE | FUTEX_PRIVATE_FLAG)
#endif
