// The macros that the compiler brings (C11 6.10.8 and GNU's): those that gcc has for rv64imac and lp64 where they are true of this
// compiler too. There are none about floating point until it has that.
//
// __GNUC__ says 4.2.1, as clang does: its extensions up to there are what this compiler knows, and programs that do not see it
// define __attribute__ away, which would change the layout of their packed structures without a word.

/** The types of stdint.h with their macros: name, type, width, suffix of constants. */
const TYPES: readonly (readonly [string, string, number, string])[] = [
  ["INT8", "signed char", 8, ""],
  ["INT16", "short int", 16, ""],
  ["INT32", "int", 32, ""],
  ["INT64", "long int", 64, "L"],
  ["UINT8", "unsigned char", 8, ""],
  ["UINT16", "short unsigned int", 16, ""],
  ["UINT32", "unsigned int", 32, "U"],
  ["UINT64", "long unsigned int", 64, "UL"],
  ["INT_LEAST8", "signed char", 8, ""],
  ["INT_LEAST16", "short int", 16, ""],
  ["INT_LEAST32", "int", 32, ""],
  ["INT_LEAST64", "long int", 64, "L"],
  ["UINT_LEAST8", "unsigned char", 8, ""],
  ["UINT_LEAST16", "short unsigned int", 16, ""],
  ["UINT_LEAST32", "unsigned int", 32, "U"],
  ["UINT_LEAST64", "long unsigned int", 64, "UL"],
  ["INT_FAST8", "signed char", 8, ""],
  ["INT_FAST16", "long int", 64, "L"],
  ["INT_FAST32", "long int", 64, "L"],
  ["INT_FAST64", "long int", 64, "L"],
  ["UINT_FAST8", "unsigned char", 8, ""],
  ["UINT_FAST16", "long unsigned int", 64, "UL"],
  ["UINT_FAST32", "long unsigned int", 64, "UL"],
  ["UINT_FAST64", "long unsigned int", 64, "UL"],
  ["INTPTR", "long int", 64, "L"],
  ["UINTPTR", "long unsigned int", 64, "UL"],
  ["INTMAX", "long int", 64, "L"],
  ["UINTMAX", "long unsigned int", 64, "UL"],
  ["PTRDIFF", "long int", 64, "L"],
  ["SIZE", "long unsigned int", 64, "UL"],
  ["WCHAR", "int", 32, ""],
  ["WINT", "unsigned int", 32, "U"],
  ["SIG_ATOMIC", "int", 32, ""],
];

