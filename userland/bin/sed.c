/* sed: edits text line by line, by a script (tools/sed-script.c). */
#include <ctype.h>
#include <errno.h>
#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include "tools/pattern.h"
#include "tools/sed-script.h"
#include "tools/space.h"
#include "tools/tool.h"

static const char usage[] =
    "sed [-nEsi] SCRIPT [FILE]...\n"
    "Edits the text of the files by the commands of SCRIPT and prints the result.\n"
    "  -e SCRIPT, -f FILE  more commands         -n  prints only what p says\n"
    "  -E, -r  extended regular expressions      -s  every file on its own\n"
    "  -i[SUFFIX]  changes the files themselves; with SUFFIX keeps the old ones under such names\n"
    "Commands: [ADDRESS[,ADDRESS]][!] s/REGEX/WITH/gpiN d p q n a i c y { } = b t : h H g G x N D P r w l\n"
    "Addresses: a line's number, $ (the last), /REGEX/, N~STEP, and after a comma +N.\n";

static struct script script;
static int quiet, separate, in_place;
static const char *suffix = "";
static struct space pattern, held, result;
static unsigned long line_number;
static int has_newline = 1; /* of the line in the pattern space */
static const regex_t *last_regex;
static int status;

/* ---- input and output ---- */

static char **files;
static FILE *in;
static const char *in_name;
static FILE *out;
static char new_path[4096];

/* What a and r have queued until the line's end. */
static struct command *queued[64];
static int queue_size;

static void finish_in_place(void) {
  if (!out || out == stdout) return;
  fclose(out);
  out = stdout;
  if (*suffix) {
    char old[4096];
    snprintf(old, sizeof old, "%s%s", in_name, suffix);
    rename(in_name, old);
  }
  if (rename(new_path, in_name) < 0) {
    tool_complain("cannot rename %s: %s", new_path, strerror(errno));
    exit(4);
  }
}

static void close_input(void) {
  if (in && in != stdin) fclose(in);
  in = 0;
  finish_in_place();
}

static void start_in_place(void) {
  struct stat s;
  int fd;
  snprintf(new_path, sizeof new_path, "%s.XXXXXX", in_name);
  if (stat(in_name, &s) < 0 || (fd = mkstemp(new_path)) < 0 || !(out = fdopen(fd, "w"))) {
    tool_complain("couldn't open temporary file %s: %s", new_path, strerror(errno));
    exit(4);
  }
  chmod(new_path, s.st_mode & 07777);
}

/* Opens the next file that can be read; 0 when there is none. */
static int open_next(void) {
  while (*files) {
    struct stat s;
    in_name = *files++;
    in = strcmp(in_name, "-") == 0 && !in_place ? stdin : fopen(in_name, "r");
    if (!in) {
      tool_complain("can't read %s: %s", in_name, strerror(errno));
      status = 2;
    } else if (in != stdin && fstat(fileno(in), &s) == 0 && S_ISDIR(s.st_mode)) {
      tool_complain(in_place ? "couldn't edit %s: not a regular file" : "read error on %s: Is a directory", in_name);
      status = in_place ? 4 : 2;
      fclose(in);
      in = 0;
    } else {
      if (in_place) start_in_place();
      if (separate) line_number = 0;
      return 1;
    }
  }
  return 0;
}

/* Whether the stream of the current file is at its end. */
static int at_end(void) {
  int c = getc(in);
  if (c == EOF) return 1;
  ungetc(c, in);
  return 0;
}

static int is_last(void) {
  while (in && at_end()) {
    if (separate) return 1;
    close_input();
    if (!open_next()) return 1;
  }
  return !in;
}

/* Appends the next line to the pattern space; 0 at the end of all input. */
static int read_line(void) {
  static char *line;
  static size_t room;
  for (;;) {
    if (!in && !open_next()) return 0;
    ssize_t length = getline(&line, &room, in);
    if (length > 0) {
      has_newline = line[length - 1] == '\n';
      space_append(&pattern, line, (size_t)(length - has_newline));
      line_number++;
      return 1;
    }
    close_input();
  }
}

