// Enters the terminals' drivers into the device table: /dev/tty, /dev/console, /dev/ptmx and /dev/pts/N.
// Specification: tty(4), console(4), ptmx(4).

import { EIO, ENXIO } from "../abi/errno.ts";
import { O_NOCTTY } from "../abi/fcntl.ts";
import type { DeviceTable } from "../fs/device-table.ts";
import { PTS_MAJOR, PtyMasterFile, type Ptys } from "./pty.ts";

const PTS_MINORS = 4096;

/** `console` gives the number of the pseudoterminal that /dev/console stands for, -1 for none. */
export function registerTerminals(devices: DeviceTable, ptys: Ptys, console: () => number): void {
  devices.register("/dev/tty", 5, 0, (_dentry, flags, caller) => {
    const { terminal } = caller;
    return terminal === undefined ? -ENXIO : terminal.reopen(flags);
  });
  devices.register("/dev/console", 5, 1, (dentry, flags, caller) => {
    const pair = ptys.pair(console());
    return pair === undefined ? -EIO : ptys.open(pair, dentry, flags | O_NOCTTY, caller);
  });
  devices.register("/dev/ptmx", 5, 2, (dentry, flags, caller) =>
    PtyMasterFile.open(dentry, flags, ptys, caller),
  );
  devices.register(
    "pts",
    PTS_MAJOR,
    0,
    (dentry, flags, caller, minor) => {
      const pair = ptys.pair(minor);
      return pair === undefined ? -EIO : ptys.open(pair, dentry, flags, caller);
    },
    PTS_MINORS,
  );
}
