// .riscv.attributes: for which machine an object is. (RISC-V ELF psABI, "Attributes".)

import { ByteWriter } from "./byte-writer.ts";

const FILE = 1;
const STACK_ALIGN = 4;
const ARCH = 5;
const ARCHITECTURE = "rv64i2p1_m2p0_a2p1_c2p0_zmmul1p0";

export function riscvAttributes(): Uint8Array {
  const attributes = new ByteWriter();
  attributes.uleb(STACK_ALIGN);
  attributes.uleb(16);
  attributes.uleb(ARCH);
  attributes.string(ARCHITECTURE);
  const content = attributes.done();
  const writer = new ByteWriter();
  writer.u8("A".charCodeAt(0));
  const vendor = "riscv";
  const fileSize = 1 + 4 + content.length;
  writer.u32(4 + vendor.length + 1 + fileSize);
  writer.string(vendor);
  writer.u8(FILE);
  writer.u32(fileSize);
  writer.bytes(content);
  return writer.done();
}
