/* Whether text is UTF-8, as setlocale has it, or ASCII. */
#ifndef WIDE_WIDE_H
#define WIDE_WIDE_H
extern int __is_utf8;
#endif