/* A line without a newline can only be the last of a file; whatever comes after it in the output begins a line. */
static FILE *unfinished;

static void put(FILE *to, const char *text, size_t size, int newline) {
  if (unfinished == to) {
    putc('\n', to);
    unfinished = 0;
  }
  fwrite(text, 1, size, to);
  if (newline) putc('\n', to);
  else unfinished = to;
}

static void put_pattern(FILE *to) {
  put(to, pattern.text, pattern.size, has_newline);
  if (to != out) fflush(to);
}

static void flush_queue(void) {
  for (int i = 0; i < queue_size; i++) {
    const struct command *c = queued[i];
    if (c->name == 'a') {
      put(out, c->text, c->size - 1, 1);
      continue;
    }
    FILE *file = fopen(c->text, "r");
    if (!file) continue;
    if (unfinished == out) putc('\n', out), unfinished = 0;
    for (int b; (b = getc(file)) != EOF;) putc(b, out);
    fclose(file);
  }
  queue_size = 0;
}

/* At the end of a cycle, and where n and N begin a new line. */
static void end_line(void) {
  if (!quiet) put_pattern(out);
  flush_queue();
  if (separate && in && at_end()) unfinished = 0;
}

static _Noreturn void end(int with) {
  close_input();
  exit(tool_finish(with ? with : status));
}

/* ---- commands ---- */

/* An empty expression is the one used last. */
static const regex_t *used(const regex_t *regex) {
  if (regex) last_regex = regex;
  if (!last_regex) exit(tool_complain("-e expression #1, char 0: no previous regular expression"));
  return last_regex;
}

static int matches(const regex_t *regex) {
  return pattern_find(used(regex), pattern.text, 0, pattern.size, 0, 0, 0);
}

static int is_at(const struct address *a) {
  switch (a->kind) {
    case AT_LINE: return line_number == a->line;
    case AT_STEP: return line_number >= a->line && (line_number - a->line) % a->step == 0;
    case AT_LAST: return is_last();
    case AT_MATCH: return matches(a->regex);
    default: return 0;
  }
}

/* Begins a range at this line; it may end here as well. */
static void open_range(struct command *c) {
  c->active = 1;
  switch (c->to.kind) {
    case AT_LINE: c->last = c->to.line; break;
    case AFTER_LINES: c->last = line_number + c->to.line; break;
    case TO_MULTIPLE:
      c->last = c->to.line == 0 ? 0 : (line_number + c->to.line - 1) / c->to.line * c->to.line;
      break;
    default: return;
  }
  if (c->last <= line_number) c->active = 0;
}

static int chosen(struct command *c) {
  if (c->from.kind == NO_ADDRESS) return 1;
  if (c->to.kind == NO_ADDRESS) return is_at(&c->from);
  if (c->from.kind == AT_ZERO && line_number == 1 && !c->active && c->last == 0) {
    c->active = 1;
    c->last = 1; /* so that it begins only once */
  }
  if (c->active) {
    if (c->to.kind == AT_MATCH || c->to.kind == AT_LAST || c->to.kind == AT_STEP) {
      if (is_at(&c->to)) c->active = 0;
      return 1;
    }
    if (line_number >= c->last) c->active = 0;
    if (line_number <= c->last) return 1;
    /* it has been left behind meanwhile */
  }
  if (!is_at(&c->from)) return 0;
  open_range(c);
  return 1;
}

/* Appends text, in upper or lower case as \U, \L (`mode`) and \u, \l (`once`) say. */
static void append_changed(const char *text, size_t size, char mode, char *once) {
  size_t begin = result.size;
  space_append(&result, text, size);
  for (size_t i = begin; i < result.size; i++) {
    unsigned char *c = (unsigned char *)&result.text[i];
    if (mode == 'U') *c = (unsigned char)toupper(*c);
    if (mode == 'L') *c = (unsigned char)tolower(*c);
    if (*once) *c = (unsigned char)(*once == 'u' ? toupper(*c) : tolower(*c));
    *once = 0;
  }
}

