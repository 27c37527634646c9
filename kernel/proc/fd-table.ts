// File descriptors: small numbers for open file descriptions, with one flag of their own, close-on-exec (open(2),
// fcntl(2)). A new descriptor is always the lowest free number.

import { EBADF, EMFILE } from "../abi/errno.ts";
import type { File } from "../fs/file.ts";

/** Linux's fs.nr_open is larger; RLIMIT_NOFILE cannot be raised above this. */
export const MAX_DESCRIPTORS = 4096;

export class FdTable {
  readonly #files: (File | undefined)[] = [];
  readonly #closeOnExec: boolean[] = [];
  /** No descriptor below this is free. */
  #firstFree = 0;
  /** Processes that share the table (CLONE_FILES). */
  users = 1;

  /** The description behind `fd`, undefined when it is not open. */
  get(fd: number): File | undefined {
    return this.#files[fd];
  }

  /** One more than the highest number in use. */
  get size(): number {
    return this.#files.length;
  }

  /** Gives `file`, with the caller's reference, the lowest free number from `from` on, below `limit`. */
  install(file: File, closeOnExec: boolean, limit: number, from = 0): number {
    let fd = Math.max(from, this.#firstFree);
    while (this.#files[fd] !== undefined) fd++;
    if (fd >= limit) return -EMFILE;
    if (fd === this.#firstFree) this.#firstFree = fd + 1;
    this.#put(fd, file, closeOnExec);
    return fd;
  }

  /** Puts `file`, with the caller's reference, at `fd`, closing what was there. */
  replace(fd: number, file: File, closeOnExec: boolean): void {
    const before = this.#files[fd];
    this.#put(fd, file, closeOnExec);
    before?.release();
  }

  close(fd: number): number {
    const file = this.#files[fd];
    if (file === undefined) return -EBADF;
    this.#files[fd] = undefined;
    this.#firstFree = Math.min(this.#firstFree, fd);
    while (this.#files.length > 0 && this.#files[this.#files.length - 1] === undefined)
      this.#files.pop();
    file.release();
    return 0;
  }

  closeOnExec(fd: number): boolean {
    return this.#closeOnExec[fd] === true;
  }

  setCloseOnExec(fd: number, on: boolean): void {
    this.#closeOnExec[fd] = on;
  }

  /** A copy for a child: every description has one more reference. */
  clone(): FdTable {
    const copy = new FdTable();
    this.#files.forEach((file, fd) => {
      if (file !== undefined) copy.#put(fd, file.retain(), this.closeOnExec(fd));
    });
    copy.#firstFree = this.#firstFree;
    return copy;
  }

  /** exec: closes what asked for it. */
  closeForExec(): void {
    for (let fd = 0; fd < this.#files.length; fd++) {
      if (this.#files[fd] !== undefined && this.closeOnExec(fd)) this.close(fd);
    }
  }

  closeAll(): void {
    for (let fd = this.#files.length - 1; fd >= 0; fd--) {
      if (this.#files[fd] !== undefined) this.close(fd);
    }
  }

  /** The open descriptors in ascending order. */
  numbers(): number[] {
    return [...this.#files.keys()].filter((fd) => this.#files[fd] !== undefined);
  }

  #put(fd: number, file: File, closeOnExec: boolean): void {
    while (this.#files.length <= fd) this.#files.push(undefined);
    this.#files[fd] = file;
    this.#closeOnExec[fd] = closeOnExec;
  }
}
