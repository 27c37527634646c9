/* What swapon and swapoff have in common: which device, and what to say when the kernel refuses. */
#ifndef SWAP_H
#define SWAP_H

/* The machine's swap device. */
#define SWAP_DEVICE "/dev/swap"

/* Complains "name: DEVICE: the text of errno (what that means here)" and returns 1. `meanings` ends with an errno of 0. */
struct meaning {
  int error;
  const char *text;
};
int swap_failed(const char *device, const struct meaning *meanings);

#endif
