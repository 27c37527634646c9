// Neighbours that the interpreter runs as one operation, most frequent first. Chosen by profile; see
// docs/decisions/0003-fusion.md.

export const fusedPairs: readonly (readonly [string, string])[] = [];