const OTHERS = `
#define __vitrine_cc__ 1
#define __STDC__ 1
#define __STDC_VERSION__ 201112L
#define __STDC_HOSTED__ 1
#define __STDC_UTF_16__ 1
#define __STDC_UTF_32__ 1
#define __STDC_NO_VLA__ 1
#define __STDC_NO_COMPLEX__ 1
#define __DATE__ "Jan  1 1970"
#define __TIME__ "00:00:00"
#define __TIMESTAMP__ "Thu Jan  1 00:00:00 1970"
#define __VERSION__ "vitrine cc"
#define __GNUC__ 4
#define __GNUC_MINOR__ 2
#define __GNUC_PATCHLEVEL__ 1
#define __GNUC_STDC_INLINE__ 1
#define __NO_INLINE__ 1
#define __riscv 1
#define __riscv_xlen 64
#define __riscv_a 2001000
#define __riscv_c 2000000
#define __riscv_i 2001000
#define __riscv_m 2000000
#define __riscv_arch_test 1
#define __riscv_atomic 1
#define __riscv_cmodel_medlow 1
#define __riscv_compressed 1
#define __riscv_div 1
#define __riscv_float_abi_soft 1
#define __riscv_mul 1
#define __riscv_muldiv 1
#define __ELF__ 1
#define __linux__ 1
#define __linux 1
#define __unix__ 1
#define __unix 1
#define _LP64 1
#define __LP64__ 1
#define __CHAR_BIT__ 8
#define __CHAR_UNSIGNED__ 1
#define __CHAR16_TYPE__ short unsigned int
#define __CHAR32_TYPE__ unsigned int
#define __SCHAR_MAX__ 0x7f
#define __SCHAR_WIDTH__ 8
#define __SHRT_MAX__ 0x7fff
#define __SHRT_WIDTH__ 16
#define __INT_MAX__ 0x7fffffff
#define __INT_WIDTH__ 32
#define __LONG_MAX__ 0x7fffffffffffffffL
#define __LONG_WIDTH__ 64
#define __LONG_LONG_MAX__ 0x7fffffffffffffffLL
#define __LONG_LONG_WIDTH__ 64
#define __WCHAR_MIN__ (-__WCHAR_MAX__ - 1)
#define __WINT_MIN__ 0U
#define __SIG_ATOMIC_MIN__ (-__SIG_ATOMIC_MAX__ - 1)
#define __SIZEOF_SHORT__ 2
#define __SIZEOF_INT__ 4
#define __SIZEOF_LONG__ 8
#define __SIZEOF_LONG_LONG__ 8
#define __SIZEOF_POINTER__ 8
#define __SIZEOF_PTRDIFF_T__ 8
#define __SIZEOF_SIZE_T__ 8
#define __SIZEOF_WCHAR_T__ 4
#define __SIZEOF_WINT_T__ 4
#define __BIGGEST_ALIGNMENT__ 16
#define __ORDER_LITTLE_ENDIAN__ 1234
#define __ORDER_BIG_ENDIAN__ 4321
#define __ORDER_PDP_ENDIAN__ 3412
#define __BYTE_ORDER__ __ORDER_LITTLE_ENDIAN__
#define __USER_LABEL_PREFIX__
#define __REGISTER_PREFIX__
#define __ATOMIC_RELAXED 0
#define __ATOMIC_CONSUME 1
#define __ATOMIC_ACQUIRE 2
#define __ATOMIC_RELEASE 3
#define __ATOMIC_ACQ_REL 4
#define __ATOMIC_SEQ_CST 5
#define __GCC_ATOMIC_BOOL_LOCK_FREE 2
#define __GCC_ATOMIC_CHAR_LOCK_FREE 2
#define __GCC_ATOMIC_CHAR16_T_LOCK_FREE 2
#define __GCC_ATOMIC_CHAR32_T_LOCK_FREE 2
#define __GCC_ATOMIC_WCHAR_T_LOCK_FREE 2
#define __GCC_ATOMIC_SHORT_LOCK_FREE 2
#define __GCC_ATOMIC_INT_LOCK_FREE 2
#define __GCC_ATOMIC_LONG_LOCK_FREE 2
#define __GCC_ATOMIC_LLONG_LOCK_FREE 2
#define __GCC_ATOMIC_POINTER_LOCK_FREE 2
#define __GCC_ATOMIC_TEST_AND_SET_TRUEVAL 1
#define __GCC_HAVE_SYNC_COMPARE_AND_SWAP_1 1
#define __GCC_HAVE_SYNC_COMPARE_AND_SWAP_2 1
#define __GCC_HAVE_SYNC_COMPARE_AND_SWAP_4 1
#define __GCC_HAVE_SYNC_COMPARE_AND_SWAP_8 1
`;

/** The definitions, as if a file had them. */
export function predefinedText(): string {
  const lines: string[] = [];
  for (const [name, type, width, suffix] of TYPES) {
    const isUnsigned = type.includes("unsigned");
    const most = (1n << BigInt(isUnsigned ? width : width - 1)) - 1n;
    lines.push(`#define __${name}_TYPE__ ${type}`);
    lines.push(`#define __${name}_MAX__ 0x${most.toString(16)}${suffix}`);
    const isExact = /^INT\d/.test(name);
    if ((!isUnsigned && !isExact) || name === "SIZE" || name === "WINT") {
      lines.push(`#define __${name}_WIDTH__ ${width}`);
    }
    if (/^U?INT(?:8|16|32|64|MAX)$/.test(name)) {
      lines.push(`#define __${name}_C(c) c${suffix === "" ? "" : ` ## ${suffix}`}`);
    }
  }
  return OTHERS + lines.join("\n") + "\n";
}
