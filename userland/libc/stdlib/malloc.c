/* malloc and its kin (C11 7.22.3): chunks with boundary tags in memory from brk, free ones in bins by size, joined with
   their neighbours at once; from MMAP_MIN up a block has a mapping of its own and goes back to the kernel when freed.

   A chunk, 16-byte aligned; `size` counts the header, its low bits are flags:

     +0   previous   size of the chunk before, 0 for the first (MAPPED: bytes of the mapping before the chunk)
     +8   size       | IN_USE | MAPPED | seal << 48
     +16  payload    a free chunk keeps its bin's links here: next, back

   The seal is made of the chunk's address. Freed twice, freed at a wrong address, or overrun by its neighbour, a
   chunk fails its seal or its IN_USE bit, and the program is aborted with a sentence. */
#include <errno.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>
#include "../thread/thread.h"

struct chunk {
  size_t previous;
  size_t size;
  struct chunk *next, *back; /* only while free */
};

#define HEADER 16
#define SMALLEST 32
#define IN_USE 1UL
#define MAPPED 2UL
#define SIZE_BITS 0x0000fffffffffff0UL
#define MMAP_MIN (256 * 1024UL)
#define GROW_MAX (1024 * 1024UL)
#define LARGEST (1UL << 40)
#define BINS 64
#define EXACT_BINS 32 /* bin n < 32 holds exactly 16 * n bytes; above, four bins to each doubling */

static struct chunk bins[BINS]; /* heads of circular lists, set up at the first call */
static uint64_t occupied;       /* bit n: bin n is not empty */
static size_t heap_size;        /* bytes taken from brk */
static struct chunk *end;       /* the closing header at the end of the heap: in use, size 0 */

static size_t size_of(const struct chunk *c) { return c->size & SIZE_BITS; }
static struct chunk *after(struct chunk *c, size_t size) { return (void *)((char *)c + size); }
static void *payload(struct chunk *c) { return (char *)c + HEADER; }
static struct chunk *chunk_of(void *block) { return (void *)((char *)block - HEADER); }

static size_t seal_of(const struct chunk *c) {
  uintptr_t address = (uintptr_t)c >> 4;
  return ((address ^ address >> 16 ^ 0xa5c3) & 0xffff) << 48;
}

static void set_size(struct chunk *c, size_t size, size_t flags) {
  c->size = size | flags | seal_of(c);
}

static _Noreturn void broken(const char *what, const char *how) {
  write(2, what, strlen(what));
  write(2, how, strlen(how));
  abort();
}

/* The chunk that a pointer given to free or realloc stands for. */
static struct chunk *checked(void *block, const char *who) {
  struct chunk *c = chunk_of(block);
  if ((uintptr_t)block % 16 != 0) broken(who, "(): invalid pointer\n");
  if ((c->size & ~(SIZE_BITS | 15)) != seal_of(c))
    broken(who, "(): invalid pointer, or the block before it was overrun\n");
  if (!(c->size & IN_USE)) broken(who, "(): block is already free\n");
  if (!(c->size & MAPPED) && after(c, size_of(c))->previous != size_of(c))
    broken(who, "(): the block was overrun\n");
  return c;
}

static unsigned bin_of(size_t size) {
  if (size < EXACT_BINS * 16) return (unsigned)(size / 16);
  unsigned doubling = 0;
  for (size_t rest = size >> 9; rest > 1; rest >>= 1) doubling++;
  unsigned bin = EXACT_BINS + doubling * 4 + (unsigned)(size >> (7 + doubling) & 3);
  return bin < BINS ? bin : BINS - 1;
}

static void put_in_bin(struct chunk *c, size_t size) {
  unsigned bin = bin_of(size);
  struct chunk *head = &bins[bin];
  set_size(c, size, 0);
  after(c, size)->previous = size;
  c->next = head->next;
  c->back = head;
  head->next->back = c;
  head->next = c;
  occupied |= 1UL << bin;
}

/* Whether a link can be one: the bins lie below the heap, and nothing else between them and its end is linked to. */
static int is_link(const struct chunk *c) {
  return (uintptr_t)c - (uintptr_t)bins < (uintptr_t)end - (uintptr_t)bins;
}

static void take_from_bin(struct chunk *c) {
  if (!is_link(c->next) || !is_link(c->back) || c->next->back != c || c->back->next != c)
    broken("malloc", "(): a free block was written to\n");
  c->next->back = c->back;
  c->back->next = c->next;
  if (c->next == c->back) { /* perhaps its bin is empty now */
    unsigned bin = bin_of(size_of(c));
    if (bins[bin].next == &bins[bin]) occupied &= ~(1UL << bin);
  }
}

