// The generated function that runs guest code: one loop around one br_table over decoded instructions. It calls
// nothing: whatever is rare (a TLB miss, an undecoded instruction, an exception) returns with a reason, so that the
// engine keeps ip, budget and the rest in registers. interpreter-run.ts calls it again after dealing with the reason.
//
//   exec(ip, budget, pcDelta) -> reason; ip, budget, pcDelta and the guest address are left in STATE
//
// A guest pc is pcDelta + (ip >> 2): decoded instructions are 8 bytes for each half-word of guest code.

import {
  advance,
  enterBlock,
  generate,
  pcAt,
  REASON_DECODE,
  REASON_FETCH,
  REASON_LIMIT,
  REASON_READ,
  REASON_STRADDLE,
  REASON_TRAP,
  REASON_WRITE,
  tlbEntry,
} from "./interpreter-emitter.ts";
import type { Access, Frame } from "./interpreter-emitter.ts";
import {
  ACCESS_EXECUTE,
  STATE_ADDRESS,
  STATE_BANK,
  STATE_BUDGET,
  STATE_IP,
  STATE_PC_DELTA,
  TLB_BYTES,
  TLB_HOST,
  TLB_TAG,
} from "./layout.ts";
import {
  OP_DECODE,
  OP_ILLEGAL,
  OP_NEXT,
  OP_NOP2,
  OP_NOP4,
  OP_START,
  OP_STRADDLE,
  OPERATION_COUNT,
  operations,
} from "./operations.ts";
import type { Single } from "./operations.ts";
import {
  block,
  blockOf,
  br,
  brIf,
  brTable,
  get,
  I32,
  I64,
  i32,
  i64,
  label,
  loop,
  set,
  unreachable,
} from "./wasm-code.ts";
import type { Code, Label } from "./wasm-code.ts";
import type { Locals } from "./wasm-module.ts";

const CAUSE_ILLEGAL_INSTRUCTION = 2;

/** What each single operation does to memory, by op; filled while the loop is generated. */
export type Accesses = Map<number, Access>;

function makeFrame(locals: Locals): Frame {
  const temporaries = new Map<string, number>();
  return {
    ip: 0,
    budget: 1,
    pcDelta: 2,
    tlb: locals.local(I32),
    entry: locals.local(I32),
    address: locals.local(I64),
    temporary(type, index) {
      const key = `${type} ${index}`;
      const local = temporaries.get(key) ?? locals.local(type);
      temporaries.set(key, local);
      return local;
    },
    top: label("top"),
    enter: label("enter"),
    jump: label("jump"),
    limit: label("limit"),
    fetch: label("fetch"),
    missRead: label("missRead"),
    missWrite: label("missWrite"),
    exit: label("exit"),
  };
}

function markers(frame: Frame): Map<number, Code> {
  const leave = (reason: number): Code => br(frame.exit, i32.const(reason));
  return new Map<number, Code>([
    [OP_DECODE, leave(REASON_DECODE)],
    [OP_NEXT, [set(frame.address, pcAt(frame)), br(frame.jump)]],
    [OP_STRADDLE, leave(REASON_STRADDLE)],
    [
      OP_ILLEGAL,
      [
        set(frame.address, i64.load32u(get(frame.ip), 4)),
        leave(REASON_TRAP + CAUSE_ILLEGAL_INSTRUCTION),
      ],
    ],
    [OP_START, [set(frame.address, i64.load(i32.const(0), STATE_ADDRESS)), br(frame.jump)]],
    [OP_NOP4, [advance(frame, 4), br(frame.top)]],
    [OP_NOP2, [advance(frame, 2), br(frame.top)]],
  ]);
}

function handlers(frame: Frame, accesses: Accesses): Map<number, Code> {
  const out = markers(frame);
  const single = (one: Single, firstTemporary: number): Code => {
    const { code, leaves, access } = generate(one, frame, firstTemporary);
    if (access !== undefined) accesses.set(one.op, access);
    return leaves ? code : [code, advance(frame, one.bytes)];
  };
  for (const operation of operations) {
    const parts = operation.kind === "single" ? [operation] : operation.parts;
    // A handler that has left already makes this branch unreachable, which is valid and costs nothing.
    out.set(operation.op, [parts.map((part, index) => single(part, index * 16)), br(frame.top)]);
  }
  return out;
}

/** The dispatch: handlers nested so that the branch table can reach each. */
function dispatch(frame: Frame, code: ReadonlyMap<number, Code>): Code {
  const labels: Label[] = Array.from({ length: OPERATION_COUNT }, (_, op) => label(`op ${op}`));
  const never = label("never");
  let nest: Code = block(never, brTable(i32.load16u(get(frame.ip)), labels, never));
  nest = [nest, unreachable];
  for (const [op, to] of labels.entries()) nest = [block(to, nest), code.get(op) ?? unreachable];
  return nest;
}

/** At `jump`: finds the decoded instructions of guest address `address`. */
function jumpTail(frame: Frame): Code {
  const { address, entry, ip, pcDelta } = frame;
  const at = ACCESS_EXECUTE * TLB_BYTES;
  const offset = i32.and(i32.wrap(get(address)), i32.const(4095));
  return [
    set(entry, tlbEntry(frame)),
    brIf(
      frame.fetch,
      i64.geU(i64.sub(get(address), i64.load(get(entry), at + TLB_TAG)), i64.const(4096)),
    ),
    set(ip, i32.add(i32.load(get(entry), at + TLB_HOST), i32.shl(offset, i32.const(2)))),
    set(pcDelta, i64.sub(get(address), i64.extendI32U(i32.shrU(get(ip), i32.const(2))))),
  ];
}

/** The body of exec(ip, budget, pcDelta). */
export function execBody(locals: Locals, accesses: Accesses): Code {
  const frame = makeFrame(locals);
  const { exit, fetch, limit, missRead, missWrite, top, enter, jump } = frame;
  const reason = locals.local(I32);
  const leave = (value: number): Code => br(exit, i32.const(value));
  const body = blockOf(
    I32,
    exit,
    block(
      missWrite,
      block(
        missRead,
        block(
          fetch,
          block(
            limit,
            loop(
              top,
              block(
                enter,
                block(jump, dispatch(frame, handlers(frame, accesses))),
                jumpTail(frame),
              ),
              enterBlock(frame),
            ),
            unreachable,
          ),
          // Give back what could not be paid.
          set(frame.budget, i32.add(get(frame.budget), i32.load16u(get(frame.ip), 2))),
          leave(REASON_LIMIT),
        ),
        leave(REASON_FETCH),
      ),
      leave(REASON_READ),
    ),
    leave(REASON_WRITE),
  );
  return [
    set(frame.tlb, i32.load(i32.const(0), STATE_BANK)),
    set(reason, body),
    i32.store(i32.const(0), get(frame.ip), STATE_IP),
    i32.store(i32.const(0), get(frame.budget), STATE_BUDGET),
    i64.store(i32.const(0), get(frame.pcDelta), STATE_PC_DELTA),
    i64.store(i32.const(0), get(frame.address), STATE_ADDRESS),
    get(reason),
  ];
}
