/* arpa/inet.h: numbers in the order of bytes in which networks have them (POSIX). There are no sockets. */
#ifndef _ARPA_INET_H
#define _ARPA_INET_H
#include <endian.h>
#define htons(x) htobe16(x)
#define htonl(x) htobe32(x)
#define ntohs(x) be16toh(x)
#define ntohl(x) be32toh(x)
#endif