static void append_replacement(const struct command *c, const regmatch_t *m) {
  char mode = 0, once = 0;
  for (int i = 0; i < c->piece_count; i++) {
    const struct piece *p = &c->pieces[i];
    if (p->change == 'u' || p->change == 'l') once = p->change;
    else if (p->change) mode = p->change == 'E' ? 0 : p->change, once = 0;
    append_changed(p->text, p->size, mode, &once);
    if (p->group >= 0 && m[p->group].rm_so >= 0)
      append_changed(pattern.text + m[p->group].rm_so, (size_t)(m[p->group].rm_eo - m[p->group].rm_so), mode, &once);
  }
}

/* Whether anything was replaced. */
static int substitute(struct command *c) {
  const regex_t *regex = used(c->regex);
  regmatch_t m[10];
  size_t at = 0, from = 0, last_end = ~0UL; /* what is before `at` is in the result */
  unsigned long number = 0;
  int replaced = 0;
  result.size = 0;
  while (from <= pattern.size && pattern_find(regex, pattern.text, from, pattern.size, m, 10, 0)) {
    size_t begin = (size_t)m[0].rm_so, end = (size_t)m[0].rm_eo;
    /* Nothing right after a match is no match. */
    if ((end > begin || begin != last_end) && ++number >= (c->which ? c->which : 1)) {
      space_append(&result, pattern.text + at, begin - at);
      append_replacement(c, m);
      at = end;
      replaced = 1;
      if (!c->global) break;
    }
    last_end = end;
    from = end + (end == begin);
  }
  if (!replaced) return 0;
  space_append(&result, pattern.text + at, pattern.size - at);
  struct space swap = pattern;
  pattern = result;
  result = swap;
  return 1;
}

/* l: what is not printable as escapes, and a $ at the end. */
static void put_visibly(void) {
  static const char from[] = "\\\a\b\f\n\r\t\v", to[] = "\\abfnrtv";
  char piece[8];
  int column = 0;
  for (size_t i = 0; i < pattern.size; i++) {
    unsigned char c = (unsigned char)pattern.text[i];
    const char *known = c ? strchr(from, c) : 0;
    if (known) snprintf(piece, sizeof piece, "\\%c", to[known - from]);
    else snprintf(piece, sizeof piece, isprint(c) ? "%c" : "\\%03o", c);
    if (column + (int)strlen(piece) > 69) {
      fputs("\\\n", out);
      column = 0;
    }
    fputs(piece, out);
    column += (int)strlen(piece);
  }
  fputs("$\n", out);
}

static void queue(struct command *c) {
  if (queue_size < (int)(sizeof queued / sizeof *queued)) queued[queue_size++] = c;
}

/* Up to the pattern space's first newline. */
static size_t first_line(void) {
  const char *newline = pattern.size ? memchr(pattern.text, '\n', pattern.size) : 0;
  return newline ? (size_t)(newline - pattern.text) : pattern.size;
}

