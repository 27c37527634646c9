/* cc: the C compiler. It is outside of the machine, behind /dev/cc; this program reads and writes the files that it asks for,
   with the rights, the directory and the umask of whoever calls. The protocol: bits/cc.h. */
#include <bits/cc.h>
#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>
#include "tools/tool.h"

#define DEVICE "/dev/cc"

static struct {
  uint32_t kind, argument;
  char bytes[CC_MESSAGE_MAX - CC_HEADER_SIZE + 1]; /* and a NUL */
} message;

static int device;

/* Ends the program: the device itself does not work. */
static _Noreturn void device_failed(void) {
  tool_failed(DEVICE);
  exit(1);
}

/* Says the message with so many bytes; 0, or an errno that the compiler may be told. */
static int say(uint32_t kind, uint32_t argument, size_t count) {
  message.kind = kind;
  message.argument = argument;
  while (write(device, &message, CC_HEADER_SIZE + count) < 0) {
    if (errno == EFBIG) return EFBIG;
    if (errno == EBUSY) nanosleep(&(struct timespec){.tv_nsec = 20000000}, 0); /* others compile */
    else if (errno != EINTR) device_failed();
  }
  return 0;
}

/* The next message; how many bytes it has. They end with a NUL. */
static size_t hear(void) {
  ssize_t got;
  while ((got = read(device, &message, CC_MESSAGE_MAX)) < 0)
    if (errno != EINTR) device_failed();
  if (got < CC_HEADER_SIZE) {
    errno = EIO;
    device_failed();
  }
  message.bytes[got - CC_HEADER_SIZE] = 0;
  return (size_t)got - CC_HEADER_SIZE;
}

/* The compiler's arguments are all of ours but the name. */
static void say_arguments(char **arguments) {
  size_t used = 0;
  for (; *arguments; arguments++) {
    const char *word = *arguments;
    for (size_t left = strlen(word) + 1; left > 0;) {
      size_t room = CC_MESSAGE_MAX - CC_HEADER_SIZE - used, piece = left < room ? left : room;
      memcpy(message.bytes + used, word, piece);
      word += piece;
      left -= piece;
      used += piece;
      if (used == CC_MESSAGE_MAX - CC_HEADER_SIZE) {
        say(CC_ARGUMENTS, 0, used);
        used = 0;
      }
    }
  }
  if (used > 0) say(CC_ARGUMENTS, 0, used);
  say(CC_START, isatty(2) ? CC_COLOUR : 0, 0);
}

/* Gives the compiler the file that it wants. */
static void give_file(void) {
  int fd = message.argument ? 0 : open(message.bytes, O_RDONLY | O_CLOEXEC), error = fd < 0 ? errno : 0;
  while (!error) {
    ssize_t got = read(fd, message.bytes, CC_MESSAGE_MAX - CC_HEADER_SIZE);
    if (got == 0) break;
    if (got > 0) error = say(CC_DATA, 0, (size_t)got);
    else if (errno != EINTR) error = errno;
  }
  if (fd > 0) close(fd);
  say(CC_DONE, (uint32_t)error, 0);
}

/* All of it, to a file or a pipe; 0 or an errno. */
static int put(int fd, const char *bytes, size_t count) {
  while (count > 0) {
    ssize_t done = write(fd, bytes, count);
    if (done < 0 && errno != EINTR) return errno;
    if (done > 0) {
      bytes += done;
      count -= (size_t)done;
    }
  }
  return 0;
}

/* A file for the compiler's result. An old one is removed first, so that a program that runs and other names of it stay what
   they are; a link is followed (/dev/stdout is one). What is a program already can be executed afterwards. */
static int create(const char *path, mode_t mode) {
  struct stat old;
  if (lstat(path, &old) == 0 && S_ISREG(old.st_mode)) unlink(path);
  int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, mode);
  if (fd >= 0 && (mode & 0111) && fstat(fd, &old) == 0 && S_ISREG(old.st_mode)) {
    mode_t mask = umask(0);
    umask(mask);
    if ((old.st_mode | (0111 & ~mask)) != old.st_mode) fchmod(fd, (old.st_mode | (0111 & ~mask)) & 0777);
  }
  return fd;
}

/* Makes a file of what the compiler says; one that has not become whole does not stay. */
static void take_file(void) {
  static char path[CC_MESSAGE_MAX - CC_HEADER_SIZE + 1];
  struct stat made;
  strcpy(path, message.bytes);
  int fd = create(path, (mode_t)message.argument), error = fd < 0 ? errno : 0;
  for (size_t count; count = hear(), message.kind != CC_END;)
    if (!error) error = put(fd, message.bytes, count);
  if (fd >= 0) {
    if (close(fd) < 0 && !error) error = errno;
    if (error && lstat(path, &made) == 0 && S_ISREG(made.st_mode)) unlink(path);
  }
  say(CC_DONE, (uint32_t)error, 0);
}

int main(int argc, char **argv) {
  int failed = 0;
  (void)argc;
  device = open(DEVICE, O_RDWR | O_CLOEXEC);
  if (device < 0) device_failed();
  say_arguments(argv + 1);
  for (;;) {
    size_t count = hear();
    if (message.kind == CC_READ) give_file();
    else if (message.kind == CC_WRITE) take_file();
    else if (message.kind == CC_EXIT) return failed ? 1 : (int)message.argument;
    else if (message.kind == CC_PRINT && (errno = put((int)message.argument, message.bytes, count)) && !failed)
      failed = tool_failed(message.argument == 1 ? "standard output" : "standard error");
  }
}
