/*
 * Tab completion of the word before the cursor: a command where a command is expected, $NAME, otherwise
 * a file. It extends the word as far as all candidates agree and lists them when that is not at all.
 */
#include "sh.h"

#include <dirent.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static const char separators[] = " \t\n;&|<>()=`";
static const char specials[] = " \t\n;&|<>()=`$\"'\\*?[]#~{}!";

struct word_here {
  size_t start;      /* in the line */
  char quote;        /* an open quote, or 0 */
  struct text plain; /* the word without its quoting */
  bool command;
  const char *variable; /* the beginning of a name after $ or ${, in the line; or NULL */
};

static bool expects_command(const char *line, size_t start) {
  static const char *const before[] = {"then", "else", "elif", "do", "if", "while", "until", "!", "{"};
  size_t end = start;
  while (end > 0 && strchr(" \t", line[end - 1])) end--;
  if (end == 0 || strchr("\n;&|(`", line[end - 1])) return true;
  size_t word = end;
  while (word > 0 && !strchr(separators, line[word - 1])) word--;
  for (size_t i = 0; i < sizeof before / sizeof *before; i++)
    if (strlen(before[i]) == end - word && strncmp(line + word, before[i], end - word) == 0)
      return true;
  return false;
}

/* The name before the cursor, if a $ that is no character of its own stands before it. */
static const char *find_variable(const struct screen *s, char quote) {
  const char *line = s->line.s;
  size_t at = s->at, escapes = 0;
  while (at > 0 && is_name_char((unsigned char)line[at - 1])) at--;
  size_t name = at;
  if (at > 1 && line[at - 1] == '{') at--;
  if (at == 0 || line[at - 1] != '$' || quote == '\'') return NULL;
  for (at--; at > escapes && line[at - escapes - 1] == '\\';) escapes++;
  return escapes % 2 ? NULL : line + name;
}

static void find_word(const struct screen *s, struct word_here *w) {
  memset(w, 0, sizeof *w);
  text_clear(&w->plain);
  for (size_t i = 0; i < s->at; i++) {
    char c = s->line.s[i];
    if (w->quote) {
      if (c == w->quote) w->quote = 0;
      else if (c == '\\' && w->quote == '"' && i + 1 < s->at && strchr("$`\"\\", s->line.s[i + 1]))
        text_byte(&w->plain, s->line.s[++i]);
      else text_byte(&w->plain, c);
    } else if (c == '\\' && i + 1 < s->at) {
      text_byte(&w->plain, s->line.s[++i]);
    } else if (c == '\'' || c == '"') {
      w->quote = c;
    } else if (strchr(separators, c)) {
      text_clear(&w->plain);
      w->start = i + 1;
    } else {
      text_byte(&w->plain, c);
    }
  }
  bool assigned = w->start > 0 && s->line.s[w->start - 1] == '=';
  w->variable = find_variable(s, w->quote);
  w->command = !assigned && expects_command(s->line.s, w->start) && !strchr(w->plain.s, '/');
}

/* ---- candidates ---- */

static void offer(struct fields *f, const char *name, const char *prefix) {
  if (strncmp(name, prefix, strlen(prefix)) == 0) fields_add(f, arena_strdup(&sh.scratch, name));
}

static void offer_programs(struct fields *f, const char *prefix) {
  const char *path = var_get("PATH");
  while (path && *path) {
    size_t n = strcspn(path, ":");
    char *dir = arena_strndup(&sh.scratch, path, n);
    DIR *d = opendir(n ? dir : ".");
    for (struct dirent *entry; d && (entry = readdir(d));) {
      struct text t = {0};
      if (entry->d_name[0] == '.' || strncmp(entry->d_name, prefix, strlen(prefix))) continue;
      text_fmt(&t, "%s/", dir);
      text_str(&t, entry->d_name);
      if (access(t.s, X_OK) == 0) offer(f, entry->d_name, prefix);
      text_free(&t);
    }
    if (d) closedir(d);
    path += n;
    if (*path) path++;
  }
}

