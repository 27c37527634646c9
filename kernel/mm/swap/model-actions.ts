// What can happen in a swap world (model-world.ts): accesses of programs and of the kernel, the calls that change address
// spaces and files, and what the machine and its store do by themselves. Each action takes its numbers from the dice.

import { panic } from "../../lib/panic.ts";
import { policyNames } from "../reclaim/lru.ts";
import { fileRead, fileWrite, fileWriteFrom, truncate } from "./model-files.ts";
import { type Dice } from "./model-numbers.ts";
import { kernelRead, kernelWrite, load, store, sweep } from "./model-programs.ts";
import {
  exit,
  forget,
  fork,
  limit,
  map,
  pageOut,
  protect,
  remap,
  unmap,
  willNeed,
} from "./model-spaces.ts";
import { expect, type Life, type Work, type World } from "./model-world.ts";
import { emptySwap } from "./off.ts";

// The machine and its store.

function squeeze({ machine }: World, _life: Life, { a }: Dice): void {
  machine.mm.reclaim.squeeze(1 + (a % 24));
}

function usePolicy({ machine }: World, _life: Life, { a }: Dice): void {
  machine.mm.lru.use(policyNames[a % policyNames.length] ?? "fifo");
}

function failWrites(world: World, _life: Life, { a, b }: Dice): void {
  world.failWrites(1 + (a % 5), b % 3 === 0);
}

function failReads(world: World, _life: Life, { a }: Dice): void {
  world.failReads(1 + (a % 2));
}

/** swapoff(2), or swapon(2) when it is off, which comes sooner. */
function toggleSwap(world: World, _life: Life, { a }: Dice): void {
  const { mm } = world.machine;
  const { swap } = mm;
  if (swap.on && (a % 4 !== 0 || !swap.fitsInRam())) return;
  world.actOnSwap(() => {
    if (!swap.on) {
      swap.on = true;
      return () => true;
    }
    return () => {
      swap.on = false;
      const isEmpty = emptySwap(mm);
      if (!isEmpty && mm.stall !== null) return false;
      if (!isEmpty) swap.on = true;
      else expect(world.options.loses || swap.area.used === 0, "swapoff left pages behind");
      return true;
    };
  });
}

type Worker = (world: World, life: Life, dice: Dice) => Work;
type Event = (world: World, life: Life, dice: Dice) => void;

/** What a thread of a process can do. */
const work = {
  sweep,
  load,
  store,
  kernelRead,
  kernelWrite,
  map,
  unmap,
  protect,
  forget,
  willNeed,
  pageOut,
  remap,
  fork,
  fileWrite,
  fileWriteFrom,
  fileRead,
} satisfies Record<string, Worker>;

/** What happens at once. */
const events = {
  exit,
  limit,
  truncate,
  squeeze,
  usePolicy,
  failWrites,
  failReads,
  toggleSwap,
} satisfies Record<string, Event>;

export type ActionName = keyof typeof work | keyof typeof events | "proceed";

/** How often each comes, in hundredths. */
export const weights: Readonly<Record<ActionName, number>> = {
  sweep: 8,
  load: 6,
  store: 15,
  kernelRead: 5,
  kernelWrite: 8,
  map: 8,
  unmap: 2,
  protect: 2,
  forget: 1,
  willNeed: 1,
  pageOut: 1,
  remap: 2,
  fork: 4,
  fileWrite: 2,
  fileWriteFrom: 2,
  fileRead: 2,
  exit: 1,
  limit: 1,
  truncate: 2,
  squeeze: 8,
  usePolicy: 1,
  failWrites: 1,
  failReads: 1,
  toggleSwap: 2,
  proceed: 14,
};

function isIn<Names extends object>(names: Names, name: PropertyKey): name is keyof Names {
  return name in names;
}

/** Does one thing to the world: `life` and `thread` say whose turn it is. */
export async function perform(
  world: World,
  name: ActionName,
  who: { readonly life: number; readonly thread: number },
  dice: Dice,
): Promise<void> {
  const life = world.lives[who.life % world.lives.length];
  if (life === undefined) panic("nobody is left");
  if (isIn(work, name)) world.act(life, who.thread, () => work[name](world, life, dice));
  else if (isIn(events, name)) events[name](world, life, dice);
  else await world.proceed(dice.a);
}
