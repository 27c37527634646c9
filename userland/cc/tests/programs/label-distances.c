// Distances of labels in tables of 32 bits, one next to the other (GCC manual 6.3).
#include <stdio.h>

static int run(const unsigned char *code) {
  static const int table[] = {
      &&stop - &&add, &&add - &&add, &&twice - &&add, &&minus - &&add,
  };
  int value = 1;
  goto *(&&add + table[*code++]);
add:
  value += 3;
  goto *(&&add + table[*code++]);
twice:
  value *= 2;
  goto *(&&add + table[*code++]);
minus:
  value = -value;
  goto *(&&add + table[*code++]);
stop:
  return value;
}

int main(void) {
  printf("%d\n", run((const unsigned char *)"\1\2\3\2\1"));
  printf("%d\n", run((const unsigned char *)"\3\3\2"));
  return 0;
}