/* Makes [c, c + size) free, joined with free neighbours. */
static void release(struct chunk *c, size_t size) {
  struct chunk *right = after(c, size);
  if (!(right->size & IN_USE)) {
    take_from_bin(right);
    size += size_of(right);
  }
  if (c->previous) {
    struct chunk *left = (void *)((char *)c - c->previous);
    if (!(left->size & IN_USE)) {
      take_from_bin(left);
      size += size_of(left);
      c = left;
    }
  }
  put_in_bin(c, size);
}

/* Gives a chunk of `have` bytes to the caller as one of `size`; the rest becomes free. */
static void *hand_out(struct chunk *c, size_t have, size_t size) {
  if (have - size >= SMALLEST) {
    struct chunk *rest = after(c, size);
    rest->previous = size;
    put_in_bin(rest, have - size);
  } else {
    size = have;
  }
  set_size(c, size, IN_USE);
  after(c, size)->previous = size;
  return payload(c);
}

/* Extends the heap so that a free chunk of `size` is there; 0 when the kernel has no more. */
static int grow(size_t size) {
  /* Half as much again as there is, so that growing is rare and a small program stays small. */
  size_t extra = heap_size / 2 < GROW_MAX ? heap_size / 2 : GROW_MAX;
  size_t wanted = (size + extra + 2 * HEADER + 4095) & ~4095UL;
  char *start = sbrk((intptr_t)wanted);
  if (start == (char *)-1) return 0;
  heap_size += wanted;
  struct chunk *first = end;
  if (!end || start != (char *)end + HEADER) { /* the first time, or somebody else moved brk */
    size_t skip = -(uintptr_t)start % 16;
    first = (void *)(start + skip);
    first->previous = 0;
    wanted -= skip + HEADER;
  }
  end = after(first, wanted);
  end = (void *)((uintptr_t)end & ~15UL);
  set_size(end, 0, IN_USE);
  release(first, (size_t)((char *)end - (char *)first));
  return 1;
}

static void set_up_bins(void) {
  for (unsigned bin = 0; bin < BINS; bin++) bins[bin].next = bins[bin].back = &bins[bin];
}

/* A free chunk of at least `size` bytes, taken from its bin; null if there is none. */
static struct chunk *find(size_t size) {
  unsigned bin = bin_of(size);
  if (bin >= EXACT_BINS) /* such a bin holds a range of sizes */
    for (struct chunk *c = bins[bin].next; c != &bins[bin]; c = c->next)
      if (size_of(c) >= size) {
        take_from_bin(c);
        return c;
      }
  if (bin >= EXACT_BINS && ++bin == BINS) return 0;
  uint64_t candidates = occupied >> bin;
  if (!candidates) return 0;
  for (; !(candidates & 0xff); candidates >>= 8) bin += 8;
  for (; !(candidates & 1); candidates >>= 1) bin++;
  struct chunk *c = bins[bin].next;
  take_from_bin(c);
  return c;
}

