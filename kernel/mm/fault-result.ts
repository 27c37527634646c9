// How a page fault ends for the thread that took it.

export const FAULT_OK = 0;
/** SIGSEGV with SEGV_MAPERR: no mapping there. */
export const FAULT_MAPERR = 1;
/** SIGSEGV with SEGV_ACCERR: the mapping does not allow the access. */
export const FAULT_ACCERR = 2;
/** SIGBUS with BUS_ADRERR: whole pages beyond the end of the object. */
export const FAULT_BUS = 3;
/** No frame could be had: the out-of-memory killer chose this process, or found nobody to kill. */
export const FAULT_NO_MEMORY = 4;

/** The page, or a frame for it, is on its way: `mm.stall` says what to wait for. Then the access can be made again. */
export const FAULT_WAIT = 5;
/** SIGBUS with BUS_ADRERR: storage has lost the page. */
export const FAULT_IO = 6;

export type FaultResult = 0 | 1 | 2 | 3 | 4 | 5 | 6;

export const ACCESS_READ = 0;
export const ACCESS_WRITE = 1;
export const ACCESS_EXECUTE = 2;
export type AccessKind = 0 | 1 | 2;
