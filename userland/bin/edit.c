/* edit: a small editor on the whole screen. */
#include <ctype.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include "tools/edit-text.h"
#include "tools/screen.h"
#include "tools/tool.h"

static const char usage[] =
    "edit [+LINE] [FILE]\n"
    "Edits a text on the screen. ^S saves, ^Q (or ^X) quits, ^Z undoes, ^Y redoes, ^F searches, ^G again, ^T goes to a line,\n"
    "^K cuts a line, ^V puts cut lines in; arrows (with control: words), home, end, page up, page down.\n";

static const char *path;
static size_t cursor, top; /* byte offsets; top begins a line */
static int wanted = -1;    /* the column that up and down keep to */
static int shift;          /* columns cut off on the left */
static long saved_version;
static char message[300];
static char pattern[256];
static char *cut;
static size_t cut_size;

static int is_changed(void) { return edit_version != saved_version; }

/* ---- places ---- */

static size_t line_start(size_t at) {
  while (at > 0 && edit_bytes[at - 1] != '\n') at--;
  return at;
}

static size_t line_end(size_t at) {
  char *newline = at < edit_size ? memchr(edit_bytes + at, '\n', edit_size - at) : 0;
  return newline ? (size_t)(newline - edit_bytes) : edit_size;
}

static size_t next_character(size_t at) {
  unsigned c;
  return at < edit_size ? at + (size_t)screen_decode(edit_bytes + at, edit_size - at, &c) : at;
}

static size_t character_before(size_t at) {
  size_t back = at > 0 ? at - 1 : 0;
  while (back > 0 && at - back < 4 && ((unsigned char)edit_bytes[back] & 0xc0) == 0x80) back--;
  return next_character(back) == at ? back : at > 0 ? at - 1 : 0;
}

static int column_of(size_t at) {
  int column = 0;
  unsigned c;
  for (size_t i = line_start(at); i < at;) {
    i += (size_t)screen_decode(edit_bytes + i, edit_size - i, &c);
    column += screen_width(c, column);
  }
  return column;
}

/* The place in the line that begins at `at` which is nearest to a column from the left. */
static size_t at_column(size_t at, int column) {
  unsigned c;
  for (int here = 0; at < edit_size && edit_bytes[at] != '\n';) {
    int bytes = screen_decode(edit_bytes + at, edit_size - at, &c);
    here += screen_width(c, here);
    if (here > column) break;
    at += (size_t)bytes;
  }
  return at;
}

static size_t line_number(size_t at) {
  size_t number = 1;
  for (char *c = edit_bytes, *end = edit_bytes + at; c && c < end && (c = memchr(c, '\n', (size_t)(end - c))); c++) number++;
  return number;
}

static int is_word(size_t at) {
  unsigned char c = (unsigned char)edit_bytes[at];
  return isalnum(c) || c == '_' || c >= 0x80;
}

static void move_lines(int lines) {
  if (wanted < 0) wanted = column_of(cursor);
  size_t start = line_start(cursor);
  for (; lines > 0 && line_end(start) < edit_size; lines--) start = line_end(start) + 1;
  for (; lines < 0 && start > 0; lines++) start = line_start(start - 1);
  cursor = at_column(start, wanted);
}

/* ---- the picture ---- */

static void scroll(void) {
  int rows = screen_rows - 1, column = column_of(cursor);
  size_t start = line_start(cursor), first = start;
  if (top > edit_size || top != line_start(top)) top = start;
  for (int row = 0; first > top && row < rows; row++) first = line_start(first - 1);
  /* Out of sight it comes into the middle, one line further it moves by one line. */
  if (first > top || top > start) {
    size_t near = start;
    for (int row = 1; row < rows && near > 0; row++) near = line_start(near - 1);
    int by_one = (top > start && line_end(start) + 1 == top) || (near > top && line_end(top) + 1 == near);
    if (!by_one)
      for (near = start, first = 0; first < (size_t)rows / 2 && near > 0; first++) near = line_start(near - 1);
    top = top > start && by_one ? start : near;
  } else {
    int row = 0;
    for (size_t at = start; at > top; row++) at = line_start(at - 1);
    if (row >= rows) top = line_end(top) + 1;
  }
  if (column < shift) shift = column > 8 ? column - 8 : 0;
  if (column >= shift + screen_columns) shift = column - screen_columns + 9;
}

