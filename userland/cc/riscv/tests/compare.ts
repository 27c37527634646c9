// Random programs' functions with the same arguments in the interpreter of the IR and in a C program that calls their code.

import { interpret } from "../../ir/interpret.ts";
import type { IrModule } from "../../ir/ir.ts";
import { ARRAY_SIZE } from "./random-module.ts";

const ARGUMENTS = [
  3n,
  -1n,
  0x7fff_ffffn,
  12n,
  -0x8000_0000n,
  100n,
  7n,
  0n,
  -5n,
  0x1234_5678n,
  55n,
  9n,
];

/** One line for each function: its name, its result and a sum of the memory that it leaves. */
export function interpreted(module: IrModule): string {
  const lines: string[] = [];
  const externals = {
    memcpy: (): bigint => 0n,
    memset: (): bigint => 0n,
  };
  const machine = interpret(module, { externals });
  const base = Number(machine.addressOf("array"));
  for (const f of module.functions) {
    for (let at = 0; at < ARRAY_SIZE; at++) machine.bytes.setUint8(base + at, (at * 37) & 255);
    const [result = 0n] = machine.call(f.symbol, ARGUMENTS.slice(0, f.parameters.length));
    let sum = 0n;
    for (let at = 0; at < ARRAY_SIZE; at++) {
      sum = BigInt.asUintN(64, sum * 31n + BigInt(machine.bytes.getUint8(base + at)));
    }
    lines.push(`${f.symbol} ${hex(result)} ${hex(sum)}`);
  }
  return lines.join("\n");
}

function hex(value: bigint): string {
  return BigInt.asUintN(64, value).toString(16);
}

/** A C program that prints the same with the functions' code. */
export function callingProgram(module: IrModule): string {
  const program: string[] = [
    "#include <stdio.h>",
    `extern unsigned char array[${ARRAY_SIZE}];`,
    "static void show(const char *name, unsigned long result) {",
    "  unsigned long sum = 0;",
    `  for (int i = 0; i < ${ARRAY_SIZE}; i++) sum = sum * 31 + array[i];`,
    '  printf("%s %lx %lx\\n", name, result, sum);',
    "}",
    "int main(void) {",
  ];
  for (const f of module.functions) {
    const parameters = ARGUMENTS.slice(0, f.parameters.length).map((value) => `${value}L`);
    program.push(
      `  { long ${f.symbol}(${parameters.map(() => "long").join(", ")});`,
      `  for (int i = 0; i < ${ARRAY_SIZE}; i++) array[i] = i * 37;`,
      `  show("${f.symbol}", ${f.symbol}(${parameters.join(", ")})); }`,
    );
  }
  program.push("  return 0;", "}");
  return program.join("\n");
}
