/* Files in memory, cookies, places in files, and what is locked when nobody else is there. */
#define _GNU_SOURCE
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static ssize_t shout(void *cookie, const char *from, size_t size) {
  for (size_t i = 0; i < size; i++) putchar(from[i] >= 'a' && from[i] <= 'z' ? from[i] - 32 : from[i]);
  ++*(int *)cookie;
  return (ssize_t)size;
}

static int ends(void *cookie) {
  printf("closed after %d\n", *(int *)cookie);
  return 0;
}

int main(void) {
  char *text, small[8], line[32];
  size_t size;
  FILE *file = open_memstream(&text, &size);
  fprintf(file, "%d bottles", 99);
  fflush(file);
  printf("%zu '%s'\n", size, text);
  fseek(file, 0, SEEK_SET);
  fputs("12", file);
  fflush(file);
  printf("%zu '%s'\n", size, text);
  for (int i = 0; i < 1000; i++) fputc('x', file);
  fclose(file);
  printf("%zu %.14s %zu\n", size, text, strlen(text));
  free(text);

  strcpy(line, "one two three");
  file = fmemopen(line, strlen(line), "r");
  char word[16];
  while (fscanf(file, "%15s", word) == 1) printf("[%s]", word);
  printf(" at %ld, end %d\n", ftell(file), feof(file) != 0);
  rewind(file);
  fseek(file, 4, SEEK_SET);
  printf("%s\n", fgets(word, 4, file));
  fclose(file);
  memset(small, '#', sizeof small);
  file = fmemopen(small, sizeof small, "w");
  fputs("abc", file);
  fclose(file);
  printf("%.8s\n", small);
  errno = 0;
  printf("%d\n", fmemopen(small, 4, "q") == 0);

  int calls = 0;
  cookie_io_functions_t functions = {0, shout, 0, ends};
  file = fopencookie(&calls, "w", functions);
  setvbuf(file, 0, _IOLBF, 0);
  fputs("hello ", file);
  fputs("there\n", file);
  fclose(file);

  flockfile(stdout);
  printf("%d\n", ftrylockfile(stdout));
  putchar_unlocked('u');
  putc_unlocked('\n', stdout);
  funlockfile(stdout);
  funlockfile(stdout);
  file = tmpfile();
  fputs("a\nbb\n", file);
  rewind(file);
  ungetc('z', file);
  printf("%c%c %ld\n", getc_unlocked(file), fgetc_unlocked(file), ftell(file));
  fclose(file);
  puts(ctermid(0));
  return 0;
}
