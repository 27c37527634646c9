// The IR as text: for messages of tests and for whoever looks what a pass has done.
//
//   function $add(w %0, l %1) global {
//     slot s0 "sum" 4 align 4
//   b0:
//     %2 =w add %0, 1
//     %3 =w load.u8 [%1 + 4]
//     store.4 %2, [s0]
//     branch.lt.w %2, %3 ? b1 : b2
//   …

import type {
  Argument,
  AsmInput,
  AsmInstruction,
  Instruction,
  IrData,
  IrFunction,
  IrModule,
  Operand,
  Slot,
  SymbolLinkage,
  Temp,
  Terminator,
} from "./ir.ts";

export function printModule(module: IrModule): string {
  const parts: string[] = [];
  for (const { text } of module.assembly) parts.push(`assembly ${JSON.stringify(text)}\n`);
  for (const data of module.data) parts.push(printData(data));
  for (const symbol of module.weak) parts.push(`weak $${symbol}\n`);
  for (const { symbol, target, linkage } of module.aliases)
    parts.push(`alias $${symbol} = $${target} ${printLinkage(linkage)}\n`);
  for (const { symbol, priority } of module.constructors)
    parts.push(`constructor $${symbol} ${priority ?? ""}\n`);
  for (const { symbol, priority } of module.destructors)
    parts.push(`destructor $${symbol} ${priority ?? ""}\n`);
  for (const f of module.functions) parts.push(printFunction(f));
  return parts.join("\n");
}

export function printFunction(f: IrFunction): string {
  const parameters = f.parameters.map((temp) => `${temp.width} ${printOperand(temp)}`);
  if (f.isVariadic) parameters.push("...");
  const words = [`function $${f.symbol}(${parameters.join(", ")})`, printLinkage(f.linkage)];
  if (f.section !== undefined) words.push(`section ${JSON.stringify(f.section)}`);
  if (f.noinline) words.push("noinline");
  if (f.alwaysInline) words.push("always-inline");
  if (f.inlineOnly) words.push("inline-only");
  const lines = [`${words.join(" ")} {`];
  for (const slot of f.slots) {
    const name = slot.name === undefined ? "" : ` ${JSON.stringify(slot.name)}`;
    lines.push(`  slot s${slot.id}${name} ${slot.size} align ${slot.align}`);
  }
  for (const block of f.blocks) {
    lines.push(`b${block.id}:${block.symbol === undefined ? "" : ` $${block.symbol}`}`);
    for (const instruction of block.instructions) lines.push(`  ${printInstruction(instruction)}`);
    lines.push(`  ${printTerminator(block.terminator)}`);
  }
  lines.push("}\n");
  return lines.join("\n");
}

function printData(data: IrData): string {
  const section = typeof data.section === "string" ? data.section : data.section.name;
  const head = `data $${data.symbol} ${printLinkage(data.linkage)} ${section} ${data.size} align ${data.align}`;
  const lines = [head];
  if (data.bytes !== undefined)
    lines.push(
      `  ${Array.from(data.bytes, (byte) => byte.toString(16).padStart(2, "0")).join(" ")}`,
    );
  for (const { offset, size, symbol, addend, minus } of data.references)
    lines.push(
      `  [${offset}].${size} = ${withOffset(`$${symbol}`, addend)}${minus === undefined ? "" : ` - $${minus}`}`,
    );
  return `${lines.join("\n")}\n`;
}

function printLinkage({ binding, hidden }: SymbolLinkage): string {
  return hidden ? `${binding} hidden` : binding;
}

function withOffset(text: string, offset: number): string {
  if (offset === 0) return text;
  return offset < 0 ? `${text} - ${-offset}` : `${text} + ${offset}`;
}

function slotName(slot: Slot): string {
  return `s${slot.id}`;
}

export function printOperand(operand: Operand): string {
  switch (operand.kind) {
    case "temp":
      return `%${operand.id}`;
    case "constant":
      return String(operand.value);
    case "symbol":
      return withOffset(`$${operand.name}`, operand.offset);
    case "slot":
      return withOffset(slotName(operand.slot), operand.offset);
  }
}

function memory(address: Operand, offset: number): string {
  return `[${withOffset(printOperand(address), offset)}]`;
}

function printArguments(list: readonly Argument[]): string {
  return list.map(({ value, width }) => `${width} ${printOperand(value)}`).join(", ");
}

function assign(to: Temp): string {
  return `%${to.id} =${to.width}`;
}

