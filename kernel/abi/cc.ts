// /dev/cc: what the guest's `cc` and the compiler outside the machine say to each other. Vitrine's own; kernel/dev/README.md
// describes the protocol, userland/bin/cc.c speaks it.
//
// One read(2) or write(2) is one message, little-endian:
//
//    0        4          8
//    +--------+----------+-------------------
//    |  kind  | argument | bytes, to the end
//    +--------+----------+-------------------

/** Its device number has this major, a local one, and minor 0. */
export const CC_MAJOR = 240;

/** The compiler's words, each ended by a NUL; several such messages are put together. */
export const CC_ARGUMENTS = 1;
/** All arguments have been said. Argument: CC_COLOUR or 0. The compiler's turn. */
export const CC_START = 2;
/** A piece of a file, in either direction. */
export const CC_DATA = 3;
/** To CC_READ: there is no more; to CC_END: the file is written. Argument: 0 or an errno. The compiler's turn. */
export const CC_DONE = 4;

/** The compiler wants a file: CC_DATA… CC_DONE. Bytes: its path; argument: 1 for the standard input instead. */
export const CC_READ = 5;
/** The compiler makes a file of the CC_DATA that follow, up to CC_END. Bytes: its path; argument: its mode before umask. */
export const CC_WRITE = 6;
/** The file's end: CC_DONE is expected. */
export const CC_END = 7;
/** Bytes for the standard output or error output; argument: the descriptor. */
export const CC_PRINT = 8;
/** The last message. Argument: the exit status. */
export const CC_EXIT = 9;

/** Standard error is a terminal. */
export const CC_COLOUR = 1;

export const CC_HEADER_SIZE = 8;
/** Of a message, header included. */
export const CC_MESSAGE_MAX = CC_HEADER_SIZE + 16384;

/** A message outside of the machine, where it may be of any length. */
export interface CcMessage {
  readonly kind: number;
  readonly argument: number;
  readonly bytes: Uint8Array;
}
