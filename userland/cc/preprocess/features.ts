// What __has_attribute and __has_builtin say yes to: what the parser knows and does something about. Its test features.test.ts keeps
// the two in step.

export const ATTRIBUTES: ReadonlySet<string> = new Set(
  `alias aligned always_inline cleanup constructor destructor error format gnu_inline mode naked
  noinline noreturn packed retain returns_twice section unused used visibility warning weak
  alloc_size assume_aligned cold const deprecated fallthrough flatten format_arg hot leaf malloc
  may_alias nonnull nonstring nothrow pure returns_nonnull sentinel warn_unused_result`.split(
    /\s+/,
  ),
);

export const BUILTINS: ReadonlySet<string> = new Set([
  ...withPrefix(
    "__builtin_",
    `va_start va_arg va_copy va_end offsetof types_compatible_p choose_expr constant_p object_size
    expect expect_with_probability unreachable trap alloca frame_address return_address
    extract_return_addr thread_pointer setjmp longjmp classify_type clrsb clrsbl clrsbll llabs
    imaxabs assume_aligned prefetch bswap16 bswap32 bswap64 clz clzl clzll ctz ctzl
    ctzll ffs ffsl ffsll parity parityl parityll popcount popcountl popcountll add_overflow
    sub_overflow mul_overflow memcpy memmove memset memcmp memchr strlen strnlen strcpy strncpy
    strcat strncat strcmp strncmp strchr strrchr strstr strspn strcspn strpbrk strdup malloc calloc
    realloc free abort exit abs labs printf sprintf
    snprintf puts putchar`,
  ),
  ...withPrefix(
    "__builtin___",
    `memcpy_chk memmove_chk mempcpy_chk memset_chk strcpy_chk stpcpy_chk strncpy_chk stpncpy_chk strcat_chk strncat_chk
    sprintf_chk snprintf_chk vsprintf_chk vsnprintf_chk printf_chk vprintf_chk fprintf_chk vfprintf_chk`,
  ),
  ...withPrefix(
    "__atomic_",
    `load_n load store_n store exchange_n exchange compare_exchange_n compare_exchange fetch_add
    fetch_sub fetch_and fetch_or fetch_xor add_fetch sub_fetch and_fetch or_fetch xor_fetch
    fetch_nand nand_fetch test_and_set clear thread_fence signal_fence always_lock_free is_lock_free`,
  ),
  ...withPrefix(
    "__sync_",
    `fetch_and_add fetch_and_sub fetch_and_or fetch_and_and fetch_and_xor add_and_fetch
    sub_and_fetch or_and_fetch and_and_fetch xor_and_fetch fetch_and_nand nand_and_fetch bool_compare_and_swap
    val_compare_and_swap lock_test_and_set lock_release synchronize`,
  ),
]);

function withPrefix(prefix: string, names: string): string[] {
  return names.split(/\s+/).map((name) => prefix + name);
}

/** `__packed__` is `packed`. */
export function hasAttribute(name: string): boolean {
  const isGuarded = name.length > 4 && name.startsWith("__") && name.endsWith("__");
  return ATTRIBUTES.has(isGuarded ? name.slice(2, -2) : name);
}

export function hasBuiltin(name: string): boolean {
  return BUILTINS.has(name);
}
