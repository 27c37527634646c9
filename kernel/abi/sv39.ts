// Sv39 virtual memory (RISC-V Privileged Architecture, chapter "Sv39: Page-Based 39-bit Virtual-Memory System") and the
// machine's page geometry.
//
//   virtual address, 39 bits (user space is the lower half: below 2^38)
//    38        30 29        21 20        12 11           0
//   +------------+------------+------------+--------------+
//   |   VPN[2]   |   VPN[1]   |   VPN[0]   | page offset  |
//   +------------+------------+------------+--------------+
//
//   page-table entry, 64 bits
//    63  62 61 60    54 53                     10 9 8 7 6 5 4 3 2 1 0
//   +---+-----+--------+-------------------------+---+-+-+-+-+-+-+-+-+
//   | N |PBMT |reserved|          PPN            |RSW|D|A|G|U|X|W|R|V|
//   +---+-----+--------+-------------------------+---+-+-+-+-+-+-+-+-+
//
// A PTE with V = 0 belongs to the kernel in all its other bits (see kernel/mm/page-table.ts).

export const PAGE_SHIFT = 12;
export const PAGE_SIZE = 4096;
export const PAGE_MASK = 4095;
export const PTE_PER_TABLE = 512;
export const SV39_LEVELS = 3;

export const PTE_V = 1 << 0;
export const PTE_R = 1 << 1;
export const PTE_W = 1 << 2;
export const PTE_X = 1 << 3;
export const PTE_U = 1 << 4;
export const PTE_G = 1 << 5;
export const PTE_A = 1 << 6;
export const PTE_D = 1 << 7;
export const PTE_RSW0 = 1 << 8;
export const PTE_RSW1 = 1 << 9;
export const PTE_PPN_SHIFT = 10;

/** First address beyond user space (2^38), as a double. */
export const USER_END = 2 ** 38;
