/*
 * Every register of the interrupted program survives handlers that arrive in the middle of a computation.
 * signal(7): "the state of the process is restored".
 */
#include "expect.h"

static volatile int handled;
static volatile long noise;

static void handler(int signal) {
  long mess = signal;
  for (int i = 0; i < 50; i++) mess = mess * 31 + (mess >> 3) + i;
  noise += mess;
  handled++;
}

/* Keeps about twenty values alive at once. */
static unsigned long churn(unsigned long x, int rounds) {
  unsigned long a = x, b = ~x, c = x * 3, d = x ^ 0x5555, e = x + 7, f = x << 2, g = x >> 1, h = x * 11;
  unsigned long i = a + b, j = b ^ c, k = c + d, l = d ^ e, m = e + f, n = f ^ g, o = g + h, p = h ^ i;
  for (int r = 0; r < rounds; r++) {
    a += b, b ^= c << 1, c += d, d ^= e >> 2, e += f, f ^= g << 3, g += h, h ^= i >> 1;
    i += j, j ^= k << 2, k += l, l ^= m >> 3, m += n, n ^= o << 1, o += p, p ^= a >> 2;
  }
  return a ^ b ^ c ^ d ^ e ^ f ^ g ^ h ^ i ^ j ^ k ^ l ^ m ^ n ^ o ^ p;
}

int main(void) {
  signal(SIGUSR1, handler);
  unsigned long quiet = churn(12345, 2000);
  pid_t child = fork();
  if (child == 0) {
    for (int i = 0; i < 200; i++) {
      kill(getppid(), SIGUSR1);
      struct timespec span = {0, 200000};
      nanosleep(&span, NULL);
    }
    _exit(0);
  }
  int same = 1, status = 0;
  while (waitpid(child, &status, WNOHANG) == 0)
    if (churn(12345, 2000) != quiet) same = 0;
  fate("child", status);
  truth("handlers ran", handled > 0);
  truth("the result never changed", same);
  say("churn: %lx\n", quiet);
  return 0;
}
