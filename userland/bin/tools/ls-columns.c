/* Names in columns, in rows, and with commas (ls.h). */
#include <stdio.h>
#include <string.h>
#include "ls.h"

/* The width of the column that begins with entry `first`: its widest name, and two spaces. */
static int column_width(const struct entry *entries, int count, int first, int rows) {
  int widest = 0;
  for (int i = first; i < count && i < first + rows; i++)
    if (ls_name_width(&entries[i]) > widest) widest = ls_name_width(&entries[i]);
  return widest + 2;
}

/* From one column to another, with tabs where they reach, as GNU's. */
static void indent(int from, int to) {
  while (from < to) {
    if (ls.tab && to / ls.tab > (from + 1) / ls.tab) {
      putchar('\t');
      from += ls.tab - from % ls.tab;
    } else {
      putchar(' ');
      from++;
    }
  }
}

/* One after another, with a comma (or a blank) and a blank between them; a line is as long as fits. */
static void put_between(const struct entry *entries, int count, char separator) {
  int column = 0, width = ls.width ? ls.width : 1 << 30;
  for (int i = 0; i < count; i++) {
    int needed = ls_name_width(&entries[i]) + (i + 1 < count);
    if (i > 0 && column + 1 + needed >= width) putchar('\n'), column = 0;
    else if (i > 0) putchar(' '), column++;
    ls_put_name(&entries[i]);
    if (i + 1 < count) putchar(separator);
    column += needed;
  }
  if (count) putchar('\n');
}

/* Names run down the columns; there are as few rows as fit the width. */
void ls_put_columns(const struct entry *entries, int count) {
  int rows = 1;
  if (!ls.width) {
    put_between(entries, count, ' ');
    return;
  }
  for (; rows < count; rows++) {
    int used = 0;
    for (int first = 0; first < count; first += rows) used += column_width(entries, count, first, rows);
    if (used - 2 <= ls.width) break;
  }
  for (int row = 0; row < rows && row < count; row++) {
    for (int i = row, column = 0; i < count; i += rows) {
      int shown = ls_put_name(&entries[i]), next = column + column_width(entries, count, i - row, rows);
      if (i + rows < count) indent(column + shown, next);
      column = next;
    }
    putchar('\n');
  }
}

/* -x: names run along the rows. */
void ls_put_rows(const struct entry *entries, int count) {
  int columns = count, widths[256];
  if (!ls.width) {
    put_between(entries, count, ' ');
    return;
  }
  if (columns > 256) columns = 256;
  for (; columns > 1; columns--) {
    int used = 0;
    memset(widths, 0, sizeof widths);
    for (int i = 0; i < count; i++)
      if (ls_name_width(&entries[i]) + 2 > widths[i % columns]) widths[i % columns] = ls_name_width(&entries[i]) + 2;
    for (int i = 0; i < columns; i++) used += widths[i];
    if (used - 2 <= ls.width) break;
  }
  for (int i = 0, column = 0; i < count; i++) {
    int shown = ls_put_name(&entries[i]), next = column + widths[i % columns];
    if (i + 1 == count || (i + 1) % columns == 0) {
      putchar('\n');
      column = 0;
    } else {
      indent(column + shown, next);
      column = next;
    }
  }
}

void ls_put_with_commas(const struct entry *entries, int count) { put_between(entries, count, ','); }
