/* getopt.h: short options only; see unistd.h. */
#ifndef _GETOPT_H
#define _GETOPT_H
#include <unistd.h>
#endif
