/* See diff-output.h. */
#include "diff-output.h"
#include <ctype.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "file.h"
#include "pattern.h"

struct diff_style diff_style = {.around = 3, .width = 130};

static void put_color(const char *color) {
  if (diff_style.colored && color) printf("\033[%sm", color);
}

void diff_put_colored(const char *color, const char *format, ...) {
  va_list arguments;
  put_color(color);
  va_start(arguments, format);
  vprintf(format, arguments);
  va_end(arguments);
  if (color) put_color("0");
}

static int has_newline(const struct text *t, long i) { return t->lines[i + 1] > t->lines[i] && t->lines[i + 1][-1] == '\n'; }

/* A line behind its mark; tabs become spaces where that is wanted, as if there were no mark. */
static void put_line(const struct text *t, long i, const char *mark, const char *color) {
  size_t size = (size_t)(t->lines[i + 1] - t->lines[i]) - (size_t)has_newline(t, i), column = 0;
  put_color(color);
  int separates = diff_style.initial_tab && mark[0];
  if (separates) printf("%.*s\t", (int)strlen(mark) - (mark[1] == ' ' && mark[0] != ' '), mark);
  else fputs(mark, stdout);
  for (const char *c = t->lines[i]; diff_style.expand_tabs && c < t->lines[i] + size; c++) {
    if (*c != '\t') putchar(*c), column++;
    else
      do putchar(' ');
      while (++column % 8);
  }
  if (!diff_style.expand_tabs) fwrite(t->lines[i], 1, size, stdout);
  if (color) put_color("0");
  putchar('\n');
  if (!has_newline(t, i)) puts("\\ No newline at end of file");
}

#define RED "31"
#define GREEN "32"
#define CYAN "36"
#define BOLD "1"

static void put_lines(const struct text *t, long from, long to, const char *mark, const char *color) {
  for (; from < to; from++) put_line(t, from, mark, color);
}

/* ---- the normal form, and ed's ---- */

static const char *range(long from, long to, char text[48]) {
  snprintf(text, 48, to - from > 1 ? "%ld,%ld" : "%ld", to > from ? from + 1 : from, to);
  return text;
}

static void put_normal(const struct text texts[2], const struct change *c) {
  char a[48], b[48];
  int out = c->to[0] > c->from[0], in = c->to[1] > c->from[1];
  diff_put_colored(CYAN, "%s%c%s", range(c->from[0], c->to[0], a), out && in ? 'c' : in ? 'a' : 'd', range(c->from[1], c->to[1], b));
  putchar('\n');
  put_lines(&texts[0], c->from[0], c->to[0], "< ", RED);
  if (out && in) puts("---");
  put_lines(&texts[1], c->from[1], c->to[1], "> ", GREEN);
}

static void put_ed(const struct text texts[2], const struct change *c) {
  char text[48];
  int out = c->to[0] > c->from[0], in = c->to[1] > c->from[1], open = in;
  printf("%s%c\n", range(c->from[0], c->to[0], text), out && in ? 'c' : in ? 'a' : 'd');
  for (long i = c->from[1]; i < c->to[1]; i++) {
    if (!open) puts("a"), open = 1;
    int is_dot = strncmp(texts[1].lines[i], ".\n", 2) == 0; /* it would end the text: two dots, of which one is taken away */
    put_line(&texts[1], i, is_dot ? "." : "", 0);
    if (is_dot) puts(".\ns/.//"), open = 0;
  }
  if (open) puts(".");
}

static void put_rcs(const struct text texts[2], const struct change *c) {
  if (c->to[0] > c->from[0]) printf("d%ld %ld\n", c->from[0] + 1, c->to[0] - c->from[0]);
  if (c->to[1] == c->from[1]) return;
  printf("a%ld %ld\n", c->to[0], c->to[1] - c->from[1]);
  for (long i = c->from[1]; i < c->to[1]; i++) fwrite(texts[1].lines[i], 1, (size_t)(texts[1].lines[i + 1] - texts[1].lines[i]), stdout);
}

/* ---- with lines around ---- */

