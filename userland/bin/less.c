/* less: text on the whole screen, forwards and backwards, with search. */
#include <ctype.h>
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <regex.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include "tools/pattern.h"
#include "tools/screen.h"
#include "tools/tool.h"

static const char usage[] =
    "less [-NSi] [+F] [FILE]...\n"
    "Shows text a screen at a time. -N with line numbers, -S cuts long lines, -i searches small letters as large ones too.\n"
    "Keys: space b  a screen on, back   down up j k  a line   d u  half a screen   g G  the beginning, the end\n"
    "      NUMBER g  that line   left right  sideways, with -S   /REGEX ?REGEX  search on, back   n N  again\n"
    "      F  waits for more (^C ends it)   :n :p  another file   -N -S -i  changes an option   q  ends\n";

static char *text; /* all that was read */
static size_t size, room;
static size_t *lines; /* where each line begins; one more for the end */
static size_t count, line_room;
static int fd = -1, complete, numbers, cut, ignore_case;
static size_t top;       /* the first line on the screen */
static size_t top_row;   /* and which of its rows, when it is wrapped */
static int left;         /* columns cut off on the left */
static regex_t regex;
static int has_regex, backwards;
static char message[300];
static char **files;
static int file_count, file;

/* ---- the text ---- */

static void index_lines(size_t from) {
  for (size_t at = from; at < size;) {
    char *newline = memchr(text + at, '\n', size - at);
    if (!newline) break;
    at = (size_t)(newline - text) + 1;
    if (count + 2 > line_room && !(lines = realloc(lines, (line_room = line_room * 2 + 1024) * sizeof *lines))) exit(tool_failed("realloc"));
    lines[++count] = at;
  }
}

/* Reads some; whether there was anything. A pipe is read as far as it is looked at, so that its writer need not end. */
static int read_more(void) {
  if (complete) return 0;
  if (room - size < 65536 && !(text = realloc(text, room = room * 2 + 65536))) exit(tool_failed("realloc"));
  ssize_t got = read(fd, text + size, 65536);
  if (got < 0 && errno == EINTR) return 1;
  if (got <= 0) {
    complete = 1;
    return 0;
  }
  size_t from = lines[count];
  size += (size_t)got;
  index_lines(from);
  return 1;
}

/* How many lines there are; a last one without a newline is one. */
static size_t line_count(void) { return count + (lines[count] < size); }

static int has_line(size_t line) {
  while (line >= count && read_more()) continue;
  return line < line_count();
}

static size_t line_end(size_t line) { return line < count ? lines[line + 1] - 1 : size; }

static void read_all(void) {
  while (read_more()) continue;
}

static int open_file(int which) {
  const char *path = files[which];
  int next = strcmp(path, "-") == 0 ? dup(0) : open(path, O_RDONLY);
  if (next < 0) {
    snprintf(message, sizeof message, "%.200s: %s", path, strerror(errno));
    return 0;
  }
  if (fd >= 0) close(fd);
  fd = next;
  file = which;
  size = count = top = top_row = 0;
  complete = left = 0;
  if (!lines && !(lines = malloc((line_room = 1024) * sizeof *lines))) exit(tool_failed("malloc"));
  lines[0] = 0;
  if (read(fd, 0, 0) < 0) snprintf(message, sizeof message, "%.200s: %s", path, strerror(errno));
  return 1;
}

/* ---- the picture ---- */

static int margin(void) { return numbers ? 8 : 0; }
static int width(void) { return screen_columns > margin() + 1 ? screen_columns - margin() : 1; }

