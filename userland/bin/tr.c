/* tr: translates, deletes (-d) or squeezes (-s) characters; -c takes all the others. */
#include <ctype.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include "tools/tool.h"

static const char usage[] =
    "tr [-cdst] SET [SET]\n"
    "Copies standard input to standard output and turns the characters of the first SET into those of the second.\n"
    "  -d  deletes them   -s  leaves repeated ones once   -c, -C  means all that are not in the first SET\n"
    "  -t  does not extend the second SET by repeating its last character\n"
    "In a SET: a-z, \\n, \\t, \\\\, \\123, [:alpha:] and the other classes, [=a=]; in the second also [x*9] and [x*],\n"
    "nine times x, and as many as the first SET needs.\n";

enum { LOWER = 1, UPPER };

/* A member; of [:lower:] and [:upper:] it says which, for these are turned into each other as wholes. */
struct member {
  unsigned char c;
  char case_class, begins; /* begins: the first one of such a class */
};

struct set {
  struct member *members;
  size_t count, room;
  size_t fill;                               /* where [x*] stands */
  int fills;                                 /* how many [x*] */
  unsigned char filler;
  int has_class, has_other_class, has_equal; /* other: than upper and lower */
  int ends_in_class;
};

static const struct {
  const char *name;
  int (*test)(int);
} classes[] = {
    {"alnum", isalnum}, {"alpha", isalpha}, {"blank", isblank}, {"cntrl", iscntrl}, {"digit", isdigit}, {"graph", isgraph},
    {"lower", islower}, {"print", isprint}, {"punct", ispunct}, {"space", isspace}, {"upper", isupper}, {"xdigit", isxdigit},
};

#define MOST (1UL << 20)

static int complement, deletes, squeezes, truncates;

static _Noreturn void fail(const char *text) { exit(tool_complain("%s", text)); }

static void insert(struct set *set, size_t at, size_t times, struct member m) {
  if (times > MOST) times = MOST;
  if (set->count + times > set->room && !(set->members = realloc(set->members, (set->room += times + 256) * sizeof m)))
    exit(tool_failed("malloc"));
  memmove(set->members + at + times, set->members + at, (set->count - at) * sizeof m);
  set->count += times;
  while (times-- > 0) set->members[at++] = m;
}

static void add(struct set *set, int c, int case_class, int begins) {
  insert(set, set->count, 1, (struct member){(unsigned char)c, (char)case_class, (char)begins});
}

/* ---- what a SET says ---- */

/* Takes the backslashes out; escaped[i] says that a character had one. Returns how many characters there are. */
static size_t unescape(const char *text, unsigned char *to, char *escaped) {
  static const char letters[] = "abfnrtv\\", meanings[] = "\a\b\f\n\r\t\v\\";
  size_t size = 0;
  for (; *text; size++) {
    escaped[size] = *text == '\\';
    int c = (unsigned char)*text++;
    if (c == '\\' && !*text) {
      tool_complain("warning: an unescaped backslash at end of string is not portable");
      escaped[size] = 0;
    } else if (c == '\\' && *text >= '0' && *text <= '7') {
      const char *digits = text;
      for (c = 0; text < digits + 3 && *text >= '0' && *text <= '7'; text++) {
        if (c * 8 > 255) {
          tool_complain("warning: the ambiguous octal escape \\%.3s is being\n\tinterpreted as the 2-byte sequence \\0%.2s, %c", digits, digits, *text);
          break;
        }
        c = c * 8 + *text - '0';
      }
    } else if (c == '\\') {
      const char *letter = strchr(letters, *text);
      c = (unsigned char)(letter ? meanings[letter - letters] : *text);
      text++;
    }
    to[size] = (unsigned char)c;
  }
  return size;
}

static void put_printable(char to[5], unsigned char c) { snprintf(to, 5, isprint(c) ? "%c" : "\\%03o", c); }

/* [:name:] and [=c=] at `s`, whose operand has `size` characters; false when it is [x*] after all. */
static int add_class(struct set *set, const unsigned char *s, size_t size, int may_repeat) {
  if (size == 0) {
    exit(tool_complain(s[1] == ':' ? "missing character class name '[::]'" : "missing equivalence class character '[==]'"));
  }
  if (s[1] == '=') {
    if (size != 1 && may_repeat) return 0;
    if (size != 1) exit(tool_complain("%.*s: equivalence class operand must be a single character", (int)size, s + 2));
    add(set, s[2], 0, 0);
    set->has_equal = 1;
    return 1;
  }
  for (size_t i = 0; i < sizeof classes / sizeof *classes; i++) {
    const char *name = classes[i].name;
    if (strlen(name) != size || memcmp(s + 2, name, size) != 0) continue;
    int case_class = *name == 'l' ? LOWER : *name == 'u' ? UPPER : 0, begins = 1;
    set->has_class = set->ends_in_class = 1;
    set->has_other_class |= !case_class;
    for (int c = 0; c < 256; c++)
      if (classes[i].test(c)) add(set, c, case_class, begins), begins = 0;
    return 1;
  }
  if (!may_repeat) exit(tool_complain("invalid character class '%.*s'", (int)size, s + 2));
  return 0;
}

