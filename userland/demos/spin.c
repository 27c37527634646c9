/* spin: works for ever and never asks the kernel for anything. Ctrl-C must end
   it all the same. */
int main(void) {
  for (volatile unsigned long turns = 0;; turns++) {
  }
}
