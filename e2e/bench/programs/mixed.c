/* The first program of the CPU's bench: list, matrix, state machine, CRC, in the manner of a well-known embedded
   benchmark, written anew. Prints one checksum, so that every engine can be seen to have done the same work. */
#include "bench.h"

struct node {
  struct node *next;
  short key;
  short value;
};

static struct node nodes[512];

static struct node *reverse(struct node *head) {
  struct node *done = 0;
  while (head) {
    struct node *next = head->next;
    head->next = done;
    done = head;
    head = next;
  }
  return done;
}

static struct node *merge(struct node *a, struct node *b) {
  struct node head, *tail = &head;
  while (a && b) {
    if (a->key <= b->key) {
      tail->next = a;
      a = a->next;
    } else {
      tail->next = b;
      b = b->next;
    }
    tail = tail->next;
  }
  tail->next = a ? a : b;
  return head.next;
}

static struct node *sort(struct node *head) {
  if (!head || !head->next) return head;
  struct node *slow = head, *fast = head->next;
  while (fast && fast->next) {
    slow = slow->next;
    fast = fast->next->next;
  }
  struct node *right = slow->next;
  slow->next = 0;
  return merge(sort(head), sort(right));
}

static unsigned list_work(unsigned seed) {
  for (int i = 0; i < 512; i++) {
    seed = seed * 1664525u + 1013904223u;
    nodes[i].key = seed >> 17;
    nodes[i].value = i;
    nodes[i].next = i + 1 < 512 ? &nodes[i + 1] : 0;
  }
  struct node *head = sort(reverse(nodes));
  unsigned sum = 0;
  int place = 0;
  for (struct node *at = head; at; at = at->next) sum += at->value * ++place ^ at->key;
  return sum;
}

#define N 40
static short ma[N][N], mb[N][N];
static int mc[N][N];

static unsigned matrix_work(unsigned seed) {
  for (int i = 0; i < N; i++)
    for (int j = 0; j < N; j++) {
      seed = seed * 1664525u + 1013904223u;
      ma[i][j] = seed >> 20;
      mb[i][j] = seed >> 24;
    }
  for (int i = 0; i < N; i++)
    for (int j = 0; j < N; j++) {
      int sum = 0;
      for (int k = 0; k < N; k++) sum += ma[i][k] * mb[k][j];
      mc[i][j] = sum;
    }
  unsigned sum = 0;
  for (int i = 0; i < N; i++)
    for (int j = 0; j < N; j++) sum = (sum << 1 | sum >> 31) ^ mc[i][j];
  return sum;
}

static const char text[] = "5012,-874,+122,1.5,-.7e+8,0xff,7e-2,hello,12x,,9999,+-3,3.14159e10,42,";

static unsigned state_work(void) {
  enum { START, SIGN, INT, DOT, FRACTION, EXP, EXPSIGN, EXPINT, BAD } state = START;
  unsigned counts[9] = {0};
  for (const char *p = text; *p; p++) {
    char c = *p;
    if (c == ',') {
      counts[state]++;
      state = START;
      continue;
    }
    int digit = c >= '0' && c <= '9';
    switch (state) {
    case START:
      state = digit ? INT : c == '+' || c == '-' ? SIGN : c == '.' ? DOT : BAD;
      break;
    case SIGN:
      state = digit ? INT : c == '.' ? DOT : BAD;
      break;
    case INT:
      state = digit ? INT : c == '.' ? DOT : c == 'e' ? EXP : BAD;
      break;
    case DOT:
    case FRACTION:
      state = digit ? FRACTION : c == 'e' ? EXP : BAD;
      break;
    case EXP:
      state = digit ? EXPINT : c == '+' || c == '-' ? EXPSIGN : BAD;
      break;
    case EXPSIGN:
    case EXPINT:
      state = digit ? EXPINT : BAD;
      break;
    case BAD:
      break;
    }
  }
  unsigned sum = 0;
  for (int i = 0; i < 9; i++) sum = sum * 31 + counts[i];
  return sum;
}

static unsigned crc16(unsigned crc, unsigned data) {
  for (int i = 0; i < 16; i++) {
    unsigned bit = (data ^ crc) & 1;
    crc >>= 1;
    data >>= 1;
    if (bit) crc ^= 0xa001;
  }
  return crc;
}

int main(void) {
  unsigned sum = 1;
  for (int round = 0; round < 300; round++) {
    sum += list_work(sum);
    sum ^= matrix_work(sum);
    for (int i = 0; i < 40; i++) {
      sum += state_work();
      for (int j = 0; j < 8; j++) sum = sum << 16 ^ crc16(sum >> 16, sum + j);
    }
  }
  report(sum);
  return 0;
}
