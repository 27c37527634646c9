// A recorded expectation: which system said it, how the program ended, and every byte of its standard output.
//
//   kernel: Linux 6.18.44
//   status: 0
//   <the output, as it was>

import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/** What a program did: its exit status (128 + n for a signal n) and its standard output. */
export interface Behaviour {
  readonly status: number;
  readonly stdout: string;
}

export interface Expectation extends Behaviour {
  /** The system that it was recorded on. */
  readonly kernel: string;
}

const path = (name: string): string => join(import.meta.dirname, "expected", `${name}.txt`);

export function readExpectation(name: string): Expectation {
  const text = readFileSync(path(name), "utf8");
  const match = /^kernel: (.+)\nstatus: (\d+)\n/.exec(text);
  if (match?.[1] === undefined) throw new Error(`expected/${name}.txt has no header`);
  return { kernel: match[1], status: Number(match[2]), stdout: text.slice(match[0].length) };
}

export function writeExpectation(name: string, { kernel, status, stdout }: Expectation): void {
  writeFileSync(path(name), `kernel: ${kernel}\nstatus: ${status}\n${stdout}`);
}

/** The first lines where two outputs part, for a person to read; undefined when they are alike. */
export function difference(expected: Behaviour, actual: Behaviour): string | undefined {
  const lines: string[] = [];
  const wanted = expected.stdout.split("\n");
  const got = actual.stdout.split("\n");
  for (let i = 0; i < Math.max(wanted.length, got.length) && lines.length < 12; i++) {
    if (wanted[i] === got[i]) continue;
    lines.push(`line ${i + 1}`, `  expected ${JSON.stringify(wanted[i] ?? "(end)")}`);
    lines.push(`  got      ${JSON.stringify(got[i] ?? "(end)")}`);
  }
  if (expected.status !== actual.status)
    lines.push(`status: expected ${expected.status}, got ${actual.status}`);
  return lines.length > 0 ? lines.join("\n") : undefined;
}
