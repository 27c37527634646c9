/* termios.h: terminals. struct termios is the kernel's own, so there are no line speeds. */
#ifndef _TERMIOS_H
#define _TERMIOS_H
#include <bits/struct-termios.h>
#include <bits/termios.h>
#include <bits/types.h>
typedef unsigned char cc_t;
typedef unsigned int tcflag_t;
int tcgetattr(int fd, struct termios *to);
int tcsetattr(int fd, int when, const struct termios *from);
int tcflush(int fd, int queue);
int tcdrain(int fd);
int tcflow(int fd, int action);
int tcsendbreak(int fd, int duration);
pid_t tcgetsid(int fd);
void cfmakeraw(struct termios *termios);
#endif
