/* What every tool of this folder does alike: --help, complaints, and where it has to look for options. */
#ifndef TOOL_H
#define TOOL_H
#include <getopt.h> /* optarg, optind */
#include <stddef.h>

/* To be called first. Prints `usage` and ends the program when the first argument is --help. */
void tool_start(int argc, char **argv, const char *usage);

/* The usage given to tool_start, as --help prints it; ends the program. */
_Noreturn void tool_help(void);

/* getopt_long, with all options in one string: after a letter and its colons its long names, "n:(lines)q(quiet)(silent)".
   Letters below a space have only long names. --help, --version and mistakes end the program. */
int tool_option(int argc, char **argv, const char *options);

/* The exit status for bad usage and failed output, 1 unless the tool says something else. */
extern int tool_trouble;

/* What tool_bad_usage says first; nothing unless the tool sets it. */
extern const char *tool_summary;

/* Complains "name: thing: the text of errno" and returns 1, the usual exit status after it. */
int tool_failed(const char *thing);

/* The same for the name of a file, which is quoted if a shell would want that. */
int tool_failed_on(const char *path);

/* Complains "name: " and the formatted text. Returns 1. */
int tool_complain(const char *format, ...) __attribute__((format(printf, 1, 2)));

/* After a complaint: points to --help and ends the program with the status for trouble. */
_Noreturn void tool_bad_usage(void);

/* Becomes a program, found as a shell would find it, or complains and ends with a shell's status for that, 127 or 126. */
_Noreturn void tool_become(char **arguments);

/* Flushes standard output; if that or anything before failed, complains and returns the status for trouble, else `status`. */
int tool_finish(int status);

/* Ends the program if output has failed already: for loops whose input may never end. */
void tool_check_output(void);

/* A whole small file, NUL-terminated, in a block of its own; null and errno when it cannot be read. */
char *tool_read_file(const char *path, size_t *size);

/* The names in a file (- is standard input), each with a NUL behind it, and a null behind them; null when it cannot be read. */
char **tool_names_in(const char *path, int *count);

/* The number behind `name` at the start of a line of such a text ("MemFree:   12 kB", "pgfault 12"); 0 without such a line. */
unsigned long tool_value(const char *text, const char *name);

/* A number from 0 to `most` that is all of `text` (decimal; 0x and 0 prefixes when base is 0); else complains
   that `text` is no `what` and ends the program. */
unsigned long tool_number(const char *text, int base, unsigned long most, const char *what);

/* A count with a suffix: b (512), K, kB, M, MB... 0, or 1 when it is too large (and as large as there is), or -1 when it is none. */
int tool_size(const char *text, unsigned long *to);

/* "12K", "3.4M": bytes with a power-of-1024 suffix, in at most 5 characters, rounded up as ls -h does. */
char *tool_human(unsigned long bytes, char to[8]);

/* The same with powers of another base. */
char *tool_human_by(unsigned long bytes, unsigned long base, char to[8]);

#endif
