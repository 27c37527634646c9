// What the system calls itself: uname(2), /proc/version, /proc/sys/kernel.

export const uts = {
  sysname: "Linux",
  nodename: "vitrine",
  /** The Linux whose interface this follows; programs compare it with the version they need. */
  release: "6.1.0-vitrine",
  version: "#1 Vitrine",
  machine: "riscv64",
  domainname: "(none)",
  isa: "rv64imac_zicsr_zifencei",
} as const;
