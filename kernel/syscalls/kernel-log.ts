// syslog(2), the call behind klogctl(3) and dmesg(1): the kernel's messages, "<level>[seconds] text".

import { EFAULT, EINVAL, EPERM } from "../abi/errno.ts";
import type { LogEntry } from "../lib/kernel-log.ts";
import { copyOut } from "../mm/user-copy.ts";
import type { Kernel } from "../proc/kernel.ts";
import { spaceOf } from "../proc/process-fork.ts";
import type { Thread } from "../proc/thread.ts";
import type { Family } from "./definition.ts";

const READ_ALL = 3;
const READ_CLEAR = 4;
const CLEAR = 5;
const SIZE_UNREAD = 9;
const SIZE_BUFFER = 10;
/** Opening, closing and the console's level: there is nothing to change. */
const WITHOUT_EFFECT = new Set([0, 1, 6, 7, 8]);
/** What SIZE_BUFFER says: more than the messages that are kept ever take. */
const BUFFER_BYTES = 262_144;
/** KERN_INFO: the messages have no levels here. */
const LEVEL = 6;

function line({ time, text }: LogEntry): string {
  const seconds = (Math.floor(time / 1000) / 1e6).toFixed(6).padStart(12);
  return `<${LEVEL}>[${seconds}] ${text}\n`;
}

/** The newest whole messages since the last clearing that fit into `length` bytes. */
function messages(k: Kernel, length: number): Uint8Array {
  const encoder = new TextEncoder();
  const chosen: Uint8Array[] = [];
  let left = length;
  for (const entry of k.log.entries().slice(k.log.cleared).toReversed()) {
    const bytes = encoder.encode(line(entry));
    if (bytes.length > left) break;
    left -= bytes.length;
    chosen.unshift(bytes);
  }
  const all = new Uint8Array(length - left);
  let at = 0;
  for (const bytes of chosen) {
    all.set(bytes, at);
    at += bytes.length;
  }
  return all;
}

function syslog(k: Kernel, t: Thread, type: number, address: number, length: number): number {
  if (t.process.uid !== 0 && type !== READ_ALL && type !== SIZE_BUFFER) return -EPERM;
  if (WITHOUT_EFFECT.has(type)) return 0;
  switch (type) {
    case READ_ALL:
    case READ_CLEAR: {
      if (address === 0 || length < 0) return -EINVAL;
      const bytes = messages(k, length);
      const done = copyOut(spaceOf(t.process), address, bytes, 0, bytes.length);
      if (done < bytes.length) return -EFAULT;
      if (type === READ_CLEAR) k.log.clear();
      return done;
    }
    case CLEAR:
      k.log.clear();
      return 0;
    case SIZE_UNREAD:
      return messages(k, BUFFER_BYTES).length;
    case SIZE_BUFFER:
      return BUFFER_BYTES;
    default:
      k.log.once(`syslog ${type}`, `syslog: action ${type} is not implemented (EINVAL)`);
      return -EINVAL;
  }
}

export const kernelLogCalls = {
  syslog: {
    args: { type: "i32", bufp: "address", len: "i32" },
    partial: "no reading that waits for new messages (SYSLOG_ACTION_READ, EINVAL)",
    run: (k, t, type, address, length) => syslog(k, t, type, address, length),
  },
} satisfies Family;
