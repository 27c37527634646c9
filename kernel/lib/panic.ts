// What the kernel does when it finds itself in an impossible state. Guest mistakes are error numbers and signals; a
// panic means a bug in Vitrine, so it carries whatever a person needs to find it.

/** Thrown by `panic`. Caught once, by the machine's loop, which stops the machine and shows the report. */
export class KernelPanic extends Error {
  override readonly name = "KernelPanic";
}

/** Stops the kernel: `message` says which invariant broke, `details` the values that show it. */
export function panic(message: string, ...details: readonly unknown[]): never {
  const shown = details.map((detail) =>
    typeof detail === "number" && Number.isInteger(detail) && Math.abs(detail) > 4095
      ? `0x${detail.toString(16)}`
      : String(detail),
  );
  throw new KernelPanic(shown.length === 0 ? message : `${message}: ${shown.join(", ")}`);
}
