// Each access to a volatile object happens, in order and once.
#include <stdio.h>

struct device { volatile unsigned status, data; };
static struct device device;
static unsigned log_of_writes[8], writes;
__attribute__((noinline)) static void put(struct device *d, unsigned value) {
  d->data = value;
  d->status |= 1;
  log_of_writes[writes++] = d->data + d->status;
  d->status &= ~1u;
}

int main(void) {
  for (unsigned n = 0; n < 8; n++) put(&device, n * n);
  for (unsigned n = 0; n < writes; n++) printf("%u ", log_of_writes[n]);
  volatile int *p = (volatile int *)&device.data;
  *p = 5;
  *p += *p;
  int x = *p + *p;
  printf("%d %u\n", x, device.status);
  return 0;
}
