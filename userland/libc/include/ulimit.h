/* ulimit.h: the limit of a file's size (POSIX); getrlimit(2) has it and the others. */
#ifndef _ULIMIT_H
#define _ULIMIT_H
#define UL_GETFSIZE 1
#define UL_SETFSIZE 2
long ulimit(int command, ...);
#endif