static void put_header(const struct text *t, int side, const char *mark, const char *time_format) {
  char text[48];
  struct tm tm;
  if (diff_style.labels[side]) {
    diff_put_colored(BOLD, "%s %s", mark, diff_style.labels[side]);
  } else if (time_format) {
    strftime(text, sizeof text, time_format, localtime_r(&t->time.tv_sec, &tm));
    diff_put_colored(BOLD, "%s %s\t%s", mark, t->name, text);
  } else {
    diff_put_colored(BOLD, "%s %s\t%s", mark, t->name, file_time(&t->time, text));
  }
  putchar('\n');
}

/* The last line before `first` that heads what follows. */
static void put_heading(const struct text *t, long first) {
  while (diff_style.heading && --first >= 0) {
    const char *line = t->lines[first];
    size_t size = (size_t)(t->lines[first + 1] - line) - (size_t)has_newline(t, first);
    if (!pattern_find(diff_style.heading, line, 0, size, 0, 0, 0)) continue;
    while (size > 0 && isspace((unsigned char)*line)) line++, size--;
    if (size > 40) size = 40;
    while (size > 0 && isspace((unsigned char)line[size - 1])) size--;
    printf(" %.*s", (int)size, line);
    return;
  }
}

/* Lines [from, to) of both sides: what a hunk of changes [first, last] shows. */
struct hunk {
  const struct change *first, *last;
  long from[2], to[2];
};

static struct hunk hunk_of(const struct text texts[2], const struct change *first, const struct change *last) {
  long before = diff_style.around, after = diff_style.around;
  for (int side = 0; side < 2; side++) {
    if (first->from[side] < before) before = first->from[side];
    if (texts[side].count - last->to[side] < after) after = texts[side].count - last->to[side];
  }
  return (struct hunk){first, last, {first->from[0] - before, first->from[1] - before}, {last->to[0] + after, last->to[1] + after}};
}

static const char *unified_range(long from, long to, char text[48]) {
  snprintf(text, 48, to - from == 1 ? "%ld" : "%ld,%ld", to == from ? from : from + 1, to - from);
  return text;
}

static void put_unified(const struct text texts[2], const struct hunk *h) {
  char a[48], b[48];
  diff_put_colored(CYAN, "@@ -%s +%s @@", unified_range(h->from[0], h->to[0], a), unified_range(h->from[1], h->to[1], b));
  put_heading(&texts[0], h->from[0]);
  putchar('\n');
  long at = h->from[0];
  for (const struct change *c = h->first; c <= h->last; at = c++->to[0]) {
    put_lines(&texts[0], at, c->from[0], " ", 0);
    put_lines(&texts[0], c->from[0], c->to[0], "-", RED);
    put_lines(&texts[1], c->from[1], c->to[1], "+", GREEN);
  }
  put_lines(&texts[0], at, h->to[0], " ", 0);
}

/* One side of a hunk in the context form: all its lines, if any of them changed. */
static void put_side(const struct text *t, const struct hunk *h, int side) {
  char text[48];
  int any = 0;
  long at = h->from[side];
  diff_put_colored(CYAN, side ? "--- %s ----" : "*** %s ****", range(h->to[side] - h->from[side] > 0 ? h->from[side] : h->to[side], h->to[side], text));
  putchar('\n');
  for (const struct change *c = h->first; c <= h->last; c++) any |= c->to[side] > c->from[side];
  if (!any) return;
  for (const struct change *c = h->first; c <= h->last; at = c++->to[side]) {
    int other = c->to[!side] > c->from[!side];
    put_lines(t, at, c->from[side], "  ", 0);
    put_lines(t, c->from[side], c->to[side], other ? "! " : side ? "+ " : "- ", side ? GREEN : RED);
  }
  put_lines(t, at, h->to[side], "  ", 0);
}

static void put_context(const struct text texts[2], const struct hunk *h) {
  fputs("***************", stdout);
  put_heading(&texts[0], h->from[0]);
  putchar('\n');
  put_side(&texts[0], h, 0);
  put_side(&texts[1], h, 1);
}