/* Walks a line and prints its row `wanted` (-1: none); how many rows it has. */
static size_t walk(size_t line, long wanted) {
  size_t at = lines[line], end = line_end(line), rows = 1;
  int column = 0, in_row = 0, lit = 0;
  regmatch_t m = {-1, -1};
  size_t searched = at;
  for (int bytes; at < end; at += (size_t)bytes) {
    unsigned c;
    if (text[at] == '\r' && at + 1 == end) break;
    if (text[at] == 033) { /* colors pass; they take no room */
      size_t stop = at + 1;
      if (stop < end && text[stop] == '[')
        for (stop++; stop < end && (isdigit((unsigned char)text[stop]) || text[stop] == ';');) stop++;
      if (stop < end && text[stop] == 'm') {
        bytes = (int)(stop + 1 - at);
        if (wanted >= 0) fwrite(text + at, 1, (size_t)bytes, stdout);
        continue;
      }
    }
    bytes = screen_decode(text + at, end - at, &c);
    int wide = screen_width(c, column);
    if (!cut && in_row + wide > width()) {
      rows++;
      in_row = 0;
    }
    if (wanted >= 0 && has_regex) {
      while (m.rm_eo <= (regoff_t)(at - lines[line]) && searched <= end) {
        if (!pattern_find(&regex, text + lines[line], searched - lines[line], end - lines[line], &m, 1, 0)) {
          m.rm_so = m.rm_eo = -1;
          searched = end + 1;
          break;
        }
        searched = lines[line] + (size_t)m.rm_eo + (m.rm_eo == m.rm_so);
      }
      regoff_t here = (regoff_t)(at - lines[line]);
      int match = here >= m.rm_so && here < m.rm_eo;
      if (match != lit) fputs(match ? "\033[7m" : "\033[27m", stdout);
      lit = match;
    }
    int visible = cut ? column >= left && column + wide <= left + width() : (long)rows - 1 == wanted;
    if (wanted >= 0 && visible) screen_put(text + at, bytes, c, column);
    column += wide;
    in_row += wide;
  }
  if (wanted >= 0) fputs("\033[m", stdout);
  return cut ? 1 : rows;
}

static size_t rows_of(size_t line) { return cut ? 1 : walk(line, -1); }

/* Draws from the top on; whether the end is in sight. */
static int draw(void) {
  size_t line = top, row = top_row;
  fputs("\033[?25l", stdout);
  for (int y = 0; y < screen_rows - 1; y++) {
    screen_move(y, 0);
    if (!has_line(line)) {
      fputs("~\033[K", stdout);
      continue;
    }
    fputs("\033[K", stdout);
    if (numbers && row == 0) printf("%7zu ", line + 1);
    else if (numbers) printf("%8s", "");
    walk(line, (long)row);
    if (++row >= rows_of(line)) line++, row = 0;
  }
  int ends = !has_line(line);
  screen_move(screen_rows - 1, 0);
  fputs("\033[K", stdout);
  const char *name = strcmp(files[file], "-") == 0 ? "" : files[file];
  if (*message) printf("\033[7m%.*s\033[m", screen_columns - 1, message);
  else if (ends) fputs("\033[7m(END)\033[m", stdout);
  else if (top == 0 && *name) printf("\033[7m%.*s\033[m", screen_columns - 1, name);
  else putchar(':');
  fputs("\033[?25h", stdout);
  *message = 0;
  return ends;
}

/* ---- moving ---- */

static int at_end(void) {
  size_t line = top, row = top_row;
  for (int y = 0; y < screen_rows - 1; y++) {
    if (!has_line(line)) return 1;
    if (++row >= rows_of(line)) line++, row = 0;
  }
  return !has_line(line);
}

static void forward(int rows) {
  for (; rows > 0 && !at_end(); rows--)
    if (++top_row >= rows_of(top)) top++, top_row = 0;
}

static void backward(int rows) {
  for (; rows > 0 && (top > 0 || top_row > 0); rows--) {
    if (top_row > 0) top_row--;
    else top_row = rows_of(--top) - 1;
  }
}

static void to_end(void) {
  read_all();
  top = line_count();
  top_row = 0;
  backward(screen_rows - 1);
}

static void to_line(size_t line) {
  if (!has_line(line)) {
    to_end();
    return;
  }
  top = line;
  top_row = 0;
}

static void search(int back) {
  if (!has_regex) {
    strcpy(message, "No previous regular expression");
    return;
  }
  for (size_t line = back ? top : top + 1; back ? line-- > 0 : has_line(line); line += !back) {
    size_t length = line_end(line) - lines[line];
    if (!pattern_find(&regex, text + lines[line], 0, length, 0, 0, 0)) continue;
    to_line(line);
    return;
  }
  strcpy(message, "Pattern not found");
}

static void ask_pattern(int back) {
  char *answer = screen_ask(back ? "?" : "/");
  if (!answer) return;
  if (*answer) {
    int large = 0;
    for (char *c = answer; *c; c++) large |= isupper((unsigned char)*c);
    if (has_regex) regfree(&regex);
    int error = regcomp(&regex, answer, REG_EXTENDED | (ignore_case && !large ? REG_ICASE : 0));
    has_regex = !error;
    if (error) {
      regerror(error, &regex, message, sizeof message);
      return;
    }
  }
  backwards = back;
  search(back);
}

