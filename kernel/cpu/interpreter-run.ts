// run(budget): calls exec until something concerns the kernel, and deals with what does not: TLB misses, accesses that
// cross a page, stores to translated code, undecoded code, the last instructions of a budget.
//
// Budget. exec pays for a whole block on entering it. So at any instruction, what is left if it does not retire is
// budget + its length. When a block costs more than is left, that many of its instructions are copied to scratch,
// where they end in OP_NEXT; the next block then finds a budget of zero.

import {
  REASON_CSR,
  REASON_DECODE,
  REASON_FETCH,
  REASON_LIMIT,
  REASON_READ,
  REASON_STRADDLE,
  REASON_TRAP,
  REASON_WRITE,
} from "./interpreter-emitter.ts";
import {
  ACCESS_EXECUTE,
  ACCESS_READ,
  ACCESS_WRITE,
  HART,
  OPERATION_INFO,
  SCRATCH,
  START_ENTRY,
  STATE_ADDRESS,
  STATE_BUDGET,
  STATE_BYTES,
  STATE_IP,
  STATE_PC_DELTA,
  STATE_RETIRED,
  STATE_TRAP_VALUE,
} from "./layout.ts";
import type { Layout } from "./layout.ts";
import { OP_NEXT } from "./operations.ts";
import {
  block,
  br,
  brIf,
  brTable,
  call,
  get,
  I32,
  I64,
  i32,
  i64,
  label,
  loop,
  memoryCopy,
  ret,
  set,
  unreachable,
  when,
} from "./wasm-code.ts";
import type { Code, Label } from "./wasm-code.ts";
import type { Locals } from "./wasm-module.ts";

/** TypeScript's own result for a budget that is used up (TRAP_BUDGET). */
const BUDGET_USED = -1;
const CAUSE_INSTRUCTION_MISALIGNED = 0;
const CAUSE_ILLEGAL_INSTRUCTION = 2;

/** Function indices of what run calls. */
export interface Callees {
  readonly exec: number;
  readonly walk: number;
  readonly install: number;
  /** (ip): decodes from there. */
  readonly decode: number;
  /** (pfn) -> address of a slot for its decoded code. */
  readonly allocate: number;
  /** (pfn): forgets its decoded code. */
  readonly drop: number;
  /** (ip, pfn of the second half): decodes an instruction that straddles pages into scratch. */
  readonly straddle: number;
  /** (ip, retired so far) -> 1 if the access is illegal. */
  readonly csr: number;
}

// An operation's info word, written by code-cache.ts.
//    31         16 15 14   13       12      11    8 7        0
//   +-------------+-----+---------+--------+-------+----------+
//   | op, unfused |     | discard | signed | bytes | ip step  |
//   +-------------+-----+---------+--------+-------+----------+
export const INFO_SIGNED = 1 << 12;
export const INFO_DISCARD = 1 << 13;