static void draw_line(size_t at) {
  unsigned c;
  for (int column = 0; at < edit_size && edit_bytes[at] != '\n';) {
    int bytes = screen_decode(edit_bytes + at, edit_size - at, &c), width = screen_width(c, column);
    if (column + width > shift + screen_columns) break;
    if (column >= shift) screen_put(edit_bytes + at, bytes, c, column);
    else if (column + width > shift) printf("%*s", column + width - shift, "");
    column += width;
    at += (size_t)bytes;
  }
}

static void draw(void) {
  size_t at = top;
  int cursor_row = 0, over = 0;
  scroll();
  at = top;
  fputs("\033[?25l", stdout);
  for (int row = 0; row < screen_rows - 1; row++) {
    screen_move(row, 0);
    fputs("\033[K", stdout);
    if (over) {
      fputs("\033[2m~\033[m", stdout);
      continue;
    }
    if (cursor >= at && cursor <= line_end(at)) cursor_row = row;
    draw_line(at);
    over = line_end(at) >= edit_size;
    at = line_end(at) + 1;
  }
  screen_move(screen_rows - 1, 0);
  char text[400];
  if (*message) snprintf(text, sizeof text, "%s", message);
  else snprintf(text, sizeof text, "%s%s  %zu:%d   ^S save  ^Q quit  ^F find  ^Z undo", path ? path : "(no name)", is_changed() ? " *" : "",
                line_number(cursor), column_of(cursor) + 1);
  printf("\033[7m%.*s\033[m\033[K", screen_columns - 1, text);
  *message = 0;
  screen_move(cursor_row, column_of(cursor) - shift);
  fputs("\033[?25h", stdout);
}

/* ---- files ---- */

/* What cannot be read is not edited: saving would put nothing in its place. */
static void load(void) {
  size_t size = 0;
  char *read = path ? tool_read_file(path, &size) : 0;
  if (path && !read && errno != ENOENT) exit(tool_failed(path));
  if (path && !read) strcpy(message, "A new file");
  edit_start(read ? read : "", size);
  free(read);
}

static int write_all(int fd, size_t from, size_t to) {
  while (from < to) {
    ssize_t wrote = write(fd, edit_bytes + from, to - from);
    if (wrote < 0) return -1;
    from += (size_t)wrote;
  }
  return 0;
}

/* What is beyond the old end comes first: when there is no room for it, the old text is still whole. */
static int write_in_place(int fd) {
  struct stat s;
  if (fstat(fd, &s) < 0) return -1;
  if (!S_ISREG(s.st_mode)) return write_all(fd, 0, edit_size);
  size_t old = (size_t)s.st_size, common = old < edit_size ? old : edit_size;
  if (lseek(fd, (off_t)common, SEEK_SET) < 0) return -1;
  if (write_all(fd, common, edit_size) < 0) {
    int error = errno;
    ftruncate(fd, s.st_size);
    errno = error;
    return -1;
  }
  return lseek(fd, 0, SEEK_SET) < 0 || write_all(fd, 0, common) < 0 || ftruncate(fd, (off_t)edit_size) < 0 ? -1 : 0;
}

/* A file is replaced by a new one that is whole: when there is no room for that, the old one is still there. What has more
   than one name, or is no file, is written where it is. */
