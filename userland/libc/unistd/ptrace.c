/* ptrace(2). */
#include <errno.h>
#include <stdarg.h>
#include <sys/ptrace.h>
#include <sys/syscall.h>
#include "../start/syscall.h"

long ptrace(int request, ...) {
  va_list arguments;
  va_start(arguments, request);
  pid_t pid = va_arg(arguments, pid_t);
  void *address = va_arg(arguments, void *);
  void *data = va_arg(arguments, void *);
  va_end(arguments);
  /* The kernel writes the word where the fourth argument points; C has it as the result. */
  int is_peek = request >= PTRACE_PEEKTEXT && request <= PTRACE_PEEKUSER;
  long word = 0;
  long result = __result(__syscall4(request, pid, (long)address, is_peek ? (long)&word : (long)data, SYS_ptrace));
  if (!is_peek || result < 0) return result;
  errno = 0;
  return word;
}
