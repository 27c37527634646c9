/* sys/resource.h: limits and usage. */
#ifndef _SYS_RESOURCE_H
#define _SYS_RESOURCE_H
#include <bits/resource.h>
#include <bits/struct-rlimit.h>
#include <bits/struct-rusage.h>
#include <bits/types.h>
typedef unsigned long rlim_t;
#define RLIM_INFINITY (~0UL)
#define PRIO_MIN (-20)
#define PRIO_MAX 20
#define RLIM_SAVED_MAX RLIM_INFINITY
#define RLIM_SAVED_CUR RLIM_INFINITY
int getrlimit(int resource, struct rlimit *to);
int setrlimit(int resource, const struct rlimit *from);
int prlimit(pid_t pid, int resource, const struct rlimit *from, struct rlimit *to);
int getrusage(int who, struct rusage *to);
int getpriority(int which, id_t who);
int setpriority(int which, id_t who, int priority);
#endif
