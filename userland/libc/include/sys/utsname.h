/* sys/utsname.h: uname(2). */
#ifndef _SYS_UTSNAME_H
#define _SYS_UTSNAME_H
#include <bits/struct-utsname.h>
int uname(struct utsname *to);
#endif
