/*
 * A fault's signal cannot be held back: blocked or ignored it ends the process, as does a handler that
 * faults, or a stack on which no frame fits; sent by kill it can be ignored. signal(7); sigprocmask(2): NOTES.
 */
#include "expect.h"
#include <sys/mman.h>

static void fault(void) { *(volatile char *)nowhere() = 1; }

static void faults_again(int signal) {
  say("handler of %s\n", signal_name(signal));
  fault();
  say("not reached\n");
}

static void returns(int signal) {
  static int times;
  (void)signal;
  if (++times == 3) {
    say("the store was tried three times\n");
    _exit(3);
  }
}

static void run(const char *what, int which) {
  sigset_t set;
  pid_t child = fork();
  if (child == 0) {
    sigemptyset(&set);
    sigaddset(&set, SIGSEGV);
    switch (which) {
      case 0: sigprocmask(SIG_BLOCK, &set, NULL); break;
      case 1: signal(SIGSEGV, SIG_IGN); break;
      case 2: signal(SIGSEGV, faults_again); break;
      case 3:
        signal(SIGSEGV, faults_again);
        sigprocmask(SIG_BLOCK, &set, NULL);
        break;
      case 4: signal(SIGSEGV, returns); break;
      case 5:
        signal(SIGSEGV, SIG_IGN);
        kill(getpid(), SIGSEGV);
        say("sent by kill, ignored\n");
        _exit(0);
      case 6: {
        struct sigaction action;
        stack_t stack;
        memset(&action, 0, sizeof action);
        memset(&stack, 0, sizeof stack);
        /* The alternate stack may not be written. */
        stack.ss_size = 65536;
        stack.ss_sp = mmap(NULL, stack.ss_size, PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
        sigaltstack(&stack, NULL);
        action.sa_handler = faults_again;
        action.sa_flags = SA_ONSTACK;
        sigaction(SIGUSR1, &action, NULL);
        raise(SIGUSR1);
        say("not reached\n");
        _exit(0);
      }
    }
    fault();
    say("not reached\n");
    _exit(0);
  }
  reap(what, child);
}

int main(void) {
  run("blocked", 0);
  run("ignored", 1);
  run("a handler that faults", 2);
  run("blocked with a handler", 3);
  run("a handler that returns", 4);
  run("sent", 5);
  run("no stack for the frame", 6);
  return 0;
}