export function runBody(locals: Locals, layout: Layout, callees: Callees): Code {
  const granted = 0;
  const ip = locals.local(I32);
  const budget = locals.local(I32);
  const pcDelta = locals.local(I64);
  const address = locals.local(I64);
  const reason = locals.local(I32);
  const cause = locals.local(I32);
  const info = locals.local(I32);
  const size = locals.local(I32);
  const before = locals.local(I32);
  const pfn = locals.local(I32);
  const second = locals.local(I32);
  const left = locals.local(I32);
  const from = locals.local(I32);
  const to = locals.local(I32);
  const low = locals.local(I32);
  const value = locals.local(I64);

  const again = label("again");
  const fault = label("fault");
  const zero = i32.const(0);

  const pc = i64.add(get(pcDelta), i64.extendI32U(i32.shrU(get(ip), i32.const(2))));
  const blockLength = i32.load16u(get(ip), 2);
  const infoOf = (entry: number): Code =>
    i32.load(i32.shl(i32.load16u(get(entry)), i32.const(2)), OPERATION_INFO);
  const stepOf = i32.and(get(info), i32.const(255));
  const hostOf = (frame: number): Code =>
    i32.add(i32.const(layout.ramBase), i32.shl(get(frame), i32.const(12)));
  const isCode = (frame: number): Code => i32.load8u(get(frame), layout.codeFlags);
  const finish = (at: Code, remaining: Code, result: Code): Code => [
    i64.store(zero, at, HART),
    i32.store(zero, i32.sub(get(granted), remaining), STATE_RETIRED),
    ret(result),
  ];
  const budgetUsed = (at: Code): Code =>
    when(i32.eqz(get(budget)), finish(at, zero, i32.const(BUDGET_USED)));
  /** Continues at the guest address in `address`, as a new block. */
  const restart: Code = [
    i64.store(zero, get(address), STATE_ADDRESS),
    set(ip, i32.const(START_ENTRY)),
    br(again),
  ];
  const enterScratch: Code = [
    set(pcDelta, i64.sub(pc, i64.const(SCRATCH >>> 2))),
    set(ip, i32.const(SCRATCH)),
    br(again),
  ];
  const translate = (result: number, access: number): Code => [
    set(result, call(callees.walk, get(address), i32.const(access))),
    when(i32.ltS(get(result), zero), [set(cause, i32.sub(i32.const(-1), get(result))), br(fault)]),
  ];
  const install = (access: number, host: Code): Code =>
    call(callees.install, get(address), i32.const(access), host);

  /** How the access at hand lies: `size`, and `before` = its bytes before the end of the page. */
  const measure: Code = [
    set(info, infoOf(ip)),
    set(size, i32.and(i32.shrU(get(info), i32.const(8)), i32.const(15))),
    set(before, i32.sub(i32.const(4096), i32.and(i32.wrap(get(address)), i32.const(4095)))),
  ];
  const crosses = i32.gtU(get(size), get(before));
  const firstHost = (frame: number): Code =>
    i32.sub(i32.add(hostOf(frame), i32.const(4096)), get(before));
  const nextPage = set(address, i64.add(i64.or(get(address), i64.const(4095)), i64.const(1)));
  const restOfBytes = i32.sub(get(size), get(before));
  const bytesAfter = i32.add(i32.const(STATE_BYTES), get(before));
  const signedValue: Code = when(
    i32.and(get(info), i32.const(INFO_SIGNED)),
    when(
      i32.eq(get(size), i32.const(2)),
      set(value, i64.extend16s(get(value))),
      when(i32.eq(get(size), i32.const(4)), set(value, i64.extend32s(get(value)))),
    ),
  );

  const read: Code = [
    measure,
    translate(pfn, ACCESS_READ),
    when(i32.eqz(crosses), [install(ACCESS_READ, hostOf(pfn)), br(again)]),
    nextPage,
    translate(second, ACCESS_READ),
    i64.store(zero, i64.const(0), STATE_BYTES),
    memoryCopy(i32.const(STATE_BYTES), firstHost(pfn), get(before)),
    memoryCopy(bytesAfter, hostOf(second), restOfBytes),
    set(value, i64.load(zero, STATE_BYTES)),
    signedValue,
    when(
      i32.eqz(i32.and(get(info), i32.const(INFO_DISCARD))),
      i64.store(i32.load8u(get(ip), 4), get(value), HART),
    ),
    set(ip, i32.add(get(ip), stepOf)),
    br(again),
  ];

  // A store to a frame with decoded code runs from scratch, alone: its own entry may be among those dropped.
  const storeToCode: Code = [
    set(budget, i32.sub(i32.add(get(budget), blockLength), i32.const(1))),
    set(low, i32.or(i32.shrU(get(info), i32.const(16)), i32.const(1 << 16))),
    i32.store(zero, i32.load(get(ip), 4), SCRATCH + 4),
    i32.store(zero, get(low), SCRATCH),
    i64.store(stepOf, i64.const(OP_NEXT), SCRATCH),
    call(callees.drop, get(pfn)),
    install(ACCESS_WRITE, hostOf(pfn)),
    enterScratch,
  ];
  const write: Code = [
    measure,
    translate(pfn, ACCESS_WRITE),
    when(i32.eqz(crosses), [
      when(isCode(pfn), storeToCode),
      install(ACCESS_WRITE, hostOf(pfn)),
      br(again),
    ]),
    nextPage,
    translate(second, ACCESS_WRITE),
    i64.store(zero, i64.load(i32.load8u(get(ip), 4), HART), STATE_BYTES),
    memoryCopy(firstHost(pfn), i32.const(STATE_BYTES), get(before)),
    memoryCopy(hostOf(second), bytesAfter, restOfBytes),
    when(i32.or(isCode(pfn), isCode(second)), [
      set(budget, i32.sub(i32.add(get(budget), blockLength), i32.const(1))),
      set(address, i64.add(pc, i64.extendI32U(i32.shrU(stepOf, i32.const(2))))),
      call(callees.drop, get(pfn)),
      call(callees.drop, get(second)),
      restart,
    ]),
    set(ip, i32.add(get(ip), stepOf)),
    br(again),
  ];

  const fetch: Code = [
    budgetUsed(get(address)),
    set(pfn, call(callees.walk, get(address), i32.const(ACCESS_EXECUTE))),
    when(i32.ltS(get(pfn), zero), [
      i64.store(zero, get(address), STATE_TRAP_VALUE),
      finish(get(address), get(budget), i32.sub(i32.const(-1), get(pfn))),
    ]),
    set(to, i32.load(i32.shl(get(pfn), i32.const(2)), layout.slotOfFrame)),
    when(i32.eqz(get(to)), set(to, call(callees.allocate, get(pfn)))),
    install(ACCESS_EXECUTE, get(to)),
    restart,
  ];

  const copying = label("copying");
  const limit: Code = [
    budgetUsed(pc),
    set(left, get(budget)),
    set(from, get(ip)),
    set(to, i32.const(SCRATCH)),
    loop(copying, [
      set(info, infoOf(from)),
      set(low, i32.or(i32.shrU(get(info), i32.const(16)), i32.shl(get(left), i32.const(16)))),
      i32.store(get(to), i32.load(get(from), 4), 4),
      i32.store(get(to), get(low)),
      set(from, i32.add(get(from), stepOf)),
      set(to, i32.add(get(to), stepOf)),
      set(left, i32.sub(get(left), i32.const(1))),
      brIf(copying, get(left)),
    ]),
    i64.store(get(to), i64.const(OP_NEXT)),
    set(budget, zero),
    enterScratch,
  ];

  const decode: Code = [budgetUsed(pc), call(callees.decode, get(ip)), set(address, pc), restart];

  const straddle: Code = [
    set(address, i64.add(pc, i64.const(2))),
    translate(pfn, ACCESS_EXECUTE),
    call(callees.straddle, get(ip), get(pfn)),
    enterScratch,
  ];

  const csr: Code = [
    set(left, i32.sub(get(granted), i32.add(get(budget), blockLength))),
    when(call(callees.csr, get(ip), get(left)), [
      set(address, i64.load(zero, STATE_ADDRESS)),
      set(cause, i32.const(CAUSE_ILLEGAL_INSTRUCTION)),
      br(fault),
    ]),
    set(info, infoOf(ip)),
    set(ip, i32.add(get(ip), stepOf)),
    br(again),
  ];

  const cases: readonly (readonly [number, Code])[] = [
    [REASON_READ, read],
    [REASON_WRITE, write],
    [REASON_FETCH, fetch],
    [REASON_LIMIT, limit],
    [REASON_DECODE, decode],
    [REASON_STRADDLE, straddle],
    [REASON_CSR, csr],
  ];
  const never = label("never");
  const labels: Label[] = cases.map(([number]) => label(`reason ${number}`));
  let dispatch: Code = [block(never, brTable(get(reason), labels, never)), unreachable];
  for (const [number, code] of cases) {
    // Cases are listed in the order of their numbers, so labels[number] is this one's.
    const reached = labels[number];
    if (reached === undefined) throw new Error(`reason ${number} is out of order`);
    dispatch = [block(reached, dispatch), code];
  }

  return [
    set(address, i64.load(zero, HART)),
    set(budget, get(granted)),
    when(i32.and(i32.wrap(get(address)), i32.const(1)), [
      i64.store(zero, get(address), STATE_TRAP_VALUE),
      finish(get(address), get(granted), i32.const(CAUSE_INSTRUCTION_MISALIGNED)),
    ]),
    i64.store(zero, i64.const(0), HART),
    i64.store(zero, get(address), STATE_ADDRESS),
    set(ip, i32.const(START_ENTRY)),
    block(
      fault,
      loop(again, [
        set(reason, call(callees.exec, get(ip), get(budget), get(pcDelta))),
        set(ip, i32.load(zero, STATE_IP)),
        set(budget, i32.load(zero, STATE_BUDGET)),
        set(pcDelta, i64.load(zero, STATE_PC_DELTA)),
        set(address, i64.load(zero, STATE_ADDRESS)),
        when(i32.geU(get(reason), i32.const(REASON_TRAP)), [
          set(cause, i32.sub(get(reason), i32.const(REASON_TRAP))),
          br(fault),
        ]),
        dispatch,
      ]),
    ),
    i64.store(zero, get(address), STATE_TRAP_VALUE),
    finish(pc, i32.add(get(budget), blockLength), get(cause)),
    unreachable,
  ];
}