static int write_file(void) {
  char new_path[4096];
  struct stat s;
  mode_t mask = umask(0);
  umask(mask);
  int exists = lstat(path, &s) == 0, in_place = exists && (!S_ISREG(s.st_mode) || s.st_nlink > 1);
  if (exists && access(path, W_OK) < 0) return -1;
  if (!exists) s.st_mode = 0666 & ~mask;
  snprintf(new_path, sizeof new_path, "%.4080s.XXXXXX", path);
  int fd = in_place ? open(path, O_WRONLY | O_CREAT, 0666) : mkstemp(new_path);
  if (fd < 0) return -1;
  int failed = in_place ? write_in_place(fd) < 0 : write_all(fd, 0, edit_size) < 0 || fchmod(fd, s.st_mode & 07777) < 0;
  if (close(fd) < 0) failed = 1;
  if (!failed && !in_place) failed = rename(new_path, path) < 0;
  if (failed && !in_place) {
    int error = errno;
    unlink(new_path);
    errno = error;
  }
  return failed ? -1 : 0;
}

/* Whether it is saved now. */
static int save(void) {
  if (!path) {
    char *name = screen_ask("Save as: ");
    if (!name || !*name || !(path = strdup(name))) return 0;
  }
  if (write_file() < 0) {
    snprintf(message, sizeof message, "Not saved: %.200s: %s", path, strerror(errno));
    return 0;
  }
  saved_version = edit_version;
  snprintf(message, sizeof message, "Saved %zu bytes", edit_size);
  return 1;
}

/* Whether to end. */
static int may_quit(void) {
  while (is_changed()) {
    screen_move(screen_rows - 1, 0);
    fputs("\033[7mSave the changes? y: yes  n: no, lose them  escape: go on editing\033[m\033[K", stdout);
    int key = screen_key(-1);
    if (key == 'y' || key == 'Y') return save();
    if (key == 'n' || key == 'N' || key == KEY_NO_MORE) return 1;
    if (key == 27 || key == CONTROL('C') || key == CONTROL('G')) return 0;
    if (key == KEY_RESIZE) draw();
  }
  return 1;
}

/* ---- commands ---- */

static void insert(const char *bytes, size_t size, int joins) {
  edit_replace(cursor, 0, bytes, size, joins);
  cursor += size;
}

static void insert_character(int key, int joins) {
  char bytes[4];
  insert(bytes, (size_t)screen_encode(key, bytes), joins);
}

/* A new line, indented like the one before, unless more is coming at once: then it is pasted, with its own indentation. */
static void new_line(int pasted) {
  char bytes[256] = "\n";
  size_t size = 1, start = line_start(cursor);
  while (!pasted && start < cursor && size < sizeof bytes && (edit_bytes[start] == ' ' || edit_bytes[start] == '\t')) bytes[size++] = edit_bytes[start++];
  insert(bytes, size, 0);
}

static void erase(size_t from, size_t to) {
  if (from == to) return;
  edit_replace(from, to - from, "", 0, 0);
  cursor = from;
}

static void cut_line(int more) {
  size_t from = line_start(cursor), to = line_end(cursor);
  if (to < edit_size) to++;
  if (!more) cut_size = 0;
  char *grown = realloc(cut, cut_size + to - from + 1);
  if (!grown) return;
  cut = grown;
  memcpy(cut + cut_size, edit_bytes + from, to - from);
  cut_size += to - from;
  erase(from, to);
}

static void find(void) {
  size_t size = strlen(pattern);
  if (size == 0) return;
  char *found = cursor < edit_size ? memmem(edit_bytes + cursor + 1, edit_size - cursor - 1, pattern, size) : 0;
  if (!found) {
    found = memmem(edit_bytes, edit_size, pattern, size);
    if (found) strcpy(message, "From the beginning again");
  }
  if (found) cursor = (size_t)(found - edit_bytes);
  else snprintf(message, sizeof message, "'%.200s' is not there", pattern);
}

static void go_to_line(const char *text) {
  size_t number = text ? strtoul(text, 0, 10) : 0;
  if (number == 0) return;
  for (cursor = 0; number > 1 && line_end(cursor) < edit_size; number--) cursor = line_end(cursor) + 1;
}

static void jump(long to) {
  if (to >= 0) cursor = (size_t)to;
  else strcpy(message, "Nothing more");
}

