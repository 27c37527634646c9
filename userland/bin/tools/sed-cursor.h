/* Where the parser of sed's script is, for the files that it is made of. */
#ifndef SED_CURSOR_H
#define SED_CURSOR_H
#include "sed-script.h"

/* The next character of the script; a NUL is behind its last newline. */
extern const char *sed_at;

/* Goes to the beginning of all that sed_add was given. */
void sed_rewind(void);

/* Whether the newline at sed_at only ends a part, as the end of the script would. */
int sed_at_end(void);

/* Passes all of these characters. */
void sed_skip(const char *what);

/* Passes a decimal number, 0 without one. */
unsigned long sed_number(void);

/* The block, or a complaint and the end of the program. */
void *sed_need(void *block);

/* Complains about what is before sed_at, and ends the program. */
_Noreturn void sed_fail(const char *format, const char *what);

/* The same for another place; `none`: about the part, at no character of it. */
_Noreturn void sed_fail_at(const char *place, int none, const char *format, const char *what);

/* ---- sed-regex.c ---- */

/* -E. */
extern int sed_extended;

/* Up to the delimiter, which is passed; null when it does not come. \DELIMITER becomes the delimiter. In a regular expression
   \n is a newline, and a delimiter inside [ ] does not count. */
char *sed_delimited(char delimiter, int is_regex);

/* The character that the escape after a backslash at `from` stands for, and how many characters it has, 0 for none:
   \a \f \t \v \r, \cX, \d065, \o101, \x41. */
int sed_escaped(const char *from, int *c);

/* Null for an empty pattern: the last one that was used. */
regex_t *sed_compile(const char *pattern, int flags);

/* ---- sed-address.c, sed-substitute.c, sed-script.c ---- */

/* What is before a command. */
void sed_addresses(struct command *c);

/* What is behind an s and a y. */
void sed_substitute(struct command *c);
void sed_translate(struct command *c);

/* The file that the rest of the line names, for writing. */
struct output *sed_output(void);

#endif
