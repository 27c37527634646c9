/* sed: edits text line by line, by a script (tools/sed-script.c). One file, although long: all commands work on the same
   two spaces and the same place in the input. */
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
    "sed [-nEsuz] [-i[SUFFIX]] [-l N] SCRIPT [FILE]...\n"
    "Edits the text of the files by the commands of SCRIPT and prints the result.\n"
    "  -e SCRIPT, -f FILE  more commands         -n  prints only what p says\n"
    "  -E, -r  extended regular expressions      -s  every file on its own\n"
    "  -i[SUFFIX]  changes the files themselves; with SUFFIX keeps the old ones under such names\n"
    "  -u  line by line, at once                 -z  lines end with NUL   -l N  where l wraps\n"
    "Commands: [ADDRESS[,ADDRESS]][!] s/REGEX/WITH/gpiemNw d p q Q n a i c y { } = b t T : h H g G x N D P r R w W l z e F\n"
    "Addresses: a line's number, $ (the last), /REGEX/, N~STEP, and after a comma +N, ~N.\n";

static struct script script;
static int quiet, separate, in_place, unbuffered, width = 70;
static char end_of_line = '\n';
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
static struct output edited, *out = &sed_stdout;

static _Noreturn void fail(const char *format, const char *name) {
  char text[300];
  snprintf(text, sizeof text, format, name);
  tool_complain("%s: %s", text, strerror(errno));
  if (out == &edited) unlink(edited.path);
  exit(4);
}

/* In the suffix a * is the name, and a slash makes it the name of a file elsewhere. */
static void keep_old(void) {
  struct space old = {0, 0, 0};
  const char *slash = strrchr(in_name, '/'), *base = slash ? slash + 1 : in_name;
  if (!strchr(suffix, '/')) space_append(&old, in_name, (size_t)(base - in_name));
  if (!strchr(suffix, '*')) space_append(&old, base, strlen(base));
  for (const char *c = suffix; *c; c++) space_append(&old, *c == '*' ? base : c, *c == '*' ? strlen(base) : 1);
  space_append(&old, "", 1);
  if (rename(in_name, old.text) < 0) fail("cannot rename %.256s", in_name);
  free(old.text);
}

static void finish_in_place(void) {
  if (out == &sed_stdout) return;
  if (fclose(out->file)) fail("couldn't close %.256s", out->path);
  if (*suffix) keep_old();
  if (rename(out->path, in_name) < 0) fail("cannot rename %.256s", out->path);
  free(out->path);
  out = &sed_stdout;
}

static void close_input(void) {
  if (in && in != stdin) fclose(in);
  if (in) finish_in_place();
  in = 0;
}

static void start_in_place(const struct stat *s) {
  int fd;
  edited = (struct output){0, 0, 0, 0};
  if (asprintf(&edited.path, "%s.XXXXXX", in_name) < 0 || (fd = mkstemp(edited.path)) < 0 || !(edited.file = fdopen(fd, "w")))
    fail("couldn't open temporary file %.256s", edited.path);
  fchmod(fd, s->st_mode & 07777);
  out = &edited;
}

/* With -s and -i every file begins anew, and so do ranges. */
static void begin_file(void) {
  line_number = 0;
  for (long i = 0; i < script.count; i++) script.commands[i].active = 0, script.commands[i].last = 0;
}

/* Opens the next file that can be read; 0 when there is none. */
static int open_next(void) {
  while (*files) {
    struct stat s = {0};
    in_name = *files++;
    in = strcmp(in_name, "-") == 0 && !in_place ? stdin : fopen(in_name, "r");
    if (!in) {
      tool_complain("can't read %s: %s", in_name, strerror(errno));
      status = 2;
      continue;
    }
    fstat(fileno(in), &s);
    if (in_place && !S_ISREG(s.st_mode)) {
      tool_complain("couldn't edit %s: not a regular file", in_name);
      status = 4;
      fclose(in);
      in = 0;
      continue;
    }
    if (unbuffered) setvbuf(in, 0, _IONBF, 0);
    if (in_place) start_in_place(&s);
    if (separate) begin_file();
    return 1;
  }
  return 0;
}

/* Whether the stream of the current file is at its end. */
static int at_end(void) {
  int c = getc(in);
  if (c == EOF && ferror(in)) fail("read error on %.256s", in == stdin ? "stdin" : in_name);
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
    ssize_t length = getdelim(&line, &room, end_of_line, in);
    if (length > 0) {
      has_newline = line[length - 1] == end_of_line;
      space_append(&pattern, line, (size_t)(length - has_newline));
      line_number++;
      return 1;
    }
    if (ferror(in)) fail("read error on %.256s", in == stdin ? "stdin" : in_name);
    close_input();
  }
}