/* One cycle; 0 when the pattern space is to be kept for the next (D). */
static int cycle(void) {
  int replaced = 0;
  for (long i = 0; i < script.count; i++) {
    struct command *c = &script.commands[i];
    if (chosen(c) == c->inverted) {
      if (c->name == '{') i = c->target;
      continue;
    }
    switch (c->name) {
      case '=': fprintf(out, "%lu\n", line_number); break;
      case 'F': fprintf(out, "%s\n", in_name); break;
      case 'a':
      case 'r': queue(c); break;
      case 'i': put(out, c->text, c->size - 1, 1); break;
      case 'c':
        if (c->to.kind == NO_ADDRESS || c->inverted || !c->active) put(out, c->text, c->size - 1, 1);
        flush_queue();
        return 1;
      case 'd': flush_queue(); return 1;
      case 'D': {
        size_t size = first_line();
        if (size == pattern.size) {
          flush_queue();
          return 1;
        }
        flush_queue();
        pattern.size -= size + 1;
        memmove(pattern.text, pattern.text + size + 1, pattern.size);
        return 0;
      }
      case 'g': space_assign(&pattern, &held); break;
      case 'G':
        space_append(&pattern, "\n", 1);
        space_append(&pattern, held.text, held.size);
        break;
      case 'h': space_assign(&held, &pattern); break;
      case 'H':
        space_append(&held, "\n", 1);
        space_append(&held, pattern.text, pattern.size);
        break;
      case 'x': {
        struct space swap = pattern;
        pattern = held;
        held = swap;
        break;
      }
      case 'l': put_visibly(); break;
      case 'n':
        if (is_last()) {
          end_line();
          end(0);
        }
        end_line();
        pattern.size = 0;
        read_line();
        break;
      case 'N':
        if (is_last()) {
          end_line();
          end(0);
        }
        flush_queue();
        space_append(&pattern, "\n", 1);
        read_line();
        break;
      case 'p': put_pattern(out); break;
      case 'P': put(out, pattern.text, first_line(), 1); break;
      case 'q':
        end_line();
        for (int b; in_place && in && (b = getc(in)) != EOF;) putc(b, out);
        end(c->status);
      case 'Q': end(c->status);
      case 's':
        if (!substitute(c)) break;
        replaced = 1;
        if (c->print) put_pattern(out);
        if (c->output) put_pattern(c->output->file);
        break;
      case 'w': put_pattern(c->output->file); break;
      case 'y':
        for (size_t b = 0; b < pattern.size; b++) pattern.text[b] = (char)c->map[(unsigned char)pattern.text[b]];
        break;
      case 'z': pattern.size = 0; break;
      case 't':
      case 'T': {
        int goes = replaced == (c->name == 't');
        replaced = 0;
        if (!goes) break;
      } /* fallthrough */
      case 'b': i = c->target; break;
    }
  }
  end_line();
  return 1;
}

/* ---- the start ---- */

static void add(struct space *to, const char *text) {
  if (to->size) space_append(to, "\n", 1);
  space_append(to, text, strlen(text));
}

int main(int argc, char **argv) {
  static const struct option longs[] = {
      {"quiet", 0, 0, 'n'}, {"silent", 0, 0, 'n'}, {"expression", 1, 0, 'e'}, {"file", 1, 0, 'f'}, {"regexp-extended", 0, 0, 'E'},
      {"in-place", 2, 0, 'i'}, {"separate", 0, 0, 's'}, {0, 0, 0, 0},
  };
  int extended = 0, given = 0;
  struct space text = {0, 0, 0};
  tool_start(argc, argv, usage);
  for (int option; (option = getopt_long(argc, argv, "nsEre:f:i::u", longs, 0)) != -1;) {
    switch (option) {
      case 'n': quiet = 1; break;
      case 's': separate = 1; break;
      case 'E':
      case 'r': extended = 1; break;
      case 'u': setvbuf(stdout, 0, _IOLBF, 0); break;
      case 'i':
        in_place = separate = 1;
        if (optarg) suffix = optarg;
        break;
      case 'e':
        given = 1;
        add(&text, optarg);
        break;
      case 'f': {
        size_t size;
        char *read = tool_read_file(optarg, &size);
        if (!read) return tool_complain("couldn't open file %s: %s", optarg, strerror(errno));
        if (size > 0 && read[size - 1] == '\n') read[size - 1] = 0;
        given = 1;
        add(&text, read);
        free(read);
        break;
      }
      default: tool_bad_usage(1);
    }
  }
  if (!given) {
    if (optind == argc) {
      fputs("Usage: sed [OPTION]... {script-only-if-no-other-script} [input-file]...\n", stderr);
      return 1;
    }
    add(&text, argv[optind++]);
  }
  space_reserve(&text, text.size);
  text.text[text.size] = 0;
  sed_parse(&script, text.text, extended);
  quiet |= script.no_print;
  out = stdout;
  static char *standard_input[] = {"-", 0};
  files = optind < argc ? argv + optind : standard_input;
  space_reserve(&pattern, 0);
  space_reserve(&held, 0);
  space_reserve(&result, 0);
  for (int fresh = 1; !fresh || read_line();) {
    fresh = cycle();
    if (fresh) pattern.size = 0;
  }
  end(0);
}
