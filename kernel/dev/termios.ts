// A terminal's settings, as tcgetattr(3) and tcsetattr(3) carry them, and the values a new terminal starts with.
// Specification: termios(3), ioctl_tty(2); the initial values are Linux's tty_std_termios.

import { termios as layout } from "../abi/structs.ts";
import {
  B38400,
  CREAD,
  CS8,
  ECHO,
  ECHOCTL,
  ECHOE,
  ECHOK,
  ECHOKE,
  HUPCL,
  ICANON,
  ICRNL,
  IEXTEN,
  ISIG,
  IXON,
  NCCS,
  ONLCR,
  OPOST,
  VDISCARD,
  VEOF,
  VERASE,
  VINTR,
  VKILL,
  VLNEXT,
  VMIN,
  VQUIT,
  VREPRINT,
  VSTART,
  VSTOP,
  VSUSP,
  VWERASE,
} from "../abi/termios.ts";

export const TERMIOS_SIZE = layout.size;

const control = (letter: string): number => letter.charCodeAt(0) & 0x1f;

const INITIAL_CHARACTERS: readonly (readonly [number, number])[] = [
  [VINTR, control("C")],
  [VQUIT, control("\\")],
  [VERASE, 0x7f],
  [VKILL, control("U")],
  [VEOF, control("D")],
  [VMIN, 1],
  [VSTART, control("Q")],
  [VSTOP, control("S")],
  [VSUSP, control("Z")],
  [VREPRINT, control("R")],
  [VDISCARD, control("O")],
  [VWERASE, control("W")],
  [VLNEXT, control("V")],
];

export class Termios {
  /** c_iflag, c_oflag, c_cflag, c_lflag of abi/termios.ts. */
  input = ICRNL | IXON;
  output = OPOST | ONLCR;
  control = B38400 | CS8 | CREAD | HUPCL;
  local = ISIG | ICANON | ECHO | ECHOE | ECHOK | ECHOCTL | ECHOKE | IEXTEN;
  line = 0;
  /** c_cc by V* number; 0 disables one. */
  readonly characters = new Uint8Array(NCCS);

  constructor() {
    for (const [index, value] of INITIAL_CHARACTERS) this.characters[index] = value;
  }

  /** The character with number `index` (a V* constant). */
  character(index: number): number {
    return this.characters[index] ?? 0;
  }

  assign(from: Termios): void {
    this.input = from.input;
    this.output = from.output;
    this.control = from.control;
    this.local = from.local;
    this.line = from.line;
    this.characters.set(from.characters);
  }

  /** struct termios as the kernel's ioctls lay it out. */
  encode(): Uint8Array {
    const bytes = new Uint8Array(TERMIOS_SIZE);
    const view = new DataView(bytes.buffer);
    const { offsets } = layout;
    view.setUint32(offsets["c_iflag"] ?? 0, this.input, true);
    view.setUint32(offsets["c_oflag"] ?? 0, this.output, true);
    view.setUint32(offsets["c_cflag"] ?? 0, this.control, true);
    view.setUint32(offsets["c_lflag"] ?? 0, this.local, true);
    view.setUint8(offsets["c_line"] ?? 0, this.line);
    bytes.set(this.characters, offsets["c_cc"] ?? 0);
    return bytes;
  }

  decode(bytes: Uint8Array): void {
    const view = new DataView(bytes.buffer, bytes.byteOffset, TERMIOS_SIZE);
    const { offsets } = layout;
    this.input = view.getUint32(offsets["c_iflag"] ?? 0, true);
    this.output = view.getUint32(offsets["c_oflag"] ?? 0, true);
    this.control = view.getUint32(offsets["c_cflag"] ?? 0, true);
    this.local = view.getUint32(offsets["c_lflag"] ?? 0, true);
    this.line = view.getUint8(offsets["c_line"] ?? 0);
    const at = offsets["c_cc"] ?? 0;
    this.characters.set(bytes.subarray(at, at + NCCS));
  }
}