/* [x*N]: how many characters of `s` it takes, 0 when it is none. */
static size_t add_repeated(struct set *set, const unsigned char *s, const char *escaped, size_t left) {
  if (left < 4 || s[2] != '*' || escaped[2]) return 0;
  for (size_t end = 3; end < left && !escaped[end]; end++) {
    if (s[end] != ']') continue;
    char digits[32], *rest;
    snprintf(digits, sizeof digits, "%.*s", (int)(end - 3), s + 3);
    errno = 0;
    unsigned long times = strtoul(digits, &rest, *digits == '0' ? 8 : 10);
    if (*rest || errno || (*digits && !isdigit((unsigned char)*digits)) || end - 3 >= sizeof digits)
      exit(tool_complain("invalid repeat count '%.*s' in [c*n] construct", (int)(end - 3), s + 3));
    if (times == 0) set->fills++, set->fill = set->count, set->filler = s[1];
    else insert(set, set->count, times, (struct member){s[1], 0, 0});
    return end + 1;
  }
  return 0;
}

static void read_set(struct set *set, const char *text) {
  size_t room = strlen(text) + 1;
  unsigned char *s = malloc(room);
  char *escaped = calloc(room, 1);
  if (!s || !escaped) exit(tool_failed("malloc"));
  size_t size = unescape(text, s, escaped);
  for (size_t at = 0, used; at < size; at += used) {
    size_t left = size - at;
    used = 0;
    set->ends_in_class = 0;
    if (left > 2 && s[at] == '[' && !escaped[at]) {
      if ((s[at + 1] == ':' || s[at + 1] == '=') && !escaped[at + 1]) {
        size_t end = at + 2;
        while (end + 1 < size && (s[end] != s[at + 1] || escaped[end] || s[end + 1] != ']' || escaped[end + 1])) end++;
        size_t star = at + 3;
        while (star < size && isdigit(s[star])) star++;
        int repeats = s[at + 2] == '*' && !escaped[at + 2] && star < size && s[star] == ']' && !escaped[star];
        if (end + 1 < size && add_class(set, s + at, end - at - 2, repeats)) used = end + 2 - at;
      }
      if (!used) used = add_repeated(set, s + at, escaped + at, left);
    }
    if (!used && left > 2 && s[at + 1] == '-' && !escaped[at + 1]) {
      if (s[at + 2] < s[at]) {
        char first[5], last[5];
        put_printable(first, s[at]);
        put_printable(last, s[at + 2]);
        exit(tool_complain("range-endpoints of '%s-%s' are in reverse collating sequence order", first, last));
      }
      for (int c = s[at]; c <= s[at + 2]; c++) add(set, c, 0, 0);
      used = 3;
    }
    if (!used) add(set, s[at], 0, 0), used = 1;
  }
  free(s);
  free(escaped);
}

/* ---- what two SETs mean together ---- */

/* Past a whole [:lower:] or [:upper:]. */
static size_t after_class(const struct set *set, size_t at) {
  while (++at < set->count && set->members[at].case_class && !set->members[at].begins) continue;
  return at;
}

/* Each [:lower:] or [:upper:] of the second must stand beside one of the first; lengths count it as one. */
static void check_case_classes(const struct set *from, const struct set *to, size_t *from_length, size_t *to_length) {
  size_t i = 0, j = 0;
  for (; j < to->count && (i < from->count || to->members[j].case_class);) {
    if (!to->members[j].case_class) {
      i++, j++;
      continue;
    }
    if (i >= from->count || !from->members[i].case_class || !from->members[i].begins) fail("misaligned [:upper:] and/or [:lower:] construct");
    size_t next_i = after_class(from, i), next_j = after_class(to, j);
    *from_length -= next_i - i - 1;
    *to_length -= next_j - j - 1;
    i = next_i;
    j = next_j;
  }
}

