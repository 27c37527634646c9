// What __has_attribute and __has_builtin say yes to: what the stages below know. A name that the parser learns belongs here too.

const ATTRIBUTES = new Set(
  `alias aligned always_inline cold const constructor deprecated destructor fallthrough format
  hot malloc noinline nonnull noreturn packed pure returns_nonnull section sentinel unused used
  visibility warn_unused_result weak`.split(/\s+/),
);

const BUILTINS = new Set(
  `__builtin_va_start __builtin_va_arg __builtin_va_copy __builtin_va_end __builtin_offsetof
  __builtin_expect __builtin_unreachable __builtin_trap __builtin_constant_p
  __builtin_types_compatible_p __builtin_choose_expr __builtin_bswap16 __builtin_bswap32
  __builtin_bswap64 __builtin_clz __builtin_clzl __builtin_clzll __builtin_ctz __builtin_ctzl
  __builtin_ctzll __builtin_popcount __builtin_popcountl __builtin_popcountll __builtin_ffs
  __builtin_ffsl __builtin_ffsll __builtin_add_overflow __builtin_sub_overflow
  __builtin_mul_overflow __builtin_memcpy __builtin_memmove __builtin_memset __builtin_memcmp
  __builtin_strlen __builtin_strcmp __builtin_alloca __builtin_frame_address
  __builtin_return_address __atomic_load_n __atomic_load __atomic_store_n __atomic_store
  __atomic_exchange_n __atomic_exchange __atomic_compare_exchange_n __atomic_compare_exchange
  __atomic_fetch_add __atomic_fetch_sub __atomic_fetch_and __atomic_fetch_or __atomic_fetch_xor
  __atomic_fetch_nand __atomic_add_fetch __atomic_sub_fetch __atomic_and_fetch __atomic_or_fetch
  __atomic_xor_fetch __atomic_nand_fetch __atomic_test_and_set __atomic_clear
  __atomic_thread_fence __atomic_signal_fence __atomic_always_lock_free __atomic_is_lock_free
  __sync_fetch_and_add __sync_fetch_and_sub __sync_fetch_and_or __sync_fetch_and_and
  __sync_fetch_and_xor __sync_add_and_fetch __sync_sub_and_fetch __sync_or_and_fetch
  __sync_and_and_fetch __sync_xor_and_fetch __sync_bool_compare_and_swap
  __sync_val_compare_and_swap __sync_lock_test_and_set __sync_lock_release
  __sync_synchronize`.split(/\s+/),
);

/** `__packed__` is `packed`. */
export function hasAttribute(name: string): boolean {
  const bare = name.length > 4 && name.startsWith("__") && name.endsWith("__");
  return ATTRIBUTES.has(bare ? name.slice(2, -2) : name);
}

export function hasBuiltin(name: string): boolean {
  return BUILTINS.has(name);
}
