// stdio on files, directories, the environment, getopt: run in an empty folder.
#define _GNU_SOURCE
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/uio.h>
#include <unistd.h>

static int visible(const struct dirent *entry) { return entry->d_name[0] != '.'; }

int main(void) {
  FILE *file = fopen("text", "w+");
  for (int i = 0; i < 1000; i++) fprintf(file, "line %d of many\n", i);
  printf("%ld\n", ftell(file));
  rewind(file);
  char line[64];
  for (int i = 0; i < 3; i++) printf("%s", fgets(line, sizeof line, file));
  printf("%ld\n", ftell(file));
  printf("%s|", fgets(line, 5, file));
  printf("%c %d", getc(file), ungetc('Z', file));
  printf(" %c %ld\n", getc(file), ftell(file));
  fseek(file, -10, SEEK_END);
  printf("%zu %d %d\n", fread(line, 1, sizeof line, file), feof(file), ferror(file));
  fseek(file, 5, SEEK_SET);
  fputs("REPLACED", file);
  fseek(file, 0, SEEK_SET);
  printf("%s", fgets(line, sizeof line, file));
  fclose(file);

  file = fopen("text", "a");
  fputs("last line without newline", file);
  fclose(file);
  file = fopen("text", "r");
  char *got = 0;
  size_t room = 0;
  ssize_t length;
  int lines = 0;
  unsigned long sum = 0;
  while ((length = getline(&got, &room, file)) > 0) lines++, sum += (unsigned long)length;
  printf("%d lines, %lu bytes, last '%s', %d\n", lines, sum, got, feof(file));
  errno = 0;
  printf("%d %d\n", fputc('x', file), errno == EBADF);
  free(got);
  fclose(file);

  printf("%d %s\n", fopen("missing/file", "r") == 0, strerror(errno));
  printf("%d %s\n", fopen("text", "q") == 0, strerror(errno));
  file = fopen("numbers", "w+");
  fputs("12 0x1f -7 word [set] 99%\nabc:def 010 ", file);
  rewind(file);
  int a, b, c, d = 0, n;
  char word[16], set[16];
  printf("%d ", fscanf(file, "%d %i %hhd %15s [%15[a-z]] %d%%%n", &a, &b, (signed char *)&d, word, set, &c, &n));
  printf("%d %d %d %s %s %d %d\n", a, b, (signed char)d, word, set, c, n);
  printf("%d %s\n", fscanf(file, "%*[^:]:%3s", word), word);
  unsigned long big;
  printf("%d %lu", fscanf(file, "%lo", &big), big);
  printf(" %d\n", fscanf(file, "%d", &a));
  printf("%d %d\n", sscanf("42abc", "%d%s", &a, word), sscanf("x", "%d", &a));
  printf("%d %s\n", sscanf("abcdef", "%3c", word), (word[3] = 0, word));
  fclose(file);

  struct iovec parts[] = {{"gathered ", 9}, {"write\n", 6}};
  fflush(stdout);
  printf("%zd\n", writev(1, parts, 2));
  int vectors = open("vectors", O_RDWR | O_CREAT, 0600);
  char front[4] = "", back[9] = "";
  struct iovec into[] = {{front, 3}, {back, 8}};
  ssize_t wrote = pwritev(vectors, parts, 2, 5), back_again = preadv(vectors, into, 2, 7);
  printf("%zd %zd %s|%s %ld\n", wrote, back_again, front, back, (long)lseek(vectors, 0, SEEK_CUR));
  close(vectors);
  mkdir("folder", 0755);
  mkdir("folder/b", 0755);
  symlink("b", "folder/a");
  close(open("folder/c", O_CREAT | O_WRONLY, 0644));
  struct dirent **list;
  int count = scandir("folder", &list, visible, alphasort);
  for (int i = 0; i < count; i++) {
    char path[300], resolved[4096];
    struct stat s;
    snprintf(path, sizeof path, "folder/%s", list[i]->d_name);
    lstat(path, &s);
    printf("%s %o %d %s\n", list[i]->d_name, s.st_mode & S_IFMT, list[i]->d_type, strrchr(realpath(path, resolved), '/'));
  }
  printf("%d %s\n", rmdir("folder"), strerror(errno));
  printf("%d %s\n", remove("folder/c"), rename("folder/a", "folder/z") ? "?" : "renamed");
  printf("%d %s\n", access("folder/a", F_OK), strerror(errno));
  printf("%zd\n", readlink("folder/z", line, sizeof line));
  char name[] = "tempXXXXXX";
  int fd = mkstemp(name);
  printf("%d %d\n", fd >= 0, strcmp(name, "tempXXXXXX") != 0);
  printf("%zd %zd %ld\n", write(fd, "0123456789", 10), pread(fd, line, 3, 4), lseek(fd, 0, SEEK_CUR));
  ftruncate(fd, 5);
  struct stat s;
  fstat(fd, &s);
  printf("%ld %d\n", (long)s.st_size, fcntl(fd, F_GETFL) & O_ACCMODE);

  setenv("ONE", "1", 1);
  setenv("ONE", "2", 0);
  putenv("TWO=two");
  setenv("TWO", "zwei", 1);
  printf("%s %s %d\n", getenv("ONE"), getenv("TWO"), getenv("TW") == 0);
  unsetenv("ONE");
  printf("%d %d\n", getenv("ONE") == 0, setenv("A=B", "x", 1));
  char *arguments[] = {"prog", "-ab", "-c", "value", "-cjoined", "--", "-d", 0};
  for (int option; (option = getopt(7, arguments, "abc:")) != -1;) printf("%c%s ", option, option == 'c' ? optarg : "");
  printf("%d\n", optind);
  fflush(stdout);
  setvbuf(stdout, 0, _IONBF, 0);
  printf("unbuffered %d\n", 1);
  return 0;
}
