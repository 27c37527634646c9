/*
 * Only the foreground group may read: others get SIGTTIN, and SIGTTOU where they change the terminal; the
 * suspend key stops the foreground group, which continues where it was. tcsetpgrp(3), termios(3): TOSTOP.
 */
#include "expect.h"
#include "pty.h"

static int slave, gate[2];

static void foreground(pid_t group) { outcome("foreground", ioctl(slave, TIOCSPGRP, &group)); }

static void leader(void) {
  int status;
  slave = open_pty();
  setsid();
  outcome("controlling terminal", ioctl(slave, TIOCSCTTY, 0));
  signal(SIGTTOU, SIG_IGN); /* as a shell does */
  pid_t job = fork();
  if (job == 0) {
    setpgid(0, 0);
    close(gate[1]);
    signal(SIGTTOU, SIG_DFL);
    line("job reads", slave, 100);
    pid_t own = getpgrp();
    outcome("job takes the terminal", ioctl(slave, TIOCSPGRP, &own));
    if (write(slave, "job writes\n", 11) != 11) _exit(1);
    char token;
    while (read(gate[0], &token, 1) == 1) continue;
    _exit(9);
  }
  setpgid(job, job);
  waitpid(job, &status, WUNTRACED);
  fate("a background read", status);
  foreground(job);
  kill(job, SIGCONT);
  type_keys("for the job\n");
  /* The job has read, and is in the foreground: taking the terminal is no error there. */
  pause_ms(100);
  screen("screen");
  type_keys("\x1a");
  waitpid(job, &status, WUNTRACED);
  fate("the suspend key", status);
  foreground(getpgrp());
  type_keys("for us\n");
  line("the leader reads", slave, 100);
  kill(job, SIGCONT);
  screen("screen");
  close(gate[1]);
  reap("job in the background", job);

  job = fork();
  if (job == 0) {
    setpgid(0, 0);
    signal(SIGTTOU, SIG_DFL);
    pid_t own = getpgrp();
    ioctl(slave, TIOCSPGRP, &own);
    _exit(0);
  }
  setpgid(job, job);
  waitpid(job, &status, WUNTRACED);
  fate("taking the terminal from the background", status);
  kill(job, SIGKILL);
  reap("job", job);
  job = fork();
  if (job == 0) {
    setpgid(0, 0);
    signal(SIGTTIN, SIG_IGN);
    line("background read with SIGTTIN ignored", slave, 10);
    _exit(0);
  }
  reap("job", job);
  pid_t nobody = 0x7ffffff0, group = 0;
  outcome("a group that is not there", ioctl(slave, TIOCSPGRP, &nobody));
  outcome("the foreground group", ioctl(slave, TIOCGPGRP, &group));
  truth("is the leader's", group == getpgrp());
  _exit(0);
}

int main(void) {
  if (pipe(gate) != 0) return 1;
  pid_t child = fork();
  if (child == 0) leader();
  close(gate[1]);
  reap("leader", child);
  return 0;
}
