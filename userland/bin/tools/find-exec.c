/* -exec, -execdir and -ok: commands for what find has found. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>
#include "find-node.h"
#include "tool.h"

#define TOGETHER 200

static int run(char **command, const char *directory) {
  int result = 1;
  fflush(stdout);
  pid_t child = fork();
  if (child == 0) {
    if (directory && chdir(directory) < 0) _exit(tool_failed(directory));
    execvp(command[0], command);
    tool_complain("'%s': %s", command[0], strerror(errno));
    _exit(1);
  }
  if (child < 0) exit(tool_failed("fork"));
  while (waitpid(child, &result, 0) < 0 && errno == EINTR) continue;
  return result == 0;
}

/* A word of the command, with the path for each {}. */
static char *filled(const char *word, const char *path) {
  size_t size = strlen(word) + 1;
  for (const char *c = word; (c = strstr(c, "{}")); c += 2) size += strlen(path);
  char *text = malloc(size), *to = text;
  if (!text) exit(tool_failed("malloc"));
  for (const char *c; (c = strstr(word, "{}")); word = c + 2) to = stpcpy(mempcpy(to, word, (size_t)(c - word)), path);
  strcpy(to, word);
  return text;
}

static char **room_for(int words) {
  char **command = malloc((size_t)words * sizeof *command);
  if (!command) exit(tool_failed("malloc"));
  return command;
}

void find_run_waiting(struct node *n) {
  if (n->waiting == 0) return;
  char **command = room_for(n->count + TOGETHER + 1);
  memcpy(command, n->command, (size_t)(n->count - 1) * sizeof *command); /* but the {} */
  memcpy(command + n->count - 1, n->paths, (size_t)n->waiting * sizeof *command);
  command[n->count - 1 + n->waiting] = 0;
  if (!run(command, n->directory)) find_options.status = 1;
  free(command);
  while (n->waiting > 0) free(n->paths[--n->waiting]);
}

/* What -execdir calls a file, and the directory that it is in. */
static char *apart(const char *path, char **directory) {
  char *name = 0;
  const char *base = find_name(path);
  *directory = base > path ? strndup(path, base - path == 1 ? 1 : (size_t)(base - path) - 1) : strdup(".");
  if (!*directory || asprintf(&name, *base == '/' ? "%s" : "./%s", base) < 0) exit(tool_failed("malloc"));
  return name;
}

static int is_wanted(const struct node *n, const char *path) {
  fflush(stdout);
  fprintf(stderr, "< %s ... %s > ? ", n->command[0], path);
  int answer = getchar();
  for (int c = answer; c != '\n' && c != EOF;) c = getchar();
  return answer == 'y' || answer == 'Y';
}

int find_execute(struct node *n, const char *path) {
  char *directory = 0, *name = n->kind == EXECDIR ? apart(path, &directory) : strdup(path);
  if (!name) exit(tool_failed("malloc"));
  if (n->together) {
    if (n->directory && strcmp(n->directory, directory)) find_run_waiting(n);
    free(n->directory);
    n->directory = directory;
    if (!n->paths) n->paths = room_for(TOGETHER);
    n->paths[n->waiting++] = name;
    if (n->waiting == TOGETHER) find_run_waiting(n);
    return 1;
  }
  if (n->kind == OK && !is_wanted(n, path)) {
    free(name);
    return 0;
  }
  char **command = room_for(n->count + 1);
  for (int i = 0; i < n->count; i++) command[i] = filled(n->command[i], name);
  command[n->count] = 0;
  int good = run(command, directory);
  for (int i = 0; i < n->count; i++) free(command[i]);
  free(command);
  free(name);
  free(directory);
  return good;
}
