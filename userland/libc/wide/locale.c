/* Locales (setlocale(3)): C and C.UTF-8 for each category; only that of characters makes a difference. */
#include <langinfo.h>
#include <limits.h>
#include <locale.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "wide.h"

int __is_utf8;

static const char *const variables[] = {"LC_CTYPE", "LC_NUMERIC", "LC_TIME", "LC_COLLATE", "LC_MONETARY", "LC_MESSAGES"};
enum { CATEGORIES = sizeof variables / sizeof *variables, NAME_SIZE = 12 };

static char names[CATEGORIES][NAME_SIZE] = {"C", "C", "C", "C", "C", "C"};
static char all[CATEGORIES * (NAME_SIZE + 12)];

/* As setlocale answers it; null for a locale that is not there. */
static const char *known(const char *name) {
  if (strcmp(name, "POSIX") == 0) return "C";
  return strcmp(name, "C") == 0 || strcasecmp(name, "C.UTF-8") == 0 || strcasecmp(name, "C.utf8") == 0 ? name : 0;
}

/* What "" means for a category. */
static const char *from_environment(int category) {
  const char *const order[] = {"LC_ALL", variables[category], "LANG"};
  for (int at = 0; at < 3; at++) {
    const char *value = getenv(order[at]);
    if (value && *value) return value;
  }
  return "C";
}

static char *every(void) {
  int at = 1;
  while (at < CATEGORIES && strcmp(names[at], names[0]) == 0) at++;
  if (at == CATEGORIES) return strcpy(all, names[0]);
  char *to = all;
  for (at = 0; at < CATEGORIES; at++) to += sprintf(to, "%s%s=%s", at ? ";" : "", variables[at], names[at]);
  return all;
}

/* The category's part of a list that every() has made, in `part`. */
static const char *from_list(const char *list, int category, char *part) {
  const char *at = strstr(list, variables[category]);
  if (!at) return 0;
  at += strlen(variables[category]) + 1;
  size_t length = strcspn(at, ";");
  if (length >= NAME_SIZE) return 0;
  memcpy(part, at, length);
  part[length] = 0;
  return part;
}

char *setlocale(int category, const char *name) {
  char part[NAME_SIZE];
  const char *wanted[CATEGORIES];
  if (category < 0 || category > LC_ALL) return 0;
  int first = category == LC_ALL ? 0 : category, last = category == LC_ALL ? CATEGORIES - 1 : category;
  if (name) {
    char chosen[CATEGORIES][NAME_SIZE];
    for (int at = first; at <= last; at++) {
      const char *one = !*name ? from_environment(at) : strchr(name, ';') ? from_list(name, at, part) : name;
      wanted[at] = one ? known(one) : 0;
      if (!wanted[at]) return 0;
      strcpy(chosen[at], wanted[at]);
    }
    memcpy(names[first], chosen[first], (size_t)(last - first + 1) * NAME_SIZE);
    __is_utf8 = names[LC_CTYPE][1] != 0;
  }
  return category == LC_ALL ? every() : names[category];
}

struct lconv *localeconv(void) {
  static struct lconv c = {"", "", "", "", "", "", "", "", "", "", CHAR_MAX, CHAR_MAX, CHAR_MAX, CHAR_MAX, CHAR_MAX, CHAR_MAX,
                           CHAR_MAX, CHAR_MAX, CHAR_MAX, CHAR_MAX, CHAR_MAX, CHAR_MAX, CHAR_MAX, CHAR_MAX};
  c.decimal_point = ".";
  return &c;
}

char *nl_langinfo(nl_item item) {
  /* In the order of langinfo.h. */
  static const char texts[] =
      ".\0\0^[yY]\0^[nN]\0-\0%a %b %e %H:%M:%S %Y\0%m/%d/%y\0%H:%M:%S\0%I:%M:%S %p\0AM\0PM\0\0\0\0\0\0"
      "Sunday\0Monday\0Tuesday\0Wednesday\0Thursday\0Friday\0Saturday\0Sun\0Mon\0Tue\0Wed\0Thu\0Fri\0Sat\0"
      "January\0February\0March\0April\0May\0June\0July\0August\0September\0October\0November\0December\0"
      "Jan\0Feb\0Mar\0Apr\0May\0Jun\0Jul\0Aug\0Sep\0Oct\0Nov\0Dec";
  if (item == CODESET) return __is_utf8 ? "UTF-8" : "ANSI_X3.4-1968";
  const char *at = texts;
  if (item < 0 || item > ABMON_12) return "";
  for (nl_item before = RADIXCHAR; before < item; before++) at += strlen(at) + 1;
  return (char *)at;
}
