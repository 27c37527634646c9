/* termios.h: terminals. struct termios is the kernel's own, and c_cflag has the speed. */
#ifndef _TERMIOS_H
#define _TERMIOS_H
#include <bits/struct-termios.h>
#include <bits/struct-winsize.h>
#include <bits/termios.h>
#include <bits/types.h>
typedef unsigned char cc_t;
typedef unsigned int tcflag_t;
typedef unsigned int speed_t;
#define NCCS 19
#define B0 0
#define B50 1
#define B75 2
#define B110 3
#define B134 4
#define B150 5
#define B200 6
#define B300 7
#define B600 8
#define B1200 9
#define B1800 10
#define B2400 11
#define B4800 12
#define B9600 13
#define B19200 14
#define B38400 15
#define B57600 0x1001
#define B115200 0x1002
#define B230400 0x1003
#define CBAUD 0x100f
#define EXTA B19200
#define EXTB B38400
int tcgetattr(int fd, struct termios *to);
int tcsetattr(int fd, int when, const struct termios *from);
int tcflush(int fd, int queue);
int tcdrain(int fd);
int tcflow(int fd, int action);
int tcsendbreak(int fd, int duration);
pid_t tcgetsid(int fd);
speed_t cfgetospeed(const struct termios *from);
speed_t cfgetispeed(const struct termios *from);
int cfsetospeed(struct termios *to, speed_t speed);
int cfsetispeed(struct termios *to, speed_t speed);
int cfsetspeed(struct termios *to, speed_t speed);
int tcgetwinsize(int fd, struct winsize *to);
int tcsetwinsize(int fd, const struct winsize *from);
void cfmakeraw(struct termios *termios);
#endif