/* A line without a newline can only be the last of a file; whatever comes after it in the output begins a line. */
static void finish_line(struct output *to) {
  if (to->unfinished) putc(end_of_line, to->file);
  to->unfinished = 0;
}

static void put(struct output *to, const char *text, size_t size, int newline) {
  finish_line(to);
  if (size) fwrite(text, 1, size, to->file);
  if (newline) putc(end_of_line, to->file);
  to->unfinished = !newline;
  if (to != out || unbuffered) fflush(to->file);
  if (ferror(to->file)) fail("couldn't write 1 item to %.256s", to->path);
}

static void put_pattern(struct output *to) { put(to, pattern.text, pattern.size, has_newline); }

/* The text of a, i or c as it is. */
static void put_text(const struct command *c) {
  finish_line(out);
  fwrite(c->text, 1, c->size, out->file);
}

static void copy_file(FILE *file) {
  if (!file) return;
  finish_line(out);
  for (int b; (b = getc(file)) != EOF;) putc(b, out->file);
  fclose(file);
}

/* What a, r and R have queued until the line's end. */
static struct queued {
  const struct command *command;
  char *line; /* of R */
  size_t size;
} *queued;
static size_t queue_size;

static void queue(const struct command *c) {
  struct queued q = {c, 0, 0};
  if (c->name == 'R') {
    size_t room = 0;
    ssize_t size = c->output->file ? getdelim(&q.line, &room, end_of_line, c->output->file) : -1;
    if (size <= 0) return;
    q.size = (size_t)size;
  }
  if (queue_size % 16 == 0 && !(queued = realloc(queued, (queue_size + 16) * sizeof *queued))) exit(tool_failed("malloc"));
  queued[queue_size++] = q;
}

static void flush_queue(void) {
  for (size_t i = 0; i < queue_size; i++) {
    const struct command *c = queued[i].command;
    if (c->name == 'a') put_text(c);
    else if (c->name == 'r') copy_file(fopen(c->text, "r"));
    else finish_line(out), fwrite(queued[i].line, 1, queued[i].size, out->file);
    free(queued[i].line);
  }
  queue_size = 0;
}

/* At the end of a cycle, and where n and N begin a new line. */
static void end_line(void) {
  if (!quiet) put_pattern(out);
  flush_queue();
  if (separate && in && at_end()) out->unfinished = 0;
}

static _Noreturn void end(int with) {
  if (in == stdin) fflush(stdin); /* what was not used is for whoever reads on */
  close_input();
  errno = 0;
  if (fflush(stdout) || ferror(stdout)) fail("couldn't flush %s", "stdout");
  exit(with ? with : status);
}

/* What a command of the shell says, in `to`; a newline at its end is not counted. */
static void run(const char *command, struct space *to) {
  fflush(stdout);
  FILE *from = popen(command, "r");
  if (!from) fail("error running %.256s", command);
  to->size = 0;
  for (int b; (b = getc(from)) != EOF;) space_append(to, (char[]){(char)b}, 1);
  pclose(from);
}

