/* See strace.h: what single values look like. */
#include "strace.h"
#include <errno.h>
#include <stdarg.h>
#include <string.h>
#include <sys/ptrace.h>

void put(const char *format, ...) {
  va_list arguments;
  va_start(arguments, format);
  int length = vfprintf(strace_output, format, arguments);
  va_end(arguments);
  if (strace_current) strace_current->column += length;
}

size_t peek(pid_t pid, unsigned long address, void *to, size_t size) {
  size_t done = 0;
  while (done < size) {
    /* Whole words that are aligned never reach over the end of a page. */
    unsigned long at = address + done, skip = at % sizeof(long);
    errno = 0;
    long word = ptrace(PTRACE_PEEKDATA, pid, (void *)(at - skip), 0);
    if (errno) break;
    size_t count = sizeof word - skip < size - done ? sizeof word - skip : size - done;
    memcpy((char *)to + done, (char *)&word + skip, count);
    done += count;
  }
  return done;
}

int peek_or_put(pid_t pid, unsigned long address, void *to, size_t size) {
  if (address && peek(pid, address, to, size) == size) return 1;
  put_address(address);
  return 0;
}

void put_address(unsigned long address) {
  if (address) put("%#lx", address);
  else put("NULL");
}

void put_flags(const struct flag *flags, unsigned long value, const char *none) {
  int any = 0;
  if (value == 0) {
    put("%s", none ? none : "0");
    return;
  }
  for (; flags->name; flags++)
    if (flags->value && (value & flags->value) == flags->value) {
      put("%s%s", any++ ? "|" : "", flags->name);
      value &= ~flags->value;
    }
  if (value) put("%s%#lx", any ? "|" : "", value);
}

void put_name(const struct flag *names, unsigned long value) {
  for (; names->name; names++)
    if (names->value == value) {
      put("%s", names->name);
      return;
    }
  put("%#lx", value);
}

/* Without SIG. */
static void put_short_signal(int number) {
  const char *name = sigabbrev_np(number);
  if (name) put("%s", name);
  else put("RT_%d", number - SIGRTMIN);
}

void put_signal(int number) {
  if (number <= 0 || number > SIGRTMAX) {
    put("%d", number);
    return;
  }
  put("SIG");
  put_short_signal(number);
}

void put_mask(unsigned long mask) {
  int count = 0;
  for (unsigned long bits = mask; bits; bits &= bits - 1) count++;
  /* Of a mask that has nearly all, those are told that it lacks. */
  int inverted = count >= SIGRTMAX * 2 / 3;
  if (inverted) mask = ~mask;
  put("%s[", inverted ? "~" : "");
  const char *separator = "";
  for (int number = 1; number <= SIGRTMAX; number++)
    if (mask >> (number - 1) & 1) {
      put("%s", separator);
      put_short_signal(number);
      separator = " ";
    }
  put("]");
}

void put_quoted(const char *bytes, size_t size, int is_cut) {
  static const char plain[] = "\t\n\v\f\r\"\\", letters[] = "tnvfr\"\\";
  int is_hexadecimal = strace_hexadecimal > 1;
  for (size_t at = 0; strace_hexadecimal == 1 && at < size; at++)
    is_hexadecimal |= (unsigned char)bytes[at] >= 127 || (bytes[at] < ' ' && (!bytes[at] || !strchr(plain, bytes[at])));
  put("\"");
  for (size_t at = 0; is_hexadecimal && at < size; at++) put("\\x%02x", (unsigned char)bytes[at]);
  for (size_t at = 0; !is_hexadecimal && at < size; at++) {
    unsigned char c = (unsigned char)bytes[at];
    const char *escape = c ? strchr(plain, c) : 0;
    int digit_follows = at + 1 < size && bytes[at + 1] >= '0' && bytes[at + 1] <= '9';
    if (escape) put("\\%c", letters[escape - plain]);
    else if (c >= ' ' && c < 127) put("%c", c);
    else put(digit_follows ? "\\%03o" : "\\%o", c);
  }
  put("\"%s", is_cut ? "..." : "");
}

void put_path(pid_t pid, unsigned long address) {
  char path[4096];
  size_t have = address ? peek(pid, address, path, 8) : 0, length;
  if (have == 0) {
    put_address(address);
    return;
  }
  /* Word after word: what follows the string may not be there. */
  while ((length = strnlen(path, have)) == have && have < sizeof path) {
    size_t more = peek(pid, address + have, path + have, 8);
    if (more == 0) break;
    have += more;
  }
  put_quoted(path, length, length == have);
}

void put_buffer(pid_t pid, unsigned long address, unsigned long size) {
  static char bytes[65536];
  unsigned long limit = (unsigned long)strace_string_size < sizeof bytes ? (unsigned long)strace_string_size : sizeof bytes;
  size_t wanted = size < limit ? size : limit;
  if (address == 0 || peek(pid, address, bytes, wanted) < wanted) put_address(address);
  else put_quoted(bytes, wanted, size > wanted);
}

void put_siginfo(const siginfo_t *info) {
  static const struct flag child[] = {FLAG(CLD_EXITED), FLAG(CLD_KILLED), FLAG(CLD_DUMPED), FLAG(CLD_TRAPPED),
                                      FLAG(CLD_STOPPED), FLAG(CLD_CONTINUED), {0, 0}};
  static const struct flag segv[] = {FLAG(SEGV_MAPERR), FLAG(SEGV_ACCERR), {0, 0}};
  static const struct flag bus[] = {FLAG(BUS_ADRALN), FLAG(BUS_ADRERR), {0, 0}};
  static const struct flag illegal[] = {FLAG(ILL_ILLOPC), {0, 0}};
  static const struct flag trap[] = {FLAG(TRAP_BRKPT), {0, 0}};
  static const struct flag sent[] = {FLAG(SI_USER), FLAG(SI_KERNEL), {(unsigned)SI_QUEUE, "SI_QUEUE"},
                                     {(unsigned)SI_TKILL, "SI_TKILL"}, {(unsigned)SI_TIMER, "SI_TIMER"}, {0, 0}};
  put("{si_signo=");
  put_signal(info->si_signo);
  put(", si_code=");
  int is_fault = info->si_signo == SIGSEGV || info->si_signo == SIGBUS || info->si_signo == SIGILL ||
                 info->si_signo == SIGTRAP || info->si_signo == SIGFPE;
  if (info->si_code > 0 && info->si_code < SI_KERNEL && (is_fault || info->si_signo == SIGCHLD)) {
    put_name(info->si_signo == SIGCHLD ? child : info->si_signo == SIGSEGV ? segv : info->si_signo == SIGBUS ? bus
             : info->si_signo == SIGILL ? illegal : trap, (unsigned)info->si_code);
    if (is_fault) {
      put(", si_addr=");
      put_address((unsigned long)info->si_addr);
    } else {
      put(", si_pid=%d, si_uid=%d, si_status=", info->si_pid, (int)info->si_uid);
      if (info->si_code == CLD_EXITED) put("%d", info->si_status);
      else put_signal(info->si_status);
      put(", si_utime=%ld, si_stime=%ld", info->si_utime, info->si_stime);
    }
  } else {
    put_name(sent, (unsigned)info->si_code);
    if (info->si_code != SI_KERNEL) put(", si_pid=%d, si_uid=%d", info->si_pid, (int)info->si_uid);
    if (info->si_code == SI_QUEUE)
      put(", si_value={sival_int=%d, sival_ptr=%p}", info->si_value.sival_int, info->si_value.sival_ptr);
  }
  put("}");
}