/* Makes the second set as long as the first, and finds what is forbidden. */
static void check_translation(struct set *from, struct set *to) {
  if (to->has_equal) fail("[=c=] expressions may not appear in string2 when translating");
  if (to->has_other_class) fail("when translating, the only character classes that may appear in\nstring2 are 'upper' and 'lower'");
  size_t from_length = from->count, to_length = to->count;
  if (!complement && to->has_class) check_case_classes(from, to, &from_length, &to_length);
  if (from_length > to_length && !truncates) {
    if (to_length == 0) fail("when not truncating set1, string2 must be non-empty");
    if (to->ends_in_class) fail("when translating with string1 longer than string2,\nthe latter string must not end with a character class");
    insert(to, to->count, from_length - to_length, to->members[to->count - 1]);
  }
  if (!complement || !from->has_class) return;
  for (size_t i = 0; i < to->count; i++)
    if (to->count != from->count || to->members[i].c != to->members[0].c)
      fail("when translating with complemented character classes,\nstring2 must map all characters in the domain to one");
}

static void make_map(const struct set *from, const struct set *to, unsigned char map[256]) {
  for (size_t i = 0, j = 0; i < from->count && j < to->count;) {
    int a = from->members[i].case_class, b = to->members[j].case_class;
    if (!b || complement) {
      map[from->members[i++].c] = to->members[j++].c;
      continue;
    }
    for (int c = 0; a != b && c < 256; c++)
      if (a == LOWER ? islower(c) : isupper(c)) map[c] = (unsigned char)(b == LOWER ? tolower(c) : toupper(c));
    i = after_class(from, i);
    j = after_class(to, j);
  }
}

static void check_operands(int count, char **operands) {
  int least = deletes == squeezes ? 2 : 1, most = deletes && !squeezes ? 1 : 2;
  if (count >= least && count <= most) return;
  if (count == 0) tool_complain("missing operand");
  else tool_complain(count < least ? "missing operand after '%s'" : "extra operand '%s'", operands[count < least ? count - 1 : most]);
  if (count == 1) fprintf(stderr, "Two strings must be given when %s.\n", deletes ? "both deleting and squeezing repeats" : "translating");
  if (count == 2) fputs("Only one string may be given when deleting without squeezing repeats.\n", stderr);
  tool_bad_usage();
}

int main(int argc, char **argv) {
  static struct set from, to;
  tool_start(argc, argv, usage);
  for (int option; (option = tool_option(argc, argv, "+c(complement)Cd(delete)s(squeeze-repeats)t(truncate-set1)")) != -1;) {
    if (option == 'd') deletes = 1;
    else if (option == 's') squeezes = 1;
    else if (option == 't') truncates = 1;
    else complement = 1;
  }
  int sets = argc - optind;
  check_operands(sets, argv + optind);
  unsigned char in_from[256] = {0}, in_last[256] = {0}, map[256];
  read_set(&from, argv[optind]);
  if (sets > 1) read_set(&to, argv[optind + 1]);
  for (size_t i = 0; i < from.count; i++) in_from[from.members[i].c] = 1;
  if (complement) {
    from.count = 0;
    for (int c = 0; c < 256; c++)
      if ((in_from[c] = !in_from[c])) add(&from, c, 0, 0);
  }
  if (from.fills) fail("the [c*] repeat construct may not appear in string1");
  if (to.fills > 1) fail("only one [c*] repeat construct may appear in string2");
  if (to.fills && deletes) fail("the [c*] construct may appear in string2 only when translating");
  if (to.fills && from.count > to.count) insert(&to, to.fill, from.count - to.count, (struct member){to.filler, 0, 0});
  for (int c = 0; c < 256; c++) map[c] = (unsigned char)c;
  if (!deletes && sets > 1) {
    check_translation(&from, &to);
    make_map(&from, &to, map);
  }
  if (sets > 1)
    for (size_t i = 0; i < to.count; i++) in_last[to.members[i].c] = 1;
  else
    memcpy(in_last, in_from, sizeof in_last);

  static unsigned char buffer[16384];
  ssize_t size;
  for (int before = -1; (size = read(0, buffer, sizeof buffer)) > 0; tool_check_output()) {
    size_t kept = 0;
    for (ssize_t i = 0; i < size; i++) {
      int c = buffer[i];
      if (deletes && in_from[c]) continue;
      c = map[c];
      if (squeezes && c == before && in_last[c]) continue;
      buffer[kept++] = (unsigned char)c;
      before = c;
    }
    fwrite(buffer, 1, kept, stdout);
  }
  if (size < 0) exit(tool_failed("read error"));
  return tool_finish(0);
}