/* Shows what is appended to a file, or comes out of a pipe, until a key is pressed. */
static void follow(void) {
  for (;;) {
    complete = 0;
    to_end();
    strcpy(message, "Waiting for data... (interrupt to abort)");
    draw();
    int key = screen_key(500);
    if (key != KEY_TIMEOUT && key != KEY_RESIZE) return;
  }
}

static void change_option(int key) {
  if (key == 'N') numbers = !numbers;
  else if (key == 'S') cut = !cut, top_row = 0, left = 0;
  else if (key == 'i') ignore_case = !ignore_case;
  else strcpy(message, "There is no such option");
}

static void other_file(int key) {
  int next = key == 'n' ? file + 1 : key == 'p' ? file - 1 : -2;
  if (next == -2) return;
  if (next < 0 || next >= file_count) strcpy(message, next < 0 ? "No previous file" : "No next file");
  else open_file(next);
}

/* 0: to end. */
static int obey(int key, size_t number) {
  int page = screen_rows - 1, times = number ? (int)number : 1;
  switch (key) {
    case 'q':
    case 'Q':
    case KEY_NO_MORE: return 0;
    case ' ':
    case 'f':
    case CONTROL('F'):
    case CONTROL('V'):
    case KEY_PAGE_DOWN: forward(page); break;
    case 'b':
    case CONTROL('B'):
    case KEY_PAGE_UP: backward(page); break;
    case 'd':
    case CONTROL('D'): forward(page / 2); break;
    case 'u':
    case CONTROL('U'): backward(page / 2); break;
    case '\r':
    case '\n':
    case 'j':
    case 'e':
    case KEY_DOWN: forward(times); break;
    case 'k':
    case 'y':
    case KEY_UP: backward(times); break;
    case 'g':
    case '<':
    case KEY_HOME:
    case KEY_FILE_START: to_line(number ? number - 1 : 0); break;
    case 'G':
    case '>':
    case KEY_END:
    case KEY_FILE_END:
      if (number) to_line(number - 1);
      else to_end();
      break;
    case KEY_RIGHT:
      if (cut) left += screen_columns / 2;
      break;
    case KEY_LEFT: left = left > screen_columns / 2 ? left - screen_columns / 2 : 0; break;
    case '/':
    case '?': ask_pattern(key == '?'); break;
    case 'n': search(backwards); break;
    case 'N': search(!backwards); break;
    case 'F': follow(); break;
    case '-': change_option(screen_key(-1)); break;
    case ':': other_file(screen_key(-1)); break;
    case 'h': strcpy(message, "space b j k d u g G /text n N F :n :p q  (less --help has more)"); break;
    case '=': snprintf(message, sizeof message, "%.200s line %zu of %zu%s", files[file], top + 1, line_count(), complete ? "" : " or more"); break;
  }
  return 1;
}

static int copy_all(void) {
  int status = 0;
  for (int i = 0; i < file_count; i++) {
    if (!open_file(i)) {
      status = tool_complain("%s", message);
      continue;
    }
    read_all();
    fwrite(text, 1, size, stdout);
  }
  return tool_finish(status);
}

int main(int argc, char **argv) {
  int follows = 0, at_bottom = 0;
  static char *standard_input[] = {"-", 0};
  tool_start(argc, argv, usage);
  if (argc > 1 && argv[1][0] == '+') {
    follows = argv[1][1] == 'F';
    at_bottom = argv[1][1] == 'G';
    argv++, argc--;
  }
  for (int option; (option = tool_option(argc, argv, "NSiRFXn")) != -1;) {
    if (option == 'N') numbers = 1;
    else if (option == 'S') cut = 1;
    else if (option == 'i') ignore_case = 1;
    else if (option == '?') tool_bad_usage();
  }
  files = optind < argc ? argv + optind : standard_input;
  file_count = optind < argc ? argc - optind : 1;
  if (optind == argc && isatty(0)) {
    tool_complain("Missing filename (\"less --help\" for help)");
    return 1;
  }
  if (!isatty(1)) return copy_all();
  int first = 0;
  while (!open_file(first)) {
    tool_complain("%s", message);
    *message = 0;
    if (++first == file_count) return 1;
  }
  if (screen_open() < 0) return tool_failed("/dev/tty");
  if (at_bottom) to_end();
  if (follows) follow();
  for (size_t number = 0;;) {
    draw();
    int key = screen_key(-1);
    if (key >= '0' && key <= '9') {
      number = number * 10 + (size_t)(key - '0');
      snprintf(message, sizeof message, ":%zu", number);
      continue;
    }
    if (!obey(key, number)) break;
    number = 0;
  }
  screen_close();
  return 0;
}