static void move_word(int direction) {
  if (direction > 0) {
    while (cursor < edit_size && !is_word(cursor)) cursor++;
    while (cursor < edit_size && is_word(cursor)) cursor++;
  } else {
    while (cursor > 0 && !is_word(cursor - 1)) cursor--;
    while (cursor > 0 && is_word(cursor - 1)) cursor--;
  }
}

/* 0: to end. `last` is the key before. */
static int obey(int key, int last) {
  int vertical = key == KEY_UP || key == KEY_DOWN || key == KEY_PAGE_UP || key == KEY_PAGE_DOWN;
  char *answer;
  if (!vertical) wanted = -1;
  switch (key) {
    case KEY_NO_MORE: return 0;
    case CONTROL('Q'):
    case CONTROL('X'): return !may_quit();
    case CONTROL('S'): save(); break;
    case CONTROL('Z'): jump(edit_undo()); break;
    case CONTROL('Y'): jump(edit_redo()); break;
    case CONTROL('F'):
    case CONTROL('W'):
      if ((answer = screen_ask("Find: "))) {
        if (*answer) strlcpy(pattern, answer, sizeof pattern);
        find();
      }
      break;
    case CONTROL('G'): find(); break;
    case CONTROL('T'): go_to_line(screen_ask("Line: ")); break;
    case CONTROL('K'): cut_line(last == key); break;
    case CONTROL('V'):
    case CONTROL('U'): insert(cut ? cut : "", cut_size, 0); break;
    case CONTROL('C'): strcpy(message, "^Q quits"); break;
    case KEY_UP: move_lines(-1); break;
    case KEY_DOWN: move_lines(1); break;
    case KEY_PAGE_UP: move_lines(-(screen_rows - 2)); break;
    case KEY_PAGE_DOWN: move_lines(screen_rows - 2); break;
    case KEY_LEFT: cursor = character_before(cursor); break;
    case KEY_RIGHT: cursor = next_character(cursor); break;
    case KEY_WORD_LEFT: move_word(-1); break;
    case KEY_WORD_RIGHT: move_word(1); break;
    case CONTROL('A'):
    case KEY_HOME: cursor = line_start(cursor); break;
    case CONTROL('E'):
    case KEY_END: cursor = line_end(cursor); break;
    case KEY_FILE_START: cursor = 0; break;
    case KEY_FILE_END: cursor = edit_size; break;
    case CONTROL('D'):
    case KEY_DELETE: erase(cursor, next_character(cursor)); break;
    case 8:
    case 127: erase(character_before(cursor), cursor); break;
    case '\r':
    case '\n': break; /* see main */
    default:
      if (key == '\t' || (key >= 32 && key < KEY_UP)) insert_character(key, last == '\t' || (last >= 32 && last < KEY_UP && last != 127));
  }
  return 1;
}

int main(int argc, char **argv) {
  const char *line = 0;
  tool_start(argc, argv, usage);
  if (argc > 1 && argv[1][0] == '+') line = argv[1] + 1, argv++, argc--;
  if (argc > 2) {
    tool_complain("one file at a time");
    tool_bad_usage();
  }
  path = argv[1];
  load();
  go_to_line(line);
  if (!isatty(1) || screen_open() < 0) {
    errno = ENOTTY;
    return tool_failed("standard output");
  }
  for (int last = 0, next = KEY_TIMEOUT, key; ; last = key, next = KEY_TIMEOUT) {
    draw();
    for (key = screen_key(-1);; last = key, key = next) { /* without a picture while more keys wait */
      next = key == '\t' || key == '\r' || key == '\n' || (key >= 32 && key < KEY_UP) ? screen_key(0) : KEY_TIMEOUT;
      if (key == '\r' || key == '\n') new_line(next != KEY_TIMEOUT);
      if (!obey(key, last)) {
        screen_close();
        return 0;
      }
      if (next == KEY_TIMEOUT) break;
    }
  }
}
