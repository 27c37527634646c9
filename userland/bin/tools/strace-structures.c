/* What rarer calls hand over in memory, as strace(1) spells it. See strace.h. */
#include <signal.h>
#include <sys/resource.h>
#include <sys/select.h>
#include <string.h>
#include "strace.h"

static int get_bits(pid_t pid, unsigned long address, int count, unsigned long bits[FD_SETSIZE / 64]) {
  if (count < 0) count = 0;
  if (count > FD_SETSIZE) count = FD_SETSIZE;
  size_t size = ((size_t)count + 63) / 64 * 8;
  return address && peek(pid, address, bits, size) == size ? count : -1;
}

static int is_in(const unsigned long *bits, int descriptor) { return bits[descriptor / 64] >> descriptor % 64 & 1; }

void put_descriptors(pid_t pid, unsigned long address, int count) {
  unsigned long bits[FD_SETSIZE / 64];
  const char *separator = "";
  if ((count = get_bits(pid, address, count, bits)) < 0) {
    put_address(address);
    return;
  }
  put("[");
  for (int at = 0; at < count; at++)
    if (is_in(bits, at)) {
      put("%s%d", separator, at);
      separator = " ";
    }
  put("]");
}

void put_selected(const struct tracee *t) {
  static const char *const names[] = {"in", "out", "except"};
  unsigned long bits[FD_SETSIZE / 64];
  const char *separator = " (";
  for (int set = 0; set < 3; set++) {
    int any = 0, count = t->result > 0 ? get_bits(t->pid, t->arguments[set + 1], (int)t->arguments[0], bits) : 0;
    for (int at = 0; at < count; at++) any |= is_in(bits, at);
    if (!any) continue;
    put("%s%s ", separator, names[set]);
    put_descriptors(t->pid, t->arguments[set + 1], (int)t->arguments[0]);
    separator = ", ";
  }
  if (t->result == 0) put(" (Timeout");
  else if (t->arguments[4]) {
    put("%sleft ", separator);
    put_timespec(t->pid, t->arguments[4]);
  } else if (*separator == ' ') return;
  put(")");
}

void put_mask_and_size(pid_t pid, unsigned long address) {
  unsigned long pair[2], mask;
  if (!peek_or_put(pid, address, pair, sizeof pair)) return;
  put("{sigmask=");
  if (peek_or_put(pid, pair[0], &mask, sizeof mask)) put_mask(mask);
  put(", sigsetsize=%lu}", pair[1]);
}

void put_usage(pid_t pid, unsigned long address) {
  struct rusage usage;
  if (!peek_or_put(pid, address, &usage, sizeof usage)) return;
  put("{ru_utime={tv_sec=%ld, tv_usec=%ld}, ru_stime={tv_sec=%ld, tv_usec=%ld}, ...}", usage.ru_utime.tv_sec, (long)usage.ru_utime.tv_usec,
      usage.ru_stime.tv_sec, (long)usage.ru_stime.tv_usec);
}

void put_stack(pid_t pid, unsigned long address) {
  static const struct flag flags[] = {FLAG(SS_ONSTACK), FLAG(SS_DISABLE), {0, 0}};
  stack_t stack;
  if (!peek_or_put(pid, address, &stack, sizeof stack)) return;
  put("{ss_sp=");
  put_address((unsigned long)stack.ss_sp);
  put(", ss_flags=");
  put_flags(flags, (unsigned)stack.ss_flags, 0);
  put(", ss_size=%lu}", (unsigned long)stack.ss_size);
}

/* The signal frame that the kernel made lies at the stack pointer: siginfo, then a ucontext, whose mask is its fourth field. */
void put_restored_mask(const struct tracee *t) {
  unsigned long mask;
  if (peek(t->pid, t->stack + sizeof(siginfo_t) + 40, &mask, sizeof mask) < sizeof mask) {
    put("{mask=?}");
    return;
  }
  put("{mask=");
  put_mask(mask);
  put("}");
}