static void *map_block(size_t size) {
  size = (size + 4095) & ~4095UL;
  struct chunk *c = mmap(0, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  if (c == MAP_FAILED) return 0;
  c->previous = 0;
  set_size(c, size, IN_USE | MAPPED);
  return payload(c);
}

static void *allocate(size_t wanted) {
  if (wanted > LARGEST) {
    errno = ENOMEM;
    return 0;
  }
  size_t size = (wanted + HEADER + 15) & ~15UL;
  if (size < SMALLEST) size = SMALLEST;
  if (size >= MMAP_MIN) return map_block(size);
  if (!bins[0].next) set_up_bins();
  struct chunk *c = find(size);
  if (!c) {
    if (!grow(size)) {
      errno = ENOMEM;
      return 0;
    }
    c = find(size);
  }
  return hand_out(c, size_of(c), size);
}

static void give_back(void *block) {
  struct chunk *c = checked(block, "free");
  if (c->size & MAPPED) {
    int error = errno;
    munmap((char *)c - c->previous, c->previous + size_of(c));
    errno = error;
  } else {
    c->size &= ~IN_USE;
    release(c, size_of(c));
  }
}

void *malloc(size_t wanted) {
  __lock(&__heap_lock);
  void *block = allocate(wanted);
  __unlock(&__heap_lock);
  return block;
}

void free(void *block) {
  if (!block) return;
  __lock(&__heap_lock);
  give_back(block);
  __unlock(&__heap_lock);
}

void *calloc(size_t count, size_t size) {
  if (size != 0 && count > LARGEST / size) {
    errno = ENOMEM;
    return 0;
  }
  void *block = malloc(count * size);
  if (block && !(chunk_of(block)->size & MAPPED)) memset(block, 0, count * size);
  return block;
}

size_t malloc_usable_size(void *block) { return block ? size_of(chunk_of(block)) - HEADER : 0; }

static void *resize(void *block, size_t wanted) {
  struct chunk *c = checked(block, "realloc");
  if (wanted == 0) {
    give_back(block);
    return 0;
  }
  size_t have = size_of(c), size = (wanted + HEADER + 15) & ~15UL;
  if (size < SMALLEST) size = SMALLEST;
  if (wanted <= LARGEST && (c->size & MAPPED)) {
    size_t pages = (size + 4095) & ~4095UL;
    if (size <= have && have - size < MMAP_MIN) return block;
    if (size >= MMAP_MIN && c->previous == 0) {
      struct chunk *moved = mremap(c, have, pages, MREMAP_MAYMOVE);
      if (moved != MAP_FAILED) {
        set_size(moved, pages, IN_USE | MAPPED);
        return payload(moved);
      }
    }
  } else if (size < MMAP_MIN) {
    struct chunk *right = after(c, have);
    if (size > have && !(right->size & IN_USE) && have + size_of(right) >= size) {
      take_from_bin(right);
      have += size_of(right);
      return hand_out(c, have, size);
    }
    if (size <= have) {
      if (have - size >= SMALLEST) {
        set_size(c, size, IN_USE);
        struct chunk *rest = after(c, size);
        rest->previous = size;
        release(rest, have - size);
      }
      return block;
    }
  }
  void *moved = allocate(wanted);
  if (!moved) return 0;
  memcpy(moved, block, wanted < have - HEADER ? wanted : have - HEADER);
  give_back(block);
  return moved;
}

void *realloc(void *block, size_t wanted) {
  if (!block) return malloc(wanted);
  __lock(&__heap_lock);
  void *moved = resize(block, wanted);
  __unlock(&__heap_lock);
  return moved;
}

void *reallocarray(void *block, size_t count, size_t size) {
  if (size != 0 && count > LARGEST / size) {
    errno = ENOMEM;
    return 0;
  }
  return realloc(block, count * size);
}

static void *allocate_aligned(size_t alignment, size_t size) {
  if ((alignment & (alignment - 1)) != 0 || alignment > LARGEST || size > LARGEST) {
    errno = EINVAL;
    return 0;
  }
  size = (size + 15) & ~15UL;
  size_t with_slack = size + alignment + SMALLEST;
  if (with_slack + HEADER >= MMAP_MIN) {
    /* A mapped block must start its mapping: map with slack, and give back what surrounds it. */
    size_t span = (with_slack + alignment + 4095) & ~4095UL;
    char *start = mmap(0, span, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (start == MAP_FAILED) return 0;
    uintptr_t block = ((uintptr_t)start + HEADER + alignment - 1) & -alignment;
    char *first = (char *)((block - HEADER) & ~4095UL);
    if (first > start) munmap(start, (size_t)(first - start));
    struct chunk *c = chunk_of((void *)block);
    c->previous = (size_t)((char *)c - first);
    set_size(c, (size_t)(start + span - (char *)c), IN_USE | MAPPED);
    return (void *)block;
  }
  char *block = allocate(with_slack);
  if (!block || (uintptr_t)block % alignment == 0) return block;
  struct chunk *c = chunk_of(block);
  uintptr_t aligned = ((uintptr_t)block + SMALLEST + alignment - 1) & -alignment;
  struct chunk *inner = chunk_of((void *)aligned);
  size_t lead = (size_t)((char *)inner - (char *)c), have = size_of(c);
  inner->previous = lead;
  set_size(inner, have - lead, IN_USE);
  after(inner, have - lead)->previous = have - lead;
  release(c, lead);
  return (void *)aligned;
}

void *aligned_alloc(size_t alignment, size_t size) {
  if (alignment <= 16) return malloc(size);
  __lock(&__heap_lock);
  void *block = allocate_aligned(alignment, size);
  __unlock(&__heap_lock);
  return block;
}

int posix_memalign(void **block, size_t alignment, size_t size) {
  if (alignment % sizeof(void *) != 0 || (alignment & (alignment - 1)) != 0 || alignment == 0)
    return EINVAL;
  void *result = aligned_alloc(alignment, size);
  if (!result) return ENOMEM;
  *block = result;
  return 0;
}
