/* Wide characters and locales: conversions, strings, numbers, classes, files, the printf family. */
#include <errno.h>
#include <langinfo.h>
#include <limits.h>
#include <locale.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <wchar.h>
#include <wctype.h>

static void show(const wchar_t *text) {
  printf("<");
  for (; text && *text; text++) printf(*text > 31 && *text < 127 ? "%lc" : "\\%x", (wint_t)*text);
  printf(text ? ">" : "null>");
}

static void conversions(void) {
  static const char *const texts[] = {"a",    "\x80",         "\xff",         "\xc3\xa4",     "\xe2\x82\xac", "\xe2\x82",
                                      "\xf0", "\xf0\x9f\x98\x80", "\xed\xa0\x80", "\xc0\x80", "\xe0\x80\x80", ""};
  static const wchar_t characters[] = {'a', 0x7f, 0x80, 0xe4, 0x3b1, 0x20ac, 0x4e2d, 0x1f600, 0xd800, -1};
  mbstate_t state;
  wchar_t wide;
  printf("%zu %s\n", MB_CUR_MAX, nl_langinfo(CODESET));
  for (unsigned i = 0; i < sizeof texts / sizeof *texts; i++) {
    memset(&state, 0, sizeof state);
    errno = 0, wide = 7;
    size_t used = mbrtowc(&wide, texts[i], strlen(texts[i]) + 1, &state);
    printf("%zd %x %d ", (ssize_t)used, wide, errno == EILSEQ);
    memset(&state, 0, sizeof state);
    used = mbrtowc(&wide, texts[i], 1, &state);
    printf("%zd %d %d\n", (ssize_t)used, mbsinit(&state), mblen(texts[i], 9));
  }
  for (unsigned i = 0; i < sizeof characters / sizeof *characters; i++) {
    char bytes[MB_LEN_MAX] = "";
    wint_t c = (wint_t)characters[i];
    ssize_t size = (ssize_t)wcrtomb(bytes, characters[i], 0);
    printf("%x: %zd %x %x %d %d | %d%d%d%d%d%d%d%d %x %x\n", c, size, bytes[0], bytes[1], wctob(c), wcwidth(characters[i]),
           !!iswalpha(c), !!iswprint(c), !!iswpunct(c), !!iswspace(c), !!iswupper(c), !!iswlower(c), !!iswcntrl(c), !!iswgraph(c),
           towupper(c), towlower(c));
  }
  const char *from = "a\xc3\xa4z";
  wchar_t to[8] = {0};
  ssize_t count = (ssize_t)mbsrtowcs(to, &from, 2, 0);
  printf("%zd left %zd\n", count, from ? (ssize_t)strlen(from) : -1);
  const wchar_t *wfrom = L"a\u00e4z";
  char narrow[8] = "";
  count = (ssize_t)wcsrtombs(narrow, &wfrom, 2, 0);
  printf("%zd [%s] %zd\n", count, narrow, (ssize_t)wcstombs(0, L"\u20ac1", 0));
}

static void strings(void) {
  wchar_t text[20], *rest;
  show(wcscpy(text, L"one two")), show(wcscat(text, L"!")), show(wcschr(text, 't')), show(wcsrchr(text, 'o'));
  show(wcsstr(text, L"two")), show(wcspbrk(text, L"xw")), show(wcschr(text, 'q')), show(wcsncat(text, L"abc", 2));
  printf(" %zu %zu %zu %zu\n", wcslen(text), wcsspn(text, L"eno"), wcscspn(text, L" "), wcsnlen(text, 3));
  for (wchar_t *word = wcstok(text, L" o", &rest); word; word = wcstok(0, L" o", &rest)) show(word);
  printf(" %d %d %d %d\n", wcscmp(L"a", L"b") < 0, wcsncmp(L"ab", L"ac", 1), wcscasecmp(L"ABC", L"abc"), wmemcmp(L"b", L"a", 1) > 0);
  wmemset(text, 'x', 3);
  show(wmemmove(text + 1, text, 3)), show(wcsncpy(text, L"12", 2)), show(wcsdup(L"copy"));
  printf(" %td\n", wmemchr(text, '2', 5) - text);
  static const wchar_t *const numbers[] = {L" -12x", L"0x1fz", L"777", L"99999999999999999999", L"", L"+", L"zz", L"000000012"};
  for (unsigned i = 0; i < sizeof numbers / sizeof *numbers; i++) {
    wchar_t *end;
    errno = 0;
    long value = wcstol(numbers[i], &end, i == 6 ? 36 : 0);
    printf("%ld %td %d %lu\n", value, end - numbers[i], errno, wcstoul(numbers[i], 0, 10));
  }
  printf("%d %d %d\n", !!iswctype('a', wctype("alpha")), wctype("none") == 0, towctrans('a', wctrans("toupper")));
  printf("%d %d %d\n", wcswidth(L"abc", 9), wcswidth(L"a\tb", 9), btowc(200));
}

