/* ctype.h: C11 7.4, in the C locale: ASCII. */
#ifndef _CTYPE_H
#define _CTYPE_H
int isalnum(int c);
int isalpha(int c);
int isascii(int c);
int isblank(int c);
int iscntrl(int c);
int isdigit(int c);
int isgraph(int c);
int islower(int c);
int isprint(int c);
int ispunct(int c);
int isspace(int c);
int isupper(int c);
int isxdigit(int c);
int toascii(int c);
int tolower(int c);
int toupper(int c);

/* Ours: the function for the class that patterns call [:NAME:], NULL when there is none. The name need not end with a zero. */
int (*__class_named(const char *name, __SIZE_TYPE__ size))(int c);
#endif
