// Where the compiler's things are in the guest, as userland/build-image.mjs puts them there.
// Specification: hier(7), the Filesystem Hierarchy Standard.

/** The libc's headers and the compiler's own. */
export const GUEST_HEADERS = "/usr/include";

/** libc.a, and what else -l may name. */
export const GUEST_LIBRARIES = "/usr/lib";

/** What -dumpmachine says: processor, maker, system. */
export const TARGET = "riscv64-vitrine-linux";

export const VERSION = "Vitrine cc 1.0 (rv64imac, lp64)";
