// What was meant by a mnemonic that does not exist.

/** A message that names the nearest known mnemonic, when one is near. */
export function suggestMnemonic(written: string, known: Iterable<string>): string {
  const message = `unknown instruction '${written.slice(0, 40)}'`;
  if (
    /^(f[a-z.]*\.[sd]|fl[wd]|fs[wd]|fl[wd]sp|fs[wd]sp|fmv\..*|fcvt\..*|fclass\..*)(\..*)?$/.test(
      written,
    )
  ) {
    return `${message}: floating point is not supported yet`;
  }
  if (written.length > 16) return message;
  let nearest = "";
  let least = written.length <= 3 ? 2 : 3;
  for (const name of known) {
    if (Math.abs(name.length - written.length) >= least) continue;
    const steps = distance(written, name);
    if (steps < least) {
      least = steps;
      nearest = name;
    }
  }
  return nearest === "" ? message : `${message}; did you mean '${nearest}'?`;
}

/** Insertions, deletions, replacements and exchanges of neighbours that make one word the other. */
function distance(a: string, b: string): number {
  let two: number[] = [];
  let one = Array.from({ length: b.length + 1 }, (_, at) => at);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1] ? 0 : 1;
      let best = Math.min((one[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1, (one[j - 1] ?? 0) + same);
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) {
        best = Math.min(best, (two[j - 2] ?? 0) + 1);
      }
      row.push(best);
    }
    two = one;
    one = row;
  }
  return one[b.length] ?? 0;
}
