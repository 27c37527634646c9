/* sys/resource.h: limits and usage. */
#ifndef _SYS_RESOURCE_H
#define _SYS_RESOURCE_H
#include <bits/resource.h>
#include <bits/struct-rlimit.h>
#include <bits/struct-rusage.h>
#include <bits/types.h>
typedef unsigned long rlim_t;
#define RLIM_INFINITY (~0UL)
#define PRIO_PROCESS 0
#define PRIO_PGRP 1
#define PRIO_USER 2
int getrlimit(int resource, struct rlimit *to);
int setrlimit(int resource, const struct rlimit *from);
int prlimit(pid_t pid, int resource, const struct rlimit *from, struct rlimit *to);
int getrusage(int who, struct rusage *to);
int getpriority(int which, id_t who);
int setpriority(int which, id_t who, int priority);
#endif