static void put_hunks(const struct text texts[2], const struct change *list, size_t count) {
  long most = 2 * diff_style.around;
  int unified = diff_style.form == 'u';
  put_header(&texts[0], 0, unified ? "---" : "***", unified ? 0 : "%a %b %e %H:%M:%S %Y");
  put_header(&texts[1], 1, unified ? "+++" : "---", unified ? 0 : "%a %b %e %H:%M:%S %Y");
  for (size_t first = 0, last; first < count; first = last + 1) {
    int any = !list[first].ignored;
    for (last = first; last + 1 < count; any |= !list[++last].ignored) {
      long gap = list[last + 1].from[0] - list[last].to[0];
      if (list[last + 1].ignored ? gap >= diff_style.around : gap > most) break;
    }
    if (!any) continue;
    struct hunk h = hunk_of(texts, &list[first], &list[last]);
    if (unified) put_unified(texts, &h);
    else put_context(texts, &h);
  }
}

/* ---- side by side ---- */

static long to_column(long from, long to) {
  for (long tab = from + 8 - from % 8; !diff_style.expand_tabs && tab <= to; tab += 8) {
    putchar('\t');
    from = tab;
  }
  for (; from < to; from++) putchar(' ');
  return to;
}

/* As much of a line as there is room for; in which column it ends. */
static long put_half(const struct text *t, long i, long room) {
  long in = 0, out = 0;
  for (const char *c = t->lines[i]; c < t->lines[i + 1] && *c != '\n'; c++) {
    if (*c == '\t') {
      long spaces = 8 - in % 8;
      if (in == out && diff_style.expand_tabs)
        while (out < in + spaces && out < room) putchar(' '), out++;
      else if (in == out && out + spaces < room) putchar('\t'), out += spaces;
      in += spaces;
    } else if (in++ < room) {
      putchar(*c);
      out = in;
    }
  }
  return out;
}

/* -1 for a side that has no line. */
static void put_beside(const struct text texts[2], long left, long right, char mark) {
  long tab = diff_style.expand_tabs ? 1 : 8, width = diff_style.width;
  long second = (width + tab + 3) / (2 * tab) * tab, room = second - 3 < width - second ? second - 3 : width - second, column = 0;
  if (room <= 0) room = 0, second = width;
  int newline = 0;
  if (left >= 0) {
    newline |= has_newline(&texts[0], left);
    column = put_half(&texts[0], left, room);
  }
  if (mark != ' ') {
    column = to_column(column, (room + second - 1) / 2) + 1;
    if (mark == '|' && newline != has_newline(&texts[1], right)) mark = newline ? '/' : '\\';
    putchar(mark);
  }
  if (right >= 0) {
    newline |= has_newline(&texts[1], right);
    if (*texts[1].lines[right] != '\n') {
      to_column(column, second);
      put_half(&texts[1], right, room);
    }
  }
  if (newline) putchar('\n');
}

static void put_common(const struct text texts[2], long i, long j, long to) {
  for (; i < to && !diff_style.suppress_common; i++, j++) put_beside(texts, i, diff_style.left_column ? -1 : j, diff_style.left_column ? '(' : ' ');
}

static void put_side_by_side(const struct text texts[2], const struct change *list, size_t count) {
  long i = 0, j = 0;
  for (const struct change *c = list; c < list + count; c++) {
    put_common(texts, i, j, c->from[0]);
    const char *color = c->to[0] == c->from[0] ? GREEN : c->to[1] == c->from[1] ? RED : 0;
    put_color(color);
    for (i = c->from[0], j = c->from[1]; i < c->to[0] || j < c->to[1]; i++, j++) {
      int is_left = i < c->to[0], is_right = j < c->to[1];
      put_beside(texts, is_left ? i : -1, is_right ? j : -1, c->ignored && is_left && is_right ? ' ' : is_left && is_right ? '|' : is_left ? '<' : '>');
    }
    if (color) put_color("0");
    i = c->to[0];
    j = c->to[1];
  }
  put_common(texts, i, j, texts[0].count);
}

void diff_put(const struct text texts[2], const struct change *list, size_t count) {
  if (diff_style.form == 'u' || diff_style.form == 'c') {
    put_hunks(texts, list, count);
  } else if (diff_style.form == 'y') {
    put_side_by_side(texts, list, count);
  } else {
    for (size_t i = 0; i < count; i++) {
      const struct change *c = &list[diff_style.form == 'e' ? count - 1 - i : i];
      if (c->ignored) continue;
      if (diff_style.form == 'e') put_ed(texts, c);
      else if (diff_style.form == 'n') put_rcs(texts, c);
      else put_normal(texts, c);
    }
  }
}
