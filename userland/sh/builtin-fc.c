/* fc (XCU fc): past commands, listed, run again, or run after an editor changed them. */
#include "sh.h"

#include <ctype.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

struct request {
  bool list, plain, reverse, again;
  const char *editor;
};

/* Returns the index of the first operand, -1 after a message. A negative number is an operand. */
static int read_options(int argc, char **argv, struct request *r) {
  int i = 1;
  for (; i < argc && argv[i][0] == '-' && argv[i][1] && !isdigit((unsigned char)argv[i][1]); i++) {
    if (strcmp(argv[i], "--") == 0) return i + 1;
    for (const char *s = argv[i] + 1; *s; s++) {
      if (*s == 'l') r->list = true;
      else if (*s == 'n') r->plain = true;
      else if (*s == 'r') r->reverse = true;
      else if (*s == 's') r->again = true;
      else if (*s == 'e' && (s[1] || i + 1 < argc)) {
        r->editor = s[1] ? s + 1 : argv[++i];
        break;
      } else {
        warn(*s == 'e' ? "fc: -%c: an editor is wanted" : "fc: -%c: no such option", *s);
        return -1;
      }
    }
  }
  return i;
}

/* The entry that is meant, as an index that may be out of range; -1 when no command begins so. */
static int find(const char *s, int n) {
  char *end;
  long number = strtol(s, &end, 10);
  if (*s && !*end) {
    if (number > n + 1000000L || number < -n - 1000000L) number = number > 0 ? n + 1000000L : -n - 1000000L;
    if (*s == '-') return number == 0 ? n - 1 : n + (int)number < 0 ? -2 : n + (int)number;
    int index = (int)number - history_number(0);
    return index < 0 ? -2 : index;
  }
  for (int i = n - 1; i >= 0; i--)
    if (strncmp(history_get(i), s, strlen(s)) == 0) return i;
  warn("fc: %s: no such command", s);
  return -1;
}

static void show(int i, bool plain) {
  if (!plain) out_fmt("%d", history_number(i));
  out_byte('\t');
  for (const char *s = history_get(i); *s; s++) {
    out_byte(*s);
    if (*s == '\n') out_byte('\t');
  }
  out_byte('\n');
}

/* Runs what is in `t` as if it had been typed. */
static int run_again(struct text *t) {
  while (t->len && t->s[t->len - 1] == '\n') t->s[--t->len] = 0;
  write_all(2, t->s, t->len);
  write_all(2, "\n", 1);
  history_replace(t->s);
  return run_string(t->s);
}

static int run_replaced(const char *command, const char *change) {
  struct text t = {0};
  const char *equals = change ? strchr(change, '=') : NULL;
  const char *old = equals ? arena_strndup(&sh.scratch, change, (size_t)(equals - change)) : "";
  const char *place = *old ? strstr(command, old) : NULL;
  text_clear(&t);
  if (place) {
    text_bytes(&t, command, (size_t)(place - command));
    text_str(&t, equals + 1);
    text_str(&t, place + strlen(old));
  } else {
    text_str(&t, command);
  }
  int status = run_again(&t);
  text_free(&t);
  return status;
}

/* ---- with an editor ---- */

static bool read_back(const char *path, struct text *t) {
  char block[512];
  int fd = open(path, O_RDONLY | O_CLOEXEC);
  text_clear(t);
  for (ssize_t n; fd >= 0 && (n = read(fd, block, sizeof block)) > 0;) text_bytes(t, block, (size_t)n);
  if (fd >= 0) close(fd);
  return fd >= 0;
}

static int run_edited(const struct text *commands, const char *editor) {
  const char *candidates[] = {editor, var_get("FCEDIT"), var_get("EDITOR"), "edit"};
  struct text t = {0};
  char path[] = "/tmp/fc-XXXXXX";
  int fd = mkstemp(path), status = 1;
  if (fd < 0) {
    warn("fc: %s: %s", path, strerror(errno));
    return 1;
  }
  write_all(fd, commands->s, commands->len);
  close(fd);
  for (int i = 0; !t.len; i++)
    if (candidates[i]) text_str(&t, candidates[i]);
  text_byte(&t, ' ');
  text_str(&t, path);
  if (run_string(t.s) == 0 && !sh.unwind) {
    bool there = read_back(path, &t);
    unlink(path);
    if (there) status = run_again(&t);
  } else {
    unlink(path); /* an editor that fails says that nothing is to be run */
  }
  text_free(&t);
  return status;
}

int builtin_fc(int argc, char **argv) {
  struct request r = {false, false, false, false, NULL};
  int i = read_options(argc, argv, &r), n = history_before();
  if (i < 0) return 2;
  if (r.editor && strcmp(r.editor, "-") == 0) r.again = true;
  const char *change = r.again && i < argc && strchr(argv[i], '=') ? argv[i++] : NULL;
  if (argc - i > (r.again ? 1 : 2)) {
    warn("fc: too many operands");
    return 2;
  }
  int first = r.list ? n - 16 : n - 1, last = n - 1;
  if (i < argc && (first = find(argv[i], n)) == -1) return 1;
  if (i + 1 < argc) last = find(argv[i + 1], n);
  else if (i < argc && !r.list) last = first;
  if (last == -1 && n) return 1;
  if (n == 0 || (r.again && (first < 0 || first >= n))) {
    if (r.list && i >= argc) return 0;
    warn("fc: no such command");
    return 1;
  }
  if (r.again) return run_replaced(arena_strdup(&sh.scratch, history_get(first)), change);
  first = first < 0 ? 0 : first >= n ? n - 1 : first;
  last = last < 0 ? 0 : last >= n ? n - 1 : last;
  if (r.reverse) {
    int other = first;
    first = last;
    last = other;
  }
  struct text t = {0};
  text_clear(&t);
  for (int step = first <= last ? 1 : -1;; first += step) {
    if (r.list) show(first, r.plain);
    else text_str(&t, history_get(first)), text_byte(&t, '\n');
    if (first == last) break;
  }
  int status = r.list ? 0 : run_edited(&t, r.editor);
  text_free(&t);
  return status;
}
