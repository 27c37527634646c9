// What is known of each variable of a function at a place: it has no value, it has one, or it has one on some of the ways there.
//
// "On some ways" is said only where the other ways must lead to the read: `if (a) x = 1; return x;`. Behind another condition, a
// loop or a label the conditions may be the same ones, and silence is better than a warning that is wrong.

export const NONE = 0;
export const SOME = 1;
/** As SOME, and from the ways without a value one must come here. */
export const MISSING = 2;
export const VALUE = 3;

/** Where two ways meet; undefined: nobody comes that way. */
export function join(
  before: Uint8Array | undefined,
  a: Uint8Array | undefined,
  b: Uint8Array | undefined,
  isIf: boolean,
): Uint8Array | undefined {
  if (a === undefined || b === undefined) {
    const only = a ?? b;
    // One way has left: the other may well be the one with a value.
    return only?.map((value) => (value === MISSING ? SOME : value));
  }
  return a.map((left, index) => {
    const right = b[index] ?? VALUE;
    if (left === right)
      return left === SOME && before?.[index] === MISSING && isIf ? MISSING : left;
    if (!isIf || left === SOME || right === SOME) return SOME;
    return MISSING;
  });
}

export function doubtful(known: Uint8Array | undefined): Uint8Array | undefined {
  return known?.map((value) => (value === MISSING ? SOME : value));
}
