/* pthread_atfork(3): what is done around fork, newest first before it, oldest first behind it. */
#include <errno.h>
#include <stdlib.h>
#include "thread.h"

static struct hook {
  void (*function[3])(void); /* BEFORE_FORK, IN_PARENT, IN_CHILD */
  struct hook *newer, *older;
} *newest, *oldest;

static void run(int when) {
  for (struct hook *h = when == BEFORE_FORK ? newest : oldest; h; h = when == BEFORE_FORK ? h->older : h->newer)
    if (h->function[when]) h->function[when]();
}

int pthread_atfork(void (*before)(void), void (*in_parent)(void), void (*in_child)(void)) {
  struct hook *hook = malloc(sizeof *hook);
  if (!hook) return ENOMEM;
  *hook = (struct hook){{before, in_parent, in_child}, 0, newest};
  if (newest) newest->newer = hook;
  else oldest = hook;
  newest = hook;
  __at_fork = run;
  return 0;
}