static void run_pattern(void) {
  space_append(&pattern, "", 1);
  run(pattern.text, &result);
  if (result.size > 0 && result.text[result.size - 1] == end_of_line) result.size--;
  space_assign(&pattern, &result);
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
      c->last = c->to.line == 0 ? 0 : (line_number / c->to.line + 1) * c->to.line;
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
  if ((size_t)c->groups > regex->re_nsub) exit(tool_complain("-e expression #1, char 0: invalid reference \\%d on `s' command's RHS", c->groups));
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

/* l: what is not printable as escapes, and a $ at the end; wrapped unless `columns` is 0. */
static void put_visibly(int columns) {
  static const char from[] = "\\\a\b\f\n\r\t\v", to[] = "\\abfnrtv";
  char piece[8];
  int column = 0;
  finish_line(out);
  for (size_t i = 0; i < pattern.size; i++) {
    unsigned char c = (unsigned char)pattern.text[i];
    const char *known = c ? strchr(from, c) : 0;
    if (known) snprintf(piece, sizeof piece, "\\%c", to[known - from]);
    else snprintf(piece, sizeof piece, isprint(c) ? "%c" : "\\%03o", c);
    if (columns > 0 && column + (int)strlen(piece) > columns - 1) {
      fputs("\\\n", out->file);
      column = 0;
    }
    fputs(piece, out->file);
    column += (int)strlen(piece);
  }
  fputs("$\n", out->file);
}

/* Up to the pattern space's first newline. */
static size_t first_line(void) {
  const char *newline = pattern.size ? memchr(pattern.text, end_of_line, pattern.size) : 0;
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
      case '=':
        finish_line(out);
        fprintf(out->file, "%lu\n", line_number);
        break;
      case 'F':
        finish_line(out);
        fprintf(out->file, "%s\n", in_name);
        break;
      case 'a':
      case 'R':
      case 'r': queue(c); break;
      case 'i': put_text(c); break;
      case 'e':
        if (!c->text) {
          run_pattern();
          break;
        }
        run(c->text, &result);
        finish_line(out);
        fwrite(result.text, 1, result.size, out->file);
        break;
      case 'c':
        if (c->to.kind == NO_ADDRESS || c->inverted || !c->active) put_text(c);
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
        space_append(&pattern, &end_of_line, 1);
        space_append(&pattern, held.text, held.size);
        break;
      case 'h': space_assign(&held, &pattern); break;
      case 'H':
        space_append(&held, &end_of_line, 1);
        space_append(&held, pattern.text, pattern.size);
        break;
      case 'x': {
        struct space swap = pattern;
        pattern = held;
        held = swap;
        break;
      }
      case 'l': put_visibly(c->number >= 0 ? c->number : width); break;
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
          if (getenv("POSIXLY_CORRECT")) pattern.size = 0, quiet = 1;
          end_line();
          end(0);
        }
        flush_queue();
        space_append(&pattern, &end_of_line, 1);
        read_line();
        break;
      case 'p': put_pattern(out); break;
      case 'P': put(out, pattern.text, first_line(), 1); break;
      case 'q':
        end_line();
        finish_line(out);
        end(c->number);
      case 'Q': end(c->number);
      case 's':
        if (!substitute(c)) break;
        replaced = 1;
        if (c->runs) run_pattern();
        if (c->print) put_pattern(out);
        if (c->output) put_pattern(c->output);
        break;
      case 'w': put_pattern(c->output); break;
      case 'W': put(c->output, pattern.text, first_line(), 1); break;
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

static void add_file(const char *path) {
  size_t size;
  char *read = tool_read_file(strcmp(path, "-") == 0 ? "/dev/stdin" : path, &size);
  if (!read) fail("couldn't open file %.256s", path);
  if (size > 0 && read[size - 1] == '\n') size--;
  sed_add(read, size, path);
  free(read);
}

/* 0r: before the first line. */
static void put_first(void) {
  for (long i = 0; i < script.count; i++)
    if (script.commands[i].name == 'r' && script.commands[i].from.kind == AT_ZERO) copy_file(fopen(script.commands[i].text, "r"));
}

int main(int argc, char **argv) {
  int extended = 0, given = 0;
  tool_summary = "Usage: sed [OPTION]... {script-only-if-no-other-script} [input-file]...\n";
  tool_start(argc, argv, usage);
  for (int option; (option = tool_option(argc, argv, "bn(quiet)(silent)e:(expression)f:(file)E(regexp-extended)ri::(in-place)l:(line-length)s(separate)u(unbuffered)z(null-data)(zero-terminated)\1(posix)")) != -1;) {
    switch (option) {
      case 'n': quiet = 1; break;
      case 's': separate = 1; break;
      case 'E':
      case 'r': extended = 1; break;
      case 'u': unbuffered = 1; break;
      case 'z': end_of_line = 0; break;
      case 'l': width = atoi(optarg); break;
      case 'i':
        in_place = separate = 1;
        if (optarg) suffix = optarg;
        break;
      case 'e':
        given = 1;
        sed_add(optarg, strlen(optarg), 0);
        break;
      case 'f':
        given = 1;
        add_file(optarg);
        break;
    }
  }
  if (!given) {
    if (optind == argc) tool_bad_usage();
    sed_add(argv[optind], strlen(argv[optind]), 0);
    optind++;
  }
  sed_stdout.file = stdout;
  sed_parse(&script, extended);
  quiet |= script.no_print;
  static char *standard_input[] = {"-", 0};
  if (in_place && optind == argc) {
    tool_complain("no input files");
    return 1;
  }
  files = optind < argc ? argv + optind : standard_input;
  space_reserve(&pattern, 0);
  space_reserve(&held, 0);
  space_reserve(&result, 0);
  put_first();
  for (int fresh = 1; !fresh || read_line();) {
    fresh = cycle();
    if (fresh) pattern.size = 0;
  }
  end(0);
}
