// Structures as values: they are never in temporaries, but at a place, which is there already or made for the value.

import type { Operand } from "../ir/ir.ts";
import type { Expression } from "../tree/ast.ts";
import { alignOf, sizeOf } from "../types/layout.ts";
import { variadicArgument } from "./abi.ts";
import { call } from "./call.ts";
import { initialiseAt } from "./initialise.ts";
import { addressOf, commonAlign, objectSlot, placeOf, plainPlace, type Place } from "./place.ts";
import type { ScalarSize } from "./scalar.ts";
import { unsignedLoad } from "./scalar.ts";
import { enter, leave, type State } from "./state.ts";

/** Evaluates a structure; the place may be somebody's object, which is only to be read, and soon. */
export function aggregatePlace(s: State, e: Expression): Place {
  enter(s, e.loc);
  const place = find(s, e);
  leave(s);
  return place;
}

function find(s: State, e: Expression): Place {
  switch (e.kind) {
    case "load":
      return placeOf(s, e.place);
    case "variable":
    case "compound-literal":
    case "dereference":
    case "member":
    case "string":
      return placeOf(s, e);
    case "assign": {
      const place = placeOf(s, e.place);
      aggregateInto(s, e.value, place, false);
      return place;
    }
    case "comma":
      s.rules.effect(s, e.left);
      return aggregatePlace(s, e.right);
    case "convert":
      return aggregatePlace(s, e.value);
    case "statement-expression":
      if (e.result !== undefined) {
        statementsOf(s, e);
        const place = aggregatePlace(s, e.result);
        return place;
      }
      break;
    case "va-arg": {
      const list = placeOf(s, e.list);
      s.b.loc = e.loc;
      return variadicArgument(s, list, e.type);
    }
    default:
      break;
  }
  const place = temporary(s, e);
  aggregateInto(s, e, place, true);
  return place;
}

/** A place for a value that has none. */
function temporary(s: State, e: Expression): Place {
  return plainPlace(objectSlot(s, e.type, alignOf(e.type)), 0, e.type);
}

/** The statements of a statement expression, whose value is asked for afterwards. */
export function statementsOf(
  s: State,
  e: Extract<Expression, { kind: "statement-expression" }>,
): void {
  const outside = s.within;
  s.within = [...outside, s.module.unique++];
  s.rules.statement(s, e.body);
  s.within = outside;
}

/**
 * Puts a structure's value at a place. `isFresh`: nothing has been there yet, so that nobody can look at it while the value
 * comes into being.
 */
export function aggregateInto(s: State, e: Expression, to: Place, isFresh: boolean): void {
  enter(s, e.loc);
  put(s, e, to, isFresh);
  leave(s);
}

function put(s: State, e: Expression, to: Place, isFresh: boolean): void {
  switch (e.kind) {
    case "call": {
      if (isFresh || sizeOf(e.type) <= 16) {
        call(s, e, to);
        return;
      }
      // The function may read the old value while it writes the new one.
      const place = temporary(s, e);
      call(s, e, place);
      s.b.loc = e.loc;
      copyAggregate(s, to, place);
      return;
    }
    case "comma":
      s.rules.effect(s, e.left);
      aggregateInto(s, e.right, to, isFresh);
      return;
    case "conditional": {
      if (e.then === undefined) break;
      const { b } = s;
      const then = b.newBlock();
      const otherwise = b.newBlock();
      const done = b.newBlock();
      s.rules.condition(s, e.condition, then, otherwise);
      b.start(then);
      aggregateInto(s, e.then, to, isFresh);
      b.jump(done);
      b.start(otherwise);
      aggregateInto(s, e.else, to, isFresh);
      b.start(done);
      return;
    }
    case "load":
      if (isFresh && e.place.kind === "compound-literal") {
        const { variable, isReadAgain = false } = e.place;
        if (variable.isStatic || isReadAgain) break;
        initialiseAt(s, variable, to);
        return;
      }
      break;
    case "builtin":
      // No builtin gives a structure; the parser has said so.
      s.rules.value(s, e);
      return;
    default:
      break;
  }
  const from = aggregatePlace(s, e);
  s.b.loc = e.loc;
  copyAggregate(s, to, from);
}

/** Copies of volatile objects larger than this are left to copy-memory, as a loop of single accesses would be long. */
const MOST_VOLATILE = 128;

export function copyAggregate(s: State, to: Place, from: Place): void {
  const size = sizeOf(to.type);
  if (size === 0) return;
  const align = Math.min(to.align, from.align);
  if ((to.volatile || from.volatile) && size <= MOST_VOLATILE) {
    for (let at = 0; at < size;) {
      let piece: ScalarSize = 8;
      while (piece > 1 && (piece > size - at || piece > commonAlign(align, at)))
        piece = (piece / 2) as ScalarSize;
      const part = s.b.load(
        unsignedLoad(piece),
        "l",
        from.address,
        from.offset + at,
        from.volatile,
      );
      s.b.store(piece, part, to.address, to.offset + at, to.volatile);
      at += piece;
    }
    return;
  }
  const target = addressOf(s, to);
  const source = addressOf(s, from);
  if (!same(target, source)) s.b.copyMemory(target, source, size, align);
}

function same(a: Operand, b: Operand): boolean {
  return (
    a === b ||
    (a.kind === "slot" && b.kind === "slot" && a.slot === b.slot && a.offset === b.offset)
  );
}
