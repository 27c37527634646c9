/*
 * What the programs about memory have in common: the program's own accesses and what they came to, files of a memory
 * file system, waiting for each other, and bytes that follow from their place.
 */
#ifndef MEMORY_H
#define MEMORY_H

#include "expect.h"
#include <fcntl.h>
#include <setjmp.h>
#include <sys/mman.h>

#define RW (PROT_READ | PROT_WRITE)
#define ANON (MAP_PRIVATE | MAP_ANONYMOUS)

static sigjmp_buf access_back;
static volatile int access_signal, access_code;
static volatile unsigned long access_place;

static inline void access_failed(int signal, siginfo_t *info, void *context) {
  (void)context;
  access_signal = signal;
  access_code = info->si_code;
  access_place = (unsigned long)info->si_addr;
  siglongjmp(access_back, 1);
}

/* To be called once before reads_at and writes_at. */
static inline void catch_accesses(void) {
  struct sigaction action;
  memset(&action, 0, sizeof action);
  action.sa_sigaction = access_failed;
  action.sa_flags = SA_SIGINFO | SA_ONSTACK;
  sigaction(SIGBUS, &action, NULL);
  sigaction(SIGSEGV, &action, NULL);
}

static inline const char *failed_access(volatile void *at) {
  static char text[64];
  const char *why = "unnamed";
  if (access_signal == SIGBUS && access_code == BUS_ADRERR) why = "BUS_ADRERR";
  if (access_signal == SIGSEGV && access_code == SEGV_MAPERR) why = "SEGV_MAPERR";
  if (access_signal == SIGSEGV && access_code == SEGV_ACCERR) why = "SEGV_ACCERR";
  snprintf(text, sizeof text, "%s %s%s", signal_name(access_signal), why,
           access_place == (unsigned long)at ? "" : " elsewhere");
  return text;
}

/* What a load comes to: the byte (a letter as itself), or the signal. */
static inline const char *reads_at(volatile char *at) {
  static char text[16];
  if (sigsetjmp(access_back, 1) != 0) return failed_access(at);
  char byte = *at;
  snprintf(text, sizeof text, byte > ' ' && byte < 127 ? "%c" : "%d", byte);
  return text;
}

/* What a store comes to: "written", or the signal. */
static inline const char *writes_at(volatile char *at, char byte) {
  if (sigsetjmp(access_back, 1) != 0) return failed_access(at);
  *at = byte;
  return "written";
}

static char memory_file_path[64];

/* Opens the program's file on a memory file system, the same one in all of its processes once the first has. */
static inline int memory_file(int flags) {
  if (!*memory_file_path)
    snprintf(memory_file_path, sizeof memory_file_path, "/dev/shm/vitrine-conformance-%d", (int)getpid());
  int file = open(memory_file_path, flags, 0600);
  if (file < 0) _exit(122);
  return file;
}

static inline void *map_file(int file, long pages, int prot, int flags) {
  void *at = mmap(NULL, (size_t)(pages * PAGE), prot, flags, file, 0);
  if (at == MAP_FAILED) _exit(121);
  return at;
}

/* Two pipes, by which a parent and its child take turns. */
struct turns {
  int to_child[2], to_parent[2];
};

static inline void make_turns(struct turns *turns) {
  if (pipe(turns->to_child) != 0 || pipe(turns->to_parent) != 0) _exit(124);
}

static inline void give_turn(int *ends) {
  if (write(ends[1], "!", 1) != 1) _exit(120);
}

static inline void take_turn(int *ends) {
  char token;
  if (read(ends[0], &token, 1) != 1) _exit(119);
}

/* Random words that follow from a seed. */
static inline unsigned long next_word(unsigned long *seed) {
  *seed = *seed * 6364136223846793005UL + 1442695040888963407UL;
  return *seed ^ *seed >> 33;
}

static inline void fill_words(void *at, long length, unsigned long seed) {
  for (unsigned long *word = at, *end = word + length / 8; word < end; word++) *word = next_word(&seed);
}

/* How many words are not as fill_words left them. */
static inline long wrong_words(const void *at, long length, unsigned long seed) {
  long wrong = 0;
  for (const unsigned long *word = at, *end = word + length / 8; word < end; word++) wrong += *word != next_word(&seed);
  return wrong;
}

#endif