static void formats(void) {
  wchar_t text[40];
  printf("[%ls][%6ls][%-6ls][%.2ls][%lc][%5lc] ", L"xy", L"xy", L"xy", L"xyz", (wint_t)'c', (wint_t)'d');
  printf("%d ", printf("%ls", L"\u20ac"));
  printf("%d\n", printf("[%.3ls][%.4ls][%8ls]", L"\u20ac\u20ac", L"\u20ac\u20ac", L"\u20ac"));
  int count = swprintf(text, 40, L"%d %s %ls %5x|%-5s|%c", -5, "narrow", L"wide", 255, "ab", 'c');
  show(text), printf(" %d\n", count);
  printf("%d", swprintf(text, 3, L"%d", 12345));
  count = swprintf(text, 40, L"[%5s][%.1s][%5ls]", "\xc3\xa4", "\xc3\xa4o", L"\u00e4");
  printf(" %d", count);
  if (count >= 0) show(text);
  printf("\n");
  printf("%zu", wcsftime(text, 40, L"%Y-%m-%d", &(struct tm){.tm_year = 100, .tm_mon = 1, .tm_mday = 3})), show(text);
  printf("\n");
}

static void files(void) {
  wchar_t line[20];
  FILE *file = fopen("wide.txt", "w+");
  printf("%d ", fwide(file, 0));
  printf("%d %d ", fputws(L"one\n", file) >= 0, fputwc('t', file));
  printf("%d ", fwprintf(file, L"wo %d %ls\n", 2, L"zwei"));
  if (MB_CUR_MAX > 1) printf("%d ", fputwc(0xe4, file));
  printf("%d\n", fwide(file, 0));
  clearerr(file);
  rewind(file);
  show(fgetws(line, 20, file));
  printf(" %c", fgetwc(file));
  printf(" %c", ungetwc('T', file));
  show(fgetws(line, 20, file));
  if (MB_CUR_MAX > 1) {
    printf(" %x", fgetwc(file));
    printf(" %x", ungetwc(0xe4, file));
    printf(" %x", fgetwc(file));
  }
  printf(" %x %d\n", fgetwc(file), feof(file) != 0);
  fclose(file);
  file = fopen("wide.txt", "w+");
  fputs("\xff", file);
  fclose(file);
  file = fopen("wide.txt", "r");
  errno = 0;
  printf("%x %d %d\n", fgetwc(file), errno == EILSEQ, ferror(file) != 0);
  fclose(file);
}

int main(void) {
  printf("%s %d\n", setlocale(LC_ALL, 0), setlocale(LC_ALL, "xx_YY") == 0);
  conversions(), strings(), formats(), files();
  printf("%s\n", setlocale(LC_ALL, "C.UTF-8"));
  conversions(), strings(), formats(), files();
  printf("%s %s\n", setlocale(LC_ALL, "POSIX"), setlocale(LC_CTYPE, ""));
  setenv("LANG", "C.UTF-8", 1);
  printf("%s %s\n", setlocale(LC_CTYPE, ""), setlocale(LC_TIME, ""));
  unsetenv("LC_ALL");
  printf("%s %s %s\n", setlocale(LC_CTYPE, ""), setlocale(LC_COLLATE, 0), localeconv()->decimal_point);
  for (nl_item item = DAY_1; item <= DAY_7; item++) printf("%s %s ", nl_langinfo(item), nl_langinfo(ABDAY_1 + item - DAY_1));
  for (nl_item item = MON_1; item <= MON_12; item++) printf("%s %s ", nl_langinfo(item), nl_langinfo(ABMON_1 + item - MON_1));
  printf("%s|%s|%s|%s\n", nl_langinfo(D_T_FMT), nl_langinfo(AM_STR), nl_langinfo(RADIXCHAR), nl_langinfo(YESEXPR));
  return 0;
}
