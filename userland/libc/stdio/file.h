/* What a FILE is inside. A buffer holds either bytes read ahead or bytes not yet written, never both:

     reading   buffer ...... at ====== end ........ room        at..end is still to be given out
     writing   buffer ====== at ........................ room   buffer..at is still to be written */
#ifndef STDIO_FILE_H
#define STDIO_FILE_H
#include <stdio.h>

enum { READABLE = 1, WRITABLE = 2, APPENDING = 4, AT_EOF = 8, FAILED = 16, READING = 32, WRITING = 64 };
enum { ALLOCATED = 128, MODE_SET = 256 };

struct __file {
  int fd;
  unsigned flags;
  int mode; /* _IOFBF, _IOLBF, _IONBF */
  unsigned char *buffer, *at, *end;
  size_t room;
  unsigned char one;  /* the buffer of an unbuffered file */
  int pushed;         /* the character of ungetc, or EOF */
  pid_t child;        /* of popen, or 0 */
  struct cookie *cookie; /* null for a descriptor */
  int orientation;        /* fwide: -1 bytes, 1 wide characters, 0 not yet */
  int lock, owner, depth; /* flockfile: free, taken, taken and waited for; whose; how often */
  struct __file *next; /* in the list of open files */
};

extern FILE *__open_files;

/* A FILE that is no descriptor (fopencookie(3)): what stands for read, write, lseek and close. */
struct cookie {
  void *cookie;
  cookie_io_functions_t functions;
};
ssize_t __put_out(FILE *file, const void *from, size_t size);
ssize_t __get_in(FILE *file, void *to, size_t size);
off_t __move_to(FILE *file, off_t offset, int whence);

int __start_reading(FILE *file);
int __start_writing(FILE *file);
int __fill(FILE *file);
int __flush(FILE *file);

/* A sink for formatted output: characters go to put(), which knows what `to` is. */
struct sink {
  void (*put)(struct sink *sink, const char *text, size_t size);
  void *to;
  size_t room;  /* of a string */
  size_t count; /* bytes formatted so far; of a wide sink, characters */
  int is_wide;  /* widths and precisions are of characters, as wprintf has it */
  int failed;   /* a wide character could not be written */
};
int __format_to_file(FILE *file, const char *format, va_list arguments, int is_wide);
void __format(struct sink *sink, const char *format, va_list arguments);

/* The body of a function with arguments behind `last`: the value of `call`, which hands them on as a va_list `arguments`. */
#define PASS_ON(last, call)   \
  va_list arguments;          \
  va_start(arguments, last);  \
  int result = call;          \
  va_end(arguments);          \
  return result

#endif
