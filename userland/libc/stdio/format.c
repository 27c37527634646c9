/* The language of printf (C11 7.21.6.1) without floating point: flags, width, precision, lengths, POSIX's places of arguments
   (%2$d, %*1$d), and %m as on Linux. */
#include "file.h"
#include <errno.h>
#include <limits.h>
#include <stdint.h>
#include <string.h>
#include <wchar.h>

enum { LEFT = 1, PLUS = 2, SPACE = 4, ALTERNATIVE = 8, ZERO = 16 };

/* What counts: bytes, or characters in a wide sink, where a byte that goes on with one does not. */
static size_t length_of(const struct sink *sink, const char *text, size_t size) {
  size_t length = size;
  if (sink->is_wide)
    for (size_t at = 0; at < size; at++) length -= (text[at] & 0xc0) == 0x80;
  return length;
}

static void put(struct sink *sink, const char *text, size_t size) {
  sink->put(sink, text, size);
  sink->count += length_of(sink, text, size);
}

static void pad(struct sink *sink, char with, int size) {
  static const char spaces[] = "                ", zeros[] = "0000000000000000";
  for (; size > 0; size -= 16) put(sink, with == '0' ? zeros : spaces, size < 16 ? (size_t)size : 16);
}

/* Puts prefix and text into a field. `zeros` digits 0 go between them; ZERO turns the field's padding into such. */
static void put_field(struct sink *sink, unsigned flags, int width, const char *prefix, int zeros,
                      const char *text, size_t size) {
  size_t prefix_size = strlen(prefix);
  int padding = width - (int)prefix_size - zeros - (int)length_of(sink, text, size);
  if (padding < 0) padding = 0;
  if (flags & ZERO) {
    zeros += padding;
    padding = 0;
  }
  if (!(flags & LEFT)) pad(sink, ' ', padding);
  put(sink, prefix, prefix_size);
  pad(sink, '0', zeros);
  put(sink, text, size);
  if (flags & LEFT) pad(sink, ' ', padding);
}

static void put_number(struct sink *sink, unsigned flags, int width, int precision, uint64_t value,
                       char conversion, const char *sign) {
  char digits[24], *end = digits + sizeof digits, *at = end;
  const char *prefix = sign, *alphabet = conversion == 'X' ? "0123456789ABCDEF" : "0123456789abcdef";
  unsigned base = conversion == 'o' ? 8 : (conversion | 32) == 'x' ? 16 : 10;
  if (precision >= 0) flags &= ~(unsigned)ZERO;
  if (base == 16 && (flags & ALTERNATIVE) && value != 0) prefix = conversion == 'X' ? "0X" : "0x";
  if (base == 10)
    for (; value != 0; value /= 10) *--at = (char)('0' + value % 10);
  else
    for (; value != 0; value /= base) *--at = alphabet[value % base];
  if (at == end && precision != 0) *--at = '0';
  if (base == 8 && (flags & ALTERNATIVE) && (at == end || *at != '0') && precision <= end - at)
    *--at = '0';
  int zeros = precision - (int)(end - at);
  put_field(sink, flags, width, prefix, zeros > 0 ? zeros : 0, at, (size_t)(end - at));
}

/* Text of wide characters: those whose bytes the precision has room for, or so many as it says in a wide sink. */
static void put_wide(struct sink *sink, unsigned flags, int width, int precision, const wchar_t *text) {
  char bytes[8];
  size_t length = 0;
  const wchar_t *end = text;
  for (; precision != 0 && (precision < 0 || length < (size_t)precision) && *end; end++) {
    size_t more = wcrtomb(bytes, *end, 0);
    if (more == (size_t)-1) {
      sink->failed = 1;
      return;
    }
    if (precision >= 0 && !sink->is_wide && length + more > (size_t)precision) break;
    length += sink->is_wide ? 1 : more;
  }
  if (!(flags & LEFT)) pad(sink, ' ', width - (int)length);
  for (; text < end; text++) put(sink, bytes, wcrtomb(bytes, *text, 0));
  if (flags & LEFT) pad(sink, ' ', width - (int)length);
}

/* Of a string's bytes those that the precision allows. */
static size_t size_within(const struct sink *sink, const char *text, int precision) {
  if (precision < 0) return strlen(text);
  if (!sink->is_wide) return strnlen(text, (size_t)precision);
  size_t size = 0;
  for (; text[size]; size++)
    if ((text[size] & 0xc0) != 0x80 && precision-- == 0) break;
  return size;
}

/* A number in the format; -1 when it does not fit an int. */
static int read_int(const char **at) {
  long value = 0;
  for (; **at >= '0' && **at <= '9'; (*at)++)
    if (value <= INT_MAX) value = value * 10 + (**at - '0');
  return value > INT_MAX ? -1 : (int)value;
}

/* The "N$" of an argument's place; 0, and nothing read, when there is none. */
static int read_place(const char **at) {
  const char *end = *at;
  int place = read_int(&end);
  if (place <= 0 || *end != '$') return 0;
  *at = end + 1;
  return place;
}

