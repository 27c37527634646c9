/* poll.h: poll(2). */
#ifndef _POLL_H
#define _POLL_H
#include <bits/poll.h>
#include <bits/struct-pollfd.h>
#include <signal.h>
typedef unsigned long nfds_t;
int poll(struct pollfd *fds, nfds_t count, int timeout_ms);
int ppoll(struct pollfd *fds, nfds_t count, const struct timespec *timeout, const sigset_t *mask);
#endif
