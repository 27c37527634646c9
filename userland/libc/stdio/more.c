/* Old names and unlocked ones of stdio. */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include "file.h"

int getw(FILE *file) {
  int word;
  return fread(&word, sizeof word, 1, file) == 1 ? word : EOF;
}

int putw(int word, FILE *file) { return fwrite(&word, sizeof word, 1, file) == 1 ? 0 : EOF; }
void setbuffer(FILE *restrict file, char *restrict buffer, size_t size) { setvbuf(file, buffer, buffer ? _IOFBF : _IONBF, size); }
char *fgets_unlocked(char *restrict to, int size, FILE *restrict file) { return fgets(to, size, file); }
int fputs_unlocked(const char *restrict text, FILE *restrict file) { return fputs(text, file); }

/* A name that nobody has at the moment; who wants the file as well takes mkstemp. */
char *mktemp(char *template) {
  struct stat status;
  int fd = mkstemp(template);
  if (fd < 0) return *template = 0, template;
  close(fd);
  unlink(template);
  errno = 0;
  if (lstat(template, &status) == 0) *template = 0;
  return template;
}

char *tmpnam(char *to) {
  static char own[L_tmpnam];
  strcpy(to ? to : own, P_tmpdir "/fileXXXXXX");
  char *name = mktemp(to ? to : own);
  return *name ? name : 0;
}

char *tempnam(const char *folder, const char *prefix) {
  const char *wanted = getenv("TMPDIR"), *choices[] = {wanted, folder, P_tmpdir};
  for (int at = 0; at < 3; at++) {
    struct stat status;
    char *name;
    if (!choices[at] || stat(choices[at], &status) < 0 || !S_ISDIR(status.st_mode)) continue;
    if (asprintf(&name, "%s/%.5sXXXXXX", choices[at], prefix ? prefix : "file") < 0) return 0;
    if (*mktemp(name)) return name;
    free(name);
    return 0;
  }
  errno = ENOENT;
  return 0;
}

int renameat(int from_folder, const char *from, int to_folder, const char *to) { return renameat2(from_folder, from, to_folder, to, 0); }