struct arguments {
  va_list all, next;
};

/* The next argument, or the one at a place. Without floating point each takes one slot of eight bytes (RISC-V's calling convention),
   of which an int is the lower half: so places need only be counted. */
static long take(struct arguments *from, int place) {
  if (place == 0) return va_arg(from->next, long);
  va_list counted;
  va_copy(counted, from->all);
  while (--place > 0) (void)va_arg(counted, long);
  long value = va_arg(counted, long);
  va_end(counted);
  return value;
}

static void store_count(int *to, long count, int length) {
  if (length > 0) *(long *)to = count;
  else if (length == 0) *to = (int)count;
  else if (length == -1) *(short *)to = (short)count;
  else *(signed char *)to = (signed char)count;
}

void __format(struct sink *sink, const char *format, va_list given) {
  int error = errno;
  struct arguments arguments;
  va_copy(arguments.all, given);
  va_copy(arguments.next, given);
  for (const char *at = format; *at && !sink->failed;) {
    const char *percent = strchrnul(at, '%');
    if (percent > at) put(sink, at, (size_t)(percent - at));
    if (!*percent) break;
    at = percent + 1;
    int place = read_place(&at);

    unsigned flags = 0;
    for (;; at++) {
      if (*at == '-') flags |= LEFT;
      else if (*at == '+') flags |= PLUS;
      else if (*at == ' ') flags |= SPACE;
      else if (*at == '#') flags |= ALTERNATIVE;
      else if (*at == '0') flags |= ZERO;
      else break;
    }
    int width, precision = -1, length = 0;
    if (*at == '*') {
      at++;
      width = (int)take(&arguments, read_place(&at));
      if (width < 0) {
        flags |= LEFT;
        width = -width;
      }
    } else {
      width = read_int(&at);
    }
    if (*at == '.') {
      at++;
      if (*at == '*') {
        at++;
        precision = (int)take(&arguments, read_place(&at));
      } else {
        precision = read_int(&at);
      }
    }
    if (flags & LEFT) flags &= ~(unsigned)ZERO;
    for (;; at++) {
      if (*at == 'h') length--;
      else if (*at == 'l') length++;
      else if (*at == 'j' || *at == 'z' || *at == 't' || *at == 'q') length = 1;
      else break;
    }

    char conversion = *at;
    if (conversion) at++;
    switch (conversion) {
      case 'd':
      case 'i': {
        long value = take(&arguments, place);
        if (length == 0) value = (int)value;
        if (length == -1) value = (short)value;
        if (length <= -2) value = (signed char)value;
        const char *sign = value < 0 ? "-" : flags & PLUS ? "+" : flags & SPACE ? " " : "";
        uint64_t magnitude = value < 0 ? -(uint64_t)value : (uint64_t)value;
        put_number(sink, flags, width, precision, magnitude, 'd', sign);
        break;
      }
      case 'u':
      case 'o':
      case 'x':
      case 'X': {
        uint64_t value = (uint64_t)take(&arguments, place);
        if (length == 0) value = (unsigned)value;
        if (length == -1) value = (unsigned short)value;
        if (length <= -2) value = (unsigned char)value;
        put_number(sink, flags, width, precision, value, conversion, "");
        break;
      }
      case 'p': {
        uint64_t value = (uint64_t)take(&arguments, place);
        if (value == 0)
          put_field(sink, flags & LEFT, width, "", 0, "(nil)", 5);
        else
          put_number(sink, flags | ALTERNATIVE, width, precision, value, 'x', "");
        break;
      }
      case 'C':
      case 'S':
        length = 1;
        __attribute__((fallthrough));
      case 'c':
      case 's':
      case 'm': {
        if (length == 1 && (conversion | 32) == 'c') {
          const wchar_t one[] = {(wchar_t)take(&arguments, place), 0};
          if (*one) put_wide(sink, flags, width, -1, one);
          else put_field(sink, flags & LEFT, width, "", 0, "", 1);
          break;
        }
        const char *text;
        if (length == 1 && (conversion | 32) == 's') {
          const wchar_t *wide = (const wchar_t *)take(&arguments, place);
          if (wide) {
            put_wide(sink, flags, width, precision, wide);
            break;
          }
          text = 0;
        } else if (conversion == 'c') {
          char c = (char)take(&arguments, place);
          put_field(sink, flags & LEFT, width, "", 0, &c, 1);
          break;
        } else {
          text = conversion == 's' ? (const char *)take(&arguments, place) : strerror(error);
        }
        if (!text) text = precision >= 0 && precision < 6 ? "" : "(null)";
        put_field(sink, flags & LEFT, width, "", 0, text, size_within(sink, text, precision));
        break;
      }
      case 'n':
        store_count((int *)take(&arguments, place), (long)sink->count, length);
        break;
      case '%':
        put(sink, "%", 1);
        break;
      default: /* not a conversion: shown as it is written */
        put(sink, percent, (size_t)(at - percent));
    }
  }
  va_end(arguments.all);
  va_end(arguments.next);
}