/* Names in the directory part of `word`, directories with a slash. */
static void offer_files(struct fields *f, const char *word) {
  const char *slash = strrchr(word, '/'), *prefix = slash ? slash + 1 : word;
  struct text dir = {0};
  size_t name = word[0] == '$' ? name_length(word + 1) : 0;
  if (slash && name && word[name + 1] == '/') {
    const char *value = var_get(arena_strndup(&sh.scratch, word + 1, name));
    text_str(&dir, value ? value : "");
    text_bytes(&dir, word + name + 1, (size_t)(prefix - word) - name - 1);
  } else if (word[0] == '~' && word[1] == '/') {
    text_str(&dir, home_directory());
    text_bytes(&dir, word + 1, (size_t)(prefix - word - 1));
  } else {
    text_bytes(&dir, word, (size_t)(prefix - word));
  }
  DIR *d = opendir(dir.len ? dir.s : ".");
  for (struct dirent *entry; d && (entry = readdir(d));) {
    if (entry->d_name[0] == '.' && prefix[0] != '.') continue;
    if (strcmp(entry->d_name, ".") == 0 || strcmp(entry->d_name, "..") == 0) continue;
    if (strncmp(entry->d_name, prefix, strlen(prefix))) continue;
    struct text path = {0};
    struct stat st;
    text_bytes(&path, dir.s ? dir.s : "", dir.len);
    text_str(&path, entry->d_name);
    bool is_directory = stat(path.s, &st) == 0 && S_ISDIR(st.st_mode);
    text_clear(&path);
    text_str(&path, entry->d_name);
    if (is_directory) text_byte(&path, '/');
    fields_add(f, arena_strdup(&sh.scratch, path.s));
    text_free(&path);
  }
  if (d) closedir(d);
  text_free(&dir);
}

static struct fields *variables;
static const char *variable_prefix;
static void offer_variable(struct var *v) {
  if (v->value) offer(variables, v->name, variable_prefix);
}

static int by_text(const void *a, const void *b) {
  return strcmp(*(char *const *)a, *(char *const *)b);
}

static void sort_and_unite(struct fields *f) {
  int n = 0;
  if (f->n) qsort(f->v, (size_t)f->n, sizeof *f->v, by_text);
  for (int i = 0; i < f->n; i++)
    if (!n || strcmp(f->v[n - 1], f->v[i])) f->v[n++] = f->v[i];
  f->n = n;
}

/* ---- extending the word ---- */

static void insert_quoted(struct screen *s, const char *text, size_t n, char quote) {
  struct text t = {0};
  text_clear(&t);
  for (size_t i = 0; i < n; i++) {
    /* A quote ends before its own character; an escaped newline would be none at all. */
    if (quote == '\'' && text[i] == '\'') {
      text_str(&t, "'\\''");
      continue;
    }
    if (!quote && text[i] == '\n') {
      text_str(&t, "'\n'");
      continue;
    }
    bool escape = quote == '\'' ? false
                  : quote       ? strchr("$`\"\\", text[i]) != NULL
                                : strchr(specials, text[i]) != NULL;
    if (escape) text_byte(&t, '\\');
    text_byte(&t, text[i]);
  }
  text_splice(&s->line, s->at, 0, t.s, t.len);
  s->at += t.len;
  text_free(&t);
}

void complete(struct screen *s, struct fields *candidates) {
  struct word_here w;
  find_word(s, &w);
  const char *prefix = w.plain.s;
  bool braced = w.variable && w.variable[-1] == '{';
  if (w.variable) {
    prefix = arena_strndup(&sh.scratch, w.variable, (size_t)(s->line.s + s->at - w.variable));
    variable_prefix = prefix;
    variables = candidates;
    var_each(offer_variable);
  } else if (w.command) {
    for (const struct builtin *b = builtins; b->name; b++) offer(candidates, b->name, prefix);
    for (const char *name, *last = NULL; (name = alias_after(last)); last = name) offer(candidates, name, prefix);
    for (struct function *f = functions; f; f = f->next) offer(candidates, f->name, prefix);
    offer_programs(candidates, prefix);
  } else {
    offer_files(candidates, prefix);
    const char *slash = strrchr(prefix, '/');
    if (slash) prefix = slash + 1;
  }
  sort_and_unite(candidates);
  size_t have = strlen(prefix), agreed = candidates->n ? strlen(candidates->v[0]) : 0;
  for (int i = 1; i < candidates->n; i++) {
    size_t n = 0;
    while (n < agreed && candidates->v[0][n] == candidates->v[i][n]) n++;
    agreed = n;
  }
  while (agreed > have && (candidates->v[0][agreed] & 0xc0) == 0x80) agreed--;
  bool only = candidates->n == 1, extends = agreed > have;
  if (extends) insert_quoted(s, candidates->v[0] + have, agreed - have, w.quote);
  if (only && !(agreed && candidates->v[0][agreed - 1] == '/')) {
    char end[3] = {0};
    size_t n = 0;
    if (braced) end[n++] = '}';
    if (w.quote) end[n++] = w.quote;
    if (!braced) end[n++] = ' ';
    text_splice(&s->line, s->at, 0, end, n);
    s->at += n;
  }
  /* More than one, and nothing to add: the caller shows them. */
  if (only || extends) candidates->n = 0;
  text_free(&w.plain);
}
