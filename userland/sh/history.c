/*
 * The commands that were typed, oldest first (XCU sh, "Command History List"), and `history`.
 *
 * They are kept in HISTFILE, or ~/.sh_history, each from the moment it is entered, so that the next shell
 * of this machine begins with them, however this one ends. A command of several lines is one entry: in
 * the file each of its newlines has a backslash before it, and an entry that ends in a backslash a blank after it.
 */
#include "sh.h"

#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { DEFAULT_SIZE = 500, LARGEST_SIZE = 100000 };
static char **lines;
static int count, room, forgotten;
static bool loaded;
static int current = -1; /* the entry of the command that runs, or -1 */

static int most(void) {
  const char *size = var_get("HISTSIZE");
  char *end = "";
  long n = size && *size ? strtol(size, &end, 10) : DEFAULT_SIZE;
  return *end || n < 0 ? DEFAULT_SIZE : n > LARGEST_SIZE ? LARGEST_SIZE : (int)n;
}

/* NULL: nothing is kept. In the scratch arena. */
static const char *file_name(void) {
  const char *name = var_get("HISTFILE");
  if (name) return *name ? name : NULL;
  struct text t = {0};
  text_str(&t, home_directory());
  text_str(&t, "/.sh_history");
  name = arena_strdup(&sh.scratch, t.s);
  text_free(&t);
  return name;
}

static void drop_oldest(int n) {
  for (int i = 0; i < n; i++) free(lines[i]);
  count -= n;
  forgotten += n;
  memmove(lines, lines + n, (size_t)count * sizeof *lines);
}

static void keep(const char *line, size_t n) {
  int limit = most();
  if (count >= limit) drop_oldest(count - limit + (limit > 0));
  if (limit == 0) return;
  if (count == room) {
    room = room ? room * 2 : 64;
    lines = xrealloc(lines, (size_t)room * sizeof *lines);
  }
  lines[count] = memcpy(xmalloc(n + 1), line, n);
  lines[count++][n] = 0;
}

/* ---- the file ---- */

static void encode(struct text *t, const char *s) {
  for (; *s; s++) {
    if (*s == '\n') text_byte(t, '\\');
    text_byte(t, *s);
  }
  if (t->len && t->s[t->len - 1] == '\\') text_byte(t, ' ');
  text_byte(t, '\n');
}

static off_t newest_start = -1, newest_end; /* where the newest entry stands in the file */

static void write_file(const char *name, int flags, int first) {
  struct text t = {0};
  struct stat st;
  int fd = name ? open(name, O_WRONLY | O_CREAT | O_CLOEXEC | flags, 0600) : -1;
  newest_start = -1;
  if (fd < 0) return; /* a home that cannot be written to is no reason to complain at every command */
  for (int i = first; i < count; i++) encode(&t, lines[i]);
  if (fstat(fd, &st) == 0) newest_start = st.st_size;
  write_all(fd, t.s, t.len);
  newest_end = newest_start + (off_t)t.len;
  text_free(&t);
  close(fd);
}

/* Unless another shell wrote behind it. */
static void remove_newest(const char *name) {
  struct stat st;
  if (newest_start >= 0 && name && stat(name, &st) == 0 && st.st_size == newest_end) truncate(name, newest_start);
  newest_start = -1;
}

/* One entry of `s`; returns where the next begins. */
static const char *decode(const char *s, struct text *t) {
  text_clear(t);
  for (; *s && *s != '\n'; s++) {
    if (s[0] == '\\' && s[1] == '\n') s++;
    text_byte(t, *s);
  }
  return *s ? s + 1 : s;
}

static void load(void) {
  if (loaded) return;
  loaded = true;
  struct mark mark = arena_mark(&sh.scratch);
  struct text all = {0}, entry = {0};
  const char *name = file_name();
  struct stat st;
  int fd = name ? open(name, O_RDONLY | O_CLOEXEC | O_NONBLOCK) : -1, read_entries = 0;
  text_clear(&all);
  if (fd >= 0 && fstat(fd, &st) == 0 && S_ISREG(st.st_mode)) {
    char block[1024];
    for (ssize_t n; (n = read(fd, block, sizeof block)) > 0;)
      for (ssize_t i = 0; i < n; i++)
        if (block[i]) text_byte(&all, block[i]);
  }
  if (fd >= 0) close(fd);
  for (const char *s = all.s; *s; read_entries++) {
    s = decode(s, &entry);
    keep(entry.s, entry.len);
  }
  forgotten = 0;
  /* It grows by what every shell adds; now and then it is made short again. */
  if (read_entries > 2 * most() + 100) write_file(name, O_TRUNC, 0);
  text_free(&all);
  text_free(&entry);
  arena_release(&sh.scratch, mark);
}

static void save_newest(void) {
  struct mark mark = arena_mark(&sh.scratch);
  if (count) write_file(file_name(), O_APPEND, count - 1);
  arena_release(&sh.scratch, mark);
}

/* ---- what is added ---- */

void history_add(const char *line) {
  load();
  current = -1;
  if (!line[strspn(line, " \t\n")]) return;
  if (!count || strcmp(lines[count - 1], line)) {
    keep(line, strlen(line));
    save_newest();
  }
  current = count - 1;
}

void history_replace(const char *line) {
  if (current >= 0 && current == count - 1) {
    struct mark mark = arena_mark(&sh.scratch);
    remove_newest(file_name());
    free(lines[--count]);
    arena_release(&sh.scratch, mark);
  }
  history_add(line);
}

void history_extend(const char *line) {
  struct text t = {0};
  if (current >= 0 && current == count - 1) {
    text_str(&t, lines[current]);
    text_byte(&t, '\n');
  }
  text_str(&t, line);
  history_replace(t.s);
  text_free(&t);
}

int history_count(void) {
  load();
  return count;
}

int history_before(void) { return current >= 0 && current < history_count() ? current : history_count(); }
const char *history_get(int index) { return lines[index]; }
int history_number(int index) { return forgotten + index + 1; }

int builtin_history(int argc, char **argv) {
  char seen[1], *end = "";
  int i = options(argc, argv, "c", seen), all = history_count();
  if (i < 0) return 2;
  if (seen[0]) {
    struct mark mark = arena_mark(&sh.scratch);
    drop_oldest(count);
    forgotten = 0;
    current = -1;
    write_file(file_name(), O_TRUNC, 0);
    arena_release(&sh.scratch, mark);
    return 0;
  }
  long n = i < argc ? strtol(argv[i], &end, 10) : all;
  if (*end || n < 0) {
    warn("history: %s: not a number", argv[i]);
    return 2;
  }
  for (i = n < all ? all - (int)n : 0; i < all; i++) {
    out_fmt("%5d  ", history_number(i));
    out_str(lines[i]);
    out_byte('\n');
  }
  return 0;
}
