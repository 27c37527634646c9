/* strace in four parts: strace.c follows processes, strace-calls.c shows a call's arguments and result, strace-values.c
   and strace-structures.c spell flags, signals and what memory holds. */
#ifndef STRACE_H
#define STRACE_H
#include <signal.h>
#include <stddef.h>
#include <stdio.h>
#include <sys/types.h>
#include <time.h>

/* One process or thread that is traced. */
struct tracee {
  struct tracee *next;
  pid_t pid;
  int attached;  /* it was there before us: it is let go at the end, not ended */
  int is_new;    /* its first stop is the kernel's own doing */
  int is_waking; /* the SIGCONT that starts it is ours */
  int in_call;   /* between the stop before a call and the one after it */
  int is_shown;  /* this call passes the filter */
  int next_argument; /* the first that is shown when the call is over */
  int column;    /* where the line stands that it began */
  long number;
  unsigned long arguments[6];
  long result;
  int has_failed;
  unsigned long stack; /* the stack pointer before the call */
  struct timespec began;
};

extern FILE *strace_output;
/* Bytes of a string that are shown; whether descriptors are shown with their files; where " = " stands. */
extern int strace_string_size, strace_shows_paths, strace_align;
/* -x: strings that have unprintable bytes in hexadecimal; -xx: all strings. */
extern int strace_hexadecimal;

/* The table of calls: its name; null for a number that no call has. */
const char *call_name(long number);
/* Number of the call of that name, -1 for none. */
long call_number(const char *name);
/* Whether it belongs to "file", "desc", "process", "memory" or "signal" (strace -e trace=%CLASS). -1: no such class. */
int call_in_class(long number, const char *class);

/* Arguments as far as they are known before the call; then the rest, and the result. */
void show_arguments(struct tracee *tracee);
void show_result(struct tracee *tracee);

/* Prints to the output and counts columns. */
extern struct tracee *strace_current;
void put(const char *format, ...) __attribute__((format(printf, 1, 2)));

struct flag {
  unsigned long value;
  const char *name;
};
#define FLAG(name) {name, #name}

/* "A|B|0x10"; `none` for no bit at all, null: "0". A value that several bits make comes before its bits. */
void put_flags(const struct flag *flags, unsigned long value, const char *none);
/* The one name for the whole value, or the number (with "name /" as a comment where strace has one). */
void put_name(const struct flag *names, unsigned long value);
void put_signal(int number);
void put_mask(unsigned long mask);
void put_quoted(const char *bytes, size_t size, int is_cut);
/* A string of the tracee, up to its NUL; a buffer of it. */
void put_path(pid_t pid, unsigned long address);
void put_buffer(pid_t pid, unsigned long address, unsigned long size);
void put_address(unsigned long address);
void put_siginfo(const siginfo_t *info);
void put_timespec(pid_t pid, unsigned long address);

/* ---- strace-structures.c ---- */

/* An fd_set of descriptors below `count`; what pselect6 found; the pair that is its last argument. */
void put_descriptors(pid_t pid, unsigned long address, int count);
void put_selected(const struct tracee *tracee);
void put_mask_and_size(pid_t pid, unsigned long address);
void put_usage(pid_t pid, unsigned long address);
void put_stack(pid_t pid, unsigned long address);
/* What rt_sigreturn goes back to. */
void put_restored_mask(const struct tracee *tracee);


/* Copies from the tracee; how many bytes there were. */
size_t peek(pid_t pid, unsigned long address, void *to, size_t size);
/* The same, all or nothing; false after having printed the address instead. */
int peek_or_put(pid_t pid, unsigned long address, void *to, size_t size);
#endif
