/*
 * waitid tells the same as wait4 in a siginfo, and with WNOWAIT leaves the child to be waited for again.
 * waitid(2).
 */
#include "expect.h"

static void ask(const char *what, idtype_t type, id_t id, int options) {
  siginfo_t info;
  memset(&info, 0, sizeof info);
  if (waitid(type, id, &info, options) != 0) {
    outcome(what, -1);
    return;
  }
  const char *code = info.si_code == CLD_EXITED      ? "CLD_EXITED"
                     : info.si_code == CLD_KILLED    ? "CLD_KILLED"
                     : info.si_code == CLD_STOPPED   ? "CLD_STOPPED"
                     : info.si_code == CLD_CONTINUED ? "CLD_CONTINUED"
                                                     : "nothing";
  say("%s: %s, status %d, signal %s, pid %s\n", what, code, info.si_status,
      info.si_signo ? signal_name(info.si_signo) : "0", info.si_pid == 0 ? "0" : "set");
}

int main(void) {
  int gate[2];
  char token;
  ask("no children", P_ALL, 0, WEXITED);
  if (pipe(gate) != 0) return 1;
  pid_t child = fork();
  if (child == 0) {
    close(gate[1]);
    _exit(read(gate[0], &token, 1) == 0 ? 9 : 1);
  }
  ask("without a state to wait for", P_PID, (id_t)child, WNOHANG);
  ask("running", P_PID, (id_t)child, WEXITED | WNOHANG);
  kill(child, SIGSTOP);
  ask("stopped", P_PID, (id_t)child, WSTOPPED);
  kill(child, SIGCONT);
  ask("continued", P_PID, (id_t)child, WCONTINUED);
  close(gate[1]);
  ask("ended, left there", P_ALL, 0, WEXITED | WNOWAIT);
  ask("still there", P_PID, (id_t)child, WEXITED);
  ask("gone", P_PID, (id_t)child, WEXITED);
  child = fork();
  if (child == 0) {
    kill(getpid(), SIGKILL);
    _exit(0);
  }
  ask("killed", P_PGID, (id_t)getpgrp(), WEXITED);
  return 0;
}