export function printInstruction(instruction: Instruction): string {
  switch (instruction.op) {
    case "binary": {
      const { to, operator, left, right } = instruction;
      return `${assign(to)} ${operator} ${printOperand(left)}, ${printOperand(right)}`;
    }
    case "unary":
      return `${assign(instruction.to)} ${instruction.operator} ${printOperand(instruction.value)}`;
    case "compare": {
      const { to, condition, width, left, right } = instruction;
      return `${assign(to)} compare.${condition}.${width} ${printOperand(left)}, ${printOperand(right)}`;
    }
    case "load": {
      const { to, from, address, offset, volatile } = instruction;
      return `${assign(to)} load.${from}${volatile ? ".volatile" : ""} ${memory(address, offset)}`;
    }
    case "store": {
      const { size, value, address, offset, volatile } = instruction;
      return `store.${size}${volatile ? ".volatile" : ""} ${printOperand(value)}, ${memory(address, offset)}`;
    }
    case "copy-memory": {
      const { to, from, size, align } = instruction;
      return `copy-memory ${printOperand(to)}, ${printOperand(from)}, ${size} align ${align}`;
    }
    case "zero-memory":
      return `zero-memory ${printOperand(instruction.at)}, ${instruction.size} align ${instruction.align}`;
    case "call": {
      const { results, callee } = instruction;
      const left = results.map((to) => `%${to.id} =${to.width} `).join("");
      return `${left}call ${printOperand(callee)}(${printArguments(instruction.arguments)})`;
    }
    case "va-start":
    case "frame-address":
    case "return-address":
    case "thread-pointer":
      return `${assign(instruction.to)} ${instruction.op}`;
    case "alloca":
      return `${assign(instruction.to)} alloca ${printOperand(instruction.size)}`;
    case "atomic": {
      const { to, operator, size, address, value } = instruction;
      return `${assign(to)} atomic.${operator}.${size} ${memory(address, 0)}, ${printOperand(value)}`;
    }
    case "compare-exchange": {
      const { to, size, address, expected, desired } = instruction;
      return `${assign(to)} compare-exchange.${size} ${memory(address, 0)}, ${printOperand(expected)}, ${printOperand(desired)}`;
    }
    case "fence":
      return instruction.machine ? "fence machine" : "fence compiler";
    case "asm":
      return printAsm(instruction);
    case "phi": {
      const sources = instruction.sources.map(
        ({ block, value }) => `b${block.id}: ${printOperand(value)}`,
      );
      return `${assign(instruction.to)} phi ${sources.join(", ")}`;
    }
  }
}

function printAsm(instruction: AsmInstruction): string {
  const outputs = instruction.outputs.map(
    ({ to, register, earlyClobber }) =>
      `${assign(to)} ${earlyClobber ? "early " : ""}${register ?? "register"}`,
  );
  const words = ["asm"];
  if (instruction.isVolatile) words.push("volatile");
  words.push(JSON.stringify(instruction.template), `(${outputs.join(", ")})`);
  words.push(`(${instruction.inputs.map(printAsmInput).join(", ")})`);
  if (instruction.clobbers.length > 0) words.push(`clobbers ${instruction.clobbers.join(" ")}`);
  return words.join(" ");
}

function printAsmInput(input: AsmInput): string {
  const value = printOperand(input.value);
  switch (input.how) {
    case "register":
      return `${input.register ?? "register"} ${input.width} ${value}`;
    case "output":
      return `as ${input.output} ${input.width} ${value}`;
    case "memory":
    case "immediate":
      return `${input.how} ${value}`;
  }
}

export function printTerminator(terminator: Terminator): string {
  switch (terminator.op) {
    case "jump":
      return `jump b${terminator.to.id}`;
    case "branch": {
      const { condition, width, left, right, then } = terminator;
      return `branch.${condition}.${width} ${printOperand(left)}, ${printOperand(right)} ? b${then.id} : b${terminator.else.id}`;
    }
    case "switch": {
      const cases = terminator.cases.map(({ first, last, to }) =>
        first === last ? `${first}: b${to.id}` : `${first} … ${last}: b${to.id}`,
      );
      cases.push(`default: b${terminator.default.id}`);
      return `switch.${terminator.width} ${printOperand(terminator.value)} { ${cases.join(", ")} }`;
    }
    case "indirect-jump":
      return `indirect-jump ${printOperand(terminator.address)} [${terminator.targets.map((block) => `b${block.id}`).join(", ")}]`;
    case "return":
      return terminator.values.length === 0
        ? "return"
        : `return ${printArguments(terminator.values)}`;
    case "unreachable":
      return "unreachable";
  }
}
