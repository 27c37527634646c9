// npm run fuzz:cpu [-- SECONDS [SEED]]: random programs under qemu-riscv64 and on this CPU, until the time is over.
// npm run fuzz:cpu -- record N: records N programs with qemu's results in kernel/cpu/vectors/qemu.json.

import { spawnSync } from "node:child_process";
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { elfOf } from "./elf.ts";
import { CODE_BASE, DATA_BYTES, randomData, randomProgram, SAVED_REGISTERS } from "./program.ts";
import { createRandom } from "./random.ts";
import { replay } from "./replay.ts";
import { vectorOf } from "./vector.ts";
import type { Vector } from "./vector.ts";

const directory = mkdtempSync(join(tmpdir(), "vitrine-fuzz-"));
process.on("exit", () => rmSync(directory, { recursive: true, force: true }));

function underQemu(code: Uint8Array, data: Uint8Array): Uint8Array {
  const file = join(directory, "program");
  writeFileSync(file, elfOf(code, data));
  chmodSync(file, 0o755);
  const result = spawnSync("qemu-riscv64", [file], { maxBuffer: 1 << 20 });
  if (result.error !== undefined) throw result.error;
  if (result.stdout.length !== DATA_BYTES) {
    throw new Error(
      `qemu ended with ${result.status ?? result.signal} and ${result.stdout.length} bytes`,
    );
  }
  return result.stdout;
}

function difference(expected: Uint8Array, actual: Uint8Array): string | undefined {
  const at = expected.findIndex((byte, index) => byte !== actual[index]);
  if (at < 0) return undefined;
  const register = Math.floor((at - SAVED_REGISTERS) / 8) + 1;
  return at >= SAVED_REGISTERS && register < 32 ? `x${register}` : `data byte ${at}`;
}

function check(seed: number, atoms: number): string | undefined {
  const random = createRandom(seed);
  const code = randomProgram(random, atoms);
  const data = randomData(random);
  const expected = underQemu(code, data);
  const whole = replay(code, data);
  const wrong = difference(expected, whole.data);
  if (wrong !== undefined) return wrong;
  const cut = replay(code, data, random);
  const cutWrong = difference(expected, cut.data);
  if (cutWrong !== undefined) return `${cutWrong}, with its budget cut`;
  return whole.retired === cut.retired ? undefined : `retired ${whole.retired} and ${cut.retired}`;
}

/** The fewest instructions with which a seed still fails, and its code for objdump. */
function shrink(seed: number, atoms: number): void {
  let failing = atoms;
  for (let fewer = 1; fewer < atoms; fewer = Math.ceil(fewer * 1.3)) {
    if (check(seed, fewer) === undefined) continue;
    failing = fewer;
    break;
  }
  const random = createRandom(seed);
  const code = randomProgram(random, failing);
  const file = join(tmpdir(), `vitrine-fuzz-${seed}.elf`);
  writeFileSync(file, elfOf(code, randomData(random)));
  console.log(
    `seed ${seed}: fails with ${failing} atoms; code at ${CODE_BASE.toString(16)} in ${file}`,
  );
}

function fuzz(seconds: number, firstSeed: number): number {
  const end = performance.now() + seconds * 1000;
  let programs = 0;
  let failures = 0;
  for (let seed = firstSeed; performance.now() < end && failures < 5; seed++) {
    const atoms = 50 + (seed % 40) * 50;
    const wrong = check(seed, atoms);
    programs++;
    if (wrong === undefined) continue;
    failures++;
    console.log(`seed ${seed}, ${atoms} atoms: ${wrong}`);
    shrink(seed, atoms);
  }
  console.log(`${programs} programs from seed ${firstSeed}, ${failures} failures`);
  return failures;
}

function record(count: number): void {
  const vectors: Vector[] = [];
  for (let seed = 1; seed <= count; seed++) {
    const random = createRandom(seed);
    const code = randomProgram(random, 100 + (seed % 8) * 50);
    vectors.push(vectorOf(seed, code, underQemu(code, randomData(createRandom(seed)))));
  }
  writeFileSync("kernel/cpu/vectors/qemu.json", `${JSON.stringify(vectors, null, 1)}\n`);
}

const [first = "20", second = "1"] = process.argv.slice(2);
if (first === "record") record(Number(second));
else process.exitCode = fuzz(Number(first), Number(second)) === 0 ? 0 : 1;
